import type { PinnedDefinition } from '../../definition/pinned.ts'
import { chainOf } from '../../calendar/chain.ts'
import { dueDay, isOwnDate, localDay, type Instant } from '../../calendar/index.ts'
import { dueFor, type Due } from '../dates.ts'
import type { Instance, Timer } from '../../campaign/instance.ts'
import type { Json, JsonObject } from '../../data/json.ts'
import { getOwn } from '../../data/getOwn.ts'
import { arm, timerKey } from '../timers.ts'
import { standsIn } from './place.ts'

type Wait = { state: string; date: string }

/**
 * The deadlines of the states in which an instance stands in the new version. What it waited for already goes
 * on: a date of its own keeps its day, a date of the campaign has the new version's, and one that has fired
 * stays so unless its day is now to come. What it did not wait for before is armed as if the state were
 * entered now.
 */
export function takenOverTimers(
  from: PinnedDefinition,
  to: PinnedDefinition,
  { kind, state }: Pick<Instance, 'kind' | 'state'>,
  { value, context }: { value: Json; context: JsonObject },
  placeIn: (state: string) => string,
  at: Instant,
): { [key: string]: Timer } {
  const { definition, campaign } = to
  const before = waitsOf(from, kind, state.snapshot['value'] ?? null)
  const dueOf = (where: string, date: string): Due | undefined => {
    const anew = dueFor(definition, campaign, state.adjustments, date, {
      entered: { at, on: localDay(at, campaign.timezone) },
      fields: context,
    })
    const same = before.filter((one) => one.date === date)
    if (same.length === 0) return anew
    const here = same.filter((one) => placeIn(one.state) === where)
    const [timer] = (here.length > 0 ? here : same).flatMap(
      (one) => getOwn(state.timers, timerKey(date, kind, one.state)) ?? [],
    )
    if (timer && isOwnDate(date, definition.dates)) return kept(timer, from)
    if (timer) return anew
    // Spent, or without a day so far. What counts from the entry would begin once more.
    const again = chainOf(date, definition.dates).ends !== 'entry' && anew && anew.due > at
    return again ? anew : undefined
  }
  const next: { [key: string]: Timer } = {}
  for (const { state: where, date } of waitsOf(to, kind, value)) {
    const due = dueOf(where, date)
    if (due) arm(next, timerKey(date, kind, where), date, due, definition, campaign, at)
  }
  return next
}

function kept({ date, due }: Timer, { definition, campaign }: PinnedDefinition): Due {
  return { due, on: dueDay(due, getOwn(definition.dates, date)?.at, campaign.timezone) }
}

/** The dates that the present states wait for, and which state waits. */
function waitsOf({ definition }: PinnedDefinition, kind: string, value: Parameters<typeof standsIn>[0]): Wait[] {
  const stands = new Set(standsIn(value))
  return (getOwn(definition.kinds, kind)?.states ?? []).flatMap(({ id, arrows }) =>
    stands.has(id)
      ? [...new Set(arrows.flatMap(({ on }) => ('after' in on ? [on.after] : [])))].map((date) => ({
          state: id,
          date,
        }))
      : [],
  )
}
