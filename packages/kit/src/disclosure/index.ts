import type { DateSpec, EngineAction, Kind, Text } from '@duban/engine'
import { z } from 'zod'
import { disclosureCommands, type DisclosureCommands } from './commands.ts'
import { disclosureCode, unpublished, type Disclosure } from './code.ts'
import { objectionKind } from './objection.ts'
import { disclosureState } from './state.ts'
import { dotted, joined, kindOf, period, titledWith, type Titled } from '../fragment.ts'

export { outcomes, type Outcome as ObjectionOutcome } from './commands.ts'
export type { Disclosure } from './code.ts'
export type { Objection } from './objection.ts'

export type DisclosureOptions = {
  /** What is made public: 公开承诺. */
  title: Text
  /** What is said when it is made public, and again when it is revised. */
  of: z.ZodType
  /** Who publishes and revises; with `review`, who submits it for that. */
  publish: readonly string[]
  /** 审核后公示: who approves before it is public, or returns it; never who submitted it. */
  review?: readonly string[]
  /** Who may object; never who published. */
  object?: readonly string[]
  /** Who registers objections of those without an account. Give `object`, `register` or both. */
  register?: readonly string[]
  /** 核实: who looks into an objection before it is answered. Default: who answers. */
  verify?: readonly string[]
  answer: readonly string[]
  /** Who may end by decision what is overdue: publication, review, answer or revision. */
  decide: readonly string[]
  /** After an accepted objection it is revised and public for a whole period `again` (default), or `stands`. */
  accepted?: 'again' | 'stands'
  /** What an objection is called: 异议 (default), 反映, 意见. */
  called?: Text
  /** Length of the notice period, from the day after publication. Default `5 workdays`. */
  length?: string
  /** Time to answer, for each objection from the day on which it came. Default `5 workdays`. */
  answerWithin?: string
  /** Time to revise after an objection was accepted. Default `5 workdays`. */
  reviseWithin?: string
  /** Time to review. Default `3 workdays`. */
  reviewWithin?: string
  /** A date of the plan by which it must be public. Default: none. */
  publishBy?: string
  /** `context.…` where the one person (or several) who may publish and revise is named. */
  only?: `context.${string}`
  /** What else happens when it is public again: `tell({ children: 'finding' }, 'result.corrected')`. */
  onRevise?: EngineAction
  source?: string
}

type DateKey<O extends DisclosureOptions> =
  | 'Ends'
  | 'Answered'
  | (O extends { accepted: 'stands' } ? never : 'Revised')
  | (O extends { review: readonly string[] } ? 'Reviewed' : never)

export type DisclosurePiece<Name extends string, O extends DisclosureOptions> = {
  commands: DisclosureCommands<Name, O>
  messages: { [N in `${Name}.ended`]: { title: Text; payload: typeof Ending } }
  dates: { [D in `${Name}${DateKey<O>}`]: DateSpec }
  context: { [N in Name]: Disclosure<z.output<O['of']>> }
  state: Titled
  kind: Kind
  /** `<name>Objection`: spread it into the machines, beside `kind` or whatever machine holds `state`. */
  kinds: { [N in `${Name}Objection`]: Kind }
} & ReturnType<typeof disclosureCode<Name>>

const Ending = z.strictObject({ outcome: z.enum(['rejected', 'accepted', 'decided']) })

/**
 * A notice period (公示): published, perhaps after a review → objections → upheld when the period is over and
 * all are answered. Each objection is a child with a clock of its own, registered by who objects or by a clerk
 * for somebody without an account. An accepted one means: revised and public again for a whole period, or that
 * the answer is all (`accepted: 'stands'`).
 *
 * Put `state` into a machine and give it `onDone`, or take `kind`, which ends when it is upheld (tag `upheld`).
 * Either way spread `kinds` and `messages`, too. Guards, updates and dates begin with the name.
 *
 * @throws {RangeError} at load, for a name, period, role list or combination that cannot be used
 * @example
 * const pledge = disclosure('pledge', {
 *   title: { zh: '公开承诺', en: 'Pledge' }, of: z.strictObject({ text: words }),
 *   publish: ['member'], object: ['masses'], answer: ['secretary'], decide: ['committee'],
 * })
 * // states: { disclosing: { ...pledge.state, onDone: 'carryingOut' }, … }
 * // machines: () => ({ …, ...pledge.kinds })
 */
export function disclosure<const Name extends string, const O extends DisclosureOptions>(
  name: Name,
  options: O,
): DisclosurePiece<Name, O> {
  check(name, options)
  const code = disclosureCode(name)
  const state = disclosureState(name, options)
  const context = { [name]: unpublished }
  return {
    commands: disclosureCommands(name, options),
    messages: dotted(name, {
      ended: { ...titledWith(options.title)('异议已处理', 'objection ended'), payload: Ending },
    }),
    dates: datesOf(name, options),
    context,
    ...code,
    state,
    kind: kindOf(state, context, code),
    kinds: { [`${name}Objection`]: objectionKind(name, options) },
  } as unknown as DisclosurePiece<Name, O>
}

type Within = 'length' | 'answerWithin' | 'reviseWithin' | 'reviewWithin'

function datesOf(name: string, options: DisclosureOptions): object {
  const titled = titledWith(options.title)
  const within = (option: Within, length: string): { due: string } => ({
    due: `entry + ${period(option, options[option] ?? length)}`,
  })
  const remind = ['-1 workday']
  return joined(name, {
    ...(options.review && {
      reviewed: {
        ...titled('审核期限', 'review due'),
        ...within('reviewWithin', '3 workdays'),
        remind,
      },
    }),
    ends: {
      ...titled('公示期满', 'notice period ends'),
      ...within('length', '5 workdays'),
      remind,
    },
    answered: {
      ...titled('异议答复期限', 'answer due'),
      ...within('answerWithin', '5 workdays'),
      remind,
    },
    ...(options.accepted !== 'stands' && {
      revised: {
        ...titled('修改期限', 'revision due'),
        ...within('reviseWithin', '5 workdays'),
        remind,
      },
    }),
  })
}

function check(name: string, options: DisclosureOptions): void {
  const wrong = (advice: string): never => {
    throw new RangeError(`disclosure «${name}»: ${advice}`)
  }
  const { object, register, review, reviewWithin, accepted, reviseWithin, onRevise } = options
  if (!object && !register) wrong('give object, register or both, or write one command «publish»')
  if (reviewWithin !== undefined && !review) wrong('reviewWithin: name in review who does it')
  if (accepted === 'stands' && (reviseWithin !== undefined || onRevise !== undefined)) {
    wrong('reviseWithin and onRevise: what stands is not revised; take accepted away')
  }
}
