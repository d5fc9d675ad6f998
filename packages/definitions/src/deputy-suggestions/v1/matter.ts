import { notify, tell } from '@duban/engine'
import { reply, type Author, type Kind } from './commands.ts'
import type { Closed, Inspection } from './payloads.ts'
import type { Assigned } from './register.ts'

type Done = { by: string; at: string }
type MatterContext = Assigned & {
  /** Of a key matter: the leader who looks at it. */
  leader: string | null
  inspections: (Inspection & Done)[]
  outcome: Closed['outcome']
} & typeof reply.context

/** 建议件: replied to and rated; a key one is also looked at by a leader. */
export function matter({ machine, on }: Author): Kind {
  const entrust = { 'key.entrust': { target: 'entrusted', actions: 'recordLeader' } } as const
  const inspect = { 'key.inspect': { target: 'inspected', actions: 'recordInspection' } } as const

  return machine<MatterContext, Assigned>({
    guards: { ...reply.guards, isKey: ({ context }) => context.key },
    updates: {
      ...reply.updates,
      recordLeader: on('key.entrust', ({ payload }) => ({ leader: payload.leader })),
      recordInspection: on('key.inspect', ({ context, payload, by, at }) => ({
        inspections: [...context.inspections, { ...payload, by, at }],
      })),
      // What counts is what the last reply said.
      noteOutcome: ({ context }) => ({
        outcome: context.reply.answers.at(-1)?.outcome ?? ('unanswered' as const),
      }),
    },
  }).createMachine({
    meta: { title: { zh: '建议件', en: 'Matter' } },
    context: ({ input }) => ({
      ...input,
      leader: null,
      inspections: [],
      outcome: 'unanswered',
      ...reply.context,
    }),
    initial: 'working',
    states: {
      working: {
        meta: { title: { zh: '办理中', en: 'Being handled' } },
        type: 'parallel',
        entry: notify(['handler'], {
          zh: '{unit}有一件代表建议交办，请于{due}前答复',
          en: 'A suggestion is assigned to {unit}; reply by {due}',
        }),
        onDone: 'settled',
        states: {
          handling: {
            meta: { title: { zh: '办理', en: 'Handling' } },
            initial: 'reply',
            states: {
              ...reply.states({ done: 'replied' }),
              replied: { meta: { title: { zh: '答复办结', en: 'Replied' } }, type: 'final' },
            },
          },
          supervision: {
            meta: { title: { zh: '督办', en: 'Supervision' }, source: '坚持重点建议重点督办' },
            initial: 'ordinary',
            states: {
              ordinary: {
                meta: { title: { zh: '区分一般和重点', en: 'Ordinary or key' } },
                always: [{ guard: 'isKey', target: 'toEntrust' }, { target: 'none' }],
              },
              none: { meta: { title: { zh: '一般建议', en: 'Ordinary' } }, type: 'final' },
              toEntrust: {
                meta: { title: { zh: '重点建议，待明确领办领导', en: 'Key, to be entrusted' } },
                on: entrust,
                after: { inspected: 'overdue' },
              },
              entrusted: {
                meta: { title: { zh: '重点建议，领导领办', en: 'Key, entrusted to a leader' } },
                on: { ...entrust, ...inspect },
                after: { inspected: 'overdue' },
              },
              overdue: {
                meta: { title: { zh: '重点督办逾期', en: 'Supervision overdue' } },
                tags: 'overdue',
                entry: notify(['chair', 'works', 'leader'], {
                  zh: '{unit}承办的重点建议逾期未视察督办',
                  en: 'A key matter of {unit} was not looked at in time',
                }),
                on: { 'key.entrust': { actions: 'recordLeader' }, ...inspect },
              },
              inspected: {
                meta: {
                  title: { zh: '已视察督办', en: 'Looked at' },
                  source: '视察办理工作进展情况',
                },
                type: 'final',
              },
            },
          },
        },
      },
      settled: {
        meta: { title: { zh: '办结', en: 'Settled' } },
        type: 'final',
        tags: 'settled',
        entry: [
          'noteOutcome',
          tell('parent', 'matter.closed', {
            title: 'context.title',
            unit: 'context.owner',
            key: 'context.key',
            outcome: 'context.outcome',
          }),
        ],
      },
    },
  })
}
