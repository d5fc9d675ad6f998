import type { Instant } from '../calendar/index.ts'
import type { Effect } from '../campaign/effect.ts'
import type { Assignment, Instance } from '../campaign/instance.ts'
import type { PinnedDefinition } from '../definition/pinned.ts'
import type { Recorded } from '../run/transition.ts'
import {
  failedKey,
  summaryOf,
  type Broadcast,
  type LoadedInstance,
  type Message,
  type Spawn,
} from '../settle/loaded.ts'
import { CHUNK, rankOf, type Next } from '../settle/next.ts'
import { outboxOf, type Notice } from '../settle/outbox.ts'
import {
  nameOf,
  planTallies,
  settleTallies,
  type TallyKey,
  type TallyPlan,
  type TallyState,
  type WatchRow,
} from '../settle/tallies.ts'
import type { RefusalRecord, UnitOfWork } from '../settle/unitOfWork.ts'
import { ALL } from '../settle/counted.ts'
import { EFFECTS_PER_STEP } from '../run/children.ts'

export type Logged = Recorded & { effects: Effect[] }
type Kept = LoadedInstance & { told: Broadcast[]; children: string[] }

/** One campaign's tables in memory: what the server keeps in PostgreSQL. */
export type Memory = {
  instances: Map<string, Kept>
  /** The versions that the campaign runs on or may be migrated to, with its facts for each. */
  versions: Map<string, PinnedDefinition>
  /** Granted and not revoked, by id. */
  assignments: Map<string, Assignment>
  /** Not finished; in the order of their instants and numbers. */
  spawns: Spawn[]
  broadcasts: Broadcast[]
  tallies: Map<string, number>
  watches: Map<string, Map<string, WatchRow>>
  log: Logged[]
  notices: Notice[]
  refusals: RefusalRecord[]
}

export function emptyMemory(): Memory {
  return {
    instances: new Map(),
    versions: new Map(),
    assignments: new Map(),
    spawns: [],
    broadcasts: [],
    tallies: new Map(),
    watches: new Map(),
    log: [],
    notices: [],
    refusals: [],
  }
}

/** The same campaign once more; what happens to one does not happen to the other. */
export function copyMemory(memory: Memory): Memory {
  return {
    instances: new Map([...memory.instances].map(([id, one]) => [id, copied(one)])),
    versions: new Map(memory.versions),
    assignments: new Map(memory.assignments),
    spawns: [...memory.spawns],
    broadcasts: [...memory.broadcasts],
    tallies: new Map(memory.tallies),
    watches: new Map([...memory.watches].map(([id, its]) => [id, new Map(its)])),
    log: [...memory.log],
    notices: [...memory.notices],
    refusals: [...memory.refusals],
  }
}

/** The instances by id, each with its parent's broadcasts that it has not taken. */
export function load(memory: Memory, ids: string[]): Map<string, LoadedInstance> {
  const found = ids.flatMap((id) => memory.instances.get(id) ?? [])
  for (const one of found) {
    const { parent, kind } = one.instance
    const told = (parent === null ? undefined : memory.instances.get(parent)?.told) ?? []
    const from = told.findLastIndex(({ number }) => number <= one.cursor) + 1
    one.broadcasts = told.slice(from).filter((broadcast) => broadcast.kind === null || broadcast.kind === kind)
    one.versions = memory.versions
  }
  return new Map(found.map((one) => [one.instance.id, one]))
}

type First = { what: Next['what']; at: Instant; rank: number; ids: string[] }

