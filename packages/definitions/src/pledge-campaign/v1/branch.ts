import { notify, open, tell } from '@duban/engine'
import type { Author, Kind } from './commands.ts'
import type { BranchReport, Rated } from './payloads.ts'
import { progress, stars, study } from './plan.ts'

type BranchContext = {
  /** 先后三次: what its general meetings are opened with. */
  meetings: { title: string }[]
  pledge: { title: string }
  reports: (BranchReport & { by: string; at: string })[]
  /** 星级: the branch's own and its members'. */
  ratings: Rated[]
} & typeof study.ledger.context &
  typeof progress.context &
  typeof stars.context

/** 党支部: its meetings, its pledge and its members', the boards on which they stand. */
export function branch({ machine, on }: Author): Kind {
  const list = {
    'branch.list': {
      target: 'unitPledging',
      actions: [
        open('memberPledge', { each: 'payload.members' }),
        open('unitPledge', { from: 'context.pledge' }),
        open('study', { each: 'context.meetings' }),
      ],
    },
  } as const
  const rated = { actions: 'recordRating' }

  return machine<BranchContext>({
    guards: { ...progress.guards, ...stars.guards },
    updates: {
      ...study.ledger.updates,
      ...progress.updates,
      ...stars.updates,
      recordReport: on('branch.report', ({ context, payload, by, at }) => ({
        reports: [...context.reports, { ...payload, by, at }],
      })),
      recordRating: ({ context, event }) => ({
        ratings: [...context.ratings, event.payload as Rated],
      }),
    },
  }).createMachine({
    meta: { title: { zh: '党支部', en: 'Branch' } },
    context: {
      meetings: [{ title: '第一次:学习培训' }, { title: '第二次:再动员' }, { title: '第三次:再部署' }],
      pledge: { title: '五项活动' },
      reports: [],
      ratings: [],
      ...study.ledger.context,
      ...progress.context,
      ...stars.context,
    },
    initial: 'listing',
    on: {
      ...study.ledger.on,
      'branch.report': { actions: 'recordReport' },
      'unitPledge.rated': rated,
      'memberPledge.rated': rated,
    },
    states: {
      listing: {
        meta: { title: { zh: '登记党员', en: 'Listing members' } },
        on: list,
        after: { listed: 'listingOverdue' },
      },
      listingOverdue: {
        meta: { title: { zh: '党员名单逾期', en: 'List overdue' } },
        tags: 'overdue',
        entry: notify(['committee', 'secretary'], {
          zh: '{unit}党支部逾期未登记党员',
          en: 'The branch of {unit} has not listed its members',
        }),
        on: list,
      },
      unitPledging: {
        meta: { title: { zh: '支部承诺', en: 'The branch pledges' }, source: '党支部承诺事项' },
        on: { 'every.unitPledge.inForce': 'memberPledging' },
      },
      memberPledging: {
        meta: { title: { zh: '党员承诺', en: 'Members pledge' }, source: '党员…做出公开承诺' },
        on: { 'every.memberPledge.inForce': 'carryingOut' },
      },
      carryingOut: {
        meta: { title: { zh: '践诺', en: 'Pledges are kept' }, source: '检查承诺事项落实情况' },
        on: { 'every.memberPledge.talked': 'unitTalk' },
      },
      unitTalk: {
        meta: { title: { zh: '支部述讲', en: 'The branch tells' }, source: '一讲' },
        on: { 'every.unitPledge.talked': 'showingProgress' },
      },
      showingProgress: { ...progress.state, onDone: 'assessing' },
      assessing: {
        meta: { title: { zh: '评议', en: 'Assessment' }, source: '二评' },
        entry: [
          tell({ children: 'memberPledge' }, 'assessment.opened'),
          tell({ children: 'unitPledge' }, 'assessment.opened'),
        ],
        on: { 'every.memberPledge.rated': 'unitRating' },
      },
      unitRating: {
        meta: { title: { zh: '支部评星', en: 'The branch is rated' }, source: '评星定格' },
        on: { 'every.unitPledge.rated': 'showingStars' },
      },
      showingStars: { ...stars.state, onDone: 'catchingUp' },
      catchingUp: {
        meta: { title: { zh: '学习补课', en: 'Meetings being made up' }, source: '进行补课' },
        on: { 'every.study.complete': 'settled' },
      },
      settled: {
        meta: { title: { zh: '活动完成', en: 'Done' } },
        type: 'final',
        tags: 'settled',
      },
    },
  })
}
