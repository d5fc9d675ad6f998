import { notify, open } from '@duban/engine'
import type { z } from 'zod'
import type { Author, Kind } from './author.ts'
import { sources, type Source, type Summary } from './plan.ts'

type Done = { by: string; at: string }
type Counts = { registered: number; closed: number; late: number; carried: number }

export type LedgerContext = {
  /** Counts, not rows: the ledger does not grow with the year. The items are its children. */
  counts: { [S in Source]: Counts }
  decision: ({ reason: string } & Done) | null
  summary: (z.output<typeof Summary> & Done) | null
}

const none: Counts = { registered: 0, closed: 0, late: 0, carried: 0 }

/** 台账: takes items in all year; at its end each is settled, carried over, or closed by decision. */
export function ledger({ machine, on }: Author): Kind {
  return machine<LedgerContext>({
    updates: {
      countRegistered: on('item.register', ({ context: { counts }, payload: { source } }) => {
        const { registered } = counts[source]
        return {
          counts: { ...counts, [source]: { ...counts[source], registered: registered + 1 } },
        }
      }),
      countSettled: ({ context: { counts }, event }) => {
        const { source, late, carried } = event.payload as {
          source: Source
          late: boolean
          carried: boolean
        }
        const before = counts[source]
        const now = {
          ...before,
          closed: before.closed + Number(!carried),
          carried: before.carried + Number(carried),
          late: before.late + Number(late),
        }
        return { counts: { ...counts, [source]: now } }
      },
      recordDecision: on('ledger.close', ({ payload, by, at }) => ({
        decision: { ...payload, by, at },
      })),
      recordSummary: on('summary.submit', ({ payload, by, at }) => ({
        summary: { ...payload, by, at },
      })),
    },
  }).createMachine({
    meta: { title: { zh: '督查台账', en: 'Supervision ledger' }, source: '台账推进' },
    context: {
      counts: Object.fromEntries(Object.keys(sources).map((source) => [source, none])) as LedgerContext['counts'],
      decision: null,
      summary: null,
    },
    initial: 'running',
    on: { 'item.settled': { actions: 'countSettled' } },
    states: {
      running: {
        meta: { title: { zh: '督查进行中', en: 'Running' }, source: '创新推行“大督查”模式' },
        on: {
          'item.register': {
            actions: [
              'countRegistered',
              open('item', {
                from: 'payload',
                unit: 'owner',
                with: { filedBy: 'by', filedAt: 'at' },
              }),
            ],
          },
        },
        after: { yearEnd: 'closing' },
      },
      closing: {
        meta: { title: { zh: '年终清账', en: 'Closing the year' } },
        entry: notify(['leader', 'supervisor'], {
          zh: '年度已到，未结事项请办结、结转或决定结账',
          en: 'The year is over: settle, carry over or close what is open',
        }),
        on: {
          'every.item.settled': 'summarising',
          'ledger.close': { target: 'summarising', actions: 'recordDecision' },
        },
        after: {
          summary: {
            actions: notify(['leader', 'supervisor'], {
              zh: '年度总结逾期：仍有事项未结',
              en: 'The summary is overdue: some items are open',
            }),
          },
        },
      },
      summarising: {
        meta: { title: { zh: '待报年度总结', en: 'Summary to be submitted' } },
        on: { 'summary.submit': { target: 'approving', actions: 'recordSummary' } },
        after: { summary: 'summaryOverdue' },
      },
      summaryOverdue: {
        meta: { title: { zh: '年度总结逾期', en: 'Summary overdue' } },
        tags: 'overdue',
        entry: notify(['leader', 'supervisor'], {
          zh: '年度督查总结逾期未报',
          en: 'The summary of the year is overdue',
        }),
        on: { 'summary.submit': { target: 'approving', actions: 'recordSummary' } },
      },
      approving: {
        meta: { title: { zh: '年度总结待审', en: 'Summary awaiting approval' } },
        on: { 'summary.approve': 'closed', 'summary.return': 'summarising' },
      },
      closed: { meta: { title: { zh: '已结账', en: 'Closed' } }, type: 'final' },
    },
  })
}
