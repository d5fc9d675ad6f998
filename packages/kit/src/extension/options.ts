import type { StateSpec, Text } from '@duban/engine'
import { z } from 'zod'
import { Reason, words, type Done, type Guards, type OwnDates, type BlockCommand, type Seen } from '../block.ts'

export type ExtensionOptions<Role extends string> = {
  /** Who asks: as a rule those who have to do it. */
  ask: readonly Role[]
  /** Who grants or refuses; never whoever asked. */
  decide: readonly Role[]
  /** By how many calendar days the day may move each time (最长30日). Default: no limit. */
  days?: number
  /** How often it may be granted (只能延期一次). What is refused does not count. Default 1. */
  times?: number
  /** What is extended: `{ zh: '整改期限', en: 'Time limit' }`. Default 期限. */
  title?: Text
  /** The phrase of the plan. */
  source?: string
}

export const Ask = z.strictObject({ until: z.iso.date(), reason: words })

export const Opinion = z.strictObject({ opinion: words.optional() })

export type Asked = z.output<typeof Ask> & Done

/** What the block keeps under its name. */
export type Extended = {
  /** What is asked for and not yet decided. */
  asked: Asked | null
  /** Each time: from which day to which, why, who asked, who granted. */
  granted: ({ from: string; until: string; reason: string; askedBy: string | null } & Done)[]
  refused: ({ until: string; reason: string } & Done)[]
  /** The day has moved, and the state that waits for it has not yet followed. */
  moved: boolean
}

/** The matter's own day is `dueOn` in the author's context. */
export type With<Name extends string> = { [N in Name]: Extended } & { dueOn: string | null }

export type Extension<Name extends string, Role extends string> = {
  commands: { [N in `${Name}.ask`]: BlockCommand<Role, typeof Ask> } & {
    [N in `${Name}.grant`]: BlockCommand<Role, typeof Opinion>
  } & { [N in `${Name}.refuse`]: BlockCommand<Role, typeof Reason> }
  /** `<name>Ends`: until the end of the matter's day it may be asked for. */
  dates: OwnDates<`${Name}Ends`>
  /** One member, `<name>`. The day itself is yours: `dueOn`. */
  context: { [N in Name]: Extended }
  guards: Guards<With<Name>>
  updates: {
    [name: string]: (seen: Seen<With<Name>>) => Partial<{ [N in Name]: Extended }> & { dueOn?: string }
  }
  /** A region beside the work, in a parallel state that is entered when the day is known. */
  region: () => StateSpec
  /** `always: delay.anew('doing')` in a state that waits for the day, so that it waits for the new one. */
  anew: (target: string) => { guard: string; target: string; reenter: true; actions: string }
  /** For `sampleForms`: a day that is allowed. */
  sampleForms: {
    [N in `${Name}.ask`]: (seen: {
      context: { dueOn: string | null }
      pick: <T>(from: readonly T[]) => T
    }) => z.output<typeof Ask>
  }
}
