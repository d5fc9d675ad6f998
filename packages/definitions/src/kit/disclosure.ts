import { notify } from '@duban/engine'
import type { z } from 'zod'
import {
  disclosureCommands,
  disclosureDates,
  type DisclosureOptions,
} from './disclosure/commands.ts'
import { disclosureCode, type Disclosure } from './disclosure/objections.ts'
import { given, kindOf, titledWith, type Titled } from './fragment.ts'

export type { DisclosureOptions } from './disclosure/commands.ts'
export {
  openObjections,
  outcomes,
  type Disclosure,
  type Objection,
} from './disclosure/objections.ts'

/**
 * A notice period (公示): published → objections, each answered, the oldest first → upheld when the period is
 * over and nothing is open. An accepted objection means: revised and published again, for a whole period.
 *
 * Put `state` into a machine and give it `onDone`, or take `kind`, which ends when it is upheld (tag `upheld`).
 * Guards, updates and dates begin with the name; the context has `<name>` (see `Disclosure`).
 *
 * @throws {RangeError} at load, for a name, period or role list that cannot be used
 * @example
 * const pledge = disclosure('pledge', {
 *   title: { zh: '公开承诺', en: 'Pledge' }, of: z.strictObject({ text: words }),
 *   publish: ['member'], object: ['masses'], answer: ['secretary'], decide: ['committee'],
 * })
 * // states: { disclosing: { ...pledge.state, onDone: 'carryingOut' }, … }
 */
export function disclosure<
  const Name extends string,
  const Role extends string,
  Published extends z.ZodType,
>(name: Name, options: DisclosureOptions<Role, Published>) {
  const commands = disclosureCommands(name, options)
  const dates = disclosureDates(name, options)
  const { guards, updates } = disclosureCode(name)
  const state = disclosureState(name, options)
  const context = {
    [name]: { published: null, times: 0, objections: [], decided: null },
  } as unknown as { [Key in Name]: Disclosure<z.output<Published>> }
  const kind = kindOf(state, context, { guards, updates })
  return { commands, dates, context, guards, updates, state, kind }
}

function disclosureState(
  name: string,
  { title, publishBy, source, ...who }: DisclosureOptions<string, z.ZodType>,
): Titled {
  const titled = titledWith(title)
  const code = (key: string): string => `${name}${key}`
  const press = (to: readonly string[], zh: string, en: string) =>
    notify([...new Set([...to, ...who.decide])], {
      zh: `{unit}${title.zh}${zh}`,
      en: `${title.en} of {unit}: ${en}`,
    })
  const publish = { [`${name}.publish`]: { target: 'period', actions: code('Publish') } }
  const revise = { [`${name}.revise`]: { target: 'period', actions: code('Publish') } }
  const decide = { [`${name}.decide`]: { target: 'upheld', actions: code('Decide') } }
  const object = (target?: string) => ({
    [`${name}.object`]: { ...(target !== undefined && { target }), actions: code('Object') },
  })
  const answer = { [`${name}.answer`]: { actions: code('Answer') } }
  const after = [
    { guard: code('Accepted'), target: 'revising' },
    { guard: code('Settled'), target: 'upheld' },
  ]

  return {
    meta: { title, ...given('source', source) },
    initial: 'unpublished',
    states: {
      unpublished: {
        meta: titled('待公示', 'to be published'),
        on: publish,
        ...(publishBy !== undefined && { after: { [publishBy]: 'unpublishedOverdue' } }),
      },
      ...(publishBy !== undefined && {
        unpublishedOverdue: {
          meta: titled('逾期未公示', 'publication overdue'),
          tags: 'overdue',
          entry: press(who.publish, '逾期未公示', 'it has not been published'),
          on: { ...publish, ...decide },
        },
      }),
      period: {
        meta: titled('公示期', 'notice period'),
        tags: 'published',
        initial: 'clear',
        always: { guard: code('Accepted'), target: 'revising' },
        after: {
          [`${name}Ends`]: [{ guard: code('Settled'), target: 'upheld' }, { target: 'answering' }],
        },
        states: {
          clear: { meta: titled('公示中', 'public'), on: object('objected') },
          objected: {
            meta: titled('公示中有异议待答复', 'public, an objection to be answered'),
            entry: press(who.answer, '收到异议,请及时答复', 'there is an objection to answer'),
            on: {
              ...object(),
              [`${name}.answer`]: [
                { guard: code('Last'), target: 'clear', actions: code('Answer') },
                { actions: code('Answer') },
              ],
            },
            after: {
              [`${name}Answered`]: {
                actions: press(who.answer, '异议逾期未答复', 'an objection has not been answered'),
              },
            },
          },
        },
      },
      answering: {
        meta: titled('期满异议待答复', 'period over, objections to be answered'),
        tags: 'published',
        always: after,
        on: answer,
        after: { [`${name}Answered`]: 'answerOverdue' },
      },
      answerOverdue: {
        meta: titled('异议答复逾期', 'answer overdue'),
        tags: ['published', 'overdue'],
        entry: press(who.answer, '异议逾期未答复', 'an objection has not been answered'),
        always: after,
        on: { ...answer, ...decide },
      },
      revising: {
        meta: titled('采纳异议修改中', 'being revised'),
        on: revise,
        after: { [`${name}Revised`]: 'revisionOverdue' },
      },
      revisionOverdue: {
        meta: titled('修改逾期', 'revision overdue'),
        tags: 'overdue',
        entry: press(who.publish, '逾期未修改', 'it has not been revised'),
        on: { ...revise, ...decide },
      },
      upheld: {
        meta: titled('公示结束', 'notice period concluded'),
        type: 'final',
        tags: ['published', 'upheld'],
      },
    },
  }
}
