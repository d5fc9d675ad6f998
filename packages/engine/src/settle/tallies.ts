import { childCount, EFFECTS_PER_STEP } from '../run/children.ts'
import { needed, readTally, type Watch } from '../definition/tally.ts'
import { ALL, countedBelow, countedBy, guardedBy } from './counted.ts'
import { summaryOf, type Message } from './loaded.ts'
import { sourceOf, type Source, type StepTaken, type UnitOfWork } from './unitOfWork.ts'

/** How many children of a kind carry a tag; `ALL` counts those of the kind. */
export type TallyKey = { campaign: string; parent: string; kind: string; tag: string }
/** `by` is 0 where a parent only looks. `depth` is the parent's. */
export type Count = TallyKey & { by: number; depth: number; source: Source }
/** A count that a parent's present state waits for; `delivered` when the message that it was reached has been sent. */
export type WatchRow = { campaign: string; parent: string; watch: Watch; delivered: boolean }
export type Parent = Pick<TallyKey, 'campaign' | 'parent'>
type Waits = Parent & { event: string }

/** What a unit of work does to the counts of children; what must be read (and locked) to go on. */
export type TallyPlan = {
  counts: Count[]
  added: Omit<WatchRow, 'delivered'>[]
  removed: Waits[]
  /** Counts that a guard refused. */
  again: Waits[]
  /** A migrated parent's: what its new version counts and the one before did not, and the other way round. */
  recounted: TallyKey[]
  dropped: TallyKey[]
  /** All parents that are looked at; of those in `inboxes` the counts under way, too: some may be untrue by now. */
  parents: Parent[]
  inboxes: Parent[]
}

/** What a store has of it, under lock to the end of the transaction. */
export type TallyState = {
  /** Before the unit of work; of `recounted`, how many there are. */
  n: (key: TallyKey) => number
  /** All of `parents`. */
  watches: WatchRow[]
  /** Counts on their way to `inboxes`. */
  messages: Message[]
}

export type TallyChanges = {
  /** New values. */
  tallies: (TallyKey & { n: number })[]
  dropped: TallyKey[]
  /** `changed` are there already, unless their parent has stopped waiting meanwhile. */
  watches: { removed: Waits[]; added: WatchRow[]; changed: WatchRow[] }
  messages: { dropped: Message[]; sent: Message[] }
}

export function nameOf({ campaign, parent, kind, tag }: TallyKey): string {
  return `${campaign} ${parent} ${kind} ${tag}`
}

/**
 * A parent's own row is never touched. One that begins to wait looks at the counts that it waits for, so a child
 * that counts at the same moment either is seen by it or sees it.
 */
export function planTallies({ steps, unopened, guardRefused }: UnitOfWork): TallyPlan {
  const plan: TallyPlan = {
    counts: [],
    added: [],
    removed: [],
    again: [],
    recounted: [],
    dropped: [],
    parents: [],
    inboxes: [],
  }
  const counting = steps.filter(
    ({ definition, from }) => countedBy(definition).size > 0 || (from && countedBy(from).size > 0),
  )
  for (const taken of counting) {
    recount(taken, plan)
    plan.counts.push(...countsOf(taken))
  }
  const lost = [...plan.counts.filter(({ tag, by }) => (tag === ALL ? by > 0 : by < 0)), ...unopened]
  plan.inboxes = once(lost)
  for (const { campaign, parent, kind, depth, definition, source } of unopened) {
    // All of the kind are one fewer, so that what waits for every one of them does not wait for ever.
    for (const name of countedBy(definition)) {
      const [its, tag = ''] = name.split('.')
      const by = tag === ALL ? -1 : 0
      if (its === kind) plan.counts.push({ campaign, parent, kind, tag, by, depth, source })
    }
  }
  planWatches(counting, plan)
  plan.again = guardRefused.flatMap(({ loaded: { definition, instance }, event }) =>
    summaryOf(definition, instance).watches.some((watch) => watch.event === event)
      ? [{ campaign: instance.campaign, parent: instance.id, event }]
      : [],
  )
  plan.parents = once([...plan.counts, ...plan.recounted, ...plan.again, ...plan.inboxes])
  return plan
}

