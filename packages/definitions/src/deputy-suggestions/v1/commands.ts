import type { Author as AuthorOf, CommandSpec, MessageSpec } from '@duban/engine'
import { approvals } from '@duban/kit'
import { satisfaction } from '@duban/kit'
import * as say from './payloads.ts'
import { dates as planned, type roles } from './plan.ts'

/** 答复, rated by the deputy who leads the suggestion. */
export const reply = satisfaction('reply', {
  title: { zh: '答复', en: 'Reply' },
  answer: ['handler'],
  rate: ['deputy'],
  filer: 'lead',
  decide: ['leader'],
  again: 2,
  due: 'replied',
  payload: say.Reply,
  unit: 'owner',
  sources: {
    answer: '能解决的马上办理,一时不能解决的列入年度工作计划中解决',
    rate: '开展满意度测评等方式',
    decide: '代表不满意件跟踪督办',
  },
})

/** 办理情况报告, approved by the committee's leadership. */
export const report = approvals('report', {
  title: { zh: '办理情况报告', en: 'Report' },
  submit: ['works'],
  steps: {
    chair: { title: { zh: '常委会领导审定', en: 'Approved by the chair' }, sign: ['chair'] },
  },
  due: 'reported',
  copy: ['deputy', 'leader'],
})

export const dates = { ...planned, ...reply.dates }

export const messages = {
  ...reply.messages,
  'matter.closed': { title: { zh: '建议办结', en: 'Matter closed' }, payload: say.Closed },
} as const satisfies { [name: string]: MessageSpec }

export const commands = {
  'call.issue': {
    title: { zh: '发出征集函', en: 'Issue the call' },
    by: ['works'],
    payload: say.Call,
    source: '向全区人大代表发出了《关于征集闭会期间代表建议的函》',
  },
  'suggestion.file': {
    title: { zh: '提出建议', en: 'File a suggestion' },
    by: ['deputy'],
    payload: say.Suggestion,
    until: 'callCloses',
    source: '认真听取民意、了解民情、搞好调研,积极撰写闭会期间的建议',
  },
  'matter.assign': {
    title: { zh: '并案、分解和交办', en: 'Merge, split and assign' },
    by: ['works'],
    payload: say.Assign,
    source: '及时衔接相关工作,确保代表提出的闭会期间建议能够得到及时交办',
  },
  'assigning.finish': {
    title: { zh: '交办完毕', en: 'All is assigned' },
    by: ['works'],
    payload: say.Nothing,
    opens: 'callCloses',
  },
  'unassigned.decide': {
    title: { zh: '说明未交办的建议', en: 'Explain what is not assigned' },
    by: ['chair'],
    payload: say.Reason,
    opens: 'assigned',
  },
  ...reply.commands,
  'key.entrust': {
    title: { zh: '明确领办领导', en: 'Entrust a leader' },
    by: ['works'],
    payload: say.Entrust,
    source: '坚持重点建议重点督办',
  },
  'key.inspect': {
    title: { zh: '视察督办', en: 'Look at the progress' },
    by: ['leader'],
    only: 'context.leader',
    notBy: ['reply.answer'],
    payload: say.Inspection,
    source: '通过视察办理工作进展情况',
  },
  'conclusion.decide': {
    title: { zh: '决定带未结事项总结', en: 'Decide to conclude with matters open' },
    by: ['chair'],
    payload: say.Reason,
    opens: 'handled',
  },
  ...report.commands,
} as const satisfies { [name: string]: CommandSpec<keyof typeof roles, keyof typeof dates> }

export type Author = AuthorOf<typeof commands, typeof messages, keyof typeof dates>
export type { Kind } from '@duban/engine'
