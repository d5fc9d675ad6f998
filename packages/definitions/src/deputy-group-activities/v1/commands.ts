import type { Author as AuthorOf, CommandSpec } from '@duban/engine'
import { z } from 'zod'
import { label, Reason } from '@duban/kit'
import { Contacts, DeputyList, DutyReport, Help, Suggestion, Summary } from './payloads.ts'
import { first, second, type dates, type messages, type roles } from './plan.ts'

export const commands = {
  'deputies.list': {
    title: { zh: '登记小组代表', en: 'List the deputies' },
    by: ['convener'],
    payload: DeputyList,
  },
  ...first.commands,
  ...second.commands,

  'deputy.nameContacts': {
    title: { zh: '确定联系群众', en: 'Name the contacts' },
    by: ['deputy'],
    only: 'context.person',
    payload: Contacts,
    source: '确定每位县人大代表的至少3名联系群众的姓名、电话并附每户的基本情况',
  },
  'deputy.reportHelp': {
    title: { zh: '汇报帮扶情况', en: 'Report on the help given' },
    by: ['deputy'],
    only: 'context.person',
    payload: Help,
    source: '汇报每名县人大代表对中3名联系群众的帮扶情况',
  },
  'deputy.reportDuty': {
    title: { zh: '向选民述职', en: 'Report to the constituents' },
    by: ['deputy'],
    only: 'context.person',
    payload: DutyReport,
    source: '组织代表交流履职经验,并向选民述职',
  },
  'deputy.excuse': {
    title: { zh: '同意不再补做', en: 'Excuse the deputy' },
    by: ['works'],
    notBy: ['deputy.nameContacts', 'deputy.reportHelp', 'deputy.reportDuty'],
    payload: Reason,
  },
  'suggestion.collect': {
    title: { zh: '收集建议、批评、意见', en: 'Collect a suggestion' },
    by: ['deputy'],
    only: 'context.person',
    payload: Suggestion,
    source: '广泛听取群众的意见和要求,认真反映群众诉求',
  },
  'suggestions.forward': {
    title: { zh: '报送建议、批评、意见', en: 'Forward the suggestions' },
    by: ['convener'],
    payload: z.strictObject({ note: label.optional() }),
    source: '向县人大常委委员会代表工作委员会报送收集到的建议、批评、意见',
  },
  'suggestion.receive': {
    title: { zh: '签收', en: 'Receive the suggestion' },
    by: ['works'],
    payload: z.strictObject({ handedTo: label }),
  },
  'summary.submit': {
    title: { zh: '年度总结', en: 'Submit the summary' },
    by: ['works'],
    payload: Summary,
  },
} as const satisfies { [name: string]: CommandSpec<keyof typeof roles, keyof typeof dates> }

export type Author = AuthorOf<typeof commands, typeof messages, keyof typeof dates>
export type { Kind } from '@duban/engine'
