import {
  authorize,
  dueTimers,
  isAct,
  isOver,
  standing,
  step,
  type Actor,
  type Event,
  type Instance,
  type Instant,
  type Json,
  type JsonObject,
  type Refusal,
  type Stepped,
} from '@duban/engine'
import type { BroadcastRow, MessageRow } from '../database/schema.ts'
import { place, type Ground, type Loaded } from './load.ts'
import {
  revoked,
  type CommandRequest,
  type CreateRequest,
  type Outcome,
  type ServerRefusal,
} from './request.ts'
import type { Work } from './work.ts'

// A definition whose deadlines arm each other in the past would turn for ever.
const MOST_DEADLINES = 200

type Waiting =
  | { at: Instant; broadcast: BroadcastRow }
  | { at: Instant; message: MessageRow }
  | { at: Instant; timer: string; due: Instant }

/**
 * Law 3, for one instance: takes everything that is due up to an instant, in the order of the instants
 * (broadcasts, then messages, then deadlines within one), each stamped with its own.
 */
export function takeWaiting(loaded: Loaded, upTo: Instant, work: Work): number {
  let taken = 0
  let fired = 0
  for (let next = first(loaded, upTo); next; next = first(loaded, upTo)) {
    taken += 1
    // Only deadlines can turn in a circle: hundreds of messages before one are no reason to fail it.
    if ('timer' in next && (fired += 1) > MOST_DEADLINES) failTimer(loaded, next, work)
    else takeOne(loaded, next, work)
  }
  return taken
}

function first(loaded: Loaded, upTo: Instant): Waiting | undefined {
  const [broadcast] = loaded.broadcasts
  const [message] = loaded.messages
  const { state } = loaded.instance
  const [timer] =
    state.status === 'active'
      ? dueTimers(state.timers, upTo).filter(
          ({ key, timer }) => !loaded.failed.includes(failure(key, timer.due)),
        )
      : []
  const waiting: Waiting[] = []
  if (broadcast) waiting.push({ at: broadcast.at, broadcast })
  // A suspended instance keeps its messages for later.
  if (message && state.status !== 'suspended') waiting.push({ at: message.at, message })
  if (timer) waiting.push({ at: timer.timer.due, timer: timer.key, due: timer.timer.due })
  // Stable: equal instants keep the order above.
  const [next] = waiting.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
  return next && next.at <= upTo ? next : undefined
}

function takeOne(loaded: Loaded, next: Waiting, work: Work): void {
  const { instance } = loaded
  // An instance's time never runs backwards, whatever the clocks of the servers do.
  const at = later(next.at, instance.at)
  if ('broadcast' in next) {
    const { broadcast } = next
    loaded.broadcasts.shift()
    loaded.heard = BigInt(broadcast.number)
    work.heard.push({ campaign: instance.campaign, id: instance.id, number: loaded.heard })
    const cause = {
      instance: broadcast.from_id,
      version: broadcast.from_version,
      hash: broadcast.from_hash,
    }
    const payload = JSON.parse(broadcast.payload) as Json
    const event: Event =
      broadcast.type === 'act'
        ? { type: 'act', at, act: broadcast.name, payload: payload as JsonObject, cause }
        : { type: 'message', at, message: broadcast.name, payload, cause }
    keep(
      loaded,
      event,
      broadcast.name,
      step(loaded.definition, loaded.facts, instance, event),
      work,
    )
    return
  }
  if ('message' in next) {
    const { message } = next
    loaded.messages.shift()
    work.consumed.push({
      campaign: message.campaign_id,
      to: message.to_id,
      from: message.from_id,
      version: message.from_version,
      n: message.n,
    })
    const event: Event = {
      type: 'message',
      at,
      message: message.name,
      payload: JSON.parse(message.payload) as Json,
      cause: { instance: message.from_id, version: message.from_version, hash: message.from_hash },
    }
    keep(loaded, event, message.name, step(loaded.definition, loaded.facts, instance, event), work)
    return
  }
  const event: Event = { type: 'deadline', at, timer: next.timer, due: next.due }
  const stepped = step(loaded.definition, loaded.facts, instance, event)
  if (stepped.ok) advance(loaded, stepped, work)
  else failTimer(loaded, next, work, stepped.refusal)
}

