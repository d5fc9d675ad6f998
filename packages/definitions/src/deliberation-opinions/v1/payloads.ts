import { unitId } from '@duban/engine'
import { z } from 'zod'
import { ballot } from '@duban/kit'

/** 审议意见的形成: the three ways of the source. */
export const ways = {
  vote: { zh: '常委会会议表决通过', en: 'Vote of the standing committee' },
  chairs: { zh: '主任会议讨论通过', en: 'Discussion in the chairs’ meeting' },
  responsible: { zh: '主要负责人决定', en: 'Decision of the person responsible' },
} as const
export type Way = keyof typeof ways

const words = z.string().trim().min(1).max(4000)
const label = z.string().trim().min(1).max(200)
const evidence = z.array(z.string().regex(/^[0-9a-f]{64}$/u)).max(50)
const rating = z.enum(['satisfied', 'basically', 'not'])
export type Rating = z.output<typeof rating>

export const Matter = z.strictObject({
  /** 议题: the report that is heard. */
  title: label,
  /** 承办部门. */
  owner: unitId(),
  way: z.enum(Object.keys(ways) as Way[]).meta({ titles: ways }),
  /** How many members the committee has: more than half of all must be for it. */
  members: z.int().min(1).max(500),
  heldOn: z.iso.date(),
  /** 规定的期限: the written reply is due. */
  replyBy: z.iso.date(),
})
export type Matter = z.output<typeof Matter>

/** 审议意见卡: “审议议题、审议人、审议意见”; the topic is the matter, the person whoever fills it in. */
export const Card = z.strictObject({
  opinion: words,
  problems: z.array(words).max(20).optional(),
  suggestions: z.array(words).max(20).optional(),
})
export type Card = z.output<typeof Card>

export const Session = z.strictObject({ heard: words, evidence: evidence.optional() })
export type Session = z.output<typeof Session>

/** 整理成条款: each article says what is asked, and by which measure it will be judged. */
export const Opinions = z.strictObject({
  title: label,
  articles: z
    .array(z.strictObject({ text: words, measure: words }))
    .min(1)
    .max(50),
  evidence: evidence.optional(),
})

/** 表决: carried by more than half of all members. */
export const adoption = ballot({
  options: {
    for: { title: { zh: '赞成', en: 'For' } },
    against: { title: { zh: '反对', en: 'Against' } },
    abstain: { title: { zh: '弃权', en: 'Abstain' } },
  },
  motion: { carry: 'for', against: 'against', of: 'eligible' },
})
export const Vote = z.strictObject({ vote: adoption.choice })
export type Vote = z.output<typeof Vote>
export const Adoption = z.strictObject({ adopted: z.enum(['yes', 'no']), opinion: words })
export type Adoption = z.output<typeof Adoption>

export const Reply = z.strictObject({ text: words, evidence: evidence.optional() })
export type Reply = z.output<typeof Reply>
export const Hearing = z.strictObject({
  body: z.enum(['committee', 'chairs']).meta({
    titles: {
      committee: { zh: '常委会会议', en: 'Standing committee' },
      chairs: { zh: '主任会议', en: 'Chairs’ meeting' },
    },
  }),
  record: words,
})
export type Hearing = z.output<typeof Hearing>
export const SatisfactionVote = z.strictObject({ rating })
export const Decision = z.strictObject({ decision: z.enum(['close', 'again']), reason: words })
export const Count = z.strictObject({ record: words.optional() })
export const Reason = z.strictObject({ reason: words })
export const Summary = z.strictObject({ summary: words, evidence: evidence.optional() })
export type Summary = z.output<typeof Summary>

export const Settled = z.strictObject({
  title: label,
  unit: z.string(),
  first: z.enum(['satisfied', 'basically', 'not', 'unrated']),
  last: z.enum(['satisfied', 'basically', 'not', 'unrated']),
  answers: z.int(),
})
export type Settled = z.output<typeof Settled>
