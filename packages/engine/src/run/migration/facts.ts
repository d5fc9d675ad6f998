import type { Definition } from '../../definition/compiled.ts'
import type { PinnedDefinition } from '../../definition/pinned.ts'
import { isOwnDate, resolveDates } from '../../calendar/index.ts'
import type { CampaignFacts } from '../../campaign/instance.ts'
import type { Json } from '../../data/json.ts'
import { datesIn } from '../../plan/index.ts'
import { refuse, type Refused } from '../../campaign/refusal.ts'

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
export function pinnedDefinitions(
  first: CampaignFacts,
  later: string[],
  byName: (name: string) => Definition | undefined,
): Map<string, PinnedDefinition> {
  const pins = new Map<string, PinnedDefinition>()
  let facts = first
  for (const name of [first.definition, ...later]) {
    const definition = byName(name)
    if (!definition) break
    if (pins.size > 0) {
      const next = factsFor(definition, facts)
      if (!next.ok) break
      facts = next.facts
    }
    pins.set(name, { definition, campaign: facts })
  }
  return pins
}
