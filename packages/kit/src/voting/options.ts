import { type Done, type Guards, type Updates } from '../block.ts'
import type { CommandSpec, StateSpec } from '@duban/engine'
import type { SampleForms } from '../sampleForms.ts'
import type { BallotOptions, Count, Outcome } from '../ballot/index.ts'

/** What a machine keeps of an open vote. */
export type VotingRecord<Option extends string = string> = {
  motion: string
  voters: string[]
  /** Who has not voted yet: they alone may. */
  pending: string[]
  votes: ({ choice: Option } & Done)[]
  count: Count<Option> | null
  outcome: Outcome<Option> | null
}

export type VotingOptions<
  Option extends string,
  Role extends string,
  DateName extends string,
> = BallotOptions<Option> & {
  /** Who puts the motion, names the voters, and closes the vote. */
  chair: readonly Role[]
  /** The role that voters hold; of them, those whom the chair named. */
  voters: readonly Role[]
  /** The date on which the vote closes with those who have voted; without it, when all have or the chair says so. */
  closes?: DateName
  /** The phrase of the plan. */
  source?: string
}

export type Verb = 'open' | 'cast' | 'close'

export type Result = 'carried' | 'lost' | 'noQuorum'

export type Voting<Name extends string, Option extends string, Role extends string, DateName extends string> = {
  commands: { [V in Verb as `${Name}.${V}`]: CommandSpec<Role, never> }
  context: { [N in Name]: VotingRecord<Option> }
  guards: Guards<{ [N in Name]: VotingRecord<Option> }>
  updates: Updates<{ [N in Name]: VotingRecord<Option> }>
  /** Mostly in favour. */
  sampleForms: SampleForms
  /** Where the machine goes on. It enters at `<name>Opening`. */
  states: (to: { [R in Result]: string }) => {
    [state: string]: StateSpec<`${Name}.${Verb}`, DateName>
  }
}
