import type { DisclosureBlock } from './block.ts'
import { disclosureCommands } from './commands.ts'
import { disclosureCode, unpublished } from './code.ts'
import { objectionKind } from './objection.ts'
import { disclosureState } from './state.ts'
import { dotted, joined, kindOf, period, titledWith } from '../block.ts'
import { type DisclosureOptions, Ending, type Within } from './options.ts'

export { outcomes, type Outcome as ObjectionOutcome } from './commands.ts'
export type { DisclosureBlock } from './block.ts'
export type { Disclosure } from './code.ts'
export type { Objection } from './objection.ts'
export type { DisclosureOptions } from './options.ts'

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
): DisclosureBlock<Name, O> {
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
  } as unknown as DisclosureBlock<Name, O>
}

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
