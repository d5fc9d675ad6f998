import type { Actions, CommandSpec, StateSpec } from '@duban/engine'
import type { Guards, Updates } from '../block.ts'
import type { DrawRecord } from '../draw/record.ts'
import type { RuleOptions } from '../draw/rule.ts'
import type { Verb } from '../draw/words.ts'

export type DrawingOptions<Role extends string, DateName extends string = never> = RuleOptions & {
  /** Who announces the draw, and declares it void. */
  by: readonly Role[]
  /** Who enters the seed; default: as `by`. */
  hold?: readonly Role[]
  /** Who must confirm before the result counts, and may declare it void: 纪检监察, 公证. Nobody by default. */
  witness?: readonly Role[]
  /** Who passes over those drawn who cannot take part (顺位递补); without it nobody can. */
  supplement?: readonly Role[]
  /** The date from which the seed may be entered, when the plan says the day of the draw. */
  opens?: DateName
  /** The phrase of the plan. */
  source?: string
}

export type Arrow = { target: string; guard?: string; actions?: Actions }

/** `guards` and `updates` go into the machine's own; `context` too. */
export type Drawing<Name extends string, Role extends string, DateName extends string = never> = {
  commands: { [V in Verb as `${Name}.${V}`]: CommandSpec<Role, DateName> }
  context: { [N in Name]: DrawRecord }
  /** With a `pool` from the context: `<name>Possible`, also for your own arrows, says whether it can be drawn. */
  guards: Guards<{ [N in Name]: DrawRecord }>
  updates: Updates<{ [N in Name]: DrawRecord }>
  /** `drawn`: where the machine goes on, and what it does with `context.<name>.picked`. */
  states: (to: { drawn: string | Arrow }) => {
    [state: string]: StateSpec<`${Name}.${Verb}`, never>
  }
  /** For the `on` of states in which a draw may still be supplemented or declared void; leave out what may not be. */
  later: { [V in 'supplement' | 'return' as `${Name}.${V}`]: Arrow }
}
