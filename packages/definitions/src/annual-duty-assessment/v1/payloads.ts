import { unitId } from '@duban/engine'
import { z } from 'zod'
import { paper, peers, sheet } from './scoring.ts'

const words = z.string().trim().min(1).max(2000)
const label = z.string().trim().min(1).max(200)
/** SHA-256 of attachments, as `POST /api/evidence` returns them. */
const evidence = z.array(z.string().regex(/^[0-9a-f]{64}$/u)).max(50)

/** 述职述廉报告, with what “必须报告”. */
export const DutyReport = z.strictObject({
  keyWork: words.meta({ title: '重点党建和业务工作项目完成情况' }),
  thinking: words.meta({ title: '领导班子及班子成员个人思想状况' }),
  members: z.array(z.strictObject({ name: label, text: words })).max(30),
  disclosed: z.enum(['meeting', 'other']).meta({
    titles: {
      meeting: { zh: '召开会议集中述职述廉', en: 'At a meeting' },
      other: { zh: '其他方式', en: 'Otherwise' },
    },
  }),
  evidence: evidence.optional(),
})

/** 书面自查报告和自评分表, and how many 《记实簿》 were handed in with them. */
export const SelfScore = z.strictObject({
  ...sheet.selfShape,
  selfCheck: words,
  recordBooks: z.int().min(0).max(100),
  evidence: evidence.optional(),
})

export const Publication = z.strictObject({
  title: label,
  channel: z.enum(['oa', 'meeting', 'other']),
  /** Units that it had to do without. */
  missing: z.array(unitId()),
})

const wholeStaff = z.strictObject({ kind: z.literal('wholeStaff') })
const college = z.strictObject({
  kind: z.literal('college'),
  delegates: z.int().min(8).max(10).meta({ title: '教职工代表' }),
})
export const Briefing = z.strictObject({
  assembly: z.discriminatedUnion('kind', [wholeStaff, college]),
  count: paper.count,
  note: words.optional(),
})
export type Briefing = z.output<typeof Briefing>

const finding = z.strictObject({ no: label, title: label, advice: words, dueOn: z.iso.date() })
export const Documents = z.strictObject({
  ...sheet.shape,
  record: words.meta({ title: '考核记录' }),
  /** 必要时…个别谈话. */
  interviews: z
    .array(z.strictObject({ with: label, note: words }))
    .max(50)
    .optional(),
  findings: z
    .array(finding)
    .max(100)
    .refine((all) => new Set(all.map(({ no }) => no)).size === all.length, {
      error: '编号重复 / a number is used twice',
    }),
})
export type Documents = z.output<typeof Documents>

export const PeerRatings = z.strictObject({ ratings: peers.ratings })
const score = z.number().min(0).max(100).multipleOf(0.01)
export const PanelScore = z.strictObject({ score, opinion: words })

export const Results = z.strictObject({ analysis: words })
export const Announcement = z.strictObject({
  scope: words.meta({ title: '通报范围' }),
  documentNo: label.optional(),
  concludeOn: z.iso.date().meta({ title: '整改期限' }),
})
export const Opinion = z.strictObject({ opinion: words.optional() })
export const Reason = z.strictObject({ reason: words })

export const Scored = z.strictObject({ unit: unitId(), score: score.nullable() })
export const Rated = z.strictObject({ from: unitId(), ratings: peers.ratings })
