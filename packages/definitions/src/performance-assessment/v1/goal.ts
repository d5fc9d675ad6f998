import { notify } from '@duban/engine'
import type { Author, Kind } from './commands.ts'
import type { Target } from './payloads.ts'

/** Who did it, and when. */
type Done = { by: string; at: string }
type Goal = Target & {
  reports: ({ result: string } & Done)[]
  returns: ({ reason: string } & Done)[]
  /** Every time that the office gave to make up. */
  makeUps: ({ makeUpOn: string; note: string } & Done)[]
  makeUpOn: string | null
  dropped: ({ reason: string } & Done) | null
}

/** 阶段性工作: done by its day, or made up in a time that the office sets. */
export function goal({ machine, on }: Author): Kind {
  const reports = { 'goal.report': { target: 'reported', actions: 'recordReport' } } as const
  const setsTime = { 'goal.setTime': { target: 'makingUp', actions: 'recordTime' } } as const

  return machine<Goal, Target>({
    guards: { hasTime: ({ context }) => context.makeUpOn !== null },
    updates: {
      recordReport: on('goal.report', ({ context, payload, by, at }) => ({
        reports: [...context.reports, { ...payload, by, at }],
      })),
      recordReturn: on('goal.return', ({ context, payload, by, at }) => ({
        returns: [...context.returns, { ...payload, by, at }],
      })),
      recordTime: on('goal.setTime', ({ context, payload, by, at }) => ({
        makeUps: [...context.makeUps, { ...payload, by, at }],
        makeUpOn: payload.makeUpOn,
      })),
      recordDrop: on('goal.close', ({ payload, by, at }) => ({ dropped: { ...payload, by, at } })),
    },
  }).createMachine({
    meta: { title: { zh: '阶段性工作', en: 'Stage of work' } },
    context: ({ input }) => ({
      ...input,
      reports: [],
      returns: [],
      makeUps: [],
      makeUpOn: null,
      dropped: null,
    }),
    initial: 'working',
    states: {
      working: {
        meta: { title: { zh: '进行中', en: 'Under way' } },
        on: reports,
        after: { stageDue: 'short' },
      },
      reported: {
        meta: { title: { zh: '待确认', en: 'To be confirmed' } },
        on: {
          'goal.confirm': 'settled',
          'goal.return': [
            { target: 'makingUp', guard: 'hasTime', actions: 'recordReturn' },
            { target: 'working', actions: 'recordReturn' },
          ],
        },
      },
      short: {
        meta: {
          title: { zh: '未如期完成', en: 'Not done in time' },
          source: '对没有如期完成阶段性工作的给予提醒督促',
        },
        tags: 'overdue',
        entry: notify(['head', 'office'], {
          zh: '{unit}有一项阶段性工作未如期完成',
          en: '{unit} has not done a stage of its work in time',
        }),
        on: { ...reports, ...setsTime },
      },
      makingUp: {
        meta: { title: { zh: '限期补缺补漏', en: 'Making up' }, source: '要求其限期补缺补漏' },
        tags: 'overdue',
        entry: notify('head', {
          zh: '{unit}应于{due}前补缺补漏',
          en: '{unit} must make up by {due}',
        }),
        on: reports,
        after: { madeUp: 'stillShort' },
      },
      stillShort: {
        meta: { title: { zh: '补缺补漏逾期', en: 'Not made up in time' } },
        tags: 'overdue',
        entry: notify(['lead', 'office', 'head'], {
          zh: '{unit}补缺补漏逾期',
          en: '{unit} has not made up in time',
        }),
        on: {
          ...reports,
          ...setsTime,
          'goal.close': { target: 'dropped', actions: 'recordDrop' },
        },
      },
      settled: { meta: { title: { zh: '已完成', en: 'Done' } }, type: 'final', tags: 'settled' },
      dropped: {
        meta: { title: { zh: '不再完成', en: 'Dropped' } },
        type: 'final',
        tags: 'settled',
      },
    },
  })
}