/** What comes first of all that is due up to an instant; see `settle/next.ts` for the order. */
export function findNext(memory: Memory, now: Instant): Next | undefined {
  const [spawn] = memory.spawns
  const [broadcast] = memory.broadcasts
  let first: First | undefined
  const offer = (what: Next['what'], at: Instant, rank: number, id = ''): void => {
    const order = first ? compare(at, first.at) || first.rank - rank : -1
    if (order < 0) first = { what, at, rank, ids: [id] }
    else if (order === 0) first?.ids.push(id)
  }
  if (spawn) offer('spawn', spawn.at, Number.POSITIVE_INFINITY)
  if (broadcast) offer('broadcast', broadcast.at, Number.MAX_VALUE)
  for (const { instance, inbox, depth, failed } of memory.instances.values()) {
    const { status } = instance.state
    const [message] = inbox
    if (message && status !== 'suspended' && message.at <= now) {
      offer('message', message.at, rankOf('message', depth), instance.id)
    }
    const due = earliest(instance, failed)
    if (due !== undefined && due <= now) offer('deadline', due, rankOf('deadline', depth), instance.id)
  }
  if (!first) return undefined
  const { what, at, ids } = first
  if (what === 'spawn') return oldestSpawns(memory, at)
  if (what === 'broadcast') return oldestBroadcasts(memory, at)
  return { what, at, ids: ids.toSorted(compare).slice(0, CHUNK) }
}

/** The earliest deadline that is armed anywhere. */
export function nextDue(memory: Memory): Instant | undefined {
  const dues = [...memory.instances.values()].flatMap(({ instance, failed }) => earliest(instance, failed) ?? [])
  return dues.reduce<Instant | undefined>((least, due) => (least === undefined || due < least ? due : least), undefined)
}

function earliest({ state }: Instance, failed: string[]): Instant | undefined {
  if (state.status !== 'active') return undefined
  let least: Instant | undefined
  for (const [timer, { due }] of Object.entries(state.timers)) {
    if ((least === undefined || due < least) && !failed.includes(failedKey(timer, due))) least = due
  }
  return least
}

function oldestSpawns(memory: Memory, at: Instant): Next {
  const oldest = memory.spawns.filter((one) => one.at === at)
  let room = CHUNK
  const spawns = oldest.filter(({ total, next }) => {
    const fits = room > 0
    room -= total - next
    return fits
  })
  return { what: 'spawn', spawns, ids: spawns.map(({ cause }) => cause.instance) }
}

/** The oldest broadcasts of one instant, and the next children that have not taken them. */
function oldestBroadcasts(memory: Memory, at: Instant): Next {
  const broadcasts: Broadcast[] = []
  const ids = new Set<string>()
  for (const broadcast of memory.broadcasts.filter((one) => one.at === at).slice(0, CHUNK)) {
    const { cause, number, kind } = broadcast
    const behind = instanceOf(memory, cause.instance).children.filter((id) => {
      const { cursor, instance } = instanceOf(memory, id)
      return cursor < number && (kind === null || kind === instance.kind)
    })
    const room = CHUNK - ids.size
    for (const id of behind.toSorted(compare).slice(0, room)) ids.add(id)
    if (behind.length > room) break
    broadcasts.push(broadcast)
  }
  return { what: 'broadcast', at, broadcasts, ids: [...ids] }
}

/** Writes a unit of work down, as one transaction of the server would. */
export function append(memory: Memory, work: UnitOfWork): void {
  const plan = planTallies(work)
  const tallies = settleTallies(plan, tallyState(memory, plan, work))
  for (const { recorded, effects } of work.steps) memory.log.push({ ...recorded, effects })
  memory.refusals.push(...work.refusals)
  for (const [loaded, before] of work.touched) if (before.instance === null) enter(memory, loaded)
  appendOutbox(memory, work)
  for (const { spawn, next } of work.spawned) {
    const others = memory.spawns.filter((one) => !isSame(one, spawn))
    memory.spawns = next < spawn.total ? [...others, { ...spawn, next }].toSorted(byNumber) : others
  }
  for (const delivered of work.delivered) {
    memory.broadcasts = memory.broadcasts.filter((one) => !isSame(one, delivered))
  }
  for (const key of tallies.dropped) memory.tallies.delete(nameOf(key))
  for (const key of tallies.tallies) memory.tallies.set(nameOf(key), key.n)
  for (const { parent, event } of tallies.watches.removed) memory.watches.get(parent)?.delete(event)
  for (const row of [...tallies.watches.added, ...tallies.watches.changed]) {
    const its = memory.watches.get(row.parent) ?? new Map<string, WatchRow>()
    memory.watches.set(row.parent, its.set(row.watch.event, row))
  }
  for (const message of tallies.messages.dropped) {
    const one = instanceOf(memory, message.to)
    one.inbox = one.inbox.filter((other) => other !== message)
  }
  for (const message of tallies.messages.sent) post(memory, message)
}

