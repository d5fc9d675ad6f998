import { instantOf, resolveEntry, shiftDays, type Instant } from './calendar/index.ts'
import type { Definition } from './define.ts'
import type { Adjustment, CampaignDate, CampaignFacts } from './instance.ts'

/** A date of the campaign as it stands for an instance, after its extensions and suspensions. */
export function dateFor(
  campaign: CampaignFacts,
  adjustments: Adjustment[],
  name: string,
): { due: Instant; on: string } | undefined {
  const settled: CampaignDate | undefined = campaign.dates[name]
  if (!settled) return undefined
  return adjustments.reduce<{ due: Instant; on: string }>(
    (date, adjustment) => adjusted(date, adjustment, name, campaign),
    settled,
  )
}

function adjusted(
  date: { due: Instant; on: string },
  adjustment: Adjustment,
  name: string,
  { timezone }: CampaignFacts,
): { due: Instant; on: string } {
  if (adjustment.type === 'extend') return adjustment.date === name ? adjustment : date
  if (date.due <= adjustment.from) return date
  const due = shiftDays(date.due, adjustment.days, timezone)
  return { due, on: shiftDays(`${date.on}T00:00:00.000Z`, adjustment.days, 'UTC').slice(0, 10) }
}

/** When a state that waits for a date is left by it: the campaign's date, or one counted from the entry now. */
export function dueFor(
  definition: Definition,
  campaign: CampaignFacts,
  adjustments: Adjustment[],
  name: string,
  entered: Instant,
): { due: Instant; on: string } {
  const known: { [date: string]: { due: Instant; on: string } } = {}
  for (const date of Object.keys(campaign.dates)) {
    const found = dateFor(campaign, adjustments, date)
    if (found) known[date] = found
  }
  return known[name] ?? resolveEntry(name, definition.dates, campaign, entered, known)
}

/** The instant of a new day for a date, at the same edge of the day that the definition names. */
export function instantOn(
  definition: Definition,
  campaign: CampaignFacts,
  name: string,
  day: string,
): Instant {
  return instantOf(day, definition.dates[name]?.at, campaign.timezone)
}
