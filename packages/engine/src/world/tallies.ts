import type { Watch } from '../definition/tally.ts'
import { childCount, EFFECTS_PER_STEP } from '../run/children.ts'
import { ALL, countedBy, guardedBy } from '../settle/counted.ts'
import type { Instant } from '../calendar/index.ts'
import type { Cause } from '../campaign/event.ts'
import { needed, readTally } from '../definition/tally.ts'
import { post } from './post.ts'
import { compare, nodeOf, type Stage } from './stage.ts'
import type { Step } from './take.ts'

/** What a count comes from: the child’s step, or the parent’s own. */
type Source = { cause: Cause; at: Instant }
type Count = { parent: string; kind: string; tag: string; by: number; source: Source }

/** A child that could not be opened: it was counted, and shall not be waited for. */
export type Unopened = { kind: string; source: Source }

export function tallyKey(parent: string, kind: string, tag: string): string {
  return `${parent} ${kind} ${tag}`
}

/**
 * Counts children by tag, and sends parents their `every…` and `atLeast…` messages: when a batch is done, as
 * the server does, so that a count that is reached and lost again within one is not told.
 */
export function appendTallies(stage: Stage, steps: Step[], unopened: Unopened[]): void {
  const wanted = countedBy(stage.definition)
  if (wanted.size === 0) return
  const counts = [
    ...steps.flatMap((step) => countsOf(stage, wanted, step)),
    ...unopened.flatMap((one) => uncounted(wanted, one)),
  ]
  const touched = new Map<string, { parent: string; kind: string; tag: string }>()
  const touch = (parent: string, kind: string, tag: string, by: number): void => {
    const key = tallyKey(parent, kind, tag)
    stage.tallies.set(key, (stage.tallies.get(key) ?? 0) + by)
    touched.set(key, { parent, kind, tag })
  }
  for (const { id, watch } of changeWatches(stage, steps)) {
    for (const tag of [watch.tag, ALL]) touch(id, watch.kind, tag, 0)
  }
  for (const { after, has } of steps) {
    for (const { event, kind, tag } of has.watches) {
      if (!guardedBy(stage.definition).has(`${after.kind} ${event}`)) continue
      for (const one of [tag, ALL]) touch(after.id, kind, one, 0)
    }
  }
  for (const { parent, kind, tag, by } of counts) touch(parent, kind, tag, by)
  takeBack(stage, counts)
  // What a guard refused waits again: until the parent's next step, or until its count changes.
  for (const one of stage.unheard.splice(0)) waitAgain(stage, one)
  if (touched.size > 0) tellReached(stage, counts, touched, steps)
}

function sourceOf({ after: { id, version }, recorded }: Step): Source {
  return {
    cause: { instance: id, version, hash: recorded.hash },
    at: recorded.transition.event.at,
  }
}

function countsOf(stage: Stage, wanted: Set<string>, step: Step): Count[] {
  const { after, effects, had, has } = step
  const source = sourceOf(step)
  const opened = effects.flatMap((effect): Count[] => {
    if (effect.type !== 'open' || !wanted.has(`${effect.kind}.${ALL}`)) return []
    const by = childCount(effect, stage.facts, after)
    return [{ parent: after.id, kind: effect.kind, tag: ALL, by, source }]
  })
  const { kind, parent } = after
  if (parent === null || !wanted.has(`${kind}.${ALL}`)) return opened
  const tags = new Set(has.tags)
  const moved = [...tags.symmetricDifference(new Set(had?.tags ?? []))]
    .filter((tag) => wanted.has(`${kind}.${tag}`))
    .map((tag) => ({ parent, kind, tag, by: tags.has(tag) ? 1 : -1, source }))
  return [...opened, ...moved]
}

/** All of the kind are one fewer, so that what waits for every one of them does not wait for ever. */
function uncounted(wanted: Set<string>, { kind, source }: Unopened): Count[] {
  return [...wanted].flatMap((name) => {
    const [its, tag = ''] = name.split('.')
    const by = tag === ALL ? -1 : 0
    return its === kind ? [{ parent: source.cause.instance, kind, tag, by, source }] : []
  })
}

