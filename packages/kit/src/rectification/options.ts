import type { StateSpec, Text } from '@duban/engine'
import type { z } from 'zod'
import type { payloads, State, Verb } from './words.ts'

/** One of several who verify, in their order: 初验, 复核, 批准销号. */
export type VerifyStep = {
  title: Text
  /** Never who planned, put right or passed that one before. */
  by: readonly string[]
  /** Besides the role, only the person or the persons named there: `context.inspectors`. */
  only?: `context.${string}`
  /** So many different persons must pass it (两名以上专家); one of them can return it. Default 1. */
  least?: number
  source?: string
}

/** How it ends otherwise than by 销号: 拒不改正, 移送立案. */
export type Ending = {
  /** Of the command: `{ zh: '移送立案', en: 'Hand over for prosecution' }`. */
  title: Text
  by: readonly string[]
  only?: `context.${string}`
  /** What must be said. Default `{ reason }`. */
  record?: z.ZodObject
  /** From when: once it is overdue, or at any time before it is closed. Default `always`. */
  when?: 'always' | 'overdue'
  /** The title of the final state; default that of the command. */
  ended?: Text
  source?: string
}

/** What an overdue state is made of: a ladder. */
type Press = {
  state: (around: Pick<StateSpec, 'on' | 'entry' | 'always'> & Pressed) => StateSpec
  entrance: 'again' | 'foot'
  context: object
  guards: object
  updates: object
}
type Pressed = { title: Text; source?: string; tags?: string | readonly string[]; again?: true }

/** What moves its day: an extension. */
type Movable = {
  context: object
  guards: object
  updates: object
  region: () => StateSpec
  anew: (target: string) => { guard: string; target: string; reenter: true; actions: string }
}

/** Roles and dates are named as in the plan's own tables. */
export type RectificationOptions = {
  /** The kind, and the first part of its commands: `finding` gives `finding.rectify`. Default `finding`. */
  name?: string
  /** Who rectifies and submits the result: as a rule the unit's own role. */
  by: readonly string[]
  /**
   * Who verifies, closes (销号) and returns (退回). Never whoever planned or rectified that one. Where several
   * pass it one after the other, steps by name: `{ check: { title, by }, approve: { title, by } }`.
   */
  verify: readonly string[] | { readonly [step: string]: VerifyStep }
  /** Whose decision carries an overdue one over (转入下一阶段). Without it an overdue one waits until it is done. */
  decide?: readonly string[]
  /** Who is told, besides the one concerned, of what is late. Default: `decide`. */
  inform?: readonly string[]
  /**
   * The date by which the result is submitted. In your table of dates, `due: 'context.dueOn'` gives each the
   * day of its input, and `due: 'context.finishOn'` the day that its plan set. A date that counts from `entry`
   * would begin anew with each state: say `within` instead.
   */
  due?: string
  /** In place of `due`: the time that each has from when it was opened, `7 days`, `10 workdays` (7日内整改), `0 days` (当日). */
  within?: string
  /** The date before which no plan (without plan: no result) is taken. */
  opens?: string
  /** Whether a plan (整改方案) comes first. Default true. */
  plan?: boolean
  /** A date of its own for the plan; default: the plan is due with the result. */
  planDue?: string
  /**
   * The time that a returned one has. A rule of a date that counts from entry; default `entry + 5 workdays`.
   * `false`: none of its own, the day stays; what is returned after it is overdue.
   */
  again?: string | false
  /** 回头看: until this date a closed one can be opened again by a later check. Default: closed is closed. */
  lookBack?: { by: readonly string[]; until: string }
  /** Other ends: `{ transfer: { title, by } }` is a command and a final state with the tag `transfer`. */
  endings?: { readonly [ending: string]: Ending }
  /** An `extension(…)` of its day (延期). It moves `context.dueOn`: `due` must be a date with that rule. */
  extension?: Movable
  /** A `ladder(…)` that its overdue state becomes. */
  press?: Press
  /** Titles and source phrases in place of the kit's own, by command (`close`) or state (`overdue`). */
  wording?: { [Name in Verb | State | 'kind']?: { title?: Text; source?: string } }
}

export type Named<O extends RectificationOptions> = O extends { name: infer N extends string } ? N : 'finding'
type Members<List> = List extends readonly (infer Member)[] ? Member : never
type Values<Table> = Table extends { readonly [name: string]: infer Value } ? Value : never
type ByOf<Table> = Values<Table> extends infer One ? (One extends { by: infer By } ? Members<By> : never) : never
export type RoleOf<O extends RectificationOptions> =
  | Members<O['by'] | O['decide'] | O['inform']>
  | (O['verify'] extends readonly string[] ? Members<O['verify']> : ByOf<O['verify']>)
  | (O['endings'] extends object ? ByOf<O['endings']> : never)
  | (O['lookBack'] extends { by: infer By } ? Members<By> : never)
export type DateOf<O extends RectificationOptions> =
  | (O['due'] extends string ? O['due'] : never)
  | (O['opens'] extends string ? O['opens'] : never)
  | (O['planDue'] extends string ? O['planDue'] : never)
  | (O['lookBack'] extends { until: infer Until } ? Until : never)
type StepOf<O extends RectificationOptions> = O['verify'] extends readonly string[] ? never : keyof O['verify'] & string
type EndingOf<O extends RectificationOptions> = O['endings'] extends object ? keyof O['endings'] & string : never
export type VerbOf<O extends RectificationOptions> =
  | 'rectify'
  | (O['verify'] extends readonly string[] ? 'close' | 'return' : never)
  | `${StepOf<O>}.${'pass' | 'return'}`
  | EndingOf<O>
  | (O extends { plan: false } ? never : 'plan')
  | (O extends { decide: readonly string[] } ? 'carryOver' : never)
  | (O extends { lookBack: object } ? 'reopen' : never)
export type PayloadOf<O extends RectificationOptions, V> = V extends Verb
  ? (typeof payloads)[V]
  : V extends `${string}.pass`
    ? typeof payloads.close
    : V extends `${string}.return`
      ? typeof payloads.return
      : V extends keyof O['endings']
        ? O['endings'][V] extends { record: infer R extends z.ZodObject }
          ? R
          : typeof payloads.return
        : never
/** `findingDue` with `within`, `findingAgain` unless the day stays. */
export type OwnDateOf<O extends RectificationOptions> =
  | (O extends { within: string } ? `${Named<O>}Due` : never)
  | (O extends { again: false } ? never : `${Named<O>}Again`)
