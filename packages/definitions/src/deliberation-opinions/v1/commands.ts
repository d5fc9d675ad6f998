import type { Author as AuthorOf, CommandSpec } from '@duban/engine'
import { approvals } from '@duban/kit'
import * as say from './payloads.ts'
import type { dates, messages, roles } from './plan.ts'

/** 审议意见, on its way from collation through the two who read it. */
export const opinions = approvals('opinions', {
  title: { zh: '审议意见', en: 'Opinions' },
  submit: ['secretary'],
  steps: {
    director: { title: { zh: '办公室主任审阅', en: 'Read by the director' }, sign: ['director'] },
    chair: { title: { zh: '常委会主任审阅', en: 'Read by the chair' }, sign: ['chair'] },
  },
  document: say.Opinions,
  due: 'drafted',
  source: '依次经人大办公室主任和人大常委会主任审阅',
})

const handedBack = '跟踪督办力量薄弱'

export const commands = {
  'matter.put': {
    title: { zh: '安排议题', en: 'Put a matter to the session' },
    by: ['secretary'],
    payload: say.Matter,
    until: 'lastSession',
    source: '适时调整确定每次常委会会议议题',
  },
  'card.fill': {
    title: { zh: '填写审议意见卡', en: 'Fill in the opinion card' },
    by: ['member'],
    payload: say.Card,
    source: '要求其结合调研,认真填写“审议意见卡”',
  },
  'session.record': {
    title: { zh: '记录会议审议', en: 'Record the session' },
    by: ['secretary'],
    payload: say.Session,
    source: '在常委会会议上听取和审议“一府两院”的专题工作报告',
  },
  ...opinions.commands,

  'vote.cast': {
    title: { zh: '表决审议意见', en: 'Vote on the opinions' },
    by: ['member'],
    payload: say.Vote,
    source: '一种是由常委会会议表决通过',
  },
  'vote.count': {
    title: { zh: '计票', en: 'Count the votes' },
    by: ['secretary'],
    payload: say.Count,
    source: '一种是由常委会会议表决通过',
  },
  'chairs.decide': {
    title: { zh: '主任会议讨论', en: 'Discussed by the chairs' },
    by: ['chairs'],
    payload: say.Adoption,
    notBy: ['opinions.submit'],
    source: '第二种是由主任会议讨论通过',
  },
  'responsible.decide': {
    title: { zh: '主要负责人决定', en: 'Decided by the person responsible' },
    by: ['responsible'],
    payload: say.Adoption,
    notBy: ['opinions.submit'],
    source: '第三种是由办事机构、工作机构或有关委员会的主要负责人决定',
  },

  'reply.submit': {
    title: { zh: '书面报送办理情况', en: 'Reply in writing' },
    by: ['department'],
    payload: say.Reply,
    source: '要求承办部门在规定的期限内书面报送办理情况',
  },
  'reply.return': {
    title: { zh: '退回办理情况', en: 'Return the reply' },
    by: ['director'],
    payload: say.Reason,
    notBy: ['reply.submit'],
    source: '敷衍办理,向人大常委会汇报整改情况也是应付了事',
  },
  'hearing.record': {
    title: { zh: '记录听取办理情况', en: 'Record the hearing' },
    by: ['secretary'],
    payload: say.Hearing,
    source: '有的地方是常委会会议或主任会议听取审议意见办理情况的报告',
  },
  'satisfaction.vote': {
    title: { zh: '满意度测评', en: 'Vote on satisfaction' },
    by: ['member'],
    payload: say.SatisfactionVote,
    notBy: ['reply.submit'],
    source: handedBack,
  },
  'satisfaction.count': {
    title: { zh: '汇总满意度测评', en: 'Count the satisfaction' },
    by: ['secretary'],
    payload: say.Count,
    notBy: ['reply.submit'],
    source: handedBack,
  },
  'matter.decide': {
    title: { zh: '决定多次不满意事项', en: 'Decide on what never satisfied' },
    by: ['chair'],
    payload: say.Decision,
    notBy: ['reply.submit'],
  },

  'conclusion.decide': {
    title: { zh: '决定带未结议题总结', en: 'Decide to conclude with matters unsettled' },
    by: ['chair'],
    payload: say.Reason,
    opens: 'yearEnd',
  },
  'summary.submit': {
    title: { zh: '年终总结', en: 'Sum up the year' },
    by: ['secretary'],
    payload: say.Summary,
    source: '听取“一府两院”专题工作报告24个,形成审议意见20件,交办20件,但到年终盘底',
  },
} as const satisfies { [name: string]: CommandSpec<keyof typeof roles, keyof typeof dates> }

export type Author = AuthorOf<typeof commands, typeof messages, keyof typeof dates>
export type { Kind } from '@duban/engine'
