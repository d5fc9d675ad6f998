import type { Instant } from '../calendar/index.ts'
import type { Event } from '../campaign/event.ts'
import type { Instance } from '../campaign/instance.ts'
import type { Refusal } from '../campaign/refusal.ts'
import type { JsonObject } from '../data/json.ts'
import { readTally } from '../definition/tally.ts'
import { step, type Stepped } from '../run/step/index.ts'
import { dueTimers } from '../run/timers.ts'
import { versionIn } from './migrate.ts'
import { failedKey, type Broadcast, type LoadedInstance, type Message } from './loaded.ts'
import { later, touch, type UnitOfWork } from './unitOfWork.ts'

// A definition whose deadlines arm each other in the past would turn for ever.
const MOST_DEADLINES = 200
/**
 * How many messages an instance takes at a time. 10,000 late units that each tell their parent would otherwise be
 * one transaction of 10,000 steps. The number is part of the order in which things happen (docs/architecture.md).
 */
export const MESSAGES_PER_WAKE = 200

type Due = { timer: string; due: Instant; at: Instant }
type Waiting = { at: Instant } & ({ broadcast: Broadcast } | { message: Message } | { deadline: Due } | { rest: true })

/**
 * Law 3, for one instance: takes everything that is due up to an instant, in the order of the instants (broadcasts,
 * then messages, then deadlines within one), each stamped with its own. Stops before messages that are more than a
 * wake takes, so that nothing later is taken before them. Answers how much was taken.
 */
export function drain(loaded: LoadedInstance, upTo: Instant, work: UnitOfWork): number {
  let taken = 0
  let fired = 0
  let room = MESSAGES_PER_WAKE
  for (let next = first(loaded, upTo, room); next; next = first(loaded, upTo, room)) {
    if ('rest' in next) break
    taken += 1
    if ('message' in next) room -= 1
    if ('deadline' in next) {
      fired += 1
      // Only deadlines can turn in a circle: hundreds of messages before one are no reason to fail it.
      if (fired > MOST_DEADLINES) putAside(loaded, next.deadline, circle, work)
      else fire(loaded, next.deadline, work)
    } else if ('broadcast' in next) takeBroadcast(loaded, next.broadcast, work)
    else takeMessage(loaded, next.message, work)
  }
  return taken
}

/** Whether messages that are due were left; they come before whatever is asked of it now. */
export function hasUnread({ inbox: [message], instance }: LoadedInstance, upTo: Instant): boolean {
  return message !== undefined && message.at <= upTo && instance.state.status !== 'suspended'
}

function first(loaded: LoadedInstance, upTo: Instant, room: number): Waiting | undefined {
  const { state } = loaded.instance
  const [broadcast] = loaded.broadcasts
  const [message] = loaded.inbox
  const timer =
    state.status === 'active'
      ? dueTimers(state.timers, upTo).find(({ key, timer }) => !loaded.failed.includes(failedKey(key, timer.due)))
      : undefined
  const waiting: Waiting[] = []
  if (broadcast) waiting.push({ at: broadcast.at, broadcast })
  // A suspended instance keeps its messages for later.
  if (message && state.status !== 'suspended') {
    waiting.push(room > 0 ? { at: message.at, message } : { at: message.at, rest: true })
  }
  if (timer) {
    const { due } = timer.timer
    waiting.push({ at: due, deadline: { timer: timer.key, due, at: later(due, loaded.instance.at) } })
  }
  // Stable: equal instants keep the order above.
  const [next] = waiting.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
  return next && next.at <= upTo ? next : undefined
}

function takeBroadcast(loaded: LoadedInstance, broadcast: Broadcast, work: UnitOfWork): void {
  touch(work, loaded)
  loaded.broadcasts.shift()
  loaded.cursor = broadcast.number
  const { name, payload, cause } = broadcast
  // An instance's time never runs backwards, whatever the clocks of the servers do.
  const at = later(broadcast.at, loaded.instance.at)
  const event: Event =
    broadcast.type === 'act'
      ? { type: 'act', at, act: name, payload: payload as JsonObject, cause }
      : { type: 'message', at, message: name, payload, cause }
  hear(loaded, event, name, work)
}

