import { notify } from '@duban/engine'
import type { z } from 'zod'
import type { Author, Kind } from './author.ts'
import { measure, policy } from './pieces.ts'
import type { Announcement, Check } from './records.ts'

type Done = { by: string; at: string }
export type VillageContext = typeof policy.context &
  typeof measure.context & {
    announced: (z.output<typeof Announcement> & Done)[]
    checks: (z.output<typeof Check> & Done)[]
  }

const recorded = {
  'check.record': [
    { target: 'good', guard: 'isGood', actions: 'recordCheck' },
    { target: 'poor.again', actions: 'recordCheck' },
  ],
}
const announced = (target: string) => ({
  'check.announce': { target, actions: 'recordAnnouncement' },
})

/** 村: its own plan, and the town's check: announced, recorded, and repeated until it is good. */
export function village({ machine, on }: Author): Kind {
  const heads = notify('chief', {
    zh: '{unit}：镇林长制办公室将前来检查，请做好准备',
    en: '{unit}: the town office will come and check',
  })
  return machine<VillageContext, { id: string }>({
    guards: {
      isGood: on('check.record', ({ payload }) => payload.result === 'good'),
    },
    updates: {
      ...policy.updates,
      ...measure.updates,
      recordAnnouncement: on('check.announce', ({ context, payload, by, at }) => ({
        announced: [...context.announced, { ...payload, by, at }],
      })),
      recordCheck: on('check.record', ({ context, payload, by, at }) => ({
        checks: [...context.checks, { ...payload, by, at }],
      })),
    },
  }).createMachine({
    meta: { title: { zh: '村', en: 'Village' } },
    context: { ...policy.context, ...measure.context, announced: [], checks: [] },
    initial: 'running',
    states: {
      running: {
        meta: { title: { zh: '推行中', en: 'Running' } },
        type: 'parallel',
        onDone: 'done',
        states: {
          planning: {
            meta: { title: { zh: '一林一策', en: 'Own plan' } },
            initial: 'policy',
            states: {
              ...policy.states({ accepted: 'planned' }),
              planned: {
                meta: { title: { zh: '已有规划', en: 'Planned' } },
                type: 'final',
              },
            },
          },
          inspection: {
            meta: { title: { zh: '检查', en: 'Check' } },
            initial: 'unchecked',
            states: {
              unchecked: {
                meta: { title: { zh: '未检查', en: 'Not checked' } },
                on: announced('announced'),
              },
              announced: {
                meta: { title: { zh: '已提示，待检查', en: 'Announced' } },
                entry: heads,
                on: recorded,
              },
              poor: measure.state({
                title: { zh: '落实不力', en: 'Found wanting' },
                tags: ['checked', 'poor'],
                again: true,
                on: announced('announcedAgain'),
              }),
              announcedAgain: {
                meta: { title: { zh: '已提示，待复查', en: 'Second check announced' } },
                tags: ['checked', 'poor'],
                entry: heads,
                on: recorded,
              },
              good: {
                meta: { title: { zh: '落实到位', en: 'Good' } },
                type: 'final',
                tags: 'checked',
              },
            },
          },
        },
      },
      done: {
        meta: { title: { zh: '完成', en: 'Done' } },
        type: 'final',
        tags: ['checked', 'done'],
      },
    },
  })
}
