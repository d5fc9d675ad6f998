import { ALL, childCount, countedBy, summarize, type Definition, type Instance } from '@duban/engine'
import type { Step, Unopened } from './work.ts'

export type Count = {
  campaign: string
  parent: string
  kind: string
  tag: string
  by: number
  /** The child’s step, or the parent’s own. */
  source: Unopened['by']
}
export function summaryOf(definition: Definition, instance: Instance): ReturnType<typeof summarize> {
  const kind = definition.kinds[instance.kind]
  if (!kind) throw new Error(`${definition.name} has no kind ${instance.kind}`)
  return summarize(kind, instance.state)
}

export function sourceOf({ after, recorded }: Step): Unopened['by'] {
  const { id, version } = after
  return { id, version, hash: recorded.hash, at: recorded.transition.event.at }
}

export function countsOf(step: Step): Count[] {
  const { before, after, effects, loaded, definition, from = definition } = step
  const wanted = countedBy(definition)
  if (wanted.size === 0) return []
  const { campaign, kind, parent } = after
  const source = sourceOf(step)
  const opened = effects.flatMap((effect): Count[] => {
    if (effect.type !== 'open' || !wanted.has(`${effect.kind}.${ALL}`)) return []
    const by = childCount(effect, loaded.facts, after)
    return [{ campaign, parent: after.id, kind: effect.kind, tag: ALL, by, source }]
  })
  if (parent === null || !wanted.has(`${kind}.${ALL}`)) return opened
  const had = new Set(before ? summaryOf(from, before).tags : [])
  const has = new Set(summaryOf(definition, after).tags)
  const moved = [...has.symmetricDifference(had)]
    .filter((tag) => wanted.has(`${kind}.${tag}`))
    .map((tag) => ({ campaign, parent, kind, tag, by: has.has(tag) ? 1 : -1, source }))
  return [...opened, ...moved]
}

/** All of the kind are one fewer, so that what waits for every one of them does not wait for ever. */
export function uncounted({ campaign, kind, definition, by: source }: Unopened): Count[] {
  return [...countedBy(definition)].flatMap((name) => {
    const [its, tag = ''] = name.split('.')
    const by = tag === ALL ? -1 : 0
    return its === kind ? [{ campaign, parent: source.id, kind, tag, by, source }] : []
  })
}
