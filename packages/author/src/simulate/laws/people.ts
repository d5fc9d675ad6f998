import { dateFor, type Assignment, type CommandEvent, type Json, type World } from '@duban/engine'
import type { Law, Scene, Told } from './fold.ts'

type Commanded = Scene & { event: CommandEvent }

function onCommand(
  look: (told: Told, scene: Commanded) => string | undefined,
): (told: Told, scene: Scene) => string | undefined {
  return (told, scene) => (scene.event.type === 'command' ? look(told, scene as Commanded) : undefined)
}

/** Who acted: the person, and the one in whose place. */
function persons({ event }: Commanded): string[] {
  const { person, authority } = event.actor
  return authority.onBehalfOf === undefined ? [person] : [person, authority.onBehalfOf]
}

export const fourEyes: Law = {
  name: 'whoever did one of the commands that it is notBy does not do it',
  scene: onCommand(({ did, world }, scene) => {
    const { command } = scene.event
    const its = did.get(scene.transition.instance)
    const clash = (world.definition.commands[command]?.notBy ?? []).find((other) =>
      persons(scene).some((person) => its?.get(other)?.has(person)),
    )
    return clash && `${persons(scene).join(' for ')} did ${clash} before ${command}`
  }),
}

export const recusal: Law = {
  name: 'nobody judges the own unit',
  scene: onCommand(({ world }, { event, after }) => {
    const { authority, home } = event.actor
    if (world.definition.roles[authority.role]?.recused !== 'ownUnit' || after.unit === null) {
      return undefined
    }
    const assignment = grantsOf(world).get(authority.assignment ?? '')?.assignment
    const homes = [...home, ...(assignment?.home ?? []), ...(assignment?.onBehalfOf?.home ?? [])]
    return homes.includes(after.unit) ? `${event.actor.person} as ${authority.role} judged ${after.unit}` : undefined
  }),
}

export const rightful: Law = {
  name: 'who acts holds a role that may, here and then',
  scene: onCommand(({ world }, { event, after }) => {
    const { command, at, actor } = event
    const { assignment: id = '', role } = actor.authority
    const spec = world.definition.commands[command]
    const grant = grantsOf(world).get(id)
    if (!spec?.by.includes(role) || !grant) return `${role} may not ${command}`
    const { assignment, from, until } = grant
    if (assignment.person !== actor.person || assignment.role !== role) return `${id} is another’s`
    if (at < from || at >= until) return `${id} was not in force`
    const path = world.facts.units.find((one) => one.id === after.unit)?.path ?? []
    const reaches = assignment.unit === undefined || path.includes(assignment.unit)
    return reaches ? undefined : `${assignment.unit} does not reach ${after.unit}`
  }),
}

export const window: Law = {
  name: 'a command comes within its window',
  scene: onCommand(({ world }, { event, before }) => {
    const { opens, until } = world.definition.commands[event.command] ?? {}
    const due = (name: string | undefined): string | undefined =>
      name && before ? dateFor(world.facts, before.state.adjustments, name)?.due : undefined
    const [begin, end] = [due(opens), due(until)]
    if (begin !== undefined && event.at < begin) return `${event.command} opens ${begin}`
    if (end !== undefined && event.at >= end) return `${event.command} ended ${end}`
    return undefined
  }),
}

export const named: Law = {
  name: 'what is for somebody named is done by them',
  scene: onCommand(({ world }, scene) => {
    const { only } = world.definition.commands[scene.event.command] ?? {}
    if (only === undefined) return undefined
    const value = only
      .split('.')
      .reduce<Json | undefined>(
        (at, key) => (typeof at === 'object' && at !== null && !Array.isArray(at) ? at[key] : undefined),
        { context: scene.before?.state.snapshot['context'] ?? null },
      )
    const names = [value ?? []].flat()
    return persons(scene).some((person) => names.includes(person))
      ? undefined
      : `${persons(scene).join(' for ')} is not named in ${only}`
  }),
}

type Grant = { assignment: Assignment; from: string; until: string }
const known = new WeakMap<World, { steps: number; grants: Map<string, Grant> }>()

/** Assignments as the root's history grants and revokes them, with the time in which each is in force. */
function grantsOf(world: World): Map<string, Grant> {
  const log = world.log()
  const cached = known.get(world)
  if (cached?.steps === log.length) return cached.grants
  const grants = new Map<string, Grant>()
  const add = (assignment: Assignment, at: string): void => {
    const { id, from = at, until = '9' } = assignment
    grants.set(id, { assignment, from: from > at ? from : at, until })
  }
  for (const { transition } of log) {
    const { event } = transition
    if (event.type === 'open') for (const one of event.assignments ?? []) add(one, event.at)
    if (event.type !== 'act') continue
    if (event.act === 'assignment.grant') {
      add(event.payload['assignment'] as unknown as Assignment, event.at)
    }
    if (event.act === 'assignment.revoke') {
      const revoked = grants.get(event.payload['assignment'] as string)
      if (revoked && revoked.until > event.at) revoked.until = event.at
    }
  }
  known.set(world, { steps: log.length, grants })
  return grants
}
