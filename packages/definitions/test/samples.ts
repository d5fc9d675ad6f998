// Payloads and the plan of the demo bureau's health check, as a client would send them.
import { derivedId, type Assignment } from '@duban/engine'
import { catalogue, demoOrganisation } from '../src/index.ts'
import type { PlayedPlan } from '../../kit/test/player.ts'

export function pathTo(unit: string): string[] {
  const { parent } = demoOrganisation.units.find(({ id }) => id === unit) ?? { parent: null }
  return parent === null ? [unit] : [...pathTo(parent), unit]
}

function homeOf(person: string): string[] {
  return pathTo(demoOrganisation.people.find(({ id }) => id === person)?.unit ?? '')
}

/** The demo plan of a campaign, with only these units taking part (all of them when none is named). */
export function demoPlan(units?: string[], definition = 'legal-health-check'): PlayedPlan {
  const entry = catalogue.find((one) => one.definition.id === definition)
  if (!entry) throw new Error(`no definition ${definition}`)
  const { demo } = entry
  const taking = units ?? demo.units
  const organiser = homeOf(demo.organiser)
  return {
    startsOn: demo.startsOn,
    organiser: { unit: organiser.at(-1) ?? '', path: organiser },
    units: demoOrganisation.units
      .filter(({ id }) => taking.includes(id))
      .map(({ id, title }) => ({ id, title, path: pathTo(id) })),
    assignments: demo.duties
      .filter(({ unit }) => unit === undefined || taking.includes(unit))
      .map(({ person, role, unit }): Assignment => ({
        id: derivedId(person, role, unit ?? ''),
        person,
        home: homeOf(person),
        role,
        ...(unit !== undefined && { unit }),
      })),
  }
}

export const scheme = {
  title: '县司法局“法律体检”工作方案',
  text: '按自查、复查、抽查、整改四个阶段组织实施,责任到股室。',
}

const areas = {
  implementation: 'checked',
  decisions: 'checked',
  enforcement: 'notApplicable',
  remedies: 'notApplicable',
  disclosure: 'checked',
  other: 'checked',
}
export type SampleRisk = {
  no: string
  item: string
  title: string
  major: boolean
  explanation?: string
}
export const archives: SampleRisk = {
  no: '1',
  item: 'implementation',
  title: '外出请假审批材料归档不全',
  major: false,
}
export const contracts: SampleRisk = {
  no: '2',
  item: 'decisions',
  title: '两份服务合同未经合法性审查',
  major: true,
  explanation: '合同金额较大且已部分履行,可能引发违约诉讼。',
}

export function selfReport(...risks: SampleRisk[]) {
  return { areas, risks, summary: '对照体检项目清单逐项自查,情况属实。' }
}

export function recheck(verdicts: { [no: string]: 'confirmed' | 'contradicted' }, ...missed: SampleRisk[]) {
  return {
    methods: ['briefing', 'files'],
    verdicts: Object.entries(verdicts).map(([no, verdict]) => ({
      no,
      verdict,
      note: verdict === 'confirmed' ? '查阅台账,情况属实。' : '抽查卷宗,与报告不符。',
    })),
    missed,
    diligence: missed.length > 0 ? 'weak' : 'strong',
    causes: '台账管理责任不清。',
  }
}

export function findingFor({ no, item, title, major }: SampleRisk) {
  return { no: `F${no}`, risk: no, item, title, major, advice: '补齐材料,明确责任人,健全制度。' }
}

export function sheet(...risks: SampleRisk[]) {
  return {
    sheetNo: '体检单〔2026〕1号',
    findings: risks.map(findingFor),
    opinion: '总体健康,所列问题应限期整改。',
  }
}

export function spotCheck(...missed: SampleRisk[]) {
  return {
    methods: ['onSite'],
    missed,
    findings: missed.map(findingFor),
    opinion: '现场查看,总体规范。',
  }
}

export const plan = {
  measures: '逐卷补正并培训',
  responsible: '股室负责人',
  finishOn: '2026-06-25',
}
export const result = { result: '已全部补正,见附件。' }

export function summary(...accountable: string[]) {
  return {
    summary: '本次体检共查出问题若干,均已处理。',
    mechanisms: [{ title: '合同合法性审查制度', owner: '政策法规股', text: '合同签订前一律送审。' }],
    accountability: accountable.map((unit) => ({ unit, measure: '约谈负责人,责令书面检查。' })),
  }
}
