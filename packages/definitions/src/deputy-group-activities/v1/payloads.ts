import { personId, unitId } from '@duban/engine'
import { z } from 'zod'
import { label, words } from '@duban/kit'

const day = z.iso.date()
/** SHA-256 of attachments, as `POST /api/evidence` returns them. */
const evidence = z.array(z.string().regex(/^[0-9a-f]{64}$/u)).max(50)

/** 学习《选举法》、《代表法》、《监督法》等法律法规. */
export const laws = {
  electoral: { zh: '选举法', en: 'Electoral Law' },
  deputies: { zh: '代表法', en: 'Law on Deputies' },
  supervision: { zh: '监督法', en: 'Law on Supervision' },
  other: { zh: '其他法律法规', en: 'Other laws and regulations' },
} as const
type Law = keyof typeof laws
/** 建议、批评、意见. */
export const voices = {
  suggestion: { zh: '建议', en: 'Suggestion' },
  criticism: { zh: '批评', en: 'Criticism' },
  opinion: { zh: '意见', en: 'Opinion' },
} as const
type Voice = keyof typeof voices

const titled = <Key extends string>(titles: { [K in Key]: { zh: string; en: string } }) =>
  z.enum(Object.keys(titles) as Key[]).meta({ titles })

export const DeputyList = z.strictObject({
  deputies: z
    .array(z.strictObject({ person: personId() }))
    .min(1)
    .max(200)
    .refine((all) => new Set(all.map(({ person }) => person)).size === all.length, {
      error: '代表重复 / a deputy is listed twice',
    }),
})

/** 学习、视察调研、交流: what the first activity did. */
export const FirstMinutes = z.strictObject({
  studied: z.array(titled<Law>(laws)).min(1),
  /** 议案、质询案、建议撰写的方法和要求. */
  drafting: words,
  inspection: words,
  exchange: words,
})
/** The second also writes an inspection report. */
export const SecondMinutes = FirstMinutes.extend({
  report: z.strictObject({ title: label, text: words, evidence: evidence.optional() }),
})

// What the plan asks for and no more: name, telephone, basic situation of the household.
const Contact = z.strictObject({
  name: label,
  phone: z.string().trim().min(3).max(30),
  household: z.string().trim().min(1).max(300),
})
export type Contact = z.output<typeof Contact>
export const Contacts = z.strictObject({
  contacts: z
    .array(Contact)
    .min(3)
    .max(10)
    .meta({ uniqueItems: true })
    .refine((all) => new Set(all.map(({ name, phone }) => `${name} ${phone}`)).size === all.length, {
      error: '联系群众重复 / a contact is named twice',
    }),
})
/** 帮扶情况: for each contact, by name. */
export const Help = z.strictObject({
  help: z
    .array(z.strictObject({ name: label, given: words }))
    .min(3)
    .max(10)
    .meta({ uniqueItems: true }),
})
/** 向选民述职. */
export const DutyReport = z.strictObject({ heldOn: day, constituents: label, summary: words })
export type DutyReport = z.output<typeof DutyReport>

export const Suggestion = z.strictObject({
  voice: titled<Voice>(voices),
  title: label,
  text: words,
})
export const Collected = Suggestion.extend({ collectedBy: z.string(), group: unitId() })
export type Collected = z.output<typeof Collected>
export const Forwarded = z.strictObject({ suggestions: z.array(Collected) })

export const Summary = z.strictObject({
  summary: words,
  /** Groups that did not do all of it. */
  unfinished: z.array(unitId()),
})
export type Summary = z.output<typeof Summary>
