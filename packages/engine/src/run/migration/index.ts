import type { PinnedDefinition } from '../../definition/pinned.ts'
import type { Instant } from '../../calendar/index.ts'
import type { Takeover } from '../../definition/spec.ts'
import { dateFor } from '../dates.ts'
import type { Adjustment, Instance, InstanceState } from '../../campaign/instance.ts'
import { frozen, isPlain, notJson, type Json, type JsonObject } from '../../data/json.ts'
import { describe } from '../../definition/machine.ts'
import { following } from '../dateOrder.ts'
import { getOwn } from '../../data/getOwn.ts'
import { refuse, type Refused } from '../../campaign/refusal.ts'
import { leavesOf, placed, placeOf } from './place.ts'
import { takenOverTimers } from './timers.ts'

export { factsFor, pinnedDefinitions } from './facts.ts'

/** Why an instance has no place in another version. */
export type Unplaced = { kind: string; state: string; reason: string }

/**
 * An instance in another version of its definition: the same state under its new name, the context as the new
 * version wants it, the deadlines of the states in which it now stands. Extensions and who did what stay.
 * Nothing is entered or left, so no entry action runs and no `always` is tried. Pure; what it says of an
 * instance before the act (the proof) is what the act does.
 */
export function takeOver(
  from: PinnedDefinition,
  to: PinnedDefinition,
  instance: Pick<Instance, 'kind' | 'state'>,
  at: Instant,
): { ok: true; state: InstanceState } | Refused {
  const { kind, state } = instance
  const value = state.snapshot['value'] ?? null
  const without = (reason: string, where = leavesOf(value).join(' + ')): Refused =>
    refuse('cannot_migrate', {
      rule: `${from.definition.name} → ${to.definition.name}`,
      issues: [{ kind, state: where, reason } satisfies Unplaced],
    })
  const kinds =
    from.definition.id === to.definition.id
      ? getOwn(to.definition.takesOver, String(from.definition.version))
      : undefined
  if (!kinds) return without(`${to.definition.name} does not take over from ${from.definition.name}`)
  const takeover = getOwn(kinds, kind) ?? {}
  const [old, compiled] = [getOwn(from.definition.kinds, kind), getOwn(to.definition.kinds, kind)]
  if (!old || !compiled) return without(`there is no kind «${kind}»`)

  const place = placed(value, takeover, old.states, compiled.states)
  if ('reason' in place) return without(place.reason, place.state)
  try {
    const context = contextIn(takeover, (state.snapshot['context'] ?? {}) as JsonObject)
    const snapshot: JsonObject = {
      status: 'active',
      value: place.value,
      context,
      ...historyIn(state.snapshot, kind, (path) => placeOf(path, takeover), compiled.states),
    }
    // The machine itself has the last word on whether it can stand there.
    describe(compiled.machine, snapshot)
    const placeIn = (path: string): string => placeOf(path, takeover)
    const adjustments = adjustmentsIn(to, state.adjustments, at)
    const before = { kind, state: { ...state, adjustments } }
    const stands = { value: place.value, context }
    const timers = takenOverTimers(from, to, before, stands, placeIn, at)
    return { ok: true, state: { ...state, snapshot, adjustments, timers } }
  } catch (error) {
    return without(error instanceof Error ? error.message : String(error))
  }
}

function contextIn({ context }: Takeover, old: JsonObject): JsonObject {
  if (!context) return old
  const made: unknown = context(frozen(structuredClone(old)))
  if (!isPlain(made)) throw new TypeError('takesOver.context must return the new context, at once')
  const bad = notJson(made)
  if (bad !== undefined) throw new TypeError(`the new context is no plain JSON at ${bad}`)
  return made as JsonObject
}

/** What counts, in the new version, from a date that was extended goes with it, as it would have at the extension. */
function adjustmentsIn(
  { definition, campaign }: PinnedDefinition,
  adjustments: Adjustment[],
  at: Instant,
): Adjustment[] {
  const extended = adjustments.flatMap((one) => (one.type === 'extend' ? [one.date] : []))
  if (extended.length === 0) return adjustments
  const days = Object.fromEntries(
    extended.flatMap((date): [string, string][] => {
      const held = dateFor(campaign, adjustments, date)
      return held && Object.hasOwn(definition.dates, date) ? [[date, held.on]] : []
    }),
  )
  const moved = Object.entries(following(definition, campaign, days)).flatMap(([date, { on, due }]): Adjustment[] => {
    const old = dateFor(campaign, adjustments, date)?.due
    return old !== undefined && old > at && due > old ? [{ type: 'extend', date, on, due }] : []
  })
  return [...adjustments, ...moved]
}

/** What histories remember, as far as the new version has it; the rest falls back to its first state. */
function historyIn(
  snapshot: JsonObject,
  kind: string,
  placeIn: (path: string) => string,
  states: { id: string; spec: { type?: string } }[],
): { historyValue?: JsonObject } {
  const remembered = (snapshot['historyValue'] ?? {}) as { [id: string]: { id: string }[] }
  const pathOf = (id: string): string => id.slice(kind.length + 1)
  const find = (path: string): { spec: { type?: string } } | undefined => states.find(({ id }) => id === path)
  const entries = Object.entries(remembered).flatMap(([id, nodes]): [string, Json][] => {
    const history = placeIn(pathOf(id))
    const paths = nodes.map((node) => placeIn(pathOf(node.id)))
    const whole = find(history)?.spec.type === 'history' && paths.every((path) => find(path))
    return whole ? [[`${kind}.${history}`, paths.map((path) => ({ id: `${kind}.${path}` }))]] : []
  })
  return entries.length > 0 ? { historyValue: Object.fromEntries(entries) } : {}
}
