import type { Definition } from '../definition/compiled.ts'
import { readTally } from '../definition/tally.ts'

/** The tag that counts all children of a kind. */
export const ALL = '*'

const counted = new WeakMap<Definition, Set<string>>()

/** `<kind>.<tag>` that some machine waits for; nothing else is worth counting. */
export function countedBy(definition: Definition): Set<string> {
  const known = counted.get(definition)
  if (known) return known
  const made = new Set(
    Object.values(definition.kinds).flatMap(({ states }) =>
      states.flatMap(({ arrows }) =>
        arrows.flatMap(({ on }) => {
          const watch = 'event' in on ? readTally(on.event) : undefined
          return watch ? [`${watch.kind}.${ALL}`, `${watch.kind}.${watch.tag}`] : []
        }),
      ),
    ),
  )
  counted.set(definition, made)
  return made
}

const guarded = new WeakMap<Definition, Set<string>>()

/** `<kind> <event>` of the tallies that have a guard. */
export function guardedBy(definition: Definition): Set<string> {
  const known = guarded.get(definition)
  if (known) return known
  const made = new Set(
    Object.entries(definition.kinds).flatMap(([kind, { states }]) =>
      states.flatMap(({ arrows }) =>
        arrows.flatMap(({ on, spec }) =>
          'event' in on && spec.guard !== undefined && readTally(on.event) ? [`${kind} ${on.event}`] : [],
        ),
      ),
    ),
  )
  guarded.set(definition, made)
  return made
}

/** Of what is counted, that of the children which a kind opens. */
export function countedBelow(definition: Definition, kind: string): Set<string> {
  const opens = definition.kinds[kind]?.opens ?? []
  return new Set([...countedBy(definition)].filter((one) => opens.includes(one.split('.')[0] ?? '')))
}
