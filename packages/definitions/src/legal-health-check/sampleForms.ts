import type { Json } from '@duban/engine'
import type { SampleForms } from '@duban/kit'
import type { Accountable, Draw } from './v1/payloads.ts'
import { standingRisks, type UnitContext } from './v1/unit-context.ts'

type Form = { [member: string]: Json }

const numbered = (all: Json | undefined, prefix = ''): Json =>
  (all as Form[]).map((one, index) => ({ ...one, no: `${prefix}${index + 1}` }))

const reported = ({ payload }: { payload: Json }): Json => {
  const report = payload as Form
  return { ...report, risks: numbered(report['risks']) }
}

/** A line of the sheet for each risk that stands. */
function sheetFor(risks: readonly { no: string }[]): Json {
  return risks.map(({ no }, index) => ({
    no: `F${index + 1}`,
    risk: no,
    item: 'other',
    title: `第 ${no} 项风险`,
    major: false,
    advice: '补齐材料，明确责任人，健全制度。',
  }))
}

/** What the guards ask and the schemas cannot say: verdicts on the risks that were reported, lines for all that stand. */
export const sampleForms: SampleForms = {
  'report.submit': reported,
  'report.makeUp': reported,
  'recheck.record': ({ context, payload, pick }) => {
    const recheck = payload as Form
    const { report } = context as UnitContext
    const verdicts = (report?.risks ?? []).map(({ no }) => ({
      no,
      verdict: pick(['confirmed', 'confirmed', 'contradicted'] as const),
      note: '查阅台账。',
    }))
    return { ...recheck, verdicts, missed: numbered(recheck['missed'], 'M') }
  },
  'sheet.issue': ({ context }) => ({
    sheetNo: '体检单〔2026〕1号',
    findings: sheetFor(standingRisks(context as UnitContext)),
    opinion: '所列问题应限期整改。',
  }),
  'spotCheck.draw': ({ payload, facts }) => {
    const { units } = payload as Draw
    const pool = facts.units.map(({ id }) => id)
    return { pool, method: '摇号', units }
  },
  'spotCheck.record': ({ payload }) => {
    const check = payload as Form
    const missed = numbered(check['missed'], 'S')
    return { ...check, missed, findings: sheetFor(missed as { no: string }[]) }
  },
  'summary.submit': ({ context, payload }) => {
    const { accountable } = context as { accountable: Accountable[] }
    const units = [...new Set(accountable.map(({ unit }) => unit))]
    const accountability = units.map((unit) => ({ unit, measure: '约谈负责人。' }))
    return { ...(payload as Form), accountability }
  },
}
