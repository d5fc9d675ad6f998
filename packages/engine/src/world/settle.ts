import type { Instant } from '../calendar/index.ts'
import { childrenOf, openEvent } from '../run/children.ts'
import { append } from './append.ts'
import { compare, nodeOf, type Broadcast, type Node, type Opening, type Stage } from './stage.ts'
import { failure, summaryOf, take, takeWaiting, type Step } from './take.ts'
import type { Unopened } from './tallies.ts'

// As in the server's next.ts: so many instances are taken at once.
const CHUNK = 100
const MOST_IDLE = 10

/**
 * Takes everything that is due up to an instant, in the campaign's one order: by instant; within one what
 * goes down (children, then broadcasts); then, from the leaves to the root, all deadlines of a depth and
 * after the last of them the messages that they sent to the depth above. See docs/architecture.md.
 */
export function settle(stage: Stage, now: Instant): void {
  let idle = 0
  for (let next = first(stage, now); next; next = first(stage, now)) {
    idle = takeNext(stage, next) > 0 ? 0 : idle + 1
    if (idle > MOST_IDLE) throw new Error(`a ${next.what} due ${next.at} cannot be taken`)
  }
}

type Next = { what: 'opening' | 'broadcast' | 'message' | 'deadline'; at: Instant; rank: number }

function first(stage: Stage, now: Instant): Next | undefined {
  const opening = stage.openings.peek()
  const broadcast = stage.broadcasts.peek()
  const message = top(stage.posts, (one) => awaits(stage, one))
  const deadline = top(stage.deadlines, (one) => isArmed(stage, one))
  const waiting: Next[] = []
  if (opening) waiting.push({ what: 'opening', at: opening.at, rank: Number.POSITIVE_INFINITY })
  if (broadcast) waiting.push({ what: 'broadcast', at: broadcast.at, rank: Number.MAX_VALUE })
  // The rank puts the messages to a depth between the deadlines below it and its own.
  if (message && message.at <= now) {
    waiting.push({ what: 'message', at: message.at, rank: 2 * message.depth + 1 })
  }
  if (deadline && deadline.at <= now) {
    waiting.push({ what: 'deadline', at: deadline.at, rank: 2 * deadline.depth })
  }
  return waiting.toSorted((a, b) => compare(a.at, b.at) || b.rank - a.rank)[0]
}

/** The earliest deadline that is armed anywhere. */
export function nextDue(stage: Stage): Instant | undefined {
  return top(stage.deadlines, (one) => isArmed(stage, one))?.at
}

type Queue<One> = {
  peek: () => One | undefined
  pop: () => One | undefined
  push: (one: One) => void
}

/** The first entry of an index that is not out of date. */
function top<One>(queue: Queue<One>, holds: (one: One) => boolean): One | undefined {
  for (let one = queue.peek(); one; one = queue.peek()) {
    if (holds(one)) return one
    queue.pop()
  }
  return undefined
}

function awaits(stage: Stage, { id, at }: { id: string; at: Instant }): boolean {
  const node = nodeOf(stage, id)
  return node.instance.state.status !== 'suspended' && node.inbox.some((one) => one.at === at)
}

function isArmed(stage: Stage, { id, timer, at }: { id: string; timer: string; at: Instant }): boolean {
  const { instance, failed } = nodeOf(stage, id)
  const { status, timers } = instance.state
  return status === 'active' && timers[timer]?.due === at && !failed.includes(failure(timer, at))
}

function takeNext(stage: Stage, { what }: Next): number {
  switch (what) {
    case 'opening':
      return openNext(stage)
    case 'broadcast':
      return tellNext(stage)
    case 'message':
      return wakeTop(stage, stage.posts, (one) => awaits(stage, one))
    case 'deadline':
      return wakeTop(stage, stage.deadlines, (one) => isArmed(stage, one))
  }
}

/** Wakes the instances that the first entries name: those of one instant and depth, in the order of their ids. */
function wakeTop<One extends { at: Instant; depth: number; id: string }>(
  stage: Stage,
  queue: Queue<One>,
  holds: (one: One) => boolean,
): number {
  const head = top(queue, holds)
  if (!head) return 0
  const entries: One[] = []
  for (let one = top(queue, holds); one; one = top(queue, holds)) {
    if (one.at !== head.at || one.depth !== head.depth) break
    entries.push(one)
    queue.pop()
  }
  const ids = [...new Set(entries.map(({ id }) => id))].toSorted(compare).slice(0, CHUNK)
  const taken = wake(stage, ids, head.at)
  for (const one of entries) if (holds(one)) queue.push(one)
  return taken
}

