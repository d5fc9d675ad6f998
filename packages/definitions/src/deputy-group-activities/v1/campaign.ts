import { notify, open } from '@duban/engine'
import type { Author, Kind } from './commands.ts'
import type { Summary } from './payloads.ts'

type CampaignContext = { summary: (Summary & { by: string; at: string }) | null }

/** 一年两次活动: the groups do them; the commission receives what they forward, and sums up. */
export function campaign({ machine, on }: Author): Kind {
  const submit = { 'summary.submit': { target: 'closed', actions: 'recordSummary' } }
  return machine<CampaignContext>({
    updates: {
      recordSummary: on('summary.submit', ({ payload, by, at }) => ({
        summary: { ...payload, by, at },
      })),
    },
  }).createMachine({
    meta: { title: { zh: '代表小组活动', en: 'Activities of the deputy groups' } },
    context: { summary: null },
    initial: 'underway',
    on: {
      'suggestions.forwarded': {
        actions: open('suggestion', { each: 'payload.suggestions', unit: 'group' }),
      },
    },
    states: {
      underway: {
        meta: {
          title: { zh: '开展两次活动', en: 'Two activities' },
          source: '代表小组一年内开展两次活动',
        },
        entry: open('group'),
        on: { 'every.group.settled': 'receiving' },
        after: { yearEnd: 'concluding' },
      },
      receiving: {
        meta: { title: { zh: '签收建议', en: 'Suggestions are received' } },
        on: { 'every.suggestion.received': 'concluding' },
        after: { yearEnd: 'concluding' },
      },
      concluding: {
        meta: { title: { zh: '待总结', en: 'To be summarized' } },
        on: submit,
        after: { summary: 'summaryOverdue' },
      },
      summaryOverdue: {
        meta: { title: { zh: '总结逾期', en: 'Summary overdue' } },
        tags: 'overdue',
        entry: notify('works', {
          zh: '年度总结逾期未报:{campaign}',
          en: 'The summary of the year is overdue: {campaign}',
        }),
        on: submit,
      },
      closed: { meta: { title: { zh: '年度活动结束', en: 'Year closed' } }, type: 'final' },
    },
  })
}
