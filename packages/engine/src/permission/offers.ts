import type { Instant } from '../calendar/index.ts'
import { isOver } from '../campaign/instance.ts'
import { getOwn } from '../data/getOwn.ts'
import type { Json } from '../data/json.ts'
import type { Text } from '../data/text.ts'
import { payloadSchema } from '../definition/document.ts'
import { MOST_CHOICES, withChoices } from '../definition/participants.ts'
import { acts } from '../run/acts.ts'
import { dateFor } from '../run/dates.ts'
import { summarize } from '../run/summary.ts'
import { nextDeadline } from '../run/timers.ts'
import { authorize, type Asker, type AuthorizationInput } from './act.ts'
import type { Instance } from '../campaign/instance.ts'

/** On what a person may act: what permission is decided on, and the instance itself. */
export type OfferInput = AuthorizationInput & { instance: Instance }

export type Offer = {
  command: string
  title: Text
  /** By when; null for an administrative act, and where nothing is due. */
  due: Instant | null
  /** JSON Schema of the payload. */
  schema: Json
}

/**
 * The commands of the definition that this person may do at an instant, by the same `authorize` that decides when
 * they do it. A command behind a guard is offered: only its payload can tell whether the guard lets it through.
 */
export function offeredCommands(input: OfferInput, asker: Asker, now: Instant): string[] {
  return acceptedCommands(input).filter((command) => may(input, asker, now, command))
}

/** The commands that the present state names, whoever may do them. */
export function acceptedCommands({ definition, instance }: Pick<OfferInput, 'definition' | 'instance'>): string[] {
  const kind = getOwn(definition.kinds, instance.kind)
  if (!kind || instance.state.status !== 'active') return []
  return summarize(kind, instance.state).accepts.filter((name) => Object.hasOwn(definition.commands, name))
}

/** The administrative acts that this person may do: those that exist here and fit the state. */
export function offeredActs(input: OfferInput, asker: Asker, now: Instant, canMigrate: boolean): string[] {
  const { state, parent } = input.instance
  if (isOver(state.status)) return []
  return Object.entries(acts).flatMap(([name, { asked, rootOnly, when }]) => {
    const exists = asked && (!rootOnly || parent === null) && (name !== 'campaign.migrate' || canMigrate)
    const fits = when === undefined || when === state.status
    return exists && fits && may(input, asker, now, name) ? [name] : []
  })
}

/** By when a command is to be done: its own date, else the instance's next deadline. */
export function dueOf({ definition, campaign, instance }: OfferInput, command: string): Instant | null {
  const until = getOwn(definition.commands, command)?.until
  const its = until === undefined ? undefined : dateFor(campaign, instance.state.adjustments, until)
  return its?.due ?? nextDeadline(instance.state)?.due ?? null
}

/** All that a person may do here now, each with a form. `holders` are the persons whom a payload may name, by role. */
export function offers(
  input: OfferInput,
  asker: Asker,
  now: Instant,
  { holders = {}, canMigrate = false }: { holders?: { [role: string]: string[] }; canMigrate?: boolean } = {},
): Offer[] {
  const { definition, campaign } = input
  const choices = {
    unit: campaign.units.length <= MOST_CHOICES ? campaign.units.map(({ id }) => id) : [],
    person: [...new Set(Object.values(holders).flat())].toSorted(),
    holders,
  }
  const commands = offeredCommands(input, asker, now).flatMap((command): Offer[] => {
    const spec = getOwn(definition.commands, command)
    if (!spec) return []
    const schema = withChoices(payloadSchema(spec.payload), choices)
    return [{ command, title: spec.title, due: dueOf(input, command), schema }]
  })
  const administrative = offeredActs(input, asker, now, canMigrate).flatMap((command): Offer[] => {
    const act = getOwn(acts, command)
    return act ? [{ command, title: act.title, due: null, schema: payloadSchema(act.payload) }] : []
  })
  return [...commands, ...administrative]
}

function may(input: OfferInput, asker: Asker, now: Instant, command: string): boolean {
  const { at } = input.instance
  return authorize(input, { command, at: now > at ? now : at, asker }).ok
}
