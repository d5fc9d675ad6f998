// The only file that calls xstate (v6 will change these calls; see docs/decisions).
import { assign, setup, type AnyMachineSnapshot, type AnyStateMachine } from 'xstate'
import { kept, type KeepParams } from './actions.ts'
import type { Kind, Seen } from './spec.ts'
import { frozen, isPlain, type Json, type JsonObject } from '../data/json.ts'

/** An effect that the machine asked for: the engine's own actions, or `xstate.raise` / `xstate.cancel` of a timer. */
export type Asked = { type: string; params: JsonObject }
export type Moved = { snapshot: JsonObject; tags: string[]; asked: Asked[] }
export type MachineEvent = { type: string; payload?: unknown; by?: string; at: string }
/** What a new machine is opened with, and when. */
export type Opening = { input: unknown; at: string }

// Cycles of `always` end with an error instead of eating the memory.
const MAX_MICROSTEPS = 1_000

export function buildMachine(id: string, kind: Kind, dates: readonly string[]): AnyStateMachine {
  const { context } = kind.spec
  const author = setup({
    guards: mapped(kind.guards, (guard, name) => (given: Given) => {
      const passes: unknown = guard(seen(given) as never)
      if (typeof passes === 'boolean') return passes
      throw new TypeError(`guard «${name}» must return true or false, at once`)
    }) as never,
    actions: actionsOf(kind),
    // The number is never used: the engine arms the deadline with the instant of the named date.
    delays: Object.fromEntries(dates.map((name) => [name, 1])),
  })
  return author.createMachine({
    ...structure(kind.spec),
    context:
      typeof context === 'function'
        ? ({ input }: { input: Opening }) => frozen(context({ input: input.input }))
        : frozen(structuredClone(context ?? {})),
    id,
    options: { maxIterations: MAX_MICROSTEPS },
  } as never) as unknown as AnyStateMachine
}

function actionsOf({ updates }: Kind): object {
  const author = mapped(updates, (update, name) =>
    assign((given: Given) => {
      const changes: unknown = update(seen(given) as never)
      if (isPlain(changes)) return frozen(changes)
      throw new TypeError(`update «${name}» must return the changed part of the context, at once`)
    }),
  )
  return { ...keeping, ...author }
}

/** `keep`, `append` and `count`: what is said goes into the context, by data that the fingerprint covers. */
const keeping = Object.fromEntries(
  (['duban.keep', 'duban.append', 'duban.count'] as const).map((type) => [
    type,
    assign((given: Given, params: KeepParams) => {
      const { context, event } = seen(given) as { context: Json; event: MachineEvent }
      const { payload = null, by = null, at } = event
      return frozen(kept({ type, params }, { payload: payload as Json, context, by, at }))
    }),
  ]),
)

type Given = { context: object; event: { type: string } & Partial<Seen<object>['event']> }

/**
 * Guards and updates see the engine's events. The opening of an instance is one, under xstate's name; what
 * xstate says of states that are done happens within the event that finished them.
 */
function seen({ context, event }: Given): { context: object; event: object } {
  if (event.type.startsWith('xstate.done.')) return { context, event: current }
  if (event.type !== 'xstate.init') return { context, event }
  const { input, at } = (event as unknown as { input: Opening }).input
  return { context, event: { type: 'open', payload: input, at } }
}

function mapped<From, To>(table: { [name: string]: From }, map: (from: From, name: string) => To) {
  return Object.fromEntries(Object.entries(table).map(([name, one]) => [name, map(one, name)]))
}

// xstate keeps what it is given; definitions stay untouched, whatever it does with its own copy.
function structure(value: unknown): object {
  return copied(value) as object
}

function copied(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copied)
  if (!isPlain(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copied(item)]))
}

let asked: Asked[] = []
let current: MachineEvent

// One inert scope, reused: nothing runs, what the machine wants is written down. 6 µs a step; xstate's
// own `transition()` builds an actor each time and takes 31 µs. `machine.test.ts` asserts both agree.
const scope = {
  self: { id: 'duban', sessionId: 'duban', _processingStatus: 1, send() {} },
  id: 'duban',
  sessionId: 'duban',
  logger() {},
  defer() {},
  emit() {},
  stopChild() {},
  system: { _sendInspectionEvent() {}, scheduler: {}, _snapshot: { _scheduledEvents: {} } },
  actionExecutor(action: { type: string; params?: unknown }) {
    asked.push({ type: action.type, params: (action.params ?? {}) as JsonObject })
  },
} as never

