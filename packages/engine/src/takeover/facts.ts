import { isOwnDate, resolveDates } from '../calendar/index.ts'
import type { Definition } from '../define.ts'
import type { Footing } from '../event.ts'
import type { CampaignFacts } from '../instance.ts'
import type { Json } from '../json.ts'
import { datesIn } from '../plan.ts'
import { refuse, type Refused } from '../refusal.ts'

/**
 * The facts of a campaign for another version: its dates resolved anew, with the same start day, time zone
 * and calendar. Days that a superior authority published stay, for the dates that are still there. Everything
 * else stays; so anyone can compute them who has the facts before and the definitions.
 */
export function factsFor(definition: Definition, before: CampaignFacts): { ok: true; facts: CampaignFacts } | Refused {
  const overrides = Object.fromEntries(
    Object.entries(before.dates).flatMap(([name, { on, override }]) =>
      override && Object.hasOwn(definition.dates, name) && !isOwnDate(name, definition.dates)
        ? [[name, { on, reason: override.reason }]]
        : [],
    ),
  )
  const { startsOn, timezone, calendar } = before
  const { dates, problems } = resolveDates(definition.dates, {
    startsOn,
    timezone,
    calendar,
    overrides,
  })
  if (problems.length > 0) {
    return refuse('dates_contradict', { issues: problems as unknown as Json })
  }
  const { name, fingerprint } = definition
  return { ok: true, facts: { ...before, definition: name, fingerprint, dates: datesIn(dates) } }
}

/**
 * What the instances of a campaign have run on: its first facts, then those of each version that it was
 * migrated to, in order. Ends before a version that is not at hand, or whose dates contradict each other.
 */
export function footingsOf(
  first: CampaignFacts,
  later: string[],
  byName: (name: string) => Definition | undefined,
): Map<string, Footing> {
  const footings = new Map<string, Footing>()
  let facts = first
  for (const name of [first.definition, ...later]) {
    const definition = byName(name)
    if (!definition) break
    if (footings.size > 0) {
      const next = factsFor(definition, facts)
      if (!next.ok) break
      facts = next.facts
    }
    footings.set(name, { definition, campaign: facts })
  }
  return footings
}
