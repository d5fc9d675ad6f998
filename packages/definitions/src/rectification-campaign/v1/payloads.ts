import { unitId } from '@duban/engine'
import { z } from 'zod'

/** 突出问题: the four areas that the plan names. */
export const areas = {
  mechanism: { zh: '工作机制', en: 'Working mechanisms' },
  discipline: { zh: '工作纪律', en: 'Working discipline' },
  style: { zh: '工作作风', en: 'Working style' },
  efficiency: { zh: '工作效能', en: 'Efficiency' },
} as const

/** 评议: what reviewers look at, in the plan's own words. */
export const aspects = {
  understanding: { zh: '认识深不深', en: 'Is it understood deeply?' },
  problems: { zh: '查找的问题准不准', en: 'Are the problems the right ones?' },
  causes: { zh: '原因分析得透不透', en: 'Are the causes gone into?' },
  direction: { zh: '发展思路清不清', en: 'Is the way ahead clear?' },
  measures: { zh: '工作措施可不可行', en: 'Are the measures feasible?' },
} as const
export type Aspect = keyof typeof aspects

const words = z.string().trim().min(1).max(4000)
const label = z.string().trim().min(1).max(200)
const evidence = z.array(z.string().regex(/^[0-9a-f]{64}$/u)).max(50)
const keysOf = <T extends object>(table: T) => Object.keys(table) as (keyof T & string)[]

const problem = z.strictObject({
  area: z.enum(keysOf(areas)).meta({ titles: areas }),
  title: label,
  detail: words.optional(),
})
export type Problem = z.output<typeof problem>

export const TaskReport = z.strictObject({ report: words, evidence: evidence.optional() })

const methods = {
  opinion: { zh: '群众评议', en: 'Opinions of the public' },
  questionnaire: { zh: '问卷调查', en: 'Questionnaire' },
  meeting: { zh: '专题座谈', en: 'Round-table meeting' },
} as const
export const SelfCheck = z.strictObject({
  methods: z
    .array(z.enum(keysOf(methods)).meta({ titles: methods }))
    .min(1)
    .max(3),
  problems: z.array(problem).max(100),
  report: words,
  evidence: evidence.optional(),
})
export type SelfCheck = z.output<typeof SelfCheck>

export const Meeting = z.strictObject({
  heldOn: z.iso.date(),
  /** Causes of the problems, and what is to be done. */
  analysis: words,
  /** 批评与自我批评. */
  criticism: words,
  evidence: evidence.optional(),
})
export type Meeting = z.output<typeof Meeting>

const verdict = z.enum(['yes', 'no'])
export const Rating = z.strictObject({
  aspects: z.record(z.enum(keysOf(aspects)).meta({ titles: aspects }), verdict),
  opinion: words.optional(),
})
export type Rating = z.output<typeof Rating>

export const Count = z.strictObject({
  summary: words,
  /** Problems that the reviewers pointed out and the self-check had not. */
  problems: z.array(problem).max(100),
})
export type Count = z.output<typeof Count>

export const Commitment = z.strictObject({
  /** 整改落实方案. */
  scheme: words,
  /** 公开承诺, and where it can be read. */
  commitment: words,
  published: label,
  evidence: evidence.optional(),
})
export type Commitment = z.output<typeof Commitment>

const example = z.strictObject({ unit: unitId(), who: label, deeds: words })
export const Examples = z.strictObject({
  positive: z.array(example).min(1).max(100),
  negative: z.array(example).max(100),
})
export type Examples = z.output<typeof Examples>

export const Reason = z.strictObject({ reason: words })
