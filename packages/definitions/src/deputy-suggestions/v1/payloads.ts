import { personId, unitId } from '@duban/engine'
import { z } from 'zod'

/** 办理结果: what a reply may say. */
export const outcomes = {
  solved: { zh: 'A类：已经解决', en: 'A: solved' },
  planned: { zh: 'B类：列入年度计划解决', en: 'B: in the year’s plan' },
  explained: { zh: 'C类：暂不能解决，作出说明', en: 'C: cannot be solved now; explained' },
} as const
export type Outcome = keyof typeof outcomes

const words = z.string().trim().min(1).max(4000)
const label = z.string().trim().min(1).max(200)
const evidence = z.array(z.string().regex(/^[0-9a-f]{64}$/u)).max(50)
const number = z.int().min(1).max(10_000)

export const Call = z.strictObject({ text: words, evidence: evidence.optional() })
export type Call = z.output<typeof Call>

export const Suggestion = z.strictObject({
  title: label,
  text: words,
  /** Other deputies who sign it too. */
  cosigners: z.array(personId()).max(50).optional(),
})
export type Suggestion = z.output<typeof Suggestion>

/** One number may go to several matters (split), several numbers to one (merged). */
const assignment = z.strictObject({
  title: label,
  from: z.array(number).min(1).max(100),
  owner: unitId(),
  dueOn: z.iso.date(),
  /** 重点建议: a leader looks at it personally. */
  key: z.boolean(),
})
export type Assignment = z.output<typeof assignment>
export const Assign = z.strictObject({ matters: z.array(assignment).min(1).max(100) })

export const Entrust = z.strictObject({ leader: personId() })
export const Inspection = z.strictObject({ findings: words, evidence: evidence.optional() })
export type Inspection = z.output<typeof Inspection>

export const Reply = z
  .strictObject({
    outcome: z.enum(Object.keys(outcomes) as Outcome[]).meta({ titles: outcomes }),
    text: words,
    /** 列入…计划: which plan or list of projects. */
    plan: label.optional(),
    evidence: evidence.optional(),
  })
  .refine(({ outcome, plan }) => outcome !== 'planned' || plan !== undefined, {
    path: ['plan'],
    error: '列入计划的须写明计划名称 / say which plan it is in',
  })

export const Reason = z.strictObject({ reason: words })
export const Nothing = z.strictObject({})

export const Closed = z.strictObject({
  title: label,
  unit: z.string(),
  key: z.boolean(),
  outcome: z.enum([...(Object.keys(outcomes) as Outcome[]), 'unanswered']),
})
export type Closed = z.output<typeof Closed>
