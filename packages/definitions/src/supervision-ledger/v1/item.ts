import { append, count, keep, notify, tell } from '@duban/engine'
import type { z } from 'zod'
import type { Author, Kind } from './author.ts'
import { delay, pressure, type Completion, type Item, type Progress } from './plan.ts'

type Done = { by: string; at: string }
type Filed = z.output<typeof Item> & { filedBy: string; filedAt: string }

export type ItemContext = Filed &
  typeof pressure.context & {
    /** The day first given; `dueOn` is the one that binds. */
    firstDueOn: string
    reports: number
    last: (z.output<typeof Progress> & Done) | null
    completion: (z.output<typeof Completion> & Done) | null
    returns: ({ reason: string } & Done)[]
    late: boolean
    carried: boolean
  } & typeof delay.context

/** 事项: one line of the ledger. What is done, the light by its own day, and its extensions go side by side. */
export function item({ machine }: Author): Kind {
  const settled = tell('parent', 'item.settled', {
    source: 'context.source',
    late: 'context.late',
    carried: 'context.carried',
  })
  const redOrHeld = [
    // The unit has done its part: the supervisors are pressed, the light does not turn.
    {
      guard: 'awaitsVerification',
      target: 'held',
      actions: notify(['supervisor', 'leader'], {
        zh: '{unit}报请办结的事项已到时限，待核查',
        en: 'What {unit} has done awaits verification, and its day has come',
      }),
    },
    { target: 'red.again' },
  ]

  const recordProgress = [count('reports'), keep('last')]
  // A granted day takes the place of the old one; that it had been red stays in the history.
  const { guard, actions } = delay.anew('.green')

  return machine<ItemContext, Filed>({
    guards: {
      ...delay.guards,
      awaitsVerification: ({ context }) => context.completion !== null,
    },
    updates: { ...pressure.updates, ...delay.updates },
  }).createMachine({
    meta: { title: { zh: '督查事项', en: 'Item' }, source: '台账推进' },
    context: ({ input }) => ({
      ...input,
      ...pressure.context,
      firstDueOn: input.dueOn,
      reports: 0,
      last: null,
      completion: null,
      returns: [],
      late: false,
      carried: false,
      ...delay.context,
    }),
    initial: 'live',
    states: {
      live: {
        meta: { title: { zh: '在办', en: 'Live' } },
        type: 'parallel',
        on: { 'item.carryOver': { target: 'carriedOver', actions: keep('carried', { value: true }) } },
        states: {
          work: {
            meta: { title: { zh: '办理', en: 'Work' } },
            initial: 'doing',
            states: {
              doing: {
                meta: { title: { zh: '办理中', en: 'Being done' } },
                entry: notify('owner', {
                  zh: '{unit}有督查事项在办，时限{due}',
                  en: '{unit} has an item to do by {due}',
                }),
                on: {
                  'progress.report': { target: 'doing', reenter: true, actions: recordProgress },
                  'completion.submit': { target: 'checking', actions: keep('completion') },
                },
                after: { stale: 'silent' },
              },
              silent: {
                meta: { title: { zh: '久未报告', en: 'Silent for a month' } },
                tags: 'silent',
                entry: notify(['owner', 'supervisor'], {
                  zh: '{unit}的督查事项已一个月未报进展',
                  en: '{unit} has not reported on an item for a month',
                }),
                on: {
                  'progress.report': { target: 'doing', actions: recordProgress },
                  'completion.submit': { target: 'checking', actions: keep('completion') },
                },
              },
              checking: {
                meta: { title: { zh: '待核查', en: 'Awaiting verification' } },
                tags: 'submitted',
                on: {
                  'item.close': '#item.closed',
                  'completion.return': {
                    target: 'doing',
                    actions: [keep('completion', { value: null }), append('returns')],
                  },
                },
              },
            },
          },
          light: {
            meta: { title: { zh: '红黄绿灯', en: 'Light' } },
            initial: 'green',
            // The new day is counted from the start: yellow again before it, red after it.
            always: { guard, target: '.green', actions: [actions, keep('late', { value: false })] },
            states: {
              green: {
                meta: { title: { zh: '绿灯', en: 'Green' } },
                after: { yellow: 'yellow', red: redOrHeld },
              },
              yellow: {
                meta: { title: { zh: '黄灯', en: 'Yellow' } },
                tags: 'yellow',
                entry: notify(['owner', 'supervisor'], {
                  zh: '黄灯：{unit}的事项将于{due}到期',
                  en: 'Yellow: an item of {unit} is due {due}',
                }),
                after: { red: redOrHeld },
              },
              held: {
                meta: { title: { zh: '到期待核查', en: 'Submitted in time' } },
                on: { 'completion.return': 'red.again' },
              },
              red: pressure.state({
                title: { zh: '红灯', en: 'Red' },
                tags: ['red', 'overdue'],
                again: true,
                entry: [
                  keep('late', { value: true }),
                  notify(['owner', 'supervisor', 'leader'], {
                    zh: '红灯：{unit}有一件督查事项逾期',
                    en: 'Red: an item of {unit} is overdue',
                  }),
                ],
              }),
            },
          },
          extension: delay.region(),
        },
      },
      closed: {
        meta: { title: { zh: '已销号', en: 'Closed' } },
        type: 'final',
        tags: ['settled', 'closed'],
        entry: settled,
      },
      carriedOver: {
        meta: { title: { zh: '结转下年', en: 'Carried over' } },
        type: 'final',
        tags: ['settled', 'carried'],
        entry: settled,
      },
    },
  })
}
