import { type Done, type Guards, type Updates } from '../block.ts'
import type { CommandSpec, DateSpec, StateSpec, Text } from '@duban/engine'
import type { SampleForms } from '../sampleForms.ts'
import type { BallotOptions, Count, Outcome } from '../ballot/index.ts'
import type { RoundArrows } from '../ballot/rounds.ts'

export type BallotRoundsOptions<Option extends string = string> = BallotOptions<Option> & {
  /** What the ballot is called. */
  title: Text
  /** Who holds it and writes down the count. */
  by: readonly string[]
  /** The date by which it is first held, from your own table. */
  due: string
  /** By when it is held again, counted from then; default `entry + 10 workdays`. */
  againDue?: string
  /** The valid ballot that falls short for the so-many-th time is the last one; default 2. */
  most?: number
  /** Who may decide, when it is overdue, that there will be none; without it only a valid ballot leads on. */
  waive?: readonly string[]
  /** The phrase of the plan. */
  source?: string
}

/** All that was counted, in order: those without a quorum too. */
export type BallotRecord<Option extends string = string> = {
  counts: ({ count: Count<Option>; note?: string } & Outcome<Option> & Done)[]
  /** How many valid ones fell short. */
  below: number
  waived: ({ reason: string } & Done) | null
}

type Command<Name extends string, O> =
  | `${Name}.count`
  | (O extends { waive: readonly string[] } ? `${Name}.waive` : never)

type RoleOf<O extends { by: readonly string[]; waive?: readonly string[] }> =
  | O['by'][number]
  | (O extends { waive: readonly (infer R extends string)[] } ? R : never)

export type BallotRounds<
  Name extends string,
  Option extends string,
  O extends { by: readonly string[]; due: string; waive?: readonly string[] },
> = {
  commands: { [C in Command<Name, O>]: CommandSpec<RoleOf<O>, never> }
  dates: { [D in `${Name}Again`]: DateSpec }
  context: { [N in Name]: BallotRecord<Option> }
  guards: Guards<{ [N in Name]: BallotRecord<Option> }>
  updates: Updates<{ [N in Name]: BallotRecord<Option> }>
  /** Where the machine goes on. It enters at `<name>`, also when it comes back. */
  states: (to: RoundArrows & (O extends { waive: readonly string[] } ? { waived: string } : object)) => {
    [state: string]: StateSpec<Command<Name, O>, O['due'] | `${Name}Again`>
  }
  /** Counts that add up, for simulations and `play`. */
  sampleForms: SampleForms
}
