import { summarize, step, type Event, type Instance, type Logged, type Transition, type World } from '@duban/engine'

/** A campaign as its log tells it, step by step, with nothing taken over from the world that wrote it. */
export type Told = {
  world: World
  /** The instant of the last step. */
  at: string
  /** Every instance as it stands after the steps told so far. */
  instances: Map<string, Instance>
  tags: Map<string, string[]>
  children: Map<string, string[]>
  /** The earliest deadline or reminder of each active instance. */
  due: Map<string, string>
  /** Who did what on an instance, or above it before it was opened. */
  did: Map<string, Map<string, Set<string>>>
}

/** One step of the log, with the instance before and after it, both computed anew. */
export type Scene = {
  event: Event
  transition: Transition
  before: Instance | null
  after: Instance
}

/** Looks at a scene when it has been told; says what law it breaks. `before` it is told: `told` is still without it. */
export type Law = {
  name: string
  scene?: (told: Told, scene: Scene) => string | undefined
  end?: (told: Told) => string[]
}

export type Violation = { law: string; what: string }

/** Tells the log anew from its bytes (this alone is the law of replay), and asks each law about each step. */
export function foldLaws(world: World, laws: Law[]): Violation[] {
  const told: Told = {
    world,
    at: '',
    instances: new Map(),
    tags: new Map(),
    children: new Map(),
    due: new Map(),
    did: new Map(),
  }
  const violations: Violation[] = []
  for (const logged of world.log()) {
    const scene = sceneOf(told, logged)
    if (typeof scene === 'string') return [...violations, { law: 'replay', what: scene }]
    for (const { name, scene: look } of laws) {
      const what = look?.(told, scene)
      if (what !== undefined) violations.push({ law: name, what: `${at(scene)}: ${what}` })
    }
    tell(told, scene)
  }
  for (const { id, head } of world.instances()) {
    if (told.instances.get(id)?.head !== head) {
      violations.push({ law: 'replay', what: `${id} stands elsewhere than its history ends` })
    }
  }
  for (const { name, end } of laws) {
    for (const what of end?.(told) ?? []) violations.push({ law: name, what })
  }
  return violations
}

function at({ event, transition }: Scene): string {
  return `${event.at} ${transition.instance} version ${transition.version}`
}

function sceneOf(told: Told, { record, hash }: Logged): Scene | string {
  const transition = JSON.parse(record) as Transition
  const { event, instance } = transition
  const before = told.instances.get(instance) ?? null
  const { definition, facts } = told.world
  if (transition.previous !== (before?.head ?? null)) return `${instance}: the chain is broken`
  const stepped = step(definition, facts, before, event)
  if (!stepped.ok) return `${instance}: refused when replayed: ${stepped.refusal.code}`
  if (stepped.record !== record || stepped.hash !== hash) {
    return `${instance} version ${transition.version}: other bytes when replayed`
  }
  return { event, transition, before, after: stepped.instance }
}

function tell(told: Told, { event, after }: Scene): void {
  const { id, kind, parent, state } = after
  told.at = event.at
  told.instances.set(id, after)
  const compiled = told.world.definition.kinds[kind]
  told.tags.set(id, compiled ? summarize(compiled, state).tags : [])
  const dues = state.status === 'active' ? Object.values(state.timers).map(({ due }) => due) : []
  const [first] = dues.toSorted()
  if (first === undefined) told.due.delete(id)
  else told.due.set(id, first)
  if (event.type === 'open') {
    const above = parent === null ? undefined : told.did.get(parent)
    told.did.set(id, new Map([...(above ?? [])].map(([name, who]) => [name, new Set(who)])))
    if (parent !== null) told.children.set(parent, [...(told.children.get(parent) ?? []), id])
  }
  if (event.type === 'command') {
    const its = told.did.get(id) ?? new Map<string, Set<string>>()
    const who = its.get(event.command) ?? new Set<string>()
    const { person, authority } = event.actor
    its.set(event.command, who.add(person).add(authority.onBehalfOf ?? person))
  }
}
