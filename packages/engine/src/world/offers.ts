import type { Instant } from '../calendar/index.ts'
import { isOver, type Assignment, type Instance } from '../campaign/instance.ts'
import { getOwn } from '../data/getOwn.ts'
import { authorize, type Asker } from '../permission/act.ts'
import { acts } from '../run/acts.ts'
import { dateFor } from '../run/dates.ts'
import { summaryOf, type LoadedInstance } from '../settle/loaded.ts'
import { instanceOf, type Memory } from './memory.ts'

/** What a person may do now. `due`: by when; the command's own date, else the instance's next deadline. */
export type WorldOffer = { instance: string; command: string; due: Instant | null }

/** Who there is, and what time it is. */
export type Setting = { memory: Memory; people: Map<string, Asker>; now: Instant }

/** The commands of the definition that a person may do now on some instance, guards aside. */
export function offersTo(setting: Setting, asker: Asker): WorldOffer[] {
  const assignments = held(setting, asker)
  if (assignments.length === 0) return []
  return [...setting.memory.instances.values()].flatMap((loaded) =>
    commandsOf(loaded)
      .filter((command) => may(setting, loaded, asker, assignments, command))
      .map((command) => ({ instance: loaded.instance.id, command, due: dueBy(loaded, loaded.instance, command) })),
  )
}

/** The administrative acts that a person may do now on an instance. */
export function actsFor(setting: Setting, id: string, asker: Asker): string[] {
  const loaded = instanceOf(setting.memory, id)
  const { state, parent } = loaded.instance
  if (isOver(state.status)) return []
  const suspended = state.status === 'suspended'
  return Object.entries(acts)
    .filter(([, { asked, rootOnly }]) => asked && (!rootOnly || parent === null))
    .map(([name]) => name)
    .filter((name) => name !== 'campaign.resume' || suspended)
    .filter((name) => !['campaign.suspend', 'campaign.extend', 'campaign.migrate'].includes(name) || !suspended)
    .filter((name) => may(setting, loaded, asker, [], name))
}

/** Those who may do a command on an instance now, in the order of their ids. */
export function whoMay(setting: Setting, id: string, command: string): Asker[] {
  const { memory } = setting
  const loaded = instanceOf(memory, id)
  const by = getOwn(loaded.definition.commands, command)?.by ?? []
  if (!commandsOf(loaded).includes(command)) return []
  const found = new Map<string, Asker>()
  for (const { role, person, unit } of memory.assignments.values()) {
    if (!by.includes(role) || (unit !== undefined && !loaded.unitPath.includes(unit))) continue
    if (!found.has(person)) found.set(person, askerFor(setting, person))
  }
  return [...found.values()]
    .filter((asker) => may(setting, loaded, asker, held(setting, asker), command))
    .toSorted((a, b) => (a.person < b.person ? -1 : 1))
}

export function askerFor({ people }: Setting, person: string): Asker {
  return people.get(person) ?? { person, home: [], builtIn: [] }
}

export function held({ memory }: Setting, { person }: Asker): Assignment[] {
  return [...memory.assignments.values()].filter((one) => one.person === person)
}

/** The commands that the state of an instance names. */
export function commandsOf({ definition, instance }: LoadedInstance): string[] {
  return instance.state.status === 'active'
    ? summaryOf(definition, instance).accepts.filter((name) => Object.hasOwn(definition.commands, name))
    : []
}

function may(
  { now }: Setting,
  { definition, facts, instance }: LoadedInstance,
  asker: Asker,
  assignments: Assignment[],
  command: string,
): boolean {
  const input = { definition, campaign: facts, assignments, instance }
  return authorize(input, { command, at: now > instance.at ? now : instance.at, asker }).ok
}

function dueBy({ definition, facts }: LoadedInstance, { state }: Instance, command: string): Instant | null {
  const until = getOwn(definition.commands, command)?.until
  const its = until === undefined ? undefined : dateFor(facts, state.adjustments, until)
  if (its) return its.due
  return (
    Object.values(state.timers)
      .filter(({ reminder }) => reminder === undefined)
      .map(({ due }) => due)
      .toSorted()[0] ?? null
  )
}