function collect(event: MachineEvent, run: () => AnyMachineSnapshot): Moved {
  asked = []
  current = event
  const snapshot = run()
  // xstate hands an error at the start over as a snapshot; elsewhere it throws.
  if (snapshot.status === 'error') throw snapshot.error
  return { snapshot: persisted(snapshot), tags: tagsIn(snapshot), asked }
}

/**
 * Only what `restore` needs, and only when there is some: it is stored and hashed at each step. xstate's own
 * `getPersistedSnapshot` would take data that has the members of an actor for an actor.
 */
function persisted({ status, value, context, historyValue }: AnyMachineSnapshot): JsonObject {
  const history = Object.entries((historyValue ?? {}) as { [id: string]: { id: string }[] })
  return {
    status,
    value: value as Json,
    context: context as Json,
    ...(history.length > 0 && {
      historyValue: Object.fromEntries(history.map(([key, nodes]) => [key, nodes.map(({ id }) => ({ id }))])),
    }),
  }
}

function restore(machine: AnyStateMachine, snapshot: JsonObject): AnyMachineSnapshot {
  const { context, value, ...rest } = snapshot
  const restored = machine.restoreSnapshot(
    {
      historyValue: {},
      children: {},
      ...rest,
      value: inOrder(machine.root, value ?? null),
      context: {},
    } as never,
    scope,
  ) as AnyMachineSnapshot
  // Put in afterwards, because xstate would look for actors in it. Frozen: a guard or an update that writes into
  // it fails, instead of changing what happened. No copy, which took a tenth of a simulation: nobody else writes.
  restored.context = frozen(context)
  return restored
}

type Node = { states: { [name: string]: Node } }

/** Regions act in the order of the definition, whatever the order of the keys in the stored value. */
function inOrder(node: Node, value: Json): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(
    Object.entries(node.states).flatMap(([name, inside]) =>
      Object.hasOwn(value, name) ? [[name, inOrder(inside, value[name] ?? null)] as const] : [],
    ),
  )
}

/** @throws what the author's code throws */
export function startMachine(machine: AnyStateMachine, opening: Opening): Moved {
  return collect({ type: 'open', at: opening.at }, () => machine.getInitialSnapshot(scope, opening))
}

export type Advance = Moved | { refused: 'wrong_state' | 'guard_refused'; silenced?: true }

/**
 * One event. A machine that does not accept it says so; xstate alone would return the same snapshot in
 * silence.
 *
 * @throws what the author's code throws
 */
export function advance(machine: AnyStateMachine, snapshot: JsonObject, event: MachineEvent): Advance {
  const before = restore(machine, snapshot)
  if (!before.can(event)) {
    // An arrow that is written as `{}` takes the event away from the states around it.
    const silenced = before.status === 'active' && machine.getTransitionData(before, event).length > 0
    if (silenced) return { refused: 'wrong_state', silenced }
    return { refused: accepted(before).includes(event.type) ? 'guard_refused' : 'wrong_state' }
  }
  return collect(event, () => machine.transition(before, event, scope) as AnyMachineSnapshot)
}

/** The event types that the present states name, guards aside, and the tags that they carry. */
export function describe(machine: AnyStateMachine, snapshot: JsonObject): { accepts: string[]; tags: string[] } {
  const restored = restore(machine, snapshot)
  return { accepts: accepted(restored), tags: tagsIn(restored) }
}

/** The event types that the present states name which lie inside or around a state, `unit.checking`. */
export function acceptedNear(machine: AnyStateMachine, snapshot: JsonObject, state: string): string[] {
  return accepted(restore(machine, snapshot), ({ id }) => isWithin(id, state) || isWithin(state, id))
}

function isWithin(inner: string, outer: string): boolean {
  return inner === outer || inner.startsWith(`${outer}.`)
}

function accepted(snapshot: AnyMachineSnapshot, among: (node: { id: string }) => boolean = () => true): string[] {
  if (snapshot.status !== 'active') return []
  // eslint-disable-next-line no-underscore-dangle -- the states in which it stands; xstate has no other name
  const nodes = snapshot._nodes.filter(among)
  return [...new Set(nodes.flatMap((node) => node.ownEvents as string[]))]
}

function tagsIn(snapshot: AnyMachineSnapshot): string[] {
  return [...snapshot.tags].toSorted()
}
