import { authorize, type Asker } from '../permission/act.ts'
import type { Instant } from '../calendar/index.ts'
import type { Effect } from '../campaign/effect.ts'
import type { Actor, Event } from '../campaign/event.ts'
import type { Instance } from '../campaign/instance.ts'
import type { Json, JsonObject } from '../data/json.ts'
import { refuse, type Refusal, type Refused } from '../campaign/refusal.ts'
import { isAct } from '../definition/roles.ts'
import { step, type Stepped } from '../run/step/index.ts'
import { readTally } from '../definition/tally.ts'
import { dueTimers } from '../run/timers.ts'
import type { Recorded } from '../run/transition.ts'
import { summarize, type StateSummary } from '../run/summary.ts'
import type { Broadcast, Letter, Node, Stage } from './stage.ts'

// As in the server's take.ts: deadlines that arm each other in the past would turn for ever.
const MOST_DEADLINES = 200
// As in the server's load.ts: an instance takes so many messages at a time.
const MOST_MESSAGES = 200

/** One step that was taken; what it asks for is carried out when its batch is done. */
export type Step = {
  node: Node
  before: Instance | null
  had: StateSummary | null
  after: Instance
  has: StateSummary
  recorded: Recorded
  effects: Effect[]
}

type Waiting =
  | { at: Instant; broadcast: Broadcast }
  | { at: Instant; letter: Letter }
  | { at: Instant; timer: string; due: Instant }

/**
 * Everything that is due for one instance up to an instant, in the order of the instants (broadcasts, then
 * messages, then deadlines within one), each stamped with its own. Says how much was taken.
 */
export function takeWaiting(stage: Stage, node: Node, upTo: Instant, steps: Step[]): number {
  let taken = 0
  let fired = 0
  let read = 0
  const broadcasts = unheard(stage, node)
  for (let next = first(node, broadcasts, upTo); next; next = first(node, broadcasts, upTo)) {
    if ('letter' in next && (read += 1) > MOST_MESSAGES) break
    taken += 1
    if ('timer' in next && (fired += 1) > MOST_DEADLINES) failTimer(stage, node, next)
    else takeOne(stage, node, broadcasts, next, steps)
  }
  return taken
}

/** What its parent told since it last listened. */
function unheard(stage: Stage, { instance, heard }: Node): Broadcast[] {
  const told = instance.parent === null ? [] : (stage.nodes.get(instance.parent)?.told ?? [])
  const from = told.findLastIndex(({ number }) => number <= heard) + 1
  return told.slice(from).filter(({ kind }) => kind === null || kind === instance.kind)
}

function first(node: Node, [broadcast]: Broadcast[], upTo: Instant): Waiting | undefined {
  const { state } = node.instance
  const [letter] = node.inbox
  const timer =
    state.status === 'active'
      ? dueTimers(state.timers, upTo).find(({ key, timer: { due } }) => !node.failed.includes(failure(key, due)))
      : undefined
  const waiting: Waiting[] = []
  if (broadcast) waiting.push({ at: broadcast.at, broadcast })
  // A suspended instance keeps its messages for later.
  if (letter && state.status !== 'suspended') waiting.push({ at: letter.at, letter })
  if (timer) waiting.push({ at: timer.timer.due, timer: timer.key, due: timer.timer.due })
  // Stable: equal instants keep the order above.
  const [next] = waiting.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
  return next && next.at <= upTo ? next : undefined
}

function takeOne(stage: Stage, node: Node, broadcasts: Broadcast[], next: Waiting, steps: Step[]): void {
  const { instance } = node
  const at = later(next.at, instance.at)
  if ('timer' in next) {
    const { timer, due } = next
    const stepped = take(stage, instance, { type: 'deadline', at, timer, due })
    if (stepped.ok) advance(stage, node, stepped, steps)
    else failTimer(stage, node, next, stepped.refusal)
    return
  }
  const told = 'broadcast' in next ? next.broadcast : next.letter
  if ('broadcast' in next) {
    broadcasts.shift()
    node.heard = next.broadcast.number
  } else {
    node.inbox.shift()
  }
  const { name, payload, cause } = told
  const event: Event =
    'type' in told && told.type === 'act'
      ? { type: 'act', at, act: name, payload: payload as JsonObject, cause }
      : { type: 'message', at, message: name, payload, cause }
  const stepped = take(stage, instance, event)
  if (stepped.ok) {
    advance(stage, node, stepped, steps)
    return
  }
  if (stepped.refusal.code === 'guard_refused' && readTally(name)) {
    stage.unheard.push({ id: instance.id, event: name })
  }
  if (!noNews.has(stepped.refusal.code)) {
    refuseLater(stage, node, at, null, name, stepped.refusal)
  }
}

