import type { CommandSpec, DateSpec, Kind, Text } from '@duban/engine'
import { rectificationKind } from './rectification/kind.ts'
import { defaults, payloads, type State, type Verb } from './rectification/words.ts'

/** Roles and dates are named as in the plan's own tables. */
export type RectificationOptions = {
  /** The kind, and the first part of its commands: `finding` gives `finding.rectify`. Default `finding`. */
  name?: string
  /** Who rectifies and submits the result: as a rule the unit's own role. */
  by: readonly string[]
  /** Who verifies, closes (销号) and returns (退回). Never whoever planned or rectified that one. */
  verify: readonly string[]
  /** Whose decision carries an overdue one over (转入下一阶段). Without it an overdue one waits until it is done. */
  decide?: readonly string[]
  /** Who is told, besides the one concerned, of what is late. Default: `decide`. */
  inform?: readonly string[]
  /**
   * The date by which the result is submitted. In your table of dates, `due: 'context.dueOn'` gives each the
   * day of its input, and `due: 'context.finishOn'` the day that its plan set.
   */
  due: string
  /** The date before which no plan (without plan: no result) is taken. */
  opens?: string
  /** Whether a plan (整改方案) comes first. Default true. */
  plan?: boolean
  /** A date of its own for the plan; default: the plan is due with the result. */
  planDue?: string
  /** The time that a returned one has. A rule of a date that counts from entry; default `entry + 5 workdays`. */
  again?: string
  /** 回头看: until this date a closed one can be opened again by a later check. Default: closed is closed. */
  lookBack?: { by: readonly string[]; until: string }
  /** Titles and source phrases in place of the kit's own, by command (`close`) or state (`overdue`). */
  wording?: { [Name in Verb | State | 'kind']?: { title?: Text; source?: string } }
}

type Named<O extends RectificationOptions> = O extends { name: infer N extends string }
  ? N
  : 'finding'
type Members<List> = List extends readonly (infer Member)[] ? Member : never
type RoleOf<O extends RectificationOptions> =
  | Members<O['by'] | O['verify'] | O['decide'] | O['inform']>
  | (O['lookBack'] extends { by: infer By } ? Members<By> : never)
type DateOf<O extends RectificationOptions> =
  | O['due']
  | (O['opens'] extends string ? O['opens'] : never)
  | (O['planDue'] extends string ? O['planDue'] : never)
  | (O['lookBack'] extends { until: infer Until } ? Until : never)
type VerbOf<O extends RectificationOptions> =
  | 'rectify'
  | 'close'
  | 'return'
  | (O extends { plan: false } ? never : 'plan')
  | (O extends { decide: readonly string[] } ? 'carryOver' : never)
  | (O extends { lookBack: object } ? 'reopen' : never)

export type Rectification<O extends RectificationOptions> = {
  commands: {
    [V in VerbOf<O> as `${Named<O>}.${V}`]: CommandSpec<RoleOf<O> & string, DateOf<O> & string> & {
      payload: (typeof payloads)[V]
    }
  }
  /** One date, `findingAgain`: the time that a returned one has. */
  dates: { [D in `${Named<O>}Again`]: DateSpec }
  /** Open it with `open('finding', { each: 'payload.findings' })`. */
  kind: Kind
}

/**
 * 整改: something to put right, from its plan to 销号, as a whole kind. Plan → carry out → submit → verified by
 * another → closed, or returned with time of its own → overdue → carried over by a leader's decision. With
 * `lookBack` a closed one can be opened again.
 *
 * What it was opened with stays in its context, beside `plan`, `finishOn`, `results`, `returns`, `reopenings`,
 * `verified` and `carriedOver`; an input must not use these seven names. All that are finished carry the tag `settled`,
 * so the parent waits for `every.finding.settled`; those that a look back opened again carry `reopened`
 * until they are submitted anew, so a parent that must follow waits for `atLeast.1.finding.reopened`.
 *
 * @throws {RangeError} saying which option cannot be, and what to do
 * @example
 * const finding = rectification({ by: ['reporter'], verify: ['verifier'], decide: ['lead'], due: 'rectified' })
 * // in defineCampaign: commands: { ...finding.commands }, dates: { ...finding.dates },
 * //   machines: () => ({ finding: finding.kind })
 */
export function rectification<const O extends RectificationOptions>(options: O): Rectification<O> {
  check(options)
  const { name = 'finding', by, verify, decide, opens, lookBack, wording = {} } = options
  const command = (verb: Verb, spec: Omit<CommandSpec, 'title' | 'payload'>) => ({
    [`${name}.${verb}`]: {
      title: wording[verb]?.title ?? defaults[verb],
      ...spec,
      payload: payloads[verb],
      ...(wording[verb]?.source !== undefined && { source: wording[verb].source }),
    },
  })
  const window = opens === undefined ? {} : { opens }
  const planned = options.plan !== false
  // Four eyes: whoever planned or put right does not judge it.
  const notBy = [...(planned ? [`${name}.plan`] : []), `${name}.rectify`]
  const commands: { [name: string]: CommandSpec } = {
    ...(planned && command('plan', { by, ...window })),
    ...command('rectify', { by, ...(!planned && window) }),
    ...command('close', { by: verify, notBy }),
    ...command('return', { by: verify, notBy }),
    ...(lookBack && command('reopen', { by: lookBack.by, notBy, until: lookBack.until })),
    ...(decide && command('carryOver', { by: decide, notBy })),
  }
  const dates: { [name: string]: DateSpec } = {
    [`${name}Again`]: {
      title: { zh: '退回后再整改', en: 'Second rectification after a return' },
      due: options.again ?? 'entry + 5 workdays',
      remind: ['-1 workday'],
    },
  }
  return { commands, dates, kind: rectificationKind(name, options) } as Rectification<O>
}

function check({
  name = 'finding',
  by,
  verify,
  decide,
  lookBack,
  again,
  ...rest
}: RectificationOptions) {
  const wrong = (option: string, advice: string): never => {
    throw new RangeError(`rectification «${name}»: ${option}: ${advice}`)
  }
  if (!/^[a-z][a-zA-Z0-9]*$/u.test(name)) wrong('name', 'write a camelCase name, like finding')
  for (const [option, roles] of Object.entries({ by, verify, decide, lookBack: lookBack?.by })) {
    if (roles?.length === 0) wrong(option, 'name at least one role, or leave the option out')
  }
  if (again !== undefined && !again.startsWith('entry ')) {
    wrong('again', 'count from the return, like entry + 5 workdays')
  }
  if (rest.plan === false && rest.planDue !== undefined) {
    wrong('planDue', 'there is no plan to be due; leave one of plan: false and planDue out')
  }
}