/** Names a deadline that failed with its instant: put on another day, it gets another chance. */
function failure(timer: string, due: Instant): string {
  return `${timer} @ ${due}`
}

/** A deadline on which the definition fails is put aside, where an operator sees it; it must not block the rest. */
function failTimer(
  loaded: Loaded,
  { timer, due, at }: { timer: string; due: Instant; at: Instant },
  work: Work,
  refusal: Refusal = {
    code: 'machine_failed',
    detail: { zh: '期限循环触发', en: 'its deadlines arm each other in the past' },
  },
): void {
  const { campaign, id } = loaded.instance
  loaded.failed.push(failure(timer, due))
  work.failed.push({ campaign, id, timer, failure: failure(timer, due), loaded })
  refuseLater(loaded, later(at, loaded.instance.at), null, timer, refusal, work)
}

// What came too late for an instance that is over, and a broadcast that by its guard was meant for others.
const noNews = new Set<string>(['campaign_over', 'guard_refused'])

/** A step goes into the work; a refusal changes nothing and is kept, except those that are no news. */
function keep(loaded: Loaded, event: Event, name: string, stepped: Stepped, work: Work): void {
  if (stepped.ok) {
    advance(loaded, stepped, work)
  } else if (!noNews.has(stepped.refusal.code)) {
    refuseLater(loaded, event.at, null, name, stepped.refusal, work)
  }
}

function advance(loaded: Loaded, stepped: Stepped & { ok: true }, work: Work): void {
  const { instance, effects, transition, record, hash } = stepped
  work.steps.push({
    before: loaded.instance,
    after: instance,
    recorded: { transition, record, hash },
    effects,
    loaded,
  })
  // A deadline that failed and was armed anew since gets another chance, be it on the same day.
  if (loaded.failed.length > 0) {
    const [before, after] = [armed(loaded.instance), armed(instance)]
    loaded.failed = loaded.failed.filter((one) => before.has(one) && after.has(one))
  }
  loaded.instance = instance
}

function armed({ state }: Instance): Set<string> {
  return new Set(Object.entries(state.timers).map(([timer, { due }]) => failure(timer, due)))
}

function refuseLater(
  loaded: Loaded,
  at: Instant,
  person: string | null,
  event: string,
  refusal: Refusal | ServerRefusal,
  work: Work,
): void {
  const { campaign, id } = loaded.instance
  work.refusals.push({ campaign, instance: id, at, person, event, refusal })
}

/** A person's command: whatever is due first, then permission, then the step. */
export function takeCommand(
  request: CommandRequest,
  ground: Ground,
  now: Instant,
  work: Work,
): Outcome {
  const loaded = ground.instances.get(place(request.campaign, request.instance))
  const { asker, idempotency } = request
  const answered = idempotency && ground.answers.get(place(asker.person, idempotency.key))
  if (answered) {
    return answered.request === idempotency.request
      ? (JSON.parse(answered.answer) as Outcome)
      : refused({ code: 'idempotency_key_reused' })
  }
  if (!loaded) return refused({ code: 'not_found' })
  if (ground.unsettled.has(place(request.campaign, request.instance))) return { ok: 'unsettled' }
  const at = later(now, loaded.instance.at)
  takeWaiting(loaded, at, work)
  const outcome = decide(request, loaded, ground, at, work)
  if (!outcome.ok) refuseLater(loaded, at, asker.person, request.command, outcome.refusal, work)
  if (idempotency) {
    work.answers.push({ person: asker.person, idempotency, answer: JSON.stringify(outcome) })
  }
  return outcome
}

