import { notify, open } from '@duban/engine'
import { reply, report, type Author, type Kind } from './commands.ts'
import type { Call, Closed } from './payloads.ts'
import { assigned, figures, unknown, type Assigned, type Figures, type Filed } from './register.ts'

type Done = { by: string; at: string }
type CampaignContext = {
  call: (Call & Done) | null
  /** In the order of their numbers. */
  filed: Filed[]
  /** Numbers that went to a matter. */
  assignedNos: number[]
  /** The matters of the last assignment, which are being opened. */
  opening: Assigned[]
  unassigned: ({ reason: string; numbers: number[] } & Done) | null
  closed: Closed[]
  decision: ({ reason: string } & Done) | null
  /** Counted when the report is begun. */
  figures: Figures | null
} & typeof reply.parent.context &
  typeof report.context

const restOf = ({ filed, assignedNos }: CampaignContext): number[] =>
  filed.map(({ no }) => no).filter((no) => !assignedNos.includes(no))

/** 征集: a month's call, merging, splitting and assigning, handling, and a report with its figures. */
export function campaign({ machine, on }: Author): Kind {
  const assigning = {
    'matter.assign': {
      guard: 'areFiled',
      actions: ['recordAssignment', open('matter', { each: 'context.opening', unit: 'owner' })],
    },
  } as const

  return machine<CampaignContext>({
    guards: {
      ...report.guards,
      areFiled: on('matter.assign', ({ context, payload }) => unknown(context.filed, payload.matters).length === 0),
      allAssigned: ({ context }) => restOf(context).length === 0,
    },
    updates: {
      ...report.updates,
      ...reply.parent.updates,
      recordCall: on('call.issue', ({ payload, by, at }) => ({ call: { ...payload, by, at } })),
      fileSuggestion: on('suggestion.file', ({ context, payload, by, at }) => ({
        filed: [...context.filed, { ...payload, no: context.filed.length + 1, by, at }],
      })),
      recordAssignment: on('matter.assign', ({ context, payload: { matters } }) => ({
        opening: assigned(context.filed, matters),
        assignedNos: [...new Set([...context.assignedNos, ...matters.flatMap(({ from }) => from)])].toSorted(
          (a, b) => a - b,
        ),
      })),
      recordUnassigned: on('unassigned.decide', ({ context, payload, by, at }) => ({
        unassigned: { ...payload, numbers: restOf(context), by, at },
      })),
      noteClosed: on('matter.closed', ({ context, payload }) => ({
        closed: [...context.closed, payload],
      })),
      recordDecision: on('conclusion.decide', ({ payload, by, at }) => ({
        decision: { ...payload, by, at },
      })),
      countFigures: ({ context }) => ({
        figures: figures(context.filed, context.closed, context.replyRatings),
      }),
    },
  }).createMachine({
    meta: { title: { zh: '闭会期间代表建议办理', en: 'Deputies’ suggestions' } },
    context: {
      call: null,
      filed: [],
      assignedNos: [],
      opening: [],
      unassigned: null,
      closed: [],
      decision: null,
      figures: null,
      ...reply.parent.context,
      ...report.context,
    },
    initial: 'preparing',
    on: { ...reply.parent.on, 'matter.closed': { actions: 'noteClosed' } },
    states: {
      preparing: {
        meta: {
          title: { zh: '拟征集函', en: 'The call is prepared' },
          source: '《关于征集闭会期间代表建议的函》',
        },
        on: {
          'call.issue': {
            target: 'calling',
            actions: [
              'recordCall',
              notify(['deputy'], {
                zh: '请提出闭会期间的建议：{campaign}',
                en: 'Please file your suggestions: {campaign}',
              }),
            ],
          },
        },
        after: { callCloses: 'assigning' },
      },
      calling: {
        meta: { title: { zh: '征集建议', en: 'The call is open' }, source: '仅1个月时间' },
        on: { 'suggestion.file': { actions: 'fileSuggestion' }, ...assigning },
        after: { callCloses: 'assigning' },
      },
      assigning: {
        meta: { title: { zh: '交办', en: 'Assigning' }, source: '能够得到及时交办' },
        on: {
          ...assigning,
          'assigning.finish': { target: 'handling', guard: 'allAssigned' },
        },
        after: {
          assigned: [{ target: 'handling', guard: 'allAssigned' }, { target: 'assignOverdue' }],
        },
      },
      assignOverdue: {
        meta: { title: { zh: '交办逾期', en: 'Assigning is overdue' } },
        tags: 'overdue',
        entry: notify(['chair', 'works'], {
          zh: '仍有建议未交办：{campaign}',
          en: 'Some suggestions are not assigned: {campaign}',
        }),
        on: {
          ...assigning,
          'assigning.finish': { target: 'handling', guard: 'allAssigned' },
          'unassigned.decide': { target: 'handling', actions: 'recordUnassigned' },
        },
      },
      handling: {
        meta: { title: { zh: '办理建议', en: 'Handling' } },
        on: { 'every.matter.settled': 'reporting' },
        after: { handled: 'overdue' },
      },
      overdue: {
        meta: { title: { zh: '办理逾期', en: 'Some are not handled' } },
        tags: 'overdue',
        entry: notify(['chair', 'works', 'leader'], {
          zh: '仍有建议未办结，请督促或决定总结：{campaign}',
          en: 'Some matters are open; press for them or decide to conclude: {campaign}',
        }),
        on: {
          'every.matter.settled': 'reporting',
          'conclusion.decide': { target: 'reporting', actions: 'recordDecision' },
        },
      },
      reporting: {
        meta: { title: { zh: '报告办理情况', en: 'Reporting' } },
        entry: 'countFigures',
        initial: 'report',
        onDone: 'closed',
        states: {
          ...report.states({ approved: 'approved' }),
          approved: { meta: { title: { zh: '报告已审定', en: 'Approved' } }, type: 'final' },
        },
      },
      closed: { meta: { title: { zh: '已结束', en: 'Closed' } }, type: 'final' },
    },
  })
}
