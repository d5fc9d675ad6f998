import { t, unitId } from '@duban/engine'
import { z } from 'zod'
import { extension, ladder } from '@duban/kit'

const words = z.string().trim().min(1).max(2000)

/** 来源: what the ledger takes in, in the words and the order of the source. */
export const sources = {
  instruction: { zh: '上级领导重要批示', en: 'Instruction of a superior leader' },
  centralTask: { zh: '区委中心工作', en: 'Central task of the district committee' },
  keyProject: { zh: '重点项目建设', en: 'Key project' },
  commitment: { zh: '民生承诺', en: 'Commitment to the people’s livelihood' },
  proposal: { zh: '人大政协议案', en: 'Motion or proposal of congress or consultative conference' },
} as const
export type Source = keyof typeof sources

/** 督查力量: the offices whose strength is merged; any of them may lead on an item. */
const offices = {
  inspection: { zh: '督查室', en: 'Inspection office' },
  targets: { zh: '目标办', en: 'Targets office' },
  assessment: { zh: '考核办', en: 'Assessment office' },
} as const

export const Item = z.strictObject({
  source: z.enum(Object.keys(sources) as [Source, ...Source[]]).meta({ titles: sources }),
  title: words,
  /** 依据: the instruction, the decision or the motion's number. */
  basis: words,
  requirement: words.optional(),
  office: z.enum(['inspection', 'targets', 'assessment']).meta({ titles: offices }),
  owner: unitId(),
  dueOn: z.iso.date(),
})
export const Progress = z.strictObject({
  percent: z.int().min(0).max(100),
  progress: words,
  difficulties: words.optional(),
})
export const Completion = z.strictObject({ result: words })
export const Opinion = z.strictObject({ opinion: words.optional() })
export const Reason = z.strictObject({ reason: words })
export const Summary = z.strictObject({ summary: words })

export const roles = {
  supervisor: {
    title: { zh: '督查专班（督查室、目标办、考核办）', en: 'Supervisor' },
    scope: 'campaign',
    // 不徇私情: nobody supervises the unit that they belong to.
    recused: 'ownUnit',
  },
  leader: { title: { zh: '区委领导', en: 'Leader' }, scope: 'campaign' },
  owner: { title: { zh: '承办单位', en: 'Responsible unit' }, scope: 'unit' },
} as const

export const pressure = ladder(
  'pressure',
  {
    urge: { by: ['supervisor'], title: { zh: '督办函', en: 'Letter of supervision' } },
    circular: { by: ['supervisor'] },
    interview: { by: ['leader'] },
    account: { by: ['leader'] },
  },
  { tell: ['owner'] },
)

/** 延期: asked for before the day, as often as the leaders grant it. */
export const delay = extension('extension', {
  ask: ['owner'],
  decide: ['leader'],
  times: 12,
  title: t('时限', 'Time limit'),
})

export const dates = {
  yearEnd: { title: { zh: '年度台账截止', en: 'The year’s ledger ends' }, due: '12-31' },
  summary: {
    title: { zh: '年度督查总结', en: 'Summary of the year' },
    due: 'yearEnd + 15 days',
    remind: ['-3 workdays'],
  },
  yellow: { title: { zh: '亮黄灯', en: 'The light turns yellow' }, due: 'context.dueOn - 15 days' },
  red: {
    title: { zh: '办结时限', en: 'Time limit of the item' },
    due: 'context.dueOn',
    remind: ['-3 workdays'],
  },
  stale: { title: { zh: '进展报告', en: 'Next progress report' }, due: 'entry + 1 month' },
  ...pressure.dates,
  ...delay.dates,
} as const

export const messages = {
  'item.settled': { title: { zh: '事项办结', en: 'An item is settled' } },
} as const

export const commands = {
  'item.register': {
    title: { zh: '登记立项', en: 'Register an item' },
    by: ['supervisor'],
    payload: Item,
    until: 'yearEnd',
    source: '将上级领导重要批示、区委中心工作、重点项目建设、民生承诺、人大政协议案办理等工作进行数据管理',
  },
  'progress.report': {
    title: { zh: '报告进展', en: 'Report progress' },
    by: ['owner'],
    payload: Progress,
    source: '台账推进',
  },
  'completion.submit': {
    title: { zh: '报请办结', en: 'Submit the completion' },
    by: ['owner'],
    payload: Completion,
  },
  'completion.return': {
    title: { zh: '退回续办', en: 'Return for more work' },
    by: ['supervisor'],
    payload: Reason,
    notBy: ['progress.report', 'completion.submit'],
    source: '真督实查,叫板求真',
  },
  'item.close': {
    title: { zh: '核查销号', en: 'Verify and close' },
    by: ['supervisor'],
    payload: Opinion,
    notBy: ['progress.report', 'completion.submit'],
    source: '严督查、务求真',
  },
  ...delay.commands,
  ...pressure.commands,
  'item.carryOver': {
    title: { zh: '结转下年', en: 'Carry over into the next year' },
    by: ['leader'],
    payload: Reason,
    opens: 'yearEnd',
    notBy: ['progress.report', 'completion.submit'],
  },
  'ledger.close': {
    title: { zh: '决定结账', en: 'Decide to close the ledger' },
    by: ['leader'],
    payload: Reason,
    opens: 'yearEnd',
  },
  'summary.submit': {
    title: { zh: '报送年度总结', en: 'Submit the summary of the year' },
    by: ['supervisor'],
    payload: Summary,
  },
  'summary.approve': {
    title: { zh: '审定年度总结', en: 'Approve the summary' },
    by: ['leader'],
    payload: Opinion,
    notBy: ['summary.submit'],
  },
  'summary.return': {
    title: { zh: '退回年度总结', en: 'Return the summary' },
    by: ['leader'],
    payload: Reason,
    notBy: ['summary.submit'],
  },
} as const
