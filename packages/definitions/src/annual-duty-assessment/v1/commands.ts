import type { Author as AuthorOf, CommandSpec } from '@duban/engine'
import { rectification } from '@duban/kit'
import { report } from '@duban/kit'
import {
  Announcement,
  Briefing,
  Documents,
  DutyReport,
  Opinion,
  PanelScore,
  PeerRatings,
  Publication,
  Reason,
  Results,
  SelfScore,
} from './payloads.ts'
import { dates as planned, type messages, type roles } from './plan.ts'

export const dutyReport = report('dutyReport', {
  title: { zh: '述职述廉报告', en: 'Report on duty and integrity' },
  submit: ['head'],
  accept: ['office'],
  due: 'reports',
  mend: 'entry + 2 workdays',
  tell: ['office'],
  record: DutyReport,
  source: '各单位(部门)向考评组提交2017年度领导班子和班子成员述职述廉报告',
})

export const selfScore = report('selfScore', {
  title: { zh: '自查报告和自评分表', en: 'Self-check and self-score' },
  submit: ['head'],
  due: 'reports',
  tell: ['office'],
  record: SelfScore,
  source: '领导班子对照《2019年度二级领导班子履职尽责考核评分表》认真开展自查评分',
})

/** 问题: one that the panel found, with the day that it set. */
export const finding = rectification({
  by: ['head'],
  verify: ['panel'],
  decide: ['committee'],
  due: 'mended',
  wording: { rectify: { source: '对检查考核中发现的问题坚决督促整改' } },
})

export const dates = { ...planned, ...dutyReport.dates, ...finding.dates }

export const commands = {
  // 第一阶段:总结自查
  ...dutyReport.commands,
  ...selfScore.commands,
  'reports.publish': {
    title: { zh: '汇总公开述职述廉报告', en: 'Publish the collated reports' },
    by: ['office'],
    payload: Publication,
    source: '考核领导小组办公室汇总形成《2019年度二级领导班子和班子成员述职述廉报告》,通过OA系统公开',
  },

  // 第二阶段:现场考查
  'briefing.count': {
    title: { zh: '记录汇报和测评', en: 'Record the briefing and its ballot' },
    by: ['panel'],
    payload: Briefing,
    opens: 'siteOpens',
    source: '各单位(部门)主要负责人汇报…检查组工作人员当场回收测评表',
  },
  'briefing.waive': {
    title: { zh: '决定不再测评', en: 'Do without the ballot' },
    by: ['committee'],
    payload: Reason,
  },
  'documents.record': {
    title: { zh: '查阅资料打分', en: 'Check and score the documents' },
    by: ['panel'],
    payload: Documents,
    opens: 'siteOpens',
    source: '检查组查阅被检查单位(部门)…有关文件、记录、台帐等资料,进行量化打分,做好考核记录',
  },

  // 第三阶段:综合评议
  'peers.rate': {
    title: { zh: '互评', en: 'Rate the other units' },
    by: ['head'],
    payload: PeerRatings,
    opens: 'reviewOpens',
    until: 'reviewed',
    source: '各单位(部门)互评。统一组织中层干部互评互测',
  },
  'panel.score': {
    title: { zh: '综合评议打分', en: 'Score the unit' },
    by: ['panel'],
    payload: PanelScore,
    opens: 'reviewOpens',
    source: '结合日常工作落实情况,对全校各部门(单位)领导班子及班子成员进行综合评议',
  },
  'results.submit': {
    title: { zh: '提请审定考核结果', en: 'Submit the results' },
    by: ['panel'],
    payload: Results,
    opens: 'reviewOpens',
    source: '对检查考核情况进行综合分析并报校党委审定',
  },
  'results.approve': {
    title: { zh: '审定考核结果', en: 'Approve the results' },
    by: ['committee'],
    payload: Opinion,
    notBy: ['results.submit'],
    source: '报校党委审定',
  },
  'results.return': {
    title: { zh: '退回考核结果', en: 'Return the results' },
    by: ['committee'],
    payload: Reason,
    notBy: ['results.submit'],
    source: '报校党委审定',
  },
  'results.announce': {
    title: { zh: '通报考核结果', en: 'Circulate the results' },
    by: ['office'],
    payload: Announcement,
    source: '考核结果在一定范围通报',
  },
  ...finding.commands,
  'conclusion.decide': {
    title: { zh: '决定带未结事项结束', en: 'Decide to end with units unsettled' },
    by: ['committee'],
    payload: Reason,
  },
} as const satisfies { [name: string]: CommandSpec<keyof typeof roles, keyof typeof dates> }

export type Author = AuthorOf<typeof commands, typeof messages, keyof typeof dates>
export type { Kind } from '@duban/engine'
