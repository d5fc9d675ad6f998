import { unitId } from '@duban/engine'
import { z } from 'zod'

/** 检查项目: the six areas of part 二 of the plan. */
export const checkItems = {
  implementation: {
    zh: '法律、法规、规章和规范性文件的贯彻执行',
    en: 'Carrying out of laws, regulations, rules and normative documents',
  },
  decisions: {
    zh: '重大决策的风险评估与合法性审查,合同和法律文书',
    en: 'Risk assessment and legality review of major decisions; contracts and legal documents',
  },
  enforcement: {
    zh: '行政许可、行政处罚等重要执法事项',
    en: 'Licences, penalties and other important acts of enforcement',
  },
  remedies: {
    zh: '行政复议、行政诉讼和行政赔偿',
    en: 'Administrative reconsideration, litigation and compensation',
  },
  disclosure: {
    zh: '信息公开、投诉查处',
    en: 'Disclosure of information and handling of complaints',
  },
  other: { zh: '其他法律问题和风险', en: 'Other legal problems and risks' },
} as const
export type CheckItem = keyof typeof checkItems

/** 复查方式: how part 三(三) of the plan lets reviewers look. */
export const checkMethods = {
  briefing: { zh: '听取单位汇报', en: 'Briefing by the unit' },
  files: { zh: '查看相关文件和记录', en: 'Files and records' },
  questionnaire: { zh: '发放调查问卷', en: 'Questionnaire' },
  meeting: { zh: '召开座谈会', en: 'Round-table meeting' },
  onSite: { zh: '现场查看', en: 'Visit on site' },
} as const
export type CheckMethod = keyof typeof checkMethods

// The titles travel with the JSON Schema, so that a form can show them.
const item = z.enum(Object.keys(checkItems) as CheckItem[]).meta({ titles: checkItems })
const method = z.enum(Object.keys(checkMethods) as CheckMethod[]).meta({ titles: checkMethods })

const words = z.string().trim().min(1).max(2000)
const label = z.string().trim().min(1).max(200)
/** SHA-256 of attachments, as `POST /api/evidence` returns them. */
const evidence = z.array(z.string().regex(/^[0-9a-f]{64}$/u)).max(50)

const numbered = <Item extends z.ZodType<{ no: string }>>(one: Item) =>
  z
    .array(one)
    .max(200)
    .refine((all) => new Set(all.map(({ no }) => no)).size === all.length, {
      error: '编号重复 / a number is used twice',
    })

const plainRisk = z.strictObject({
  no: label,
  item,
  title: label,
  major: z.literal(false),
  explanation: words.optional(),
})
/** A risk; a major one must be explained (予以特别说明). */
const risk = z.discriminatedUnion('major', [
  plainRisk.extend({ major: z.literal(true), explanation: words }),
  plainRisk,
])
export type Risk = z.output<typeof risk>

/** `risk` is the number of the reported or missed risk that it answers. */
const finding = z.strictObject({
  no: label,
  risk: label,
  item,
  title: label,
  major: z.boolean(),
  advice: words,
})

export const Scheme = z.strictObject({ title: label, text: words, evidence: evidence.optional() })
export const Opinion = z.strictObject({ opinion: words.optional() })
export const Reason = z.strictObject({ reason: words })

const areas = z.record(item, z.enum(['checked', 'notApplicable']))
export const SelfReport = z.strictObject({
  /** Every area is answered: 不留死角. */
  areas,
  risks: numbered(risk),
  summary: words,
  evidence: evidence.optional(),
})
export type SelfReport = z.output<typeof SelfReport>
export const MadeUpReport = SelfReport.extend({ reason: words })

export const Collation = z.strictObject({
  summary: words,
  /** Units that it had to do without. */
  missing: z.array(unitId()),
  documentNo: label.optional(),
  evidence: evidence.optional(),
})

const methods = z.array(method).min(1).max(5)
export const Recheck = z.strictObject({
  methods,
  verdicts: numbered(z.strictObject({ no: label, verdict: z.enum(['confirmed', 'contradicted']), note: words })),
  missed: numbered(risk),
  /** 自查的责任心强不强. */
  diligence: z.enum(['strong', 'fair', 'weak']),
  causes: words,
  evidence: evidence.optional(),
})
export type Recheck = z.output<typeof Recheck>

export const HealthSheet = z.strictObject({
  sheetNo: label,
  findings: numbered(finding),
  opinion: words,
})
export type HealthSheet = z.output<typeof HealthSheet>

/** Stands in until the kit's verifiable draw; the pool and the method let an auditor repeat it. */
export const Draw = z
  .strictObject({ pool: z.array(unitId()).min(1), method: words, units: z.array(unitId()).min(1) })
  .refine(({ pool, units }) => units.every((unit) => pool.includes(unit)), {
    path: ['units'],
    error: '抽中的单位不在抽取范围内 / a drawn unit is not in the pool',
  })
export type Draw = z.output<typeof Draw>

export const SpotCheck = z
  .strictObject({
    methods,
    missed: numbered(risk),
    findings: numbered(finding),
    opinion: words,
    evidence: evidence.optional(),
  })
  .refine(({ missed, findings }) => answers(findings, missed), {
    path: ['findings'],
    error: '查出的问题须逐一提出整改意见 / every risk found needs a finding',
  })
export type SpotCheck = z.output<typeof SpotCheck>

/** Whether each risk has a finding. */
export function answers(findings: readonly { risk: string }[], risks: readonly { no: string }[]) {
  return risks.every(({ no }) => findings.some((one) => one.risk === no))
}

export const Summary = z.strictObject({
  summary: words,
  /** 风险防范机制: what is set up so that it does not happen again. */
  mechanisms: z.array(z.strictObject({ title: label, owner: label, text: words })).min(1),
  /** One answer for each unit on the accountability list. */
  accountability: z.array(z.strictObject({ unit: unitId(), measure: words })),
  evidence: evidence.optional(),
})
export type Summary = z.output<typeof Summary>

export const Drawn = z.strictObject({ units: z.array(unitId()) })
export const Accountable = z.strictObject({
  unit: unitId(),
  stage: z.enum(['recheck', 'spotCheck']),
  /** 检查人员: who had looked before and not reported it. */
  persons: z.array(z.string()),
  risks: z.array(z.strictObject({ no: label, title: label })).min(1),
})
export type Accountable = z.output<typeof Accountable>
