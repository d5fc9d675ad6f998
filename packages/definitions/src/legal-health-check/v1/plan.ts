import type { DateSpec, MessageSpec, RoleSpec } from '@duban/engine'
import { finding } from './finding.ts'
import { Accountable, Drawn } from './payloads.ts'

export const roles = {
  lead: { title: { zh: '领导小组组长', en: 'Lead' }, scope: 'campaign' },
  deputy: { title: { zh: '常务副组长', en: 'Executive deputy lead' }, scope: 'campaign' },
  office: { title: { zh: '领导小组办公室', en: 'Office of the leading group' }, scope: 'campaign' },
  reporter: { title: { zh: '股室经办人', en: 'Unit reporter' }, scope: 'unit' },
  reviewer: {
    title: { zh: '市局复查组', en: 'Re-check team of the city' },
    scope: 'campaign',
    recused: 'ownUnit',
  },
  inspector: {
    title: { zh: '省厅抽查组', en: 'Spot-check team of the province' },
    scope: 'campaign',
    recused: 'ownUnit',
  },
  verifier: {
    title: { zh: '整改验收人', en: 'Verifier of rectification' },
    scope: 'campaign',
    recused: 'ownUnit',
  },
} as const satisfies { [name: string]: RoleSpec }

export const dates = {
  scheme: {
    title: { zh: '制定方案', en: 'Scheme approved' },
    due: '04 early',
    remind: ['-2 workdays'],
    source: '制作方案。4月上旬',
  },
  unitReports: {
    title: { zh: '报送自查报告', en: 'Self-check reports' },
    due: '04-18',
    notBefore: 'scheme',
    remind: ['-3 workdays', '-1 workday'],
    source: '于4月18日前将自查报告纸质和电子文档报局法治状况检查工作领导小组办公室',
  },
  collated: {
    title: { zh: '汇总上报', en: 'Collated report submitted upward' },
    due: '04-20',
    notBefore: 'unitReports',
    remind: ['-1 workday'],
    source: '于4月20日前,报市局法治状况检查工作领导小组办公室',
  },
  recheckOpens: {
    title: { zh: '分片复查开始', en: 'Re-check begins' },
    due: '04-21',
    at: 'start of day',
    notBefore: 'collated',
    source: '4月21日至5月15日',
  },
  recheckCloses: {
    title: { zh: '分片复查结束', en: 'Re-check ends' },
    due: '05-15',
    notBefore: 'recheckOpens',
    remind: ['-5 workdays', '-1 workday'],
    source: '4月21日至5月15日',
  },
  spotCheckOpens: {
    title: { zh: '省厅抽查开始', en: 'Spot check begins' },
    due: '05 late',
    at: 'start of day',
    notBefore: 'recheckCloses',
    source: '5月下旬至6月中旬',
  },
  spotCheckCloses: {
    title: { zh: '省厅抽查结束', en: 'Spot check ends' },
    due: '06 mid',
    notBefore: 'spotCheckOpens',
    remind: ['-3 workdays'],
    source: '5月下旬至6月中旬',
  },
  rectificationOpens: {
    title: { zh: '整改开始', en: 'Rectification begins' },
    due: '06 mid',
    at: 'start of day',
    notBefore: 'spotCheckOpens',
    source: '6月中旬至下旬',
  },
  rectified: {
    title: { zh: '整改完成', en: 'Rectification done' },
    due: '06 late',
    notBefore: 'rectificationOpens',
    remind: ['-5 workdays', '-1 workday'],
    source: '6月中旬至下旬',
  },
  ...finding.dates,
  mechanism: {
    title: { zh: '总结并建立风险防范机制', en: 'Summary and risk prevention mechanism' },
    due: '06 late',
    notBefore: 'rectified',
    remind: ['-3 workdays', '-1 workday'],
    source: '6月中旬至下旬',
  },
} as const satisfies { [name: string]: DateSpec }

export const messages = {
  'spotCheck.drawn': {
    title: { zh: '抽查名单公布', en: 'Drawn for the spot check' },
    payload: Drawn,
  },
  'unit.accountable': {
    title: { zh: '列入追责名单', en: 'Listed for accountability' },
    payload: Accountable,
  },
} as const satisfies { [name: string]: MessageSpec }
