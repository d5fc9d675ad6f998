import type { StateSpec, Text } from '@duban/engine'
import { z } from 'zod'
import type { Rung } from './rungs.ts'
import { words, type Done, type Guards, type OwnDates, type BlockCommand, type Updates } from '../block.ts'

export type RungOptions = {
  /** Who decides it. Left out: by the calendar only. */
  by?: readonly string[]
  /**
   * When it happens by itself, if nobody was quicker: a rule that counts from the rung before (`entry + 3
   * workdays`; for the first, from the entry into the ladder). With `from`, a time after that day: `0 days` (when
   * it ends), `5 days`. Only the first rungs can; people go on from there.
   */
  after?: string
  /** Other words for it than the kit's own, 督办函 for 督促. */
  title?: Text
  /** The phrase of the plan. */
  source?: string
}

export type LadderTable = { readonly [R in Rung]?: RungOptions }

type Used<T extends LadderTable> = keyof T & Rung

type ByOf<T extends LadderTable, R extends Rung> = T[R] extends {
  by: infer By extends readonly string[]
}
  ? By[number]
  : never

type Decided<T extends LadderTable> = {
  [R in Used<T>]: T[R] extends { by: readonly string[] } ? R : never
}[Used<T>]

type Automatic<T extends LadderTable> = {
  [R in Used<T>]: T[R] extends { after: string } ? R : never
}[Used<T>]

export type LadderOptions = {
  /** Who is told of each step, besides those who decide the next. */
  tell?: readonly string[]
  /**
   * The matter's own day, from which the rungs count: `context.dueOn`. When it moves (延期), they count anew
   * from the new day and are given again.
   */
  from?: `context.${string}`
}

export type Step = Done & {
  rung: Rung
  /** Null where the calendar took the step. */
  reason: string | null
  /** 对象: whom it concerns. */
  whom: string | null
  /** With `from`: the matter's day for which it was given. */
  day?: string | null
}

/** What the author says of the state around the rungs. */
export type Around = Pick<StateSpec, 'on' | 'after' | 'entry' | 'always'> & {
  title: Text
  source?: string
  tags?: string | readonly string[]
  /** Whether there is an inner state `again` to come back to. */
  again?: true
}

export const Climb = z.strictObject({ reason: words, whom: words })

export type Ladder<Name extends string, T extends LadderTable> = {
  commands: { [R in Decided<T> as `${Name}.${R}`]: BlockCommand<ByOf<T, R>, typeof Climb> }
  /** `<name>Urge` and so on for the rungs that come by themselves. */
  dates: OwnDates<`${Name}${Capitalize<Automatic<T>>}`>
  /** One member, `<name>`: the steps taken, at most one for each rung (with `from`: and day). */
  context: { [N in Name]: Step[] }
  /** With `from`: where it stood, `<name>StoodUrge`. */
  guards: Guards<{ [N in Name]: Step[] }>
  updates: Updates<{ [N in Name]: Step[] }>
  /**
   * One state with a state for each rung inside; put it where the trouble is: the overdue state of a unit, or a
   * region of its own. Each rung carries its name as a tag. Where it is left and may be entered again, say
   * `again: true` and go to its inner state `again`: nobody climbs the same rung twice. With `from` that is not
   * needed: it is always entered where it stood for that day. `on` and `after` are yours.
   */
  state: (around: Around) => StateSpec
  /** The inner state to come back to, for pieces that have a ladder inside: `overdue.again`, `overdue.foot`. */
  entrance: 'again' | 'foot'
}
