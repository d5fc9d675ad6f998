import type { EngineAction, Text } from '@duban/engine'
import { z } from 'zod'

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

export const Ending = z.strictObject({ outcome: z.enum(['rejected', 'accepted', 'decided']) })

export type Within = 'length' | 'answerWithin' | 'reviseWithin' | 'reviewWithin'