// What came too late for an instance that is over, and a broadcast that by its guard was meant for others.
const noNews = new Set<string>(['campaign_over', 'guard_refused'])

/** A person's command or act on an instance: whatever is due first, then permission, then the step. */
export function takeCommand(
  stage: Stage,
  node: Node,
  asker: Asker,
  command: string,
  payload: Json,
  steps: Step[],
): (Stepped & { ok: true }) | Refused {
  const at = later(stage.now, node.instance.at)
  takeWaiting(stage, node, at, steps)
  const outcome = decide(stage, node, asker, command, payload, at)
  if (!outcome.ok) {
    refuseLater(stage, node, at, asker.person, command, outcome.refusal)
    return outcome
  }
  advance(stage, node, outcome, steps)
  // What the command itself made due (a state whose date has passed) does not wait for the next visitor.
  takeWaiting(stage, node, at, steps)
  return outcome
}

function decide(stage: Stage, { instance }: Node, asker: Asker, command: string, payload: Json, at: Instant): Stepped {
  const { definition, facts, assignments } = stage
  const its = [...assignments.values()].filter(({ person }) => person === asker.person)
  const allowed = authorize({ definition, campaign: facts, assignments: its, instance }, { command, at, asker })
  if (!allowed.ok) return allowed
  if (command === 'assignment.revoke') {
    const { assignment } = (payload ?? {}) as { assignment?: unknown }
    const id = typeof assignment === 'string' ? assignment : ''
    if (!assignments.has(id)) return refuse('unknown_assignment', { rule: id })
  }
  const actor: Actor = { person: asker.person, home: asker.home, authority: allowed.authority }
  return take(
    stage,
    instance,
    isAct(command)
      ? { type: 'act', at, act: command, payload: payload as JsonObject, actor }
      : { type: 'command', at, command, payload, actor },
  )
}

export function take(stage: Stage, instance: Instance | null, event: Event): Stepped {
  return step(stage.definition, stage.facts, instance, event)
}

/** The step is what the instance now is; what it asks for waits for the end of the batch. */
export function advance(
  stage: Stage,
  node: Node,
  { instance, effects, transition, record, hash }: Stepped & { ok: true },
  steps: Step[],
): void {
  const { instance: before, standing: had } = node
  const has = summaryOf(stage, instance)
  steps.push({
    node,
    before,
    had,
    after: instance,
    has,
    recorded: { transition, record, hash },
    effects,
  })
  // A deadline that failed and was armed anew since gets another chance, be it on the same day.
  if (node.failed.length > 0) {
    const [was, is] = [armed(before), armed(instance)]
    node.failed = node.failed.filter((one) => was.has(one) && is.has(one))
  }
  node.instance = instance
  node.standing = has
}

export function summaryOf({ definition }: Stage, { kind, state }: Instance): StateSummary {
  const compiled = definition.kinds[kind]
  if (!compiled) throw new Error(`${definition.name} has no kind ${kind}`)
  return summarize(compiled, state)
}

/** A deadline on which the definition fails is put aside; it must not block the rest. */
function failTimer(
  stage: Stage,
  node: Node,
  { timer, due, at }: { timer: string; due: Instant; at: Instant },
  refusal: Refusal = {
    code: 'machine_failed',
    detail: { zh: '期限循环触发', en: 'its deadlines arm each other in the past' },
  },
): void {
  node.failed.push(failure(timer, due))
  refuseLater(stage, node, later(at, node.instance.at), null, timer, refusal)
}

/** Names a deadline that failed with its instant: put on another day, it gets another chance. */
export function failure(timer: string, due: Instant): string {
  return `${timer} @ ${due}`
}

function armed({ state }: Instance): Set<string> {
  return new Set(Object.entries(state.timers).map(([timer, { due }]) => failure(timer, due)))
}

function refuseLater(
  stage: Stage,
  { instance }: Node,
  at: Instant,
  person: string | null,
  event: string,
  refusal: Refusal,
): void {
  const { id, version } = instance
  stage.refusals.push({ instance: id, version, at, person, event, refusal })
}

function later(a: Instant, b: Instant): Instant {
  return a > b ? a : b
}
