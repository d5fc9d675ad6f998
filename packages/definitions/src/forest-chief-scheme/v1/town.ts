import { notify, open, type StateSpec } from '@duban/engine'
import type { z } from 'zod'
import type { Period } from '@duban/kit'
import type { Author, Kind } from './author.ts'
import { scheme, seven, summary } from './pieces.ts'
import type { Summary } from './records.ts'

type Input = { id: string; quarters: Period[] }
export type TownContext = typeof scheme.context &
  typeof seven.context &
  typeof summary.context & {
    quarters: Period[]
    /** The results of the checks, told to the whole town. */
    published: (z.output<typeof Summary> & { by: string; at: string }) | null
    met: boolean
    villages: boolean
  }

const ended = (zh: string, en: string): StateSpec => ({
  meta: { title: { zh, en } },
  type: 'final',
})

/** 镇: its stages overlap, so they stand side by side. */
export function town({ machine, on }: Author): Kind {
  const publish = { 'results.publish': { target: 'published', actions: 'recordResults' } }

  return machine<TownContext, Input>({
    guards: {
      ...seven.guards,
      townDone: ({ context }) =>
        context.scheme.accepted !== null &&
        Object.values(context.tasks).every((task) => task !== null) &&
        context.published !== null &&
        context.met &&
        context.villages &&
        context.summary.accepted !== null,
    },
    updates: {
      ...scheme.updates,
      ...seven.updates,
      ...summary.updates,
      recordResults: on('results.publish', ({ payload, by, at }) => ({
        published: { ...payload, by, at },
      })),
      allMet: () => ({ met: true }),
      allVillages: () => ({ villages: true }),
    },
  }).createMachine({
    meta: { title: { zh: '镇', en: 'Town' } },
    context: ({ input }) => ({
      ...scheme.context,
      ...seven.context,
      ...summary.context,
      quarters: input.quarters,
      published: null,
      met: false,
      villages: false,
    }),
    initial: 'running',
    states: {
      running: {
        meta: { title: { zh: '推行中', en: 'Running' } },
        type: 'parallel',
        entry: [open('village', { each: 'unitsBelow' }), open('meeting', { each: 'context.quarters' })],
        always: { guard: 'townDone', target: 'done' },
        states: {
          preparation: {
            meta: { title: { zh: '准备阶段', en: 'Preparation' }, source: '(一)准备阶段' },
            initial: 'scheme',
            states: {
              ...scheme.states({ accepted: 'adopted' }),
              adopted: ended('方案已通过', 'Scheme adopted'),
            },
          },
          implementation: seven.state({
            title: { zh: '实施阶段', en: 'Implementation' },
            source: '(二)实施阶段',
          }),
          inspection: {
            meta: { title: { zh: '检查验收阶段', en: 'Inspection' }, source: '(三)检查验收阶段' },
            initial: 'ahead',
            states: {
              ahead: {
                meta: { title: { zh: '检查未开始', en: 'Not begun' } },
                after: { inspectionOpens: 'checking' },
              },
              checking: {
                meta: { title: { zh: '检查中', en: 'Checking' } },
                on: { 'every.village.checked': 'checked' },
                after: { closes: 'late' },
              },
              checked: {
                meta: { title: { zh: '待全镇通报', en: 'Results to be published' } },
                on: publish,
              },
              late: {
                meta: { title: { zh: '检查逾期', en: 'Checks overdue' } },
                tags: 'overdue',
                entry: notify(['townOffice', 'townChief', 'office'], {
                  zh: '{unit}仍有村未检查',
                  en: 'Some villages of {unit} are not checked',
                }),
                on: publish,
              },
              published: ended('检查结果已通报', 'Results published'),
            },
          },
          meetings: {
            meta: { title: { zh: '林长会议', en: 'Meetings' } },
            initial: 'waiting',
            states: {
              waiting: {
                meta: { title: { zh: '按季开会', en: 'Meeting each quarter' } },
                on: { 'every.meeting.done': { target: 'held', actions: 'allMet' } },
              },
              held: ended('会议均已召开', 'All held'),
            },
          },
          villages: {
            meta: { title: { zh: '各村', en: 'Villages' } },
            initial: 'waiting',
            states: {
              waiting: {
                meta: { title: { zh: '各村推行中', en: 'Villages at work' } },
                on: { 'every.village.done': { target: 'finished', actions: 'allVillages' } },
              },
              finished: ended('各村完成', 'Villages done'),
            },
          },
          conclusion: {
            meta: { title: { zh: '总结', en: 'Summary' } },
            initial: 'summary',
            states: {
              ...summary.states({ accepted: 'reported' }),
              reported: ended('总结已报县', 'Summary with the county'),
            },
          },
        },
      },
      done: { meta: { title: { zh: '完成', en: 'Done' } }, type: 'final', tags: 'done' },
    },
  })
}
