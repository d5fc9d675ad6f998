import {
  dueTimers,
  readTally,
  step,
  type Event,
  type Instance,
  type Instant,
  type Json,
  type JsonObject,
  type Refusal,
  type Stepped,
} from '@duban/engine'
import type { BroadcastRow, MessageRow } from '../database/schema.ts'
import { versionIn, type Loaded } from './load.ts'
import type { ServerRefusal } from './request.ts'
import type { Work } from './work.ts'

// A definition whose deadlines arm each other in the past would turn for ever.
const MOST_DEADLINES = 200

type Waiting =
  | { at: Instant; broadcast: BroadcastRow }
  | { at: Instant; message: MessageRow }
  | { at: Instant; timer: string; due: Instant }

/** Where what was loaded ends: messages that are still in the table come before whatever is later. */
type Edge = { at: Instant; edge: true }

/**
 * Law 3, for one instance: takes everything that is due up to an instant, in the order of the instants
 * (broadcasts, then messages, then deadlines within one), each stamped with its own. Stops where messages
 * were left in the table, so that nothing later is taken before them.
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

/** Whether messages that are due were left in the table; another wake takes them. */
export function isBehind({ unread, instance }: Loaded, upTo: Instant): boolean {
  return unread !== undefined && unread <= upTo && instance.state.status !== 'suspended'
}

function first(loaded: Loaded, upTo: Instant): Waiting | undefined {
  const [broadcast] = loaded.broadcasts
  const [message] = loaded.messages
  const { state } = loaded.instance
  const [timer] =
    state.status === 'active'
      ? dueTimers(state.timers, upTo).filter(({ key, timer }) => !loaded.failed.includes(failure(key, timer.due)))
      : []
  const waiting: (Waiting | Edge)[] = []
  if (broadcast) waiting.push({ at: broadcast.at, broadcast })
  // A suspended instance keeps its messages for later.
  if (message && state.status !== 'suspended') waiting.push({ at: message.at, message })
  else if (isBehind(loaded, upTo)) waiting.push({ at: loaded.unread ?? upTo, edge: true })
  if (timer) waiting.push({ at: timer.timer.due, timer: timer.key, due: timer.timer.due })
  // Stable: equal instants keep the order above.
  const [next] = waiting.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
  return next && next.at <= upTo && !('edge' in next) ? next : undefined
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
    keep(loaded, event, broadcast.name, stepOn(loaded, event), work)
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
    keep(loaded, event, message.name, stepOn(loaded, event), work)
    return
  }
  const event: Event = { type: 'deadline', at, timer: next.timer, due: next.due }
  const stepped = stepOn(loaded, event)
  if (stepped.ok) advance(loaded, stepped, work)
  else failTimer(loaded, next, work, stepped.refusal)
}

/** The step of an event, on what the instance runs on; of a migration, in the version that it names. */
export function stepOn(loaded: Loaded, event: Event): Stepped {
  const { definition, facts, instance, versions } = loaded
  const to =
    event.type === 'act' && event.act === 'campaign.migrate'
      ? versions.get(versionIn(definition, event.payload))
      : undefined
  return to
    ? step(to.definition, to.campaign, instance, event, { definition, campaign: facts })
    : step(definition, facts, instance, event)
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
    return
  }
  if (stepped.refusal.code === 'guard_refused' && readTally(name)) {
    work.unheard.push({ event: name, loaded })
  }
  if (!noNews.has(stepped.refusal.code)) {
    refuseLater(loaded, event.at, null, name, stepped.refusal, work)
  }
}

export function advance(loaded: Loaded, stepped: Stepped & { ok: true }, work: Work): void {
  const { instance, effects, transition, record, hash } = stepped
  const to = loaded.versions.get(transition.definition)
  const from = to && to.definition !== loaded.definition ? loaded.definition : undefined
  if (to && from) {
    loaded.definition = to.definition
    loaded.facts = to.campaign
    // The new version may be the repair for which a deadline that failed has been waiting.
    loaded.failed = []
  }
  work.steps.push({
    before: loaded.instance,
    after: instance,
    recorded: { transition, record, hash },
    effects,
    loaded,
    definition: loaded.definition,
    ...(from && { from }),
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

export function refuseLater(
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

export function later(a: Instant, b: Instant): Instant {
  return a > b ? a : b
}
