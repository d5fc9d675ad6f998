import { personId, unitId } from '@duban/engine'
import { z } from 'zod'
import { label, words } from '@duban/kit'

/** 五项活动, which the pledge of a branch is about. */
export const activities = {
  jointBuilding: { zh: '支部共建', en: 'Branches build together' },
  pairing: { zh: '结对帮扶', en: 'Paired help' },
  convenience: { zh: '助民便民', en: 'Convenience for the people' },
  jobs: { zh: '送岗位', en: 'Bringing jobs' },
  knowledge: { zh: '送知识', en: 'Bringing knowledge' },
} as const
export type Activity = keyof typeof activities

/** 评: how well a pledge was kept. */
export const levels = {
  excellent: { zh: '优秀', en: 'Excellent' },
  good: { zh: '良好', en: 'Good' },
  fair: { zh: '一般', en: 'Fair' },
  poor: { zh: '较差', en: 'Poor' },
} as const
type Level = keyof typeof levels

const activity = z.enum(Object.keys(activities) as Activity[]).meta({ titles: activities })
const percent = z.int().min(0).max(100)

export const MemberList = z.strictObject({
  members: z
    .array(z.strictObject({ person: personId() }))
    .min(1)
    .max(500)
    .refine((all) => new Set(all.map(({ person }) => person)).size === all.length, {
      error: '党员重复 / a member is listed twice',
    }),
})
/** 党支部承诺事项: something for each of the five activities. */
export const UnitPledge = z.strictObject({ items: z.record(activity, words) })
/** 党员围绕本职工作做出公开承诺. */
export const MemberPledge = z.strictObject({
  items: z
    .array(z.strictObject({ text: words }))
    .min(1)
    .max(10),
})

/** How far an item has come; `item` counts from 1, or names the activity. */
export const UnitProgress = z.strictObject({ item: activity, percent, note: words })
export const MemberProgress = z.strictObject({ item: z.int().min(1).max(10), percent, note: words })
export type Progress = { item: string | number; percent: number; note: string }
/** 一讲: what was promised and what was done, told before the others. */
export const Talk = z.strictObject({ summary: words })
/** 二评: by fellow members and by the masses, each with a comment. */
export const Assessment = z.strictObject({
  level: z.enum(Object.keys(levels) as Level[]).meta({ titles: levels }),
  comment: words,
})
export type Assessment = z.output<typeof Assessment>
/** 评星定格, with the comment (点评) of whoever gives the stars. */
export const Stars = z.strictObject({ stars: z.int().min(1).max(5), comment: words })
export type Stars = z.output<typeof Stars>

/** 二公示: how the pledges are kept. */
export const ProgressBoard = z.strictObject({ summary: words, shortfalls: words.optional() })
/** 三公示: the stars stand in the branch's context; corrections come from accepted objections. */
export const StarBoard = z.strictObject({
  note: words,
  corrections: z.array(z.strictObject({ of: label, stars: z.int().min(1).max(5), reason: words })),
})

export const BranchReport = z.strictObject({ progress: words, practices: words, effects: words })
export type BranchReport = z.output<typeof BranchReport>

export const Rated = z.strictObject({ of: z.string(), stars: z.int().min(1).max(5) })
export type Rated = z.output<typeof Rated>

export const Summary = z.strictObject({
  summary: words,
  /** Branches that did not do all of it. */
  unfinished: z.array(unitId()),
})
export type Summary = z.output<typeof Summary>
