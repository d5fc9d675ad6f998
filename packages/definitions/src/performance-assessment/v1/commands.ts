import type { Author as AuthorOf, CommandSpec } from '@duban/engine'
import { report } from '@duban/kit'
import { satisfaction } from '@duban/kit'
import {
  Bulletin,
  MakeUpTime,
  Opinion,
  Petition,
  Reason,
  SelfScore,
  StageReport,
  Targets,
  Verification,
  YearReport,
} from './payloads.ts'
import { dates as planned, messages as told, type roles } from './plan.ts'

export const selfScore = report('selfScore', {
  title: { zh: '绩效自评', en: 'Self-score' },
  submit: ['head'],
  due: 'selfScored',
  tell: ['lead', 'office'],
  record: SelfScore,
  source: '绩效指标考核满分64分,我局自评得分64分',
})

/** 答复: every arrival is answered, and whoever filed it is asked. */
export const reply = satisfaction('reply', {
  title: { zh: '答复', en: 'Reply' },
  answer: ['head'],
  rate: ['visitor'],
  decide: ['lead'],
  due: 'replied',
  againDue: 'entry + 15 days',
  rateDue: 'entry + 10 days',
  unit: 'owner',
  sources: {
    answer: '做好日常群众咨询、举报等诉求件的接受、答复、反馈工作',
    rate: '获得了大部分诉求人的好评',
  },
})

export const dates = { ...planned, ...selfScore.dates, ...reply.dates }
export const messages = { ...told, ...reply.messages }

export const commands = {
  'targets.submit': {
    title: { zh: '提出年度工作目标', en: 'Propose the targets' },
    by: ['office'],
    payload: Targets,
    source: '局绩效管理领导小组及办公室认真设计了指标考核表,提出初步年度工作目标意见',
  },
  'targets.approve': {
    title: { zh: '审定年度工作目标', en: 'Approve the targets' },
    by: ['lead'],
    payload: Opinion,
    notBy: ['targets.submit'],
  },
  'targets.return': {
    title: { zh: '退回年度工作目标', en: 'Return the targets' },
    by: ['lead'],
    payload: Reason,
    notBy: ['targets.submit'],
  },

  'goal.report': {
    title: { zh: '报送完成情况', en: 'Report a stage done' },
    by: ['head'],
    payload: StageReport,
    source: '平时督促检查各项工作的进度及执行情况',
  },
  'goal.confirm': {
    title: { zh: '确认完成', en: 'Confirm it' },
    by: ['office'],
    payload: Opinion,
    notBy: ['goal.report'],
    source: '局绩效管理办公室分工抓好各项工作的督查',
  },
  'goal.return': {
    title: { zh: '退回完成情况', en: 'Return it' },
    by: ['office'],
    payload: Reason,
    notBy: ['goal.report'],
  },
  'goal.setTime': {
    title: { zh: '限期补缺补漏', en: 'Set a time to make up' },
    by: ['office'],
    payload: MakeUpTime,
    source: '对没有如期完成阶段性工作的给予提醒督促,要求其限期补缺补漏',
  },
  'goal.close': {
    title: { zh: '决定不再完成', en: 'Decide to drop it' },
    by: ['lead'],
    payload: Reason,
    notBy: ['goal.report'],
  },

  'petition.register': {
    title: { zh: '登记诉求件', en: 'Register a petition' },
    by: ['office'],
    payload: Petition,
    source: '做到件件登记、件件跟踪督办落实',
  },
  ...reply.commands,
  'bulletin.issue': {
    title: { zh: '业务会通报', en: 'Circulate at the business meeting' },
    by: ['office'],
    payload: Bulletin,
    source: '定期我局业务会上进行通报,对完成工作好的予以表扬',
  },

  ...selfScore.commands,
  'score.verify': {
    title: { zh: '核定得分', en: 'Verify the score' },
    by: ['office'],
    payload: Verification,
    notBy: ['selfScore.submit', 'selfScore.makeUp'],
  },
  'yearReport.submit': {
    title: { zh: '报送绩效自评报告', en: 'Submit the report of the year' },
    by: ['office'],
    payload: YearReport,
    source: '绩效自评与说明',
  },
  'yearReport.approve': {
    title: { zh: '审定绩效自评报告', en: 'Approve the report of the year' },
    by: ['lead'],
    payload: Opinion,
    notBy: ['yearReport.submit'],
  },
  'yearReport.return': {
    title: { zh: '退回绩效自评报告', en: 'Return the report of the year' },
    by: ['lead'],
    payload: Reason,
    notBy: ['yearReport.submit'],
  },
  'conclusion.decide': {
    title: { zh: '决定带未结事项结束', en: 'Decide to end with matters open' },
    by: ['lead'],
    payload: Reason,
  },
} as const satisfies { [name: string]: CommandSpec<keyof typeof roles, keyof typeof dates> }

export type Author = AuthorOf<typeof commands, typeof messages, keyof typeof dates>
export type { Kind } from '@duban/engine'
