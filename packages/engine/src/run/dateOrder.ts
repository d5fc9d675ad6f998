import type { Definition } from '../definition/compiled.ts'
import { followers } from '../calendar/index.ts'
import { dateFor, type Due } from './dates.ts'
import type { Adjustment, CampaignFacts } from '../campaign/instance.ts'
import type { Json } from '../data/json.ts'

/** Where the dates that count from the extended ones come to stand; a superior authority's days stay. */
export function following(
  definition: Definition,
  campaign: CampaignFacts,
  days: { [name: string]: string },
): { [name: string]: Due } {
  const moved = Object.fromEntries(Object.entries(days).map(([date, on]) => [date, { on }]))
  const fixed = Object.entries(campaign.dates).flatMap(([date, { override }]) => (override ? [date] : []))
  return followers(definition.dates, campaign, moved, new Set(fixed))
}

/** Dates that stand before those which they must not precede (`notBefore`). */
export function outOfOrder(definition: Definition, campaign: CampaignFacts, adjustments: Adjustment[]): Json[] {
  return Object.entries(definition.dates).flatMap(([name, { notBefore }]) => {
    if (notBefore === undefined) return []
    const later = dateFor(campaign, adjustments, name)
    const earlier = dateFor(campaign, adjustments, notBefore)
    return later && earlier && later.due < earlier.due ? [{ date: name, on: later.on, notBefore, its: earlier.on }] : []
  })
}
