import { isOver, summarize } from '@duban/engine'
import type { Loaded } from './load.ts'

/** For the searched columns of a row. */
export function columnsOf({ instance, definition }: Pick<Loaded, 'instance' | 'definition'>): {
  accepts: string[]
  tags: string[]
  place: string
  due: string | null
} {
  const kind = definition.kinds[instance.kind]
  if (!kind) throw new Error(`${definition.name} has no kind ${instance.kind}`)
  const { accepts, tags } = summarize(kind, instance.state)
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