/** A count that is lost again before its parent has heard of it is not told; the parent waits for it again. */
function takeBack(stage: Stage, counts: Count[]): void {
  const lost = counts.filter(({ tag, by }) => (tag === ALL ? by > 0 : by < 0))
  for (const id of new Set(lost.map(({ parent }) => parent))) {
    const node = stage.nodes.get(id)
    const untrue = node?.inbox.filter(({ n, name }) => {
      const watch = n >= EFFECTS_PER_STEP && readTally(name)
      if (!watch) return false
      const of = (tag: string): number => stage.tallies.get(tallyKey(id, watch.kind, tag)) ?? 0
      return of(watch.tag) < needed(watch, of(ALL))
    })
    if (!node || !untrue || untrue.length === 0) continue
    node.inbox = node.inbox.filter((letter) => !untrue.includes(letter))
    for (const { name } of untrue) waitAgain(stage, { id, event: name })
  }
}

/** Puts the watch of a tally that was refused back, if the parent still waits for it. */
function waitAgain(stage: Stage, { id, event }: { id: string; event: string }): void {
  const watch = nodeOf(stage, id).standing.watches.find((one) => one.event === event)
  if (watch) stage.watches.get(id)?.set(event, watch)
}

/** Keeps the watches equal to what the parents' states wait for; says which are new. */
function changeWatches(stage: Stage, steps: Step[]): { id: string; watch: Watch }[] {
  const added = new Map<string, { id: string; watch: Watch }>()
  for (const { after, had, has } of steps) {
    const waited = had?.watches ?? []
    const its = stage.watches.get(after.id)
    for (const { event } of waited) {
      if (has.watches.some((watch) => watch.event === event)) continue
      its?.delete(event)
      added.delete(`${after.id} ${event}`)
    }
    for (const watch of has.watches) {
      if (waited.some(({ event }) => event === watch.event)) continue
      added.set(`${after.id} ${watch.event}`, { id: after.id, watch })
    }
  }
  for (const { id, watch } of added.values()) {
    const its = stage.watches.get(id) ?? new Map<string, Watch>()
    stage.watches.set(id, its.set(watch.event, watch))
  }
  return [...added.values()]
}

function tellReached(
  stage: Stage,
  counts: Count[],
  touched: Map<string, { parent: string; kind: string; tag: string }>,
  steps: Step[],
): void {
  const parents = new Set([...touched.values()].map(({ parent }) => parent))
  const kinds = new Set([...touched.values()].map(({ parent, kind }) => `${parent} ${kind}`))
  const watches = [...parents].toSorted(compare).flatMap((id) =>
    [...(stage.watches.get(id)?.values() ?? [])]
      .filter(({ kind }) => kinds.has(`${id} ${kind}`))
      .toSorted((a, b) => compare(a.event, b.event))
      .map((watch) => ({ id, watch })),
  )
  for (const { id, watch } of watches) {
    const key = tallyKey(id, watch.kind, watch.tag)
    if (!touched.has(key)) continue
    const total = stage.tallies.get(tallyKey(id, watch.kind, ALL)) ?? 0
    const n = stage.tallies.get(key) ?? 0
    const need = needed(watch, total)
    if (n < need) continue
    const step = steps.findLast(({ after }) => after.id === id)
    const source =
      crossing(counts, id, watch, n, need) ??
      (step && sourceOf(step)) ??
      counts.find(({ kind, source: { cause } }) => kind === watch.kind && cause.instance === id)?.source
    if (!source) continue
    stage.watches.get(id)?.delete(watch.event)
    post(stage, id, {
      ...source,
      n: nextNumber(stage, id, source),
      name: watch.event,
      payload: { total },
    })
  }
}

/** Children that fail in several chunks have the same source: the next number that is free. */
function nextNumber(stage: Stage, to: string, { cause }: Source): number {
  const taken = (stage.nodes.get(to)?.inbox ?? [])
    .filter((one) => one.cause.instance === cause.instance && one.cause.version === cause.version)
    .map(({ n }) => n + 1)
  return Math.max(EFFECTS_PER_STEP, ...taken)
}

/** The step with which the count reached what is needed. */
function crossing(counts: Count[], parent: string, watch: Watch, final: number, need: number): Source | undefined {
  const its = counts.filter((one) => one.parent === parent && one.kind === watch.kind && one.tag === watch.tag)
  let n = final - its.reduce((sum, { by }) => sum + by, 0)
  for (const { by, source } of its) {
    n += by
    if (by > 0 && n >= need) return source
  }
  return undefined
}
