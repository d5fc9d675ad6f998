import type { CampaignFacts, Definition, Json } from '@duban/engine'

/** A campaign as it is offered: the definition, and how the demo organisation would run it. */
export type Entry = { definition: Definition; demo: DemoPlan; fillings?: Fillings }

/** Who would take part in the demo organisation, and in which duties. */
export type DemoPlan = {
  title: string
  /** YYYY-MM-DD. */
  startsOn: string
  /** The person, an organiser, who starts it. */
  organiser: string
  /** The units that take part. */
  units: string[]
  /** With `unit` where the role is a unit's. */
  duties: { person: string; role: string; unit?: string }[]
}

/**
 * How a person would fill in a command's form, for those commands where a random valid payload makes no sense:
 * `payload` is such a one, `pick` chooses by the seed of the simulation. Pure.
 */
export type Fillings = {
  [command: string]: (seen: {
    // oxlint-disable-next-line typescript/no-explicit-any -- each command's machine has a context of its own
    context: any
    unit: string | null
    facts: CampaignFacts
    by: string
    at: string
    payload: Json
    pick: <T>(from: readonly T[]) => T
  }) => Json
}