function wake(stage: Stage, ids: string[], upTo: Instant): number {
  const steps: Step[] = []
  const taken = ids.map((id) => takeWaiting(stage, nodeOf(stage, id), upTo, steps))
  append(stage, steps)
  return taken.reduce((sum, one) => sum + one, 0)
}

/** Wakes the next children that have not heard the oldest broadcasts of one instant; what all have heard is finished. */
function tellNext(stage: Stage): number {
  const { at } = stage.broadcasts.peek() as Broadcast
  const told: Broadcast[] = []
  const ids = new Set<string>()
  let full = false
  for (const broadcast of oldest(stage.broadcasts, at)) {
    const { cause, number, kind } = broadcast
    const deaf = nodeOf(stage, cause.instance)
      .children.filter((id) => {
        const { heard, instance } = nodeOf(stage, id)
        return heard < number && (kind === null || kind === instance.kind)
      })
      .toSorted(compare)
    const room = CHUNK - ids.size
    for (const id of deaf.slice(0, room)) ids.add(id)
    full ||= deaf.length > room
    if (full) stage.broadcasts.push(broadcast)
    else told.push(broadcast)
  }
  const taken = wake(stage, [...ids], at)
  // Somebody who has more to read than one wake takes is not there yet.
  const heard = told.filter((one) => [...ids].every((id) => hasHeard(nodeOf(stage, id), one)))
  for (const one of told) if (!heard.includes(one)) stage.broadcasts.push(one)
  return taken + heard.length
}

function hasHeard({ instance, heard }: Node, { cause, number }: Broadcast): boolean {
  return instance.parent !== cause.instance || heard >= number
}

/** The first entries, all of one instant, taken out; not more than a chunk. */
function oldest<One extends { at: Instant }>(queue: Queue<One>, at: Instant): One[] {
  const entries: One[] = []
  while (entries.length < CHUNK && queue.peek()?.at === at) entries.push(queue.pop() as One)
  return entries
}

/** Opens the next chunk of children of the oldest openings, at the instant of their parents' steps. */
function openNext(stage: Stage): number {
  const { at } = stage.openings.peek() as Opening
  const steps: Step[] = []
  const unopened: Unopened[] = []
  let opened = 0
  for (const opening of oldest(stage.openings, at)) {
    if (opened < CHUNK) opened += openSome(stage, opening, CHUNK - opened, steps, unopened)
    if (opening.next < opening.total) stage.openings.push(opening)
  }
  append(stage, steps, unopened)
  return opened
}

function openSome(stage: Stage, opening: Opening, most: number, steps: Step[], unopened: Unopened[]): number {
  const { cause, at, effect, number, inherited, next, total } = opening
  const end = Math.min(next + most, total)
  const parent = nodeOf(stage, cause.instance)
  const opener = {
    id: cause.instance,
    unit: inherited.unit,
    path: inherited.unitPath,
    number: String(number),
  }
  const children = childrenOf(effect, stage.facts, opener, next, end)
  const { adjustments, performedBy } = inherited
  const shared = { campaign: stage.facts.id, kind: effect.kind, at, cause, adjustments, performedBy }
  for (const child of children) {
    const stepped = take(stage, null, openEvent(shared, child))
    if (!stepped.ok) {
      // The definition fails on this one item; the others shall not wait for it.
      const event = `open ${effect.kind} ${child.key}`
      stage.refusals.push({
        instance: cause.instance,
        version: cause.version,
        at,
        person: null,
        event,
        refusal: stepped.refusal,
      })
      unopened.push({ kind: effect.kind, source: { cause, at } })
      continue
    }
    const { depth } = inherited
    const node = addNode(stage, stepped, { depth, unitPath: child.path, heard: number }, steps)
    parent.children.push(child.id)
    takeWaiting(stage, node, at, steps)
  }
  opening.next = end
  return children.length
}

/** A newborn instance joins the others. */
export function addNode(
  stage: Stage,
  { instance, effects, transition, record, hash }: ReturnType<typeof take> & { ok: true },
  { depth, unitPath, heard }: Pick<Node, 'depth' | 'unitPath' | 'heard'>,
  steps: Step[],
): Node {
  const has = summaryOf(stage, instance)
  const node: Node = {
    instance,
    standing: has,
    depth,
    unitPath,
    heard,
    failed: [],
    inbox: [],
    told: [],
    children: [],
  }
  stage.nodes.set(instance.id, node)
  const recorded = { transition, record, hash }
  steps.push({ node, before: null, had: null, after: instance, has, recorded, effects })
  return node
}
