import { notify, open } from '@duban/engine'
import { satisfactionStatistics, type Statistics } from '@duban/kit'
import type { Author, Kind } from './commands.ts'
import type { Settled, Summary } from './payloads.ts'

type Done = { by: string; at: string }
type CampaignContext = {
  settled: Settled[]
  decision: ({ reason: string } & Done) | null
  /** With what the year's votes come to, in all and by department. */
  summary: (Summary & Done & { statistics: Statistics }) | null
}

/** 年度: matters are put all year, each goes its own way, and the year is summed up. */
export function campaign({ machine, on }: Author): Kind {
  return machine<CampaignContext>({
    updates: {
      noteSettled: on('matter.settled', ({ context, payload }) => ({
        settled: [...context.settled, payload],
      })),
      recordDecision: on('conclusion.decide', ({ payload, by, at }) => ({
        decision: { ...payload, by, at },
      })),
      recordSummary: on('summary.submit', ({ context, payload, by, at }) => ({
        summary: { ...payload, by, at, statistics: satisfactionStatistics(context.settled) },
      })),
    },
  }).createMachine({
    meta: { title: { zh: '人大常委会审议意见办理', en: 'Opinions of a standing committee' } },
    context: { settled: [], decision: null, summary: null },
    initial: 'running',
    on: { 'matter.settled': { actions: 'noteSettled' } },
    states: {
      running: {
        meta: { title: { zh: '安排议题和审议', en: 'Matters are put' } },
        on: {
          'matter.put': { actions: open('matter', { from: 'payload', unit: 'owner' }) },
        },
        after: { lastSession: 'handling' },
      },
      handling: {
        meta: { title: { zh: '办理审议意见', en: 'Opinions are handled' } },
        on: { 'every.matter.settled': 'summarising' },
        after: { yearEnd: 'overdue' },
      },
      overdue: {
        meta: { title: { zh: '年终仍有未结', en: 'Not all settled at the end of the year' } },
        tags: 'overdue',
        entry: notify(['chair', 'director'], {
          zh: '年终仍有审议意见未办结，请督促或决定总结：{campaign}',
          en: 'Some opinions are not settled; press for them or decide to conclude: {campaign}',
        }),
        on: {
          'every.matter.settled': 'summarising',
          'conclusion.decide': { target: 'summarising', actions: 'recordDecision' },
        },
      },
      summarising: {
        meta: { title: { zh: '年终总结', en: 'Summing up' }, source: '但到年终盘底' },
        on: { 'summary.submit': { target: 'closed', actions: 'recordSummary' } },
      },
      closed: { meta: { title: { zh: '已结束', en: 'Closed' } }, type: 'final' },
    },
  })
}
