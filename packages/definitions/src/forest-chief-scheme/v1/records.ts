import { unitId } from '@duban/engine'
import { z } from 'zod'

const words = z.string().trim().min(1).max(2000)
const village = unitId()

/** 实施方案和组织架构, with what was found by survey and what departments said. */
export const Scheme = z.strictObject({
  survey: words,
  scheme: words,
  structure: words,
  opinions: words.optional(),
})
/** 启动大会, 季度林长会议. */
export const Meeting = z.strictObject({ on: z.iso.date(), resolutions: words })
/** 包保: which member stands by which village. */
export const Pairing = z.strictObject({
  pairs: z.array(z.strictObject({ member: words, village, measures: words.optional() })).min(1),
})
const papers = {
  scheme: '方案',
  structure: '组织架构',
  documents: '正式文件',
  meetings: '会议相关资料',
} as const
export const Filing = z.strictObject({
  papers: z.array(z.enum(['scheme', 'structure', 'documents', 'meetings']).meta({ titles: papers })).min(1),
  note: words.optional(),
})
/** 目标分解: hectares are written in 亩, as villages count. */
export const Goals = z.strictObject({
  goals: z.array(z.strictObject({ village, forest: z.number().min(0), goal: words })).min(1),
})
/** “一林一警”配备警员名单. */
export const Roster = z.strictObject({
  officers: z.array(z.strictObject({ officer: words, area: words, village })).min(1),
})
export const Archive = z.strictObject({
  files: z.int().min(0),
  boards: z.int().min(0),
  note: words.optional(),
})
export const Planting = z.strictObject({ trees: z.int().min(0), groups: words })
/** 一林一策: the village's own plan. */
export const Policy = z.strictObject({ policy: words })
/** 工作提示, before anybody is checked. */
export const Announcement = z.strictObject({ on: z.iso.date(), attention: words })
export const Check = z.strictObject({
  result: z.enum(['good', 'poor']).meta({ titles: { good: '落实到位', poor: '落实不力' } }),
  findings: words,
})
export const Summary = z.strictObject({ summary: words })
export const Reason = z.strictObject({ reason: words })
