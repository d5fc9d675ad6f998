// The only file that calls xstate (v6 will change these calls; see docs/decisions).
import { assign, setup, type AnyMachineSnapshot, type AnyStateMachine } from 'xstate'
import type { Kind } from './definition.ts'
import type { JsonObject } from './json.ts'

/** An effect that the machine asked for: the engine's own actions, or `xstate.raise` / `xstate.cancel` of a timer. */
export type Asked = { type: string; params: JsonObject }
export type Moved = { snapshot: JsonObject; tags: string[]; asked: Asked[] }
export type MachineEvent = { type: string; payload?: unknown; by?: string; at: string }

// Cycles of `always` end with an error instead of eating the memory.
const MAX_MICROSTEPS = 1_000

export function buildMachine(id: string, kind: Kind, dates: readonly string[]): AnyStateMachine {
  const actions = Object.fromEntries(
    Object.entries(kind.updates).map(([name, update]) => [
      name,
      assign(({ context, event }) => update({ context: context as never, event: event as never })),
    ]),
  )
  const author = setup({
    types: {} as { context: object; events: { type: string }; input: unknown },
    guards: kind.guards as never,
    actions: actions as never,
    // The number is never used: the engine arms the deadline with the instant of the named date.
    delays: Object.fromEntries(dates.map((name) => [name, 1])),
  })
  return author.createMachine({
    ...structure(kind.spec),
    id,
    options: { maxIterations: MAX_MICROSTEPS },
  } as never) as unknown as AnyStateMachine
}

// xstate keeps what it is given and writes into it; definitions stay untouched.
function structure(spec: object): object {
  return Object.fromEntries(
    Object.entries(spec).map(([key, value]: [string, unknown]) => [
      key,
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? structure(value)
        : value,
    ]),
  )
}

let asked: Asked[] = []

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

function collect(run: () => AnyMachineSnapshot, machine: AnyStateMachine): Moved {
  asked = []
  const snapshot = run()
  return { snapshot: persisted(machine, snapshot), tags: [...snapshot.tags].toSorted(), asked }
}

function persisted(machine: AnyStateMachine, snapshot: AnyMachineSnapshot): JsonObject {
  const full = machine.getPersistedSnapshot(snapshot) as unknown as JsonObject
  const { status, value, context, historyValue } = full
  // Only what `restore` needs, and only when there is some: it is stored and hashed at each step.
  return {
    status: status as string,
    value: value as JsonObject,
    context: (context ?? {}) as JsonObject,
    ...(Object.keys((historyValue ?? {}) as object).length > 0 && {
      historyValue: historyValue as JsonObject,
    }),
  }
}

function restore(machine: AnyStateMachine, snapshot: JsonObject): AnyMachineSnapshot {
  const whole = { historyValue: {}, children: {}, ...structuredClone(snapshot) }
  return machine.restoreSnapshot(whole as never, scope) as AnyMachineSnapshot
}

export function startMachine(machine: AnyStateMachine, input: unknown): Moved {
  return collect(() => machine.getInitialSnapshot(scope, input as never), machine)
}

export type Advance = Moved | { refused: 'wrong_state' | 'guard_refused' }

/** One event. A machine that does not accept it says so; xstate alone would return the same snapshot in silence. */
export function advance(
  machine: AnyStateMachine,
  snapshot: JsonObject,
  event: MachineEvent,
): Advance {
  const before = restore(machine, snapshot)
  if (!before.can(event)) {
    return { refused: accepted(before).includes(event.type) ? 'guard_refused' : 'wrong_state' }
  }
  return collect(() => machine.transition(before, event, scope) as AnyMachineSnapshot, machine)
}

/** The event types that the present states name, guards aside. */
export function acceptedEvents(machine: AnyStateMachine, snapshot: JsonObject): string[] {
  return accepted(restore(machine, snapshot))
}

function accepted(snapshot: AnyMachineSnapshot): string[] {
  if (snapshot.status !== 'active') return []
  return [...new Set(snapshot._nodes.flatMap((node) => node.ownEvents as string[]))]
}

export function tagsOf(machine: AnyStateMachine, snapshot: JsonObject): string[] {
  return [...restore(machine, snapshot).tags].toSorted()
}

/** Whether a guard would let the event through; for a first answer to «what may I do». */
export function canTake(
  machine: AnyStateMachine,
  snapshot: JsonObject,
  event: MachineEvent,
): boolean {
  return restore(machine, snapshot).can(event)
}
