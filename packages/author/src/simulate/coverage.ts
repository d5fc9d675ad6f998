import type { Definition, Json, World } from '@duban/engine'

/** What many runs together have seen of a definition. */
export type Coverage = {
  /** `<kind>.<state>` → in how many transitions it was entered. */
  states: Map<string, number>
  commands: Map<string, number>
  /** Of each date: how many deadlines were armed, and how many came with nobody having moved on. */
  dates: Map<string, { armed: number; fired: number }>
}

export function emptyCoverage(): Coverage {
  return { states: new Map(), commands: new Map(), dates: new Map() }
}

export function cover(coverage: Coverage, world: World): void {
  const kinds = new Map(world.instances().map(({ id, kind }) => [id, kind]))
  for (const { transition } of world.log()) {
    const { event, from, to, instance } = transition
    const kind = kinds.get(instance) ?? ''
    const before = new Set(from === null ? [] : statesIn(from))
    for (const state of statesIn(to)) {
      if (!before.has(state)) add(coverage.states, `${kind}.${state}`)
    }
    if (event.type === 'command') add(coverage.commands, event.command)
    if (event.type === 'deadline' && !event.timer.includes(' ')) {
      dateOf(coverage, event.timer.split('.')[2] ?? '').fired += 1
    }
  }
  for (const date of armedIn(world)) dateOf(coverage, date).armed += 1
}

/** Each time a state that waits for a date is entered, once. */
function armedIn(world: World): string[] {
  const waits = new Map<string, string[]>()
  for (const [kind, { states }] of Object.entries(world.definition.kinds)) {
    for (const { id, arrows } of states) {
      const dates = arrows.flatMap(({ on }) => ('after' in on ? [on.after] : []))
      if (dates.length > 0) waits.set(`${kind}.${id}`, [...new Set(dates)])
    }
  }
  const kinds = new Map(world.instances().map(({ id, kind }) => [id, kind]))
  return world.log().flatMap(({ transition: { from, to, instance } }) => {
    const before = new Set(from === null ? [] : statesIn(from))
    return statesIn(to)
      .filter((state) => !before.has(state))
      .flatMap((state) => waits.get(`${kinds.get(instance)}.${state}`) ?? [])
  })
}

function add(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1)
}

function dateOf({ dates }: Coverage, date: string): { armed: number; fired: number } {
  const known = dates.get(date) ?? { armed: 0, fired: 0 }
  dates.set(date, known)
  return known
}

/** All states in which a machine stands, outer ones too: `checking`, `checking.onSite`. */
export function statesIn(value: Json, prefix = ''): string[] {
  if (typeof value === 'string') return [`${prefix}${value}`]
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return []
  return Object.entries(value).flatMap(([name, inside]) => [
    `${prefix}${name}`,
    ...statesIn(inside, `${prefix}${name}.`),
  ])
}

type StateNode = Definition['kinds'][string]['states'][number]

/** `<kind>.<state>` of every state that a machine can stand in. */
export function allStates({ kinds }: Definition): string[] {
  return Object.entries(kinds).flatMap(([kind, { states }]) =>
    states
      .filter((node) => node.id !== '' && node.spec.type !== 'history' && !isPassing(node, states))
      .map(({ id }) => `${kind}.${id}`),
  )
}

/** A state that is always left at once is passed through, never stood in. */
function isPassing({ spec, parent }: StateNode, states: StateNode[]): boolean {
  const ways = [spec.always ?? []].flat()
  const always = ways.some((way) => typeof way === 'string' || way.guard === undefined)
  if (spec.states === undefined && always) return true
  // Done inside a state that says where to go then.
  const around = states.find(({ id }) => id === parent)?.spec
  return spec.type === 'final' && around?.type !== 'parallel' && around?.onDone !== undefined
}
