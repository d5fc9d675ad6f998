import type { Author as AuthorOf, CommandSpec } from '@duban/engine'
import { BranchReport, MemberList, Summary } from './payloads.ts'
import { memberPledge, progress, stars, study, unitPledge, type dates, type messages, type roles } from './plan.ts'

export const commands = {
  'branch.list': {
    title: { zh: '登记党员', en: 'List the members' },
    by: ['secretary'],
    payload: MemberList,
  },
  'branch.report': {
    title: { zh: '汇报请示', en: 'Report upward' },
    by: ['secretary'],
    payload: BranchReport,
    source: '将支部开展创先争优活动的进展情况、特色做法和实际成效向上级汇报',
  },
  ...study.commands,
  ...unitPledge.commands,
  ...memberPledge.commands,
  ...progress.commands,
  ...stars.commands,
  'summary.submit': {
    title: { zh: '总结', en: 'Submit the summary' },
    by: ['committee'],
    payload: Summary,
  },
} as const satisfies { [name: string]: CommandSpec<keyof typeof roles, keyof typeof dates> }

export type Author = AuthorOf<typeof commands, typeof messages, keyof typeof dates>
export type { Kind } from '@duban/engine'
