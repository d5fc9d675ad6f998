import type { CampaignFacts, Json } from '@duban/engine'

/** What one who fills in a form sees. */
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
 * Pure. Blocks whose values must add up bring theirs along, to be spread into it or called by it.
 */
export type SampleForms = { [command: string]: (form: Form) => Json }
