import type { Text } from '@duban/engine'
import { z } from 'zod'
import { dotted, given, joined, period, Reason, somebody, titledWith, words } from '../fragment.ts'
import { outcomes, type Outcome } from './objections.ts'

export type DisclosureOptions<Role extends string, Published extends z.ZodType> = {
  /** What is made public: 公开承诺. */
  title: Text
  /** What is said when it is made public, and again when it is revised. */
  of: Published
  publish: readonly Role[]
  object: readonly Role[]
  answer: readonly Role[]
  /** Who may end it by decision when publication, answer or revision is overdue. */
  decide: readonly Role[]
  /** Length of the notice period, from the day after publication. Default `5 workdays`. */
  length?: string
  /** Time to answer an objection, and to revise. Default `5 workdays`. */
  answerWithin?: string
  /** A date of the plan by which it must be public. Default: none. */
  publishBy?: string
  /** `context.…` where the one person (or several) who may publish and revise is named. */
  only?: `context.${string}`
  source?: string
}

const Objecting = z.strictObject({ text: words })
const Answering = z.strictObject({
  outcome: z.enum(Object.keys(outcomes) as Outcome[]).meta({ titles: outcomes }),
  text: words,
})

export function disclosureCommands<
  const Name extends string,
  Role extends string,
  Published extends z.ZodType,
>(name: Name, options: DisclosureOptions<Role, Published>) {
  const titled = titledWith(options.title)
  const only = given('only', options.only)
  return dotted(name, {
    publish: {
      ...titled('公示', 'publish'),
      by: somebody(`${name}.publish`, options.publish),
      payload: options.of,
      ...only,
      ...given('source', options.source),
    },
    object: {
      ...titled('提出异议', 'object'),
      by: somebody(`${name}.object`, options.object),
      notBy: [`${name}.publish`],
      payload: Objecting,
    },
    answer: {
      ...titled('答复异议', 'answer an objection'),
      by: somebody(`${name}.answer`, options.answer),
      payload: Answering,
    },
    revise: {
      ...titled('修改后再公示', 'revise'),
      by: somebody(`${name}.publish`, options.publish),
      payload: options.of,
      ...only,
    },
    decide: {
      ...titled('决定不再公示', 'end by decision'),
      by: somebody(`${name}.decide`, options.decide),
      payload: Reason,
    },
  } as const)
}

export function disclosureDates<const Name extends string>(
  name: Name,
  options: DisclosureOptions<string, z.ZodType>,
) {
  const titled = titledWith(options.title)
  const within = period('answerWithin', options.answerWithin ?? '5 workdays')
  return joined(name, {
    ends: {
      ...titled('公示期满', 'notice period ends'),
      due: `entry + ${period('length', options.length ?? '5 workdays')}`,
      remind: ['-1 workday'],
    },
    answered: {
      ...titled('异议答复期限', 'answer due'),
      due: `entry + ${within}`,
      remind: ['-1 workday'],
    },
    revised: {
      ...titled('修改期限', 'revision due'),
      due: `entry + ${within}`,
      remind: ['-1 workday'],
    },
  } as const)
}
