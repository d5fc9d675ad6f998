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

/** What a filling sees. */
export type Form = {
  // oxlint-disable-next-line typescript/no-explicit-any -- each command's machine has a context of its own
  context: any
  unit: string | null
  /** The campaign, as the API tells of it: `play` has no more than that. */
  facts: Omit<CampaignFacts, 'fingerprint'>
  by: string
  at: string
  /** A random valid payload; in `play` the plainest. */
  payload: Json
  /** By the seed of a simulation; in `play` the first choice, and the next one when that was refused. */
  pick: <T>(from: readonly T[]) => T
}

/**
 * How a person would fill in a command's form, for those commands where a random valid payload makes no sense.
 * Pure. Pieces of the kit whose values must add up bring theirs along, to be spread into it or called by it.
 */
export type Fillings = { [command: string]: (form: Form) => Json }
