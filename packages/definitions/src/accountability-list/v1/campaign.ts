import { notify, open, type CampaignFacts } from '@duban/engine'
import type { z } from 'zod'
import { periods, type Period } from '@duban/kit'
import type { Author, Kind } from './author.ts'
import { tally, type Summary } from './plan.ts'

type Done = { by: string; at: string }
type Totals = typeof tally.none

export type ListContext = {
  halves: Period[]
  /** Totals by section (分部分), replaced as a section tells anew; as many rows as the list has sections. */
  bySection: { [no: string]: Totals }
  totals: Totals
  decision: ({ reason: string } & Done) | null
  summary: (z.output<typeof Summary> & Done) | null
}

/** 责任清单: issued at the start, done when every section is; reported on to the superiors meanwhile. */
export function campaign({ machine, on }: Author): Kind {
  const concluding = {
    'list.conclude': { target: 'summarising', actions: 'recordDecision' },
  }
  return machine<ListContext, CampaignFacts>({
    updates: {
      addSection: ({ context, event }) => {
        const { no, totals } = event.payload as { no: string; totals: Totals }
        const bySection = { ...context.bySection, [no]: totals }
        return { bySection, totals: Object.values(bySection).reduce(tally.add, tally.none) }
      },
      recordDecision: on('list.conclude', ({ payload, by, at }) => ({
        decision: { ...payload, by, at },
      })),
      recordSummary: on('summary.submit', ({ payload, by, at }) => ({
        summary: { ...payload, by, at },
      })),
    },
  }).createMachine({
    meta: { title: { zh: '责任清单', en: 'Accountability list' } },
    context: ({ input }) => ({
      halves: periods({
        from: input.startsOn,
        to: `${input.startsOn.slice(0, 4)}-12-31`,
        every: 'half-year',
      }),
      bySection: {},
      totals: tally.none,
      decision: null,
      summary: null,
    }),
    initial: 'listing',
    on: { 'section.told': { actions: 'addSection' } },
    states: {
      listing: {
        meta: { title: { zh: '待下发清单', en: 'The list is to be issued' } },
        on: {
          'list.issue': {
            target: 'running',
            actions: open('section', { each: 'payload.sections' }),
          },
        },
        after: {
          issued: {
            actions: notify(['office', 'lead'], {
              zh: '责任清单逾期未下发',
              en: 'The list is overdue',
            }),
          },
        },
      },
      running: {
        meta: { title: { zh: '落实中', en: 'Being carried out' } },
        type: 'parallel',
        entry: open('upward', { each: 'context.halves' }),
        onDone: 'summarising',
        after: { yearEnd: 'overdue' },
        states: {
          items: {
            meta: { title: { zh: '事项', en: 'Items' } },
            initial: 'open',
            states: {
              open: {
                meta: { title: { zh: '事项落实中', en: 'Items open' } },
                on: { 'every.section.done': 'done' },
              },
              done: {
                meta: { title: { zh: '事项全部落实', en: 'All items done' } },
                type: 'final',
              },
            },
          },
          reports: {
            meta: { title: { zh: '向上级报告', en: 'Reports to the superiors' } },
            initial: 'due',
            states: {
              due: {
                meta: { title: { zh: '定期报告中', en: 'Reports due' } },
                on: { 'every.upward.done': 'done' },
              },
              done: { meta: { title: { zh: '报告完毕', en: 'All reported' } }, type: 'final' },
            },
          },
        },
      },
      overdue: {
        meta: { title: { zh: '年度已到，仍有未结', en: 'The year is over and some is open' } },
        tags: 'overdue',
        entry: notify(['lead', 'office'], {
          zh: '年度已到，仍有事项或报告未结，请督促或决定总结',
          en: 'Items or reports are open; press for them or decide to conclude',
        }),
        on: { 'every.section.done': 'summarising', ...concluding },
      },
      summarising: {
        meta: { title: { zh: '待报总结', en: 'Summary to be submitted' } },
        on: { 'summary.submit': { target: 'approving', actions: 'recordSummary' } },
        after: {
          summary: {
            actions: notify(['lead', 'office'], {
              zh: '年度总结逾期未报',
              en: 'The summary is overdue',
            }),
          },
        },
      },
      approving: {
        meta: { title: { zh: '总结待审', en: 'Summary awaiting approval' } },
        on: { 'summary.approve': 'closed', 'summary.return': 'summarising' },
      },
      closed: { meta: { title: { zh: '已结束', en: 'Closed' } }, type: 'final' },
    },
  })
}
