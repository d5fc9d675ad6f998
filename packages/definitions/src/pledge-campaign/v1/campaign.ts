import { notify, open } from '@duban/engine'
import type { Author, Kind } from './commands.ts'
import type { Summary } from './payloads.ts'

type CampaignContext = { summary: (Summary & { by: string; at: string }) | null }

/** 创先争优公开承诺: the branches do it, the committee sums up. */
export function campaign({ machine, on }: Author): Kind {
  const submit = { 'summary.submit': { target: 'closed', actions: 'recordSummary' } }
  return machine<CampaignContext>({
    updates: {
      recordSummary: on('summary.submit', ({ payload, by, at }) => ({
        summary: { ...payload, by, at },
      })),
    },
  }).createMachine({
    meta: { title: { zh: '公开承诺', en: 'Pledge campaign' } },
    context: { summary: null },
    initial: 'underway',
    states: {
      underway: {
        meta: { title: { zh: '开展活动', en: 'Underway' } },
        entry: open('branch'),
        on: { 'every.branch.settled': 'concluding' },
        after: { ends: 'concluding' },
      },
      concluding: {
        meta: { title: { zh: '待总结', en: 'To be summarized' } },
        on: submit,
        after: { summary: 'summaryOverdue' },
      },
      summaryOverdue: {
        meta: { title: { zh: '总结逾期', en: 'Summary overdue' } },
        tags: 'overdue',
        entry: notify('committee', {
          zh: '总结逾期未报:{campaign}',
          en: 'The summary is overdue: {campaign}',
        }),
        on: submit,
      },
      closed: { meta: { title: { zh: '已结束', en: 'Closed' } }, type: 'final' },
    },
  })
}