function decide(
  request: CommandRequest,
  loaded: Loaded,
  ground: Ground,
  at: Instant,
  work: Work,
): Outcome {
  const { definition, facts, instance } = loaded
  const { asker, command } = request
  if (request.ifMatch !== undefined && request.ifMatch !== instance.version) {
    return refused({ code: 'stale', issues: { version: instance.version } })
  }
  const assignments = ground.assignments.get(place(request.campaign, asker.person)) ?? []
  const allowed = authorize(
    { definition, campaign: facts, assignments, instance },
    { command, at, asker },
  )
  if (!allowed.ok) return allowed
  if (command === 'assignment.revoke' && !ground.revocable.has(revoked(request))) {
    return refused({ code: 'unknown_assignment', rule: revoked(request) })
  }
  const actor: Actor = { person: asker.person, home: asker.home, authority: allowed.authority }
  const payload = (request.payload ?? null) as Json
  const stepped = step(
    definition,
    facts,
    instance,
    isAct(command)
      ? { type: 'act', at, act: command, payload: payload as JsonObject, actor }
      : { type: 'command', at, command, payload, actor },
  )
  if (!stepped.ok) return stepped
  advance(loaded, stepped, work)
  // What the command itself made due (a state whose date has passed) does not wait for the next visitor.
  takeWaiting(loaded, at, work)
  return {
    ok: true,
    instance: loaded.instance,
    transition: stepped.transition,
    hash: stepped.hash,
  }
}

/** The first transition of a campaign's root. */
export function takeCreate(
  request: CreateRequest,
  ground: Ground,
  now: Instant,
  definition: Loaded['definition'],
  work: Work,
): Outcome {
  const { facts, asker, idempotency } = request
  const answered = idempotency && ground.answers.get(place(asker.person, idempotency.key))
  if (answered) {
    return answered.request === idempotency.request
      ? (JSON.parse(answered.answer) as Outcome)
      : refused({ code: 'idempotency_key_reused' })
  }
  const stepped = step(definition, facts, null, {
    type: 'open',
    at: now,
    instance: { campaign: facts.id, id: facts.id, kind: 'campaign', key: '', unit: null },
    cause: null,
    input: null,
    adjustments: [],
    doers: {},
    campaign: facts,
    assignments: request.assignments,
    actor: { person: asker.person, home: asker.home, authority: { role: request.role } },
  })
  if (!stepped.ok) return stepped
  const loaded = newborn(definition, facts, stepped.instance, 0, [], 0n)
  work.steps.push({ ...stepOf(stepped), loaded })
  takeWaiting(loaded, now, work)
  const outcome: Outcome = {
    ok: true,
    instance: loaded.instance,
    transition: stepped.transition,
    hash: stepped.hash,
  }
  if (idempotency) {
    work.answers.push({ person: asker.person, idempotency, answer: JSON.stringify(outcome) })
  }
  return outcome
}

export function newborn(
  definition: Loaded['definition'],
  facts: Loaded['facts'],
  instance: Instance,
  depth: number,
  unitPath: string[],
  heard: bigint,
): Loaded {
  return {
    definition,
    facts,
    instance,
    depth,
    unitPath,
    heard,
    failed: [],
    broadcasts: [],
    messages: [],
  }
}

export function stepOf({ instance, effects, transition, record, hash }: Stepped & { ok: true }): {
  before: null
  after: Instance
  recorded: { transition: typeof transition; record: string; hash: string }
  effects: typeof effects
} {
  return { before: null, after: instance, recorded: { transition, record, hash }, effects }
}

function refused(refusal: ServerRefusal): Outcome {
  return { ok: false, refusal }
}

function later(a: Instant, b: Instant): Instant {
  return a > b ? a : b
}

/** For the searched columns of a row. */
export function columnsOf({ instance, definition }: Pick<Loaded, 'instance' | 'definition'>): {
  accepts: string[]
  tags: string[]
  place: string
  due: string | null
} {
  const kind = definition.kinds[instance.kind]
  if (!kind) throw new Error(`${definition.name} has no kind ${instance.kind}`)
  const { accepts, tags } = standing(kind, instance.state)
  const value = instance.state.snapshot['value']
  return {
    accepts: isOver(instance.state.status) ? [] : accepts,
    tags,
    place: typeof value === 'string' ? value : JSON.stringify(value),
    due:
      instance.state.status === 'active'
        ? (Object.values(instance.state.timers)
            .filter(({ reminder }) => reminder === undefined)
            .map(({ due }) => due)
            .toSorted()[0] ?? null)
        : null,
  }
}