function once(those: Parent[]): Parent[] {
  return [...new Map(those.map(({ campaign, parent }) => [parent, { campaign, parent }])).values()]
}

/**
 * A version may wait for what the one before did not count. When a parent migrates, its children are counted by the
 * tags that they have so far, those that are over too; each goes on counting for itself when it follows.
 */
function recount({ after, definition, from }: StepTaken, plan: TallyPlan): void {
  if (!from) return
  const { campaign, id: parent, kind } = after
  const [then, now] = [countedBelow(from, kind), countedBelow(definition, kind)]
  const keyOf = (name: string): TallyKey => {
    const [its = '', tag = ''] = name.split('.')
    return { campaign, parent, kind: its, tag }
  }
  plan.dropped.push(...[...then.difference(now)].map(keyOf))
  plan.recounted.push(...[...now.difference(then)].map(keyOf))
}

/** What a step counts: the children that it opens, and its own tags that came or went. */
function countsOf(taken: StepTaken): Count[] {
  const { before, after, effects, loaded, definition, from = definition } = taken
  const wanted = countedBy(definition)
  const { campaign, kind, parent } = after
  const source = sourceOf(taken)
  const opened = effects.flatMap((effect): Count[] => {
    if (effect.type !== 'open' || !wanted.has(`${effect.kind}.${ALL}`)) return []
    const by = childCount(effect, loaded.facts, after)
    return [{ campaign, parent: after.id, kind: effect.kind, tag: ALL, by, depth: loaded.depth, source }]
  })
  if (parent === null || !wanted.has(`${kind}.${ALL}`)) return opened
  const had = new Set(before ? summaryOf(from, before).tags : [])
  const has = new Set(summaryOf(definition, after).tags)
  const moved = [...has.symmetricDifference(had)]
    .filter((tag) => wanted.has(`${kind}.${tag}`))
    .map((tag) => ({ campaign, parent, kind, tag, by: has.has(tag) ? 1 : -1, depth: loaded.depth - 1, source }))
  return [...opened, ...moved]
}

/** Watches follow what the parents' states wait for; a new one looks at its counts, and so does one behind a guard. */
function planWatches(steps: StepTaken[], plan: TallyPlan): void {
  const added = new Map<string, TallyPlan['added'][number]>()
  for (const taken of steps) {
    const { before, after, definition, from = definition, loaded } = taken
    const { campaign, id: parent } = after
    const had = before ? summaryOf(from, before).watches : []
    const has = summaryOf(definition, after).watches
    for (const { event } of had) {
      if (has.some((watch) => watch.event === event)) continue
      plan.removed.push({ campaign, parent, event })
      added.delete(`${parent} ${event}`)
    }
    for (const watch of has) {
      const isNew = !had.some(({ event }) => event === watch.event)
      if (isNew) added.set(`${parent} ${watch.event}`, { campaign, parent, watch })
      // Its guard may pass now.
      if (!isNew && !guardedBy(definition).has(`${after.kind} ${watch.event}`)) continue
      for (const tag of [watch.tag, ALL]) {
        plan.counts.push({
          campaign,
          parent,
          kind: watch.kind,
          tag,
          by: 0,
          depth: loaded.depth,
          source: sourceOf(taken),
        })
      }
    }
  }
  plan.added = [...added.values()]
}

