import { unitId } from '@duban/engine'
import { z } from 'zod'
import { sheet } from './indicators.ts'

const words = z.string().trim().min(1).max(2000)
const label = z.string().trim().min(1).max(200)
const day = z.iso.date()
/** SHA-256 of attachments, as `POST /api/evidence` returns them. */
const evidence = z.array(z.string().regex(/^[0-9a-f]{64}$/u)).max(50)

/** 年度工作目标: one stage of one section's work, with its day. */
const target = z.strictObject({ no: label, title: label, owner: unitId(), dueOn: day })
export type Target = z.output<typeof target>
export const Targets = z.strictObject({
  targets: z
    .array(target)
    .min(1)
    .max(500)
    .refine((all) => new Set(all.map(({ no }) => no)).size === all.length, {
      error: '编号重复 / a number is used twice',
    }),
})

export const StageReport = z.strictObject({ result: words, evidence: evidence.optional() })
export const MakeUpTime = z.strictObject({ makeUpOn: day, note: words })

/** 件件登记: what arrives during the year and must be answered. */
export const arrivals = {
  petition: { zh: '群众咨询、举报等诉求件', en: 'Petition' },
  proposal: { zh: '人大建议、政协提案', en: 'Suggestion or proposal' },
  instruction: { zh: '区委、区政府主要领导批办件', en: 'Instruction of the leaders' },
} as const
export const Petition = z.strictObject({
  no: label,
  type: z.enum(Object.keys(arrivals) as (keyof typeof arrivals)[]).meta({ titles: arrivals }),
  title: label,
  owner: unitId(),
  dueOn: day,
})
export type Petition = z.output<typeof Petition>

export const Bulletin = z.strictObject({
  meetingOn: day,
  text: words,
  praise: z.array(unitId()),
  urge: z.array(unitId()),
})
export type Bulletin = z.output<typeof Bulletin>

/** 自评. The third part, 机关党建工作, has no number in the document: it is told, not scored. */
export const SelfScore = z.strictObject({
  ...sheet.selfShape,
  explanation: words,
  partyWork: words.optional(),
  evidence: evidence.optional(),
})
export const Verification = z.strictObject({ ...sheet.shape, opinion: words })

export const YearReport = z.strictObject({ explanation: words })
export const Opinion = z.strictObject({ opinion: words.optional() })
export const Reason = z.strictObject({ reason: words })

export const Verified = z.strictObject({
  unit: unitId(),
  self: z.number().nullable(),
  verified: z.number(),
})
export type Verified = z.output<typeof Verified>
