import type { Instant } from '../calendar/index.ts'
import type { Assignment } from '../campaign/instance.ts'
import { getOwn } from '../data/getOwn.ts'
import type { Asker } from '../permission/act.ts'
import { acceptedCommands, dueOf, offeredActs, offeredCommands, type OfferInput } from '../permission/offers.ts'
import type { LoadedInstance } from '../settle/loaded.ts'
import { instanceOf, type Memory } from './memory.ts'

/** What a person may do now, and by when. */
export type WorldOffer = { instance: string; command: string; due: Instant | null }

/** Who there is, and what time it is. */
export type Setting = { memory: Memory; people: Map<string, Asker>; now: Instant }

/** The commands of the definition that a person may do now on some instance, guards aside. */
export function offersTo(setting: Setting, asker: Asker): WorldOffer[] {
  const assignments = held(setting, asker)
  if (assignments.length === 0) return []
  return [...setting.memory.instances.values()].flatMap((loaded) => {
    const input = inputOf(loaded, assignments)
    const commands = offeredCommands(input, asker, setting.now)
    return commands.map((command) => ({ instance: loaded.instance.id, command, due: dueOf(input, command) }))
  })
}

/** The administrative acts that a person may do now on an instance. */
export function actsFor({ memory, now }: Setting, id: string, asker: Asker, canMigrate: boolean): string[] {
  return offeredActs(inputOf(instanceOf(memory, id), []), asker, now, canMigrate)
}

/** Those who may do a command on an instance now, in the order of their ids. */
export function whoMay(setting: Setting, id: string, command: string): Asker[] {
  const { memory, now } = setting
  const loaded = instanceOf(memory, id)
  const by = getOwn(loaded.definition.commands, command)?.by ?? []
  if (!acceptedCommands(loaded).includes(command)) return []
  const persons = [...memory.assignments.values()].flatMap(({ role, person, unit }) =>
    by.includes(role) && (unit === undefined || loaded.unitPath.includes(unit)) ? [person] : [],
  )
  return [...new Set(persons)].toSorted().flatMap((person) => {
    const asker = askerFor(setting, person)
    const may = offeredCommands(inputOf(loaded, held(setting, asker)), asker, now).includes(command)
    return may ? [asker] : []
  })
}

export function askerFor({ people }: Setting, person: string): Asker {
  return people.get(person) ?? { person, home: [], builtIn: [] }
}

export function held({ memory }: Setting, { person }: Asker): Assignment[] {
  return [...memory.assignments.values()].filter((one) => one.person === person)
}

function inputOf({ definition, facts: campaign, instance }: LoadedInstance, assignments: Assignment[]): OfferInput {
  return { definition, campaign, assignments, instance }
}
