import type { Text } from '@duban/engine'
import { z } from 'zod'
import { dotted, given, label, Reason, somebody, titledWith, words } from '../block.ts'
import type { DisclosureOptions } from './options.ts'

/** `rejected`: 不予采纳, it stays as it is. `accepted`: 采纳. */
export const outcomes = {
  rejected: { zh: '不予采纳', en: 'Not accepted' },
  accepted: { zh: '采纳', en: 'Accepted' },
} as const
export type Outcome = keyof typeof outcomes

const Objecting = z.strictObject({ text: words })
const Registering = z.strictObject({ from: label, text: words })
const Verifying = z.strictObject({ findings: words })
const Answering = z.strictObject({
  outcome: z.enum(Object.keys(outcomes) as Outcome[]).meta({ titles: outcomes }),
  text: words,
})
const Approving = z.strictObject({ opinion: words.optional() })

type Payloads<Published extends z.ZodType> = {
  publish: Published
  submit: Published
  revise: Published
  approve: typeof Approving
  return: typeof Reason
  object: typeof Objecting
  register: typeof Registering
  verify: typeof Verifying
  answer: typeof Answering
  decide: typeof Reason
}
type Roles = readonly string[]
type Verb<O extends DisclosureOptions> =
  | (O extends { review: Roles } ? 'submit' | 'approve' | 'return' : 'publish')
  | (O extends { object: Roles } ? 'object' : never)
  | (O extends { register: Roles } ? 'register' : never)
  | (O extends { verify: Roles } ? 'verify' : never)
  | (O extends { accepted: 'stands' } ? never : 'revise')
  | 'answer'
  | 'decide'
type RoleOf<O extends DisclosureOptions> = Extract<
  O[keyof O & ('publish' | 'review' | 'object' | 'register' | 'verify' | 'answer' | 'decide')],
  Roles
>[number]

export type DisclosureCommands<Name extends string, O extends DisclosureOptions> = {
  [V in Verb<O> as `${Name}.${V}`]: {
    title: Text
    by: readonly RoleOf<O>[]
    payload: Payloads<O['of']>[V]
    notBy?: readonly string[]
    only?: `context.${string}`
    source?: string
  }
}

/** Only what the options ask for: a command that no state accepts would be a mistake. */
export function disclosureCommands(name: string, options: DisclosureOptions): object {
  const { publish, review, object, register, verify, answer, accepted, called } = options
  const titled = titledWith(options.title)
  const it = called ?? { zh: '异议', en: 'Objection' }
  const thing = it.en.toLowerCase()
  const source = given('source', options.source)
  const mine = {
    by: somebody(`${name}.publish`, publish),
    payload: options.of,
    ...given('only', options.only),
  }
  const first = review === undefined ? 'publish' : 'submit'
  const revised = accepted === 'stands' ? [] : [`${name}.revise`]
  const publishers = [`${name}.${first}`, ...revised]
  const checks = (by: Roles) => ({ by: somebody(`${name}.review`, by), notBy: publishers })
  return dotted(name, {
    ...(review === undefined
      ? { publish: { ...titled('公示', 'publish'), ...mine, ...source } }
      : {
          submit: { ...titled('报审', 'submit for review'), ...mine, ...source },
          approve: {
            ...titled('审核同意并公示', 'approve and publish'),
            ...checks(review),
            payload: Approving,
          },
          return: { ...titled('审核退回', 'return'), ...checks(review), payload: Reason },
        }),
    ...(object && {
      object: {
        ...titled(`提出${it.zh}`, `raise ${thing}`),
        by: somebody(`${name}.object`, object),
        notBy: publishers,
        payload: Objecting,
      },
    }),
    ...(register && {
      register: {
        ...titled(`登记${it.zh}`, `register ${thing}`),
        by: somebody(`${name}.register`, register),
        payload: Registering,
      },
    }),
    ...(verify && {
      verify: {
        ...titled(`核实${it.zh}`, `verify ${thing}`),
        by: somebody(`${name}.verify`, verify),
        ...(object && { notBy: [`${name}.object`] }),
        payload: Verifying,
      },
    }),
    answer: {
      ...titled(`答复${it.zh}`, `answer ${thing}`),
      by: somebody(`${name}.answer`, answer),
      ...(object && { notBy: [`${name}.object`] }),
      payload: Answering,
    },
    ...(accepted !== 'stands' && {
      revise: {
        ...(review === undefined ? titled('修改后再公示', 'revise') : titled('修改后报审', 'revise and submit')),
        ...mine,
      },
    }),
    decide: {
      ...titled('决定了结', 'end by decision'),
      by: somebody(`${name}.decide`, options.decide),
      payload: Reason,
    },
  })
}