/** What comes of it: new counts, and the messages to parents of what is reached. Pure, given what the store has. */
export function settleTallies(plan: TallyPlan, state: TallyState): TallyChanges {
  const sums = new Map<string, TallyKey & { n: number }>()
  for (const count of plan.counts) {
    const { campaign, parent, kind, tag, by } = count
    const sum = sums.get(nameOf(count)) ?? { campaign, parent, kind, tag, n: state.n(count) }
    sums.set(nameOf(count), { ...sum, n: sum.n + by })
  }
  for (const key of plan.recounted) if (!sums.has(nameOf(key))) sums.set(nameOf(key), { ...key, n: state.n(key) })
  const nOf = (key: TallyKey): number => sums.get(nameOf(key))?.n ?? state.n(key)

  const watches = new Map(state.watches.map((row) => [waitKey(row.parent, row.watch.event), row]))
  const set = new Map<string, WatchRow>()
  const put = (key: string, row: WatchRow): void => {
    watches.set(key, row)
    set.set(key, row)
  }
  for (const { parent, event } of plan.removed) watches.delete(waitKey(parent, event))
  const added = new Set(plan.added.map(({ parent, watch: { event } }) => waitKey(parent, event)))
  for (const one of plan.added) put(waitKey(one.parent, one.watch.event), { ...one, delivered: false })
  const waitAgain = (parent: string, event: string): void => {
    const row = watches.get(waitKey(parent, event))
    if (row) put(waitKey(parent, event), { ...row, delivered: false })
  }
  // What a guard refused is looked at after a step of the parent or when its count changes, so nothing turns in a loop.
  for (const { parent, event } of plan.again) waitAgain(parent, event)
  const untrue = state.messages.filter((message) => isUntrue(message, nOf))
  for (const { to, name } of untrue) waitAgain(to, name)

  const sent: Message[] = []
  const under = state.messages.filter((message) => !untrue.includes(message))
  const waiting = [...watches.values()].filter(({ delivered }) => !delivered)
  for (const row of waiting.toSorted(byParent)) {
    const message = reached(row, plan.counts, sums, nOf, [...under, ...sent])
    if (!message) continue
    sent.push(message)
    put(waitKey(row.parent, row.watch.event), { ...row, delivered: true })
  }
  const { removed, dropped } = plan
  const isAdded = ({ parent, watch: { event } }: WatchRow): boolean => added.has(waitKey(parent, event))
  return {
    tallies: [...sums.values()],
    dropped,
    watches: {
      removed,
      added: [...set.values()].filter(isAdded),
      changed: [...set.values()].filter((row) => !isAdded(row)),
    },
    messages: { dropped: untrue, sent },
  }
}

function waitKey(parent: string, event: string): string {
  return `${parent} ${event}`
}

function byParent(a: WatchRow, b: WatchRow): number {
  const [one, other] = [waitKey(a.parent, a.watch.event), waitKey(b.parent, b.watch.event)]
  return one < other ? -1 : one > other ? 1 : 0
}

/**
 * A count that is lost again before its parent has heard of it is not told: children of the same instant may have
 * moved on, or more have been opened. Its parent waits for it again, if it still stands where it waits.
 */
function isUntrue({ campaign, to: parent, name }: Message, nOf: (key: TallyKey) => number): boolean {
  const watch = readTally(name)
  if (!watch) return false
  const { kind, tag } = watch
  return nOf({ campaign, parent, kind, tag }) < needed(watch, nOf({ campaign, parent, kind, tag: ALL }))
}

/** The message that a watch's count is reached, if this unit of work looked at it and it is. */
function reached(
  { campaign, parent, watch }: WatchRow,
  counts: Count[],
  sums: Map<string, TallyKey & { n: number }>,
  nOf: (key: TallyKey) => number,
  under: Message[],
): Message | undefined {
  const { kind, tag, event } = watch
  const key = { campaign, parent, kind, tag }
  const total = nOf({ ...key, tag: ALL })
  const need = needed(watch, total)
  const its = counts.filter((one) => one.campaign === campaign && one.parent === parent && one.kind === kind)
  if (!sums.has(nameOf(key)) || nOf(key) < need) return undefined
  const source =
    crossing(
      its.filter((one) => one.tag === tag),
      nOf(key),
      need,
    ) ?? its.findLast(({ source: { cause } }) => cause.instance === parent)
  if (!source) return undefined
  const { depth, source: from } = source
  const n = nextNumber(under, parent, from)
  return { campaign, to: parent, ...from, n, depth, name: event, payload: { total } }
}

/** The count with which what is needed was reached: the same one whether steps come in batches or singly. */
function crossing(its: Count[], final: number, need: number): Count | undefined {
  let n = final - its.reduce((sum, { by }) => sum + by, 0)
  return its.find(({ by }) => {
    n += by
    return by > 0 && n >= need
  })
}

/** Children that fail in several chunks have the same source: the next number that is free. */
function nextNumber(under: Message[], to: string, { cause }: Source): number {
  const same = under.filter(
    (one) => one.to === to && one.cause.instance === cause.instance && one.cause.version === cause.version,
  )
  return Math.max(EFFECTS_PER_STEP, ...same.map(({ n }) => n + 1))
}
