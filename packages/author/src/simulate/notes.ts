import { isOver, type Definition, type Instance, type World } from '@duban/engine'
import { statesIn } from './coverage.ts'

/** How often something was seen, and the first seed with which it was. */
export type Seen = { times: number; seed: number }

/** A message told to somebody who, in the state in which they stood, does not hear it: it is lost. */
export type Unheard = Seen & { message: string; from: string[]; kind: string; state: string }
/** A child that could not be opened. The step that asked for it had been taken. */
export type Unopened = Seen & { kind: string; by: string; code: string; detail: string }
/** A child with commands that nobody can do on it, whoever of those that there are: it has no unit, or nobody is there. */
export type Forsaken = Seen & { kind: string; unit: string | null; commands: string[] }

/** What broke no law, and yet its author should know. */
export type Notes = {
  unheard: Map<string, Unheard>
  unopened: Map<string, Unopened>
  forsaken: Map<string, Forsaken>
}

export function emptyNotes(): Notes {
  return { unheard: new Map(), unopened: new Map(), forsaken: new Map() }
}

export function takeNotes(notes: Notes, world: World, seed: number): void {
  for (const one of refusedTo(world)) note(notes.unheard, { ...one, seed, times: 1 })
  for (const one of notOpened(world)) note(notes.unopened, { ...one, seed, times: 1 })
  for (const instance of world.instances()) {
    const commands = instance.parent === null ? [] : impossibleOn(world, instance)
    const { kind, unit } = instance
    if (commands.length > 0) note(notes.forsaken, { kind, unit, commands, seed, times: 1 })
  }
}

function note<One extends Seen>(notes: Map<string, One>, one: One): void {
  const key = JSON.stringify({ ...one, seed: 0, times: 0 })
  const known = notes.get(key)
  if (known) known.times += 1
  else notes.set(key, one)
}

function refusedTo(world: World): Omit<Unheard, keyof Seen>[] {
  const { definition } = world
  return world.refusals().flatMap(({ instance, version, person, event, refusal }) => {
    const message = Object.hasOwn(definition.messages, event)
    if (person !== null || refusal.code !== 'wrong_state' || !message) return []
    const stood = world.log().find((one) => one.transition.instance === instance && one.transition.version === version)
    const { kind = '', parent = null } = world.instance(instance) ?? {}
    const value = stood?.transition.to ?? null
    // An empty arrow says that it is meant: `on: { 'unit.late': {} }`.
    if (names(definition, kind, statesIn(value), event)) return []
    const state = placeIn(value)
    return [{ message: event, from: tellersOf(definition, event, kind, parent), kind, state }]
  })
}

function names({ kinds }: Definition, kind: string, standsIn: string[], message: string): boolean {
  const states = kinds[kind]?.states.filter(({ id }) => id === '' || standsIn.includes(id)) ?? []
  return states.some(({ arrows }) => arrows.some(({ on }) => 'event' in on && on.event === message))
}

/** The kinds that tell a message to their parent, or to their children of a kind. */
function tellersOf({ kinds }: Definition, message: string, to: string, above: string | null): string[] {
  return Object.values(kinds).flatMap(({ name, states }) => {
    const tells = states.some(({ actions }) =>
      actions.some(
        ({ action }) =>
          typeof action === 'object' &&
          action.type === 'duban.tell' &&
          action.params.message === message &&
          (action.params.to === 'parent' || (above !== null && action.params.to.children === to)),
      ),
    )
    return tells ? [name] : []
  })
}

function notOpened(world: World): Omit<Unopened, keyof Seen>[] {
  return world.refusals().flatMap(({ instance, person, event, refusal }) => {
    const [open, kind = ''] = event.split(' ')
    if (person !== null || open !== 'open') return []
    const by = world.instance(instance)?.kind ?? ''
    return [{ kind, by, code: refusal.code, detail: refusal.detail?.en ?? '' }]
  })
}

/** The commands of a child's kind that only a role of its unit may do, where nobody holds one. */
function impossibleOn(world: World, { kind, unit }: Instance): string[] {
  const { definition, facts } = world
  const path = facts.units.find(({ id }) => id === unit)?.path ?? [unit]
  const events = definition.kinds[kind]?.states.flatMap(({ arrows }) =>
    arrows.flatMap(({ on }) => ('event' in on ? [on.event] : [])),
  )
  return [...new Set(events)].filter((event) => {
    const by = definition.commands[event]?.by ?? []
    if (by.length === 0 || by.some((role) => definition.roles[role]?.scope === 'campaign')) return false
    return !world
      .assignments()
      .some(({ role, unit: whose }) => unit !== null && by.includes(role) && path.includes(whose ?? ''))
  })
}

/** Where everybody who is not done stands: `<kind>.<state>`, regions joined by `+`, and how many do. */
export function whereabouts(world: World): { [place: string]: number } {
  const places: { [place: string]: number } = {}
  for (const { kind, state } of world.instances()) {
    if (isOver(state.status)) continue
    const place = `${kind}.${placeIn(state.snapshot['value'] ?? null)}`
    places[place] = (places[place] ?? 0) + 1
  }
  return places
}

function placeIn(value: Parameters<typeof statesIn>[0]): string {
  const all = statesIn(value)
  return all.filter((one) => !all.some((other) => other.startsWith(`${one}.`))).join(' + ')
}
