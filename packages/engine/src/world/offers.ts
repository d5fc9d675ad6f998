import { acts } from '../run/acts.ts'
import { authorize, type Asker } from '../permission/act.ts'
import type { Instant } from '../calendar/index.ts'
import { dateFor } from '../run/dates.ts'
import { isOver, type Assignment, type Instance } from '../campaign/instance.ts'
import { getOwn } from '../data/getOwn.ts'
import { nodeOf, type Node, type Stage } from './stage.ts'

/** What a person may do now. `due`: by when; the command's own date, else the instance's next deadline. */
export type WorldOffer = { instance: string; command: string; due: Instant | null }

/** The commands of the definition that a person may do now on some instance, guards aside. */
export function offersTo(stage: Stage, asker: Asker): WorldOffer[] {
  const assignments = [...stage.assignments.values()].filter((one) => one.person === asker.person)
  if (assignments.length === 0) return []
  return [...stage.nodes.values()].flatMap((node) =>
    commandsOf(stage, node)
      .filter((command) => may(stage, node, asker, assignments, command))
      .map((command) => ({
        instance: node.instance.id,
        command,
        due: dueBy(stage, node.instance, command),
      })),
  )
}

/** The administrative acts that a person may do now on an instance. */
export function actsFor(stage: Stage, id: string, asker: Asker): string[] {
  const node = nodeOf(stage, id)
  const { state, parent } = node.instance
  if (isOver(state.status)) return []
  const suspended = state.status === 'suspended'
  return Object.entries(acts)
    .filter(([, { asked, rootOnly }]) => asked && (!rootOnly || parent === null))
    .map(([name]) => name)
    .filter((name) => name !== 'campaign.resume' || suspended)
    .filter((name) => !['campaign.suspend', 'campaign.extend'].includes(name) || !suspended)
    .filter((name) => may(stage, node, asker, [], name))
}

/** Those who may do a command on an instance now, in the order of their ids. */
export function whoMay(stage: Stage, id: string, command: string): Asker[] {
  const node = nodeOf(stage, id)
  const by = getOwn(stage.definition.commands, command)?.by ?? []
  if (!commandsOf(stage, node).includes(command)) return []
  const found = new Map<string, Asker>()
  for (const { role, person, unit } of stage.assignments.values()) {
    if (!by.includes(role) || (unit !== undefined && !node.unitPath.includes(unit))) continue
    if (!found.has(person)) found.set(person, askerFor(stage, person))
  }
  return [...found.values()]
    .filter((asker) => {
      const its = [...stage.assignments.values()].filter(({ person }) => person === asker.person)
      return may(stage, node, asker, its, command)
    })
    .toSorted((a, b) => (a.person < b.person ? -1 : 1))
}

export function askerFor({ people }: Stage, person: string): Asker {
  return people.get(person) ?? { person, home: [], builtIn: [] }
}

/** The commands that the state of an instance names. */
export function commandsOf({ definition }: Stage, { instance, standing }: Node): string[] {
  return instance.state.status === 'active'
    ? standing.accepts.filter((name) => Object.hasOwn(definition.commands, name))
    : []
}

function may(
  { definition, facts, now }: Stage,
  { instance }: Node,
  asker: Asker,
  assignments: Assignment[],
  command: string,
): boolean {
  const grounds = { definition, campaign: facts, assignments, instance }
  return authorize(grounds, { command, at: now > instance.at ? now : instance.at, asker }).ok
}

function dueBy({ definition, facts }: Stage, { state }: Instance, command: string): Instant | null {
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
