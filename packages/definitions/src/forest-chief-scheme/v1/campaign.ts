import { notify, open, type CampaignFacts } from '@duban/engine'
import { periods, type Period } from '@duban/kit'
import type { Author, Kind } from './author.ts'

export type SchemeContext = {
  /** The quarters in which chiefs meet and villages report; the last ends before the summary. */
  quarters: Period[]
  conclusion: { reason: string; by: string; at: string } | null
}

/** 县: towns do their part, quarters are added up, until both are done or the county decides. */
export function campaign({ machine, on }: Author): Kind {
  return machine<SchemeContext, CampaignFacts>({
    updates: {
      recordConclusion: on('scheme.conclude', ({ payload, by, at }) => ({
        conclusion: { ...payload, by, at },
      })),
    },
  }).createMachine({
    meta: { title: { zh: '林长制工作', en: 'Forest chief scheme' } },
    context: ({ input }) => ({
      quarters: periods({
        from: input.startsOn,
        to: `${Number(input.startsOn.slice(0, 4)) + 1}-03-31`,
        every: 'quarter',
      }),
      conclusion: null,
    }),
    initial: 'running',
    states: {
      running: {
        meta: { title: { zh: '推行中', en: 'Running' } },
        type: 'parallel',
        entry: [
          open('town', { each: 'unitsBelow', with: { quarters: 'context.quarters' } }),
          open('quarter', { each: 'context.quarters' }),
        ],
        onDone: 'finished',
        after: { closes: 'overdue' },
        states: {
          towns: {
            meta: { title: { zh: '各镇', en: 'Towns' } },
            initial: 'working',
            states: {
              working: {
                meta: { title: { zh: '各镇推行中', en: 'Towns at work' } },
                on: { 'every.town.done': 'done' },
              },
              done: { meta: { title: { zh: '各镇完成', en: 'Towns done' } }, type: 'final' },
            },
          },
          quarters: {
            meta: { title: { zh: '季度', en: 'Quarters' } },
            initial: 'collecting',
            states: {
              collecting: {
                meta: { title: { zh: '季度汇总中', en: 'Quarters being added up' } },
                on: { 'every.quarter.collated': 'done' },
              },
              done: { meta: { title: { zh: '季度汇总完毕', en: 'Quarters done' } }, type: 'final' },
            },
          },
        },
      },
      overdue: {
        meta: { title: { zh: '到期未结', en: 'Overdue' } },
        tags: 'overdue',
        entry: notify('office', {
          zh: '仍有镇未完成，请督促或决定结束',
          en: 'Some towns are not done; press them or decide to conclude',
        }),
        on: {
          'every.town.done': 'finished',
          'scheme.conclude': { target: 'finished', actions: 'recordConclusion' },
        },
      },
      finished: { meta: { title: { zh: '已结束', en: 'Finished' } }, type: 'final' },
    },
  })
}