function enter(memory: Memory, loaded: LoadedInstance): void {
  const { id, parent } = loaded.instance
  memory.instances.set(id, Object.assign(loaded, { told: [], children: [] }))
  if (parent !== null) instanceOf(memory, parent).children.push(id)
}

function appendOutbox(memory: Memory, work: UnitOfWork): void {
  const { spawns, broadcasts, messages, notices, grants, revocations } = outboxOf(work)
  memory.spawns = [...memory.spawns, ...spawns].toSorted(byNumber)
  memory.broadcasts = [...memory.broadcasts, ...broadcasts].toSorted(byNumber)
  for (const one of broadcasts) instanceOf(memory, one.cause.instance).told.push(one)
  for (const one of messages) post(memory, one)
  memory.notices.push(...notices)
  for (const { assignment } of grants) memory.assignments.set(assignment.id, assignment)
  for (const { assignment } of revocations) memory.assignments.delete(assignment)
}

/** A message goes into its inbox, which is in the order in which messages are taken. */
function post(memory: Memory, message: Message): void {
  const one = memory.instances.get(message.to)
  if (!one) return
  const before = one.inbox.findLastIndex((other) => inOrder(other, message) <= 0)
  one.inbox.splice(before + 1, 0, message)
}

function tallyState(memory: Memory, { parents, recounted, inboxes }: TallyPlan, work: UnitOfWork): TallyState {
  const anew = new Map(recounted.map((key) => [nameOf(key), countBefore(memory, key, work)]))
  return {
    n: (key) => anew.get(nameOf(key)) ?? memory.tallies.get(nameOf(key)) ?? 0,
    watches: parents.flatMap(({ parent }) => [...(memory.watches.get(parent)?.values() ?? [])]),
    messages: inboxes.flatMap(({ parent }) => memory.instances.get(parent)?.inbox.filter(isCount) ?? []),
  }
}

function isCount({ n }: Message): boolean {
  return n >= EFFECTS_PER_STEP
}

/** As the children were before the unit of work, in which they count for themselves. */
function countBefore(memory: Memory, { parent, kind, tag }: TallyKey, work: UnitOfWork): number {
  const those = instanceOf(memory, parent).children.map((id) => instanceOf(memory, id))
  return those.filter((one) => {
    if (one.instance.kind !== kind) return false
    const step = work.steps.find(({ loaded }) => loaded === one)
    const [instance, definition] = step ? [step.before, step.from ?? step.definition] : [one.instance, one.definition]
    return instance !== null && (tag === ALL || summaryOf(definition, instance).tags.includes(tag))
  }).length
}

export function instanceOf(memory: Memory, id: string): Kept {
  const one = memory.instances.get(id)
  if (!one) throw new RangeError(`the campaign has no instance ${id}`)
  return one
}

export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

type Numbered = Pick<Broadcast, 'at' | 'number' | 'cause'>

function byNumber(a: Numbered, b: Numbered): number {
  return compare(a.at, b.at) || a.number - b.number || compare(a.cause.instance, b.cause.instance)
}

function isSame(a: Numbered, b: Numbered): boolean {
  return a.number === b.number && a.cause.instance === b.cause.instance
}

function inOrder(a: Message, b: Message): number {
  return (
    compare(a.at, b.at) || compare(a.cause.instance, b.cause.instance) || a.cause.version - b.cause.version || a.n - b.n
  )
}

function copied({ failed, inbox, broadcasts, told, children, ...one }: Kept): Kept {
  return {
    ...one,
    failed: [...failed],
    inbox: [...inbox],
    broadcasts: [...broadcasts],
    told: [...told],
    children: [...children],
  }
}
