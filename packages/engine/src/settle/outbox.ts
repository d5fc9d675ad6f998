import type { Instant } from '../calendar/index.ts'
import type { Effect } from '../campaign/effect.ts'
import type { Assignment, Instance, Timer } from '../campaign/instance.ts'
import type { Text } from '../data/text.ts'
import { childCount, EFFECTS_PER_STEP } from '../run/children.ts'
import { failedKey, type Broadcast, type LoadedInstance, type Message, type Spawn } from './loaded.ts'
import { sourceOf, type StepTaken, type UnitOfWork } from './unitOfWork.ts'

/** Something to tell the holders of some roles; `version` and `n` say which effect of which step it is. */
export type Notice = {
  campaign: string
  instance: string
  version: number
  n: number
  at: Instant
  to: string[]
  unit: string | null
  unitPath: string[]
  text: Text
}

/** What the steps asked for beside their own instances, as rows that others will find. */
export type Outbox = {
  spawns: Spawn[]
  broadcasts: Broadcast[]
  messages: Message[]
  notices: Notice[]
  grants: { campaign: string; assignment: Assignment }[]
  revocations: { campaign: string; assignment: string; at: Instant }[]
}

/** Effects become rows: an `open` one spawn, a tell one message or broadcast, however many it reaches. */
export function outboxOf({ steps }: UnitOfWork): Outbox {
  const outbox: Outbox = { spawns: [], broadcasts: [], messages: [], notices: [], grants: [], revocations: [] }
  for (const taken of steps) {
    const { event, campaign } = taken.recorded.transition
    // Those that a campaign starts with are in the event that opens its root.
    const first = event.type === 'open' ? (event.assignments ?? []) : []
    outbox.grants.push(...first.map((assignment) => ({ campaign, assignment })))
    taken.effects.forEach((effect, n) => put(outbox, taken, effect, n))
  }
  return outbox
}

function put(outbox: Outbox, taken: StepTaken, effect: Effect, n: number): void {
  const { loaded, after } = taken
  const { campaign, parent } = after
  const { cause, at } = sourceOf(taken)
  const asked = { campaign, cause, at }
  const number = after.version * EFFECTS_PER_STEP + n
  switch (effect.type) {
    case 'open': {
      const { unit, state } = after
      const { unitPath, depth, facts } = loaded
      const { adjustments, performedBy } = state
      const inherited = { depth: depth + 1, unit, unitPath, adjustments, performedBy }
      const total = childCount(effect, facts, after)
      if (total > 0) outbox.spawns.push({ ...asked, number, effect, total, next: 0, inherited })
      break
    }
    case 'tellChildren': {
      const { kind, message: name, payload } = effect
      outbox.broadcasts.push({ ...asked, number, kind, type: 'message', name, payload })
      break
    }
    case 'actOnChildren':
      outbox.broadcasts.push({ ...asked, number, kind: null, type: 'act', name: effect.act, payload: effect.payload })
      break
    case 'tellParent': {
      const { message: name, payload } = effect
      if (parent !== null) outbox.messages.push({ ...asked, to: parent, n, depth: loaded.depth - 1, name, payload })
      break
    }
    case 'notify': {
      const { to, unit, text } = effect
      const { id: instance, version } = after
      outbox.notices.push({ campaign, instance, version, n, at, to, unit, unitPath: loaded.unitPath, text })
      break
    }
    case 'grant':
      outbox.grants.push({ campaign, assignment: effect.assignment })
      break
    case 'revoke':
      outbox.revocations.push({ campaign, assignment: effect.assignment, at })
      break
  }
}

export type DeadlineChanges = {
  gone: { loaded: LoadedInstance; timer: string }[]
  set: { loaded: LoadedInstance; timer: string; is: Timer }[]
}

/** The index of deadlines holds the timers of all active instances that have not failed; the states are the truth. */
export function deadlineChanges({ touched }: UnitOfWork): DeadlineChanges {
  const changes: DeadlineChanges = { gone: [], set: [] }
  for (const [loaded, before] of touched) {
    const was = before.instance ? armed(before.instance, before.failed) : new Map<string, Timer>()
    const is = armed(loaded.instance, loaded.failed)
    for (const timer of was.keys()) if (!is.has(timer)) changes.gone.push({ loaded, timer })
    for (const [timer, one] of is) {
      if (was.get(timer)?.due !== one.due) changes.set.push({ loaded, timer, is: one })
    }
  }
  return changes
}

function armed({ state }: Instance, failed: string[]): Map<string, Timer> {
  const timers = state.status === 'active' ? Object.entries(state.timers) : []
  return new Map(timers.filter(([timer, { due }]) => !failed.includes(failedKey(timer, due))))
}
