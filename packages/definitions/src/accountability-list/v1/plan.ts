import { unitId } from '@duban/engine'
import { z } from 'zod'
import { adder } from '@duban/kit'
import { ladder } from '@duban/kit'
import { obligation } from '@duban/kit'
import { report } from '@duban/kit'

const words = z.string().trim().min(1).max(2000)
const no = z.string().trim().min(1).max(16)

/** 责任人: one of those who own an item together; `part` says which part of it is theirs. */
const Owner = z.strictObject({ unit: unitId(), part: words.optional() })
const Item = z.strictObject({
  no,
  title: words,
  dueOn: z.iso.date(),
  owners: z.array(Owner).min(1).max(50),
})
const Section = z.strictObject({ no, title: words, items: z.array(Item).min(1).max(100) })
/** 责任清单: sections of items, each item with its owners. */
export const List = z.strictObject({ sections: z.array(Section).min(1).max(30) })
export type Section = z.output<typeof Section>
export type Item = z.output<typeof Item>
export type Owner = z.output<typeof Owner>

export const Progress = z.strictObject({ progress: words })
export const Reason = z.strictObject({ reason: words })
export const Summary = z.strictObject({ summary: words })
const Opinion = z.strictObject({ opinion: words.optional() })

/** 向谁报告: those to whom the office reports twice a year. */
const superiors = { committee: '县委', discipline: '县纪委', audit: '市审计局' } as const
const Upward = z.strictObject({
  to: z.array(z.enum(['committee', 'discipline', 'audit']).meta({ titles: superiors })).min(1),
  summary: words,
})

export const roles = {
  office: {
    title: { zh: '办公室（牵头）', en: 'Leading office' },
    scope: 'campaign',
    recused: 'ownUnit',
  },
  lead: { title: { zh: '局主要负责人', en: 'Head of the bureau' }, scope: 'campaign' },
  discipline: { title: { zh: '派驻纪检组', en: 'Discipline inspection group' }, scope: 'campaign' },
  owner: { title: { zh: '责任人', en: 'Owner' }, scope: 'unit' },
} as const

export const pressure = ladder(
  'pressure',
  {
    urge: { by: ['office'], after: 'entry + 5 workdays' },
    circular: { by: ['office'] },
    interview: { by: ['discipline'] },
    account: { by: ['lead'], source: '加大问责力度、层层传导压力' },
  },
  { tell: ['owner'] },
)

/** What one owner does of an item: from the list to the office's acceptance. */
export const share = report('share', {
  title: { zh: '落实情况', en: 'Share of an item' },
  submit: ['owner'],
  record: z.strictObject({ result: words }),
  accept: ['office'],
  due: 'shareDue',
  tell: ['office'],
  press: pressure,
  source: '班子成员要落实“一岗双责”要求…督促分管股室认真履职',
})

export const upward = obligation('upward', {
  title: { zh: '向上级报告主体责任落实情况', en: 'Report to the superiors' },
  by: ['office'],
  record: Upward,
  tell: ['lead'],
  source: '定期向县委、县纪委和市审计局报告主体责任落实情况',
})

/** What goes up: how many shares are done, and how many of them late. */
export const tally = adder({
  shares: { title: { zh: '责任份数', en: 'Shares' } },
  late: { title: { zh: '逾期份数', en: 'Late shares' } },
})

export const dates = {
  issued: {
    title: { zh: '下发责任清单', en: 'The list is issued' },
    due: 'start + 1 month',
    remind: ['-5 workdays'],
  },
  shareDue: {
    title: { zh: '事项完成时限', en: 'The item is due' },
    due: 'context.dueOn',
    remind: ['-5 workdays'],
  },
  yearEnd: { title: { zh: '年度截止', en: 'The year ends' }, due: '12-31' },
  summary: { title: { zh: '年度总结', en: 'Summary of the year' }, due: 'yearEnd + 15 days' },
  ...share.dates,
  ...upward.dates,
  ...pressure.dates,
} as const

export const messages = {
  'share.told': { title: { zh: '一份责任已落实', en: 'A share is done' } },
  'item.told': { title: { zh: '一项已落实', en: 'An item is done' } },
  'section.told': { title: { zh: '分部分汇总', en: 'Totals of a section' } },
} as const

export const commands = {
  'list.issue': {
    title: { zh: '下发责任清单', en: 'Issue the list' },
    by: ['office'],
    payload: List,
  },
  'progress.report': {
    title: { zh: '报告进展', en: 'Report progress' },
    by: ['owner'],
    payload: Progress,
  },
  ...share.commands,
  ...pressure.commands,
  ...upward.commands,
  'list.conclude': {
    title: { zh: '决定带未结事项总结', en: 'Decide to conclude with items open' },
    by: ['lead'],
    payload: Reason,
    opens: 'yearEnd',
  },
  'summary.submit': {
    title: { zh: '报送年度总结', en: 'Submit the summary' },
    by: ['office'],
    payload: Summary,
  },
  'summary.approve': {
    title: { zh: '审定年度总结', en: 'Approve the summary' },
    by: ['lead'],
    payload: Opinion,
    notBy: ['summary.submit'],
  },
  'summary.return': {
    title: { zh: '退回年度总结', en: 'Return the summary' },
    by: ['lead'],
    payload: Reason,
    notBy: ['summary.submit'],
  },
} as const
