import type { Json, World } from '@duban/engine'
import { statesIn } from '../simulate/coverage.ts'

/** `<kind>.<state>` of every state in which some instance stands. */
export function standsIn(world: World): Set<string> {
  return new Set(
    world
      .instances()
      .flatMap(({ kind, state }) => statesIn(state.snapshot['value'] ?? null).map((name) => `${kind}.${name}`)),
  )
}

/** `<kind>.<state>` of every state that was ever entered, also those that were left in the same instant. */
export function wasIn(world: World): Set<string> {
  const kinds = new Map(world.instances().map(({ id, kind }) => [id, kind]))
  return new Set(
    world
      .log()
      .flatMap(({ transition: { instance, to } }) => statesIn(to).map((name) => `${kinds.get(instance)}.${name}`)),
  )
}

/** Where everybody stands, roughly: campaigns with the same are explored one after the other. */
export function cellOf(world: World): string {
  return classes(world, ({ kind, state }) => `${kind} ${JSON.stringify(state.snapshot['value'])}`)
}

/**
 * What may make a difference to what comes: where everybody stands, what the contexts hold by shape, which dates
 * have passed. Two campaigns with the same are one to the search.
 */
export function keyOf(world: World): string {
  const now = world.now()
  const passed = Object.values(world.facts.dates).filter(({ due }) => due <= now).length
  return `${passed} ${classes(world, ({ kind, state }) =>
    [
      kind,
      state.status,
      JSON.stringify(state.snapshot['value']),
      shapeOf(state.snapshot['context'] ?? null),
      Object.keys(state.performedBy).join(),
      Object.values(state.timers)
        .filter(({ reminder }) => reminder === undefined)
        .map(({ date }) => date)
        .toSorted()
        .join(),
    ].join('|'),
  )}`
}

type Seen = ReturnType<World['instances']>[number]

/** Two alike stand for many. */
function classes(world: World, nameOf: (instance: Seen) => string): string {
  const counts = new Map<string, number>()
  for (const instance of world.instances()) {
    const name = nameOf(instance)
    counts.set(name, Math.min(2, (counts.get(name) ?? 0) + 1))
  }
  return [...counts]
    .map(([name, n]) => `${n}×${name}`)
    .toSorted()
    .join('\n')
}

/** A context without what is only told and never asked: texts count as texts, long lists as two. */
function shapeOf(value: Json, depth = 0): string {
  if (typeof value === 'string') return value === '' ? '-' : 's'
  if (typeof value === 'number') return value > 3 ? '4' : String(value)
  if (typeof value !== 'object' || value === null) return String(value)
  if (depth > 3) return '…'
  if (Array.isArray(value)) {
    const inside = [...new Set(value.map((one) => shapeOf(one, depth + 1)))].toSorted().slice(0, 3)
    return `[${Math.min(2, value.length)}${inside.join()}]`
  }
  return `{${Object.values(value)
    .map((one) => shapeOf(one, depth + 1))
    .join()}}`
}
