import { satisfactionCode } from './code.ts'
import type { CommandSpec, DateSpec } from '@duban/engine'
import { z } from 'zod'
import type { Form } from '../sampleForms.ts'
import { unanswered } from './code.ts'
import { satisfactionState } from './state.ts'
import { ratings, type Rated } from './statistics.ts'
import { type SatisfactionOptions, words, Answer, Told, type Satisfaction } from './options.ts'

export { satisfactionStatistics, type Rated, type Statistics } from './statistics.ts'
export type { SatisfactionOptions, Satisfaction } from './options.ts'

const Rate = z.strictObject({ rating: z.enum(ratings), opinion: words.optional() })

const Decision = z.strictObject({ decision: z.enum(['close', 'again']), reason: words })

/**
 * A matter is answered, and whoever filed it rates the answer. Not satisfied: it is handled again, at most
 * `again` times, then a leader decides. An answer that is late can still be given, or the leader closes it.
 *
 * `context[name]` has the `answers`, the `ratings` and the `outcome`; with `unit` the parent collects one line
 * for each matter, of which `satisfactionStatistics` counts the rates, in all and by unit.
 *
 * @throws {RangeError} saying which option cannot be, and what to do
 * @example
 * const reply = satisfaction('reply', {
 *   title: { zh: '办理答复', en: 'Reply' },
 *   answer: ['handler'], rate: ['deputy'], filer: 'filedBy', decide: ['leader'],
 *   again: 2, due: 'replied', unit: 'owner',
 * })
 * // commands: { ...reply.commands }, dates: { ...reply.dates }, messages: { ...reply.messages }
 * // the matter: context: { ...reply.context }, states: { ...reply.states({ done: 'closed' }) }
 * // its parent: context: { ...reply.parent.context }, on: { ...reply.parent.on }
 */
export function satisfaction<const Name extends string, const O extends SatisfactionOptions>(
  name: Name,
  options: O,
): Satisfaction<Name, O> {
  check(name, options)
  const { title, answer, rate, filer, decide, sources = {} } = options
  const source = (which: keyof typeof sources) => (sources[which] === undefined ? {} : { source: sources[which] })
  const notBy = [`${name}.answer`]
  const commands: { [name: string]: CommandSpec } = {
    [`${name}.answer`]: {
      title,
      by: answer,
      payload: options.payload ?? Answer,
      ...source('answer'),
    },
    [`${name}.rate`]: {
      title: { zh: `评价${title.zh}`, en: `Rate: ${title.en}` },
      by: rate,
      ...(filer !== undefined && { only: `context.${filer}` }),
      notBy,
      payload: Rate,
      ...source('rate'),
    },
    [`${name}.decide`]: {
      title: { zh: `决定${title.zh}事项`, en: `Decide: ${title.en}` },
      by: decide,
      notBy,
      payload: Decision,
      ...source('decide'),
    },
  }
  const dates: { [name: string]: DateSpec } = {
    [`${name}Again`]: {
      title: { zh: `重新办理：${title.zh}`, en: `Handled again: ${title.en}` },
      due: options.againDue ?? 'entry + 1 months',
      remind: ['-3 days'],
    },
    [`${name}Rating`]: {
      title: { zh: `评价期满：${title.zh}`, en: `Rating ends: ${title.en}` },
      due: options.rateDue ?? 'entry + 15 days',
      remind: ['-3 days'],
    },
  }
  const told = options.unit !== undefined
  const collect = `${name}Collect`
  return {
    commands,
    dates,
    messages: told
      ? {
          [`${name}.rated`]: {
            title: { zh: `评价结果：${title.zh}`, en: `Rated: ${title.en}` },
            payload: Told,
          },
        }
      : {},
    context: { [name]: unanswered },
    ...satisfactionCode(name, options.again ?? 1),
    sampleForms: {
      [`${name}.rate`]: ({ payload, pick }: Form) => ({
        ...(payload as object),
        rating: pick(['satisfied', 'basically', 'not', 'satisfied']),
      }),
      [`${name}.decide`]: ({ payload, pick }: Form) => ({
        ...(payload as object),
        decision: pick(['close', 'again', 'close']),
      }),
    },
    states: ({ done }: { done: string }) => ({ [name]: satisfactionState(name, options, done) }),
    parent: {
      context: { [`${name}Ratings`]: [] },
      updates: {
        [collect]: (seen: { context: { [list: string]: Rated[] }; event: { payload: Rated } }) => ({
          [`${name}Ratings`]: [...(seen.context[`${name}Ratings`] ?? []), seen.event.payload],
        }),
      },
      on: told ? { [`${name}.rated`]: { actions: collect } } : {},
    },
  } as unknown as Satisfaction<Name, O>
}

function check(name: string, { answer, rate, decide, again = 1, againDue, rateDue }: SatisfactionOptions): void {
  const wrong = (option: string, advice: string): never => {
    throw new RangeError(`satisfaction «${name}»: ${option}: ${advice}`)
  }
  if (!/^[a-z][a-zA-Z0-9]*$/u.test(name)) wrong('name', 'write a camelCase name, like reply')
  for (const [option, roles] of Object.entries({ answer, rate, decide })) {
    if (roles.length === 0) wrong(option, 'name at least one role')
  }
  if (!Number.isSafeInteger(again) || again < 0) wrong('again', 'a whole number, 0 for never')
  for (const [option, rule] of Object.entries({ againDue, rateDue })) {
    if (rule !== undefined && !rule.startsWith('entry ')) {
      wrong(option, 'count from the entry, like entry + 15 days')
    }
  }
}
