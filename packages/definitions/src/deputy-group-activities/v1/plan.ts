import type { DateSpec, MessageSpec, RoleSpec } from '@duban/engine'
import { session } from '@duban/kit'
import { FirstMinutes, Forwarded, SecondMinutes, Collected } from './payloads.ts'

export const roles = {
  works: {
    title: { zh: '县人大常委会代表工作委员会', en: 'Deputies Affairs Commission' },
    scope: 'campaign',
  },
  convener: { title: { zh: '代表小组组长', en: 'Convener of the group' }, scope: 'unit' },
  deputy: { title: { zh: '县人大代表', en: 'Deputy' }, scope: 'unit' },
} as const satisfies { [name: string]: RoleSpec }

// 每次活动的时间具体通知: the commission names the day to each group.
const who = { announce: ['works'], record: ['convener'], decide: ['works'] } as const
const within = { recordWithin: '5 workdays', makeUpWithin: '15 workdays' } as const

export const first = session('first', {
  title: { zh: '第一次活动', en: 'First activity' },
  ...who,
  ...within,
  announceBy: 'firstNamed',
  minutes: FirstMinutes,
  source: '围绕…人民群众普遍关注的热点问题开展视察调研',
})
export const second = session('second', {
  title: { zh: '第二次活动', en: 'Second activity' },
  ...who,
  ...within,
  announceBy: 'secondNamed',
  minutes: SecondMinutes,
  source: '并写出有质量的视察调研报告',
})

export const dates = {
  listed: {
    title: { zh: '登记小组代表', en: 'Deputies listed' },
    due: 'start + 15 days',
    remind: ['-3 workdays'],
  },
  firstNamed: {
    title: { zh: '第一次活动应通知时间', en: 'First activity notified' },
    due: '06-30',
    notBefore: 'listed',
    remind: ['-10 workdays'],
    source: '代表小组一年内开展两次活动,每次活动的时间具体通知',
  },
  secondNamed: {
    title: { zh: '第二次活动应通知时间', en: 'Second activity notified' },
    due: '10-31',
    notBefore: 'firstNamed',
    remind: ['-10 workdays'],
    source: '代表小组一年内开展两次活动,每次活动的时间具体通知',
  },
  yearEnd: {
    title: { zh: '年度活动结束', en: 'End of the year' },
    due: '12-31',
    notBefore: 'secondNamed',
    remind: ['-10 workdays'],
    source: '代表小组一年内开展两次活动',
  },
  summary: {
    title: { zh: '年度总结', en: 'Summary of the year' },
    due: '01-20 next year',
    notBefore: 'yearEnd',
    remind: ['-5 workdays'],
  },
  /** Contacts, help and the report to constituents belong to the activity; this is the time to write them down. */
  duties: {
    title: { zh: '代表完成活动任务', en: 'Duties of the deputy' },
    due: 'entry + 5 workdays',
    remind: ['-2 workdays'],
  },
  forwarded: {
    title: { zh: '报送建议、批评、意见', en: 'Suggestions forwarded' },
    due: 'entry + 10 workdays',
    remind: ['-3 workdays'],
    source: '向县人大常委委员会代表工作委员会报送收集到的建议、批评、意见',
  },
  received: {
    title: { zh: '签收建议', en: 'Suggestion received' },
    due: 'entry + 5 workdays',
    remind: ['-1 workday'],
  },
  ...first.dates,
  ...second.dates,
} as const satisfies { [name: string]: DateSpec }

export const messages = {
  'first.began': { title: { zh: '第一次活动已开展', en: 'First activity was held' } },
  'second.began': { title: { zh: '第二次活动已开展', en: 'Second activity was held' } },
  'suggestion.collected': {
    title: { zh: '收集到一条意见', en: 'Suggestion collected' },
    payload: Collected,
  },
  'suggestions.forwarded': {
    title: { zh: '报送收集到的建议、批评、意见', en: 'Suggestions forwarded' },
    payload: Forwarded,
  },
  ...first.messages,
  ...second.messages,
} as const satisfies { [name: string]: MessageSpec }
