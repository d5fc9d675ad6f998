import type { DateSpec, MessageSpec, RoleSpec } from '@duban/engine'
import { Verified } from './payloads.ts'

export const roles = {
  lead: { title: { zh: '绩效管理领导小组组长、副组长', en: 'Leading group' }, scope: 'campaign' },
  office: { title: { zh: '绩效管理办公室', en: 'Performance office' }, scope: 'campaign' },
  visitor: { title: { zh: '回访人员', en: 'Follow-up caller' }, scope: 'campaign' },
  head: { title: { zh: '科室负责人', en: 'Head of section' }, scope: 'unit' },
} as const satisfies { [name: string]: RoleSpec }

// The document names the year and no day. These days are ours, and so marked in the README.
export const dates = {
  targetsSet: {
    title: { zh: '确定年度工作目标', en: 'Targets of the year set' },
    due: 'start + 1 months',
    remind: ['-3 workdays'],
    source: '提出初步年度工作目标意见',
  },
  stageDue: {
    title: { zh: '阶段性工作完成', en: 'Stage of work done' },
    due: 'context.dueOn',
    remind: ['-5 workdays', '-1 workday'],
    source: '如期完成阶段性工作',
  },
  madeUp: {
    title: { zh: '限期补缺补漏', en: 'Shortfall made up' },
    due: 'context.makeUpOn',
    remind: ['-1 workday'],
    source: '要求其限期补缺补漏',
  },
  replied: {
    title: { zh: '按时限答复', en: 'Answered in time' },
    due: 'context.dueOn',
    remind: ['-3 workdays', '-1 workday'],
    source: '及时答复和处理群众咨询、举报',
  },
  nextMeeting: {
    title: { zh: '业务会通报', en: 'Circulated at the business meeting' },
    due: 'entry + 1 months',
    source: '定期我局业务会上进行通报',
  },
  scoringOpens: {
    title: { zh: '开始自评', en: 'Self-scoring begins' },
    due: '12-01',
    at: 'start of day',
    notBefore: 'targetsSet',
  },
  selfScored: {
    title: { zh: '自评截止', en: 'Self-scores in' },
    due: '12-10',
    notBefore: 'scoringOpens',
    remind: ['-3 workdays', '-1 workday'],
  },
  verified: {
    title: { zh: '核定得分', en: 'Scores verified' },
    due: '12-20',
    notBefore: 'selfScored',
    remind: ['-3 workdays'],
  },
  yearEnds: {
    title: { zh: '年度终了', en: 'End of the year' },
    due: '12-31',
    notBefore: 'verified',
    source: '2012年度绩效管理工作',
  },
  wrapUp: {
    title: { zh: '未结事项办结', en: 'Open matters settled' },
    due: 'entry + 1 months',
  },
} as const satisfies { [name: string]: DateSpec }

export const messages = {
  'unit.verified': { title: { zh: '得分已核定', en: 'Score verified' }, payload: Verified },
} as const satisfies { [name: string]: MessageSpec }
