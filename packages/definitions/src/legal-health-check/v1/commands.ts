import type { Author as AuthorOf, CommandSpec } from '@duban/engine'
import {
  Collation,
  Draw,
  HealthSheet,
  MadeUpReport,
  Opinion,
  Reason,
  Recheck,
  Scheme,
  SelfReport,
  SpotCheck,
  Summary,
} from './payloads.ts'
import { finding } from './finding.ts'
import type { dates, messages, roles } from './plan.ts'

export const commands = {
  // (一)制作方案
  'scheme.submit': {
    title: { zh: '报批方案', en: 'Submit the scheme' },
    by: ['office'],
    payload: Scheme,
    source: '由法制部门牵头…制定本局法治状况检查具体方案',
  },
  'scheme.approve': {
    title: { zh: '批准方案', en: 'Approve the scheme' },
    by: ['lead', 'deputy'],
    payload: Opinion,
    notBy: ['scheme.submit'],
    source: '在局党组的领导下',
  },
  'scheme.return': {
    title: { zh: '退回方案', en: 'Return the scheme' },
    by: ['lead', 'deputy'],
    payload: Reason,
    notBy: ['scheme.submit'],
    source: '在局党组的领导下',
  },

  // (二)自查
  'report.submit': {
    title: { zh: '报送自查报告', en: 'Submit the self-check report' },
    by: ['reporter'],
    payload: SelfReport,
    until: 'unitReports',
    source: '对照检查项目及重点检查内容、法律体检项目清单,进行自查,形成自查报告',
  },
  'report.return': {
    title: { zh: '退回自查报告', en: 'Return the report for correction' },
    by: ['office'],
    payload: Reason,
    until: 'unitReports',
    source: '各股室的自查报告一定要客观真实地反映本股室现有的法律问题和风险隐患',
  },
  'report.makeUp': {
    title: { zh: '补报自查报告', en: 'Make up the report' },
    by: ['reporter'],
    payload: MadeUpReport,
    source: '不留死角,不走过场',
  },
  'collation.submit': {
    title: { zh: '汇总上报', en: 'Submit the collated report' },
    by: ['office'],
    payload: Collation,
    source: '综合各股室自查报告,形成本局机关书面自查报告',
  },

  // (三)分片复查
  'recheck.record': {
    title: { zh: '记录复查情况', en: 'Record the re-check' },
    by: ['reviewer'],
    payload: Recheck,
    opens: 'recheckOpens',
    source:
      '重点检查各股室自查的法律问题和风险隐患准不准、自查的责任心强不强,特别是要查找没有自查出来的重大法律问题和风险隐患',
  },
  'sheet.issue': {
    title: { zh: '开具法律体检报告单', en: 'Issue the health-check sheet' },
    by: ['reviewer'],
    payload: HealthSheet,
    opens: 'recheckOpens',
    source: '开具“法律体检报告单”,指出存在的法律问题和风险隐患,提出“治疗”整改意见',
  },

  // (四)迎接抽查
  'spotCheck.draw': {
    title: { zh: '抽取抽查单位', en: 'Draw units for the spot check' },
    by: ['inspector'],
    payload: Draw,
    opens: 'spotCheckOpens',
    until: 'spotCheckCloses',
    source: '省厅将组成抽查组对各市州司法局、县市区司法局的法治现状进行抽查',
  },
  'spotCheck.record': {
    title: { zh: '记录抽查情况', en: 'Record the spot check' },
    by: ['inspector'],
    payload: SpotCheck,
    opens: 'spotCheckOpens',
    source: '对各市州司法局、县市区司法局的法治现状进行抽查',
  },
  'spotCheck.release': {
    title: { zh: '不再抽查', en: 'Release from the spot check' },
    by: ['inspector', 'lead'],
    payload: Reason,
  },

  // (五)整改,建立风险防范机制
  ...finding.commands,
  'conclusion.decide': {
    title: { zh: '决定带未结事项总结', en: 'Decide to conclude with units unsettled' },
    by: ['lead'],
    payload: Reason,
    opens: 'rectified',
  },
  'summary.submit': {
    title: { zh: '报批总结和风险防范机制', en: 'Submit the summary and the mechanism' },
    by: ['office'],
    payload: Summary,
    source: '建立相应的风险防范机制',
  },
  'summary.approve': {
    title: { zh: '批准总结', en: 'Approve the summary' },
    by: ['lead', 'deputy'],
    payload: Opinion,
    notBy: ['summary.submit'],
    source: '局党组组织业务骨干、法律顾问…进行深入分析',
  },
  'summary.return': {
    title: { zh: '退回总结', en: 'Return the summary' },
    by: ['lead', 'deputy'],
    payload: Reason,
    notBy: ['summary.submit'],
    source: '局党组组织业务骨干、法律顾问…进行深入分析',
  },
} as const satisfies {
  [name: string]: CommandSpec<keyof typeof roles, keyof typeof dates>
}

export type Author = AuthorOf<typeof commands, typeof messages, keyof typeof dates>
export type { Kind } from '@duban/engine'
/** What a state's `on` may hold. */
export type Arrows = NonNullable<Parameters<ReturnType<Author['machine']>['createMachine']>[0]['on']>
