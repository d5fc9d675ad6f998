import { measure, meeting, policy, quarterly, scheme, seven, summary } from './pieces.ts'
import { Announcement, Check, Reason, Summary } from './records.ts'

export const roles = {
  office: { title: { zh: '县林长制办公室', en: 'County office' }, scope: 'campaign' },
  townChief: { title: { zh: '镇林长、副林长', en: 'Chief of the town' }, scope: 'unit' },
  townOffice: { title: { zh: '镇林长制办公室', en: 'Town office' }, scope: 'unit' },
  police: { title: { zh: '派出所', en: 'Police station' }, scope: 'unit' },
  // 分级设立林长: a village has its own; the town's chief answers for all of its villages.
  chief: { title: { zh: '村级林长', en: 'Chief of the village' }, scope: 'unit' },
} as const

const remind = ['-3 days'] as const
export const dates = {
  prepared: {
    title: { zh: '准备阶段结束', en: 'Preparation ends' },
    due: '11-05',
    remind,
    source: '2020年10月12日-2020年11月5日',
  },
  launched: {
    title: { zh: '启动大会', en: 'Launch meeting' },
    due: '11-05',
    remind,
    source: '2020年11月5日前',
  },
  paired: {
    title: { zh: '对接包保村', en: 'Pairing' },
    due: '11-06',
    remind,
    source: '2020年11月6日前',
  },
  filed: {
    title: { zh: '方案资料备案', en: 'Filing' },
    due: '11-15',
    remind,
    source: '2020年11月15日前',
  },
  split: {
    title: { zh: '目标分解、一林一策', en: 'Goals and the villages’ plans' },
    due: '12-15',
    remind,
    source: '2020年12月15日前',
  },
  policed: {
    title: { zh: '“一林一警”备案', en: 'Roster' },
    due: '12-31',
    remind,
    source: '2020年12月31日前',
  },
  archived: {
    title: { zh: '基础档案', en: 'Archive' },
    due: '02-28 next year',
    remind,
    source: '2021年2月28日前',
  },
  planted: {
    title: { zh: '认养认建', en: 'Planting' },
    due: '05-01 next year',
    remind,
    source: '2021年5月1日前',
  },
  inspectionOpens: {
    title: { zh: '检查验收开始', en: 'Inspection begins' },
    due: '11-30',
    at: 'start of day',
    source: '检查验收阶段(2020年11月30日-2021年5月1日)',
  },
  summaryDue: {
    title: { zh: '总结报告', en: 'Summary' },
    due: '04-10 next year',
    remind,
    source: '2021年4月10日',
  },
  closes: {
    title: { zh: '实施和检查验收结束', en: 'Implementation and inspection end' },
    due: '05-01 next year',
    notBefore: 'summaryDue',
    source: '实施阶段(2020年11月6日-2021年5月1日)',
  },
  ...scheme.dates,
  ...policy.dates,
  ...meeting.dates,
  ...quarterly.dates,
  ...summary.dates,
  ...measure.dates,
} as const

export const messages = { ...quarterly.messages } as const

export const commands = {
  ...scheme.commands,
  ...seven.commands,
  ...policy.commands,
  ...meeting.commands,
  'check.announce': {
    title: { zh: '检查前工作提示', en: 'Announce a check' },
    by: ['townOffice'],
    payload: Announcement,
    opens: 'inspectionOpens',
    source: '检查前将进行工作提示',
  },
  'check.record': {
    title: { zh: '记录检查结果', en: 'Record a check' },
    by: ['townOffice'],
    payload: Check,
    source: '镇林长制办公室将对各村林长的任务完成情况陆续展开检查',
  },
  ...measure.commands,
  'results.publish': {
    title: { zh: '全镇通报检查结果', en: 'Publish the results' },
    by: ['townOffice'],
    payload: Summary,
    source: '检查结束后,根据实际情况和工作需要,把检查结果进行全镇通报',
  },
  ...quarterly.commands,
  ...summary.commands,
  'scheme.conclude': {
    title: { zh: '决定带未结事项结束', en: 'Conclude with something open' },
    by: ['office'],
    payload: Reason,
    opens: 'closes',
  },
} as const
