import type { CommandSpec, defineCampaign } from '@duban/engine'
import { approvals } from '@duban/kit'
import { rectification } from '@duban/kit'
import { Commitment, Count, Examples, Meeting, Rating, Reason, SelfCheck, TaskReport } from './payloads.ts'
import { dates as planned, type roles } from './plan.ts'

/** 问题: one that was found, from its plan to 销号. */
export const finding = rectification({
  by: ['reporter'],
  verify: ['branch'],
  decide: ['secretary'],
  planDue: 'measures',
  due: 'mended',
  wording: {
    plan: { source: '认真研究制定整改方案,明确整改时限,落实整改措施' },
    rectify: { source: '着力抓好整改落实工作' },
  },
})

/** 综合分析报告, on its way to the leading group's office. */
export const analysis = approvals('analysis', {
  title: { zh: '综合分析报告', en: 'Analysis report' },
  submit: ['branch'],
  steps: {
    secretary: { title: { zh: '书记审签', en: 'Signed by the secretary' }, sign: ['secretary'] },
    receive: { title: { zh: '领导小组办公室接收', en: 'Received' }, sign: ['leadingOffice'] },
  },
  due: 'analysis',
  copy: ['branch'],
  source: '形成综合分析报告。6月20日前完成。',
})

export const dates = { ...planned, ...finding.dates }

export const commands = {
  'task.report': {
    title: { zh: '报送落实情况', en: 'Report a task done' },
    by: ['branch'],
    payload: TaskReport,
    source: '将大讨论汇报送交图书馆“责任风暴”、“治庸计划”领导小组办公室',
  },
  'selfCheck.submit': {
    title: { zh: '报送自查自纠报告', en: 'Submit the self-check' },
    by: ['reporter'],
    payload: SelfCheck,
    source: '对近两年来支部各部门馆员队伍中存在的突出问题进行集中排查',
  },
  'meeting.record': {
    title: { zh: '报送专题民主生活会情况', en: 'Report the criticism meeting' },
    by: ['reporter'],
    payload: Meeting,
    source: '召开专题民主生活会,对查找出来的问题进行深刻剖析',
  },
  'review.rate': {
    title: { zh: '评议', en: 'Review' },
    by: ['evaluator'],
    payload: Rating,
    source: '组织服务对象、群众代表对支部的自查自纠报告进行民主评议',
  },
  'review.count': {
    title: { zh: '汇总评议情况', en: 'Count the review' },
    by: ['branch'],
    payload: Count,
    notBy: ['review.rate'],
    source: '并将民主评测活动情况报馆“责任风暴”、“治庸计划”领导小组办公室',
  },
  'commitment.publish': {
    title: { zh: '报整改落实方案并公开承诺', en: 'Publish plan and commitment' },
    by: ['reporter'],
    payload: Commitment,
    source: '要将整改落实情况,采取一定方式公开承诺,接受馆员和读者的评议',
  },
  ...finding.commands,
  'examples.submit': {
    title: { zh: '报送正反典型', en: 'Submit the examples' },
    by: ['branch'],
    payload: Examples,
    source: '树立一批能力强、作风实、业绩好、群众认可的正面典型',
  },
  ...analysis.commands,
  'conclusion.decide': {
    title: { zh: '决定带未过关部门结束', en: 'Decide to end with sections not passed' },
    by: ['secretary'],
    payload: Reason,
    opens: 'analysis',
  },
} as const satisfies { [name: string]: CommandSpec<keyof typeof roles, keyof typeof dates> }

type Spec = Parameters<typeof defineCampaign<typeof roles, typeof dates, typeof commands>>[0]
export type Author = Parameters<Spec['machines']>[0]
export type Kind = ReturnType<Spec['machines']>[string]
/** What a state's `on` may hold. */
export type Arrows = NonNullable<Parameters<ReturnType<Author['machine']>['createMachine']>[0]['on']>