function takeMessage(loaded: LoadedInstance, message: Message, work: UnitOfWork): void {
  loaded.inbox.shift()
  work.consumed.push(message)
  const { name, payload, cause } = message
  const at = later(message.at, loaded.instance.at)
  hear(loaded, { type: 'message', at, message: name, payload, cause }, name, work)
}

// What came too late for an instance that is over, and a broadcast that by its guard was meant for others.
const noNews = new Set<string>(['campaign_over', 'guard_refused'])

/** A step goes into the work; a refusal changes nothing and is kept, except those that are no news. */
function hear(loaded: LoadedInstance, event: Event, name: string, work: UnitOfWork): void {
  const stepped = stepOn(loaded, event)
  if (stepped.ok) return apply(loaded, stepped, work)
  const { refusal } = stepped
  if (refusal.code === 'guard_refused' && readTally(name)) work.guardRefused.push({ loaded, event: name })
  if (!noNews.has(refusal.code)) keepRefusal(loaded, event.at, null, name, refusal, work)
}

function fire(loaded: LoadedInstance, deadline: Due, work: UnitOfWork): void {
  const stepped = stepOn(loaded, { type: 'deadline', ...deadline })
  if (stepped.ok) apply(loaded, stepped, work)
  else putAside(loaded, deadline, stepped.refusal, work)
}

const circle: Refusal = {
  code: 'machine_failed',
  detail: { zh: '期限循环触发', en: 'its deadlines arm each other in the past' },
}

/** A deadline on which the definition fails is put aside, where an operator sees it; it must not block the rest. */
function putAside(loaded: LoadedInstance, { timer, due, at }: Due, refusal: Refusal, work: UnitOfWork): void {
  touch(work, loaded)
  loaded.failed = [...loaded.failed, failedKey(timer, due)]
  keepRefusal(loaded, at, null, timer, refusal, work)
}

/** The step of an event, on what the instance runs on; of a migration, in the version that it names. */
export function stepOn(loaded: LoadedInstance, event: Event): Stepped {
  const { definition, facts, instance, versions } = loaded
  const to =
    event.type === 'act' && event.act === 'campaign.migrate'
      ? versions.get(versionIn(definition, event.payload))
      : undefined
  return to
    ? step(to.definition, to.campaign, instance, event, { definition, campaign: facts })
    : step(definition, facts, instance, event)
}

/** The instance is now what the step made of it; what the step asks for waits for the end of the unit of work. */
export function apply(loaded: LoadedInstance, stepped: Stepped & { ok: true }, work: UnitOfWork): void {
  const { instance, effects, transition, record, hash } = stepped
  touch(work, loaded)
  const before = loaded.instance
  const to = loaded.versions.get(transition.definition)
  const from = to && to.definition !== loaded.definition ? loaded.definition : undefined
  if (to && from) {
    loaded.definition = to.definition
    loaded.facts = to.campaign
    // The new version may be the repair for which a deadline that failed has been waiting.
    loaded.failed = []
  }
  const recorded = { transition, record, hash }
  const { definition } = loaded
  work.steps.push({ loaded, before, after: instance, recorded, effects, definition, ...(from && { from }) })
  // A deadline that failed and was armed anew since gets another chance, be it on the same day.
  if (loaded.failed.length > 0) {
    const [was, is] = [armedIn(before), armedIn(instance)]
    loaded.failed = loaded.failed.filter((one) => was.has(one) && is.has(one))
  }
  loaded.instance = instance
}

function armedIn({ state }: Instance): Set<string> {
  return new Set(Object.entries(state.timers).map(([timer, { due }]) => failedKey(timer, due)))
}

export function keepRefusal(
  { instance: { campaign, id, version } }: LoadedInstance,
  at: Instant,
  person: string | null,
  event: string,
  refusal: Refusal,
  work: UnitOfWork,
): void {
  work.refusals.push({ campaign, instance: id, version, at, person, event, refusal })
}
