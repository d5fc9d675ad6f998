import { notify } from '@duban/engine'
import type { Author, Kind } from './commands.ts'
import type { Finding, RectificationPlan } from './payloads.ts'
import type { Done } from './unit-context.ts'

type FindingContext = Finding & {
  plan: (RectificationPlan & Done) | null
  results: ({ result: string } & Done)[]
  /** Why verifiers returned it, each time. */
  returns: ({ reason: string } & Done)[]
  verified: ({ opinion: string } & Done) | null
  carriedOver: ({ reason: string; until: string } & Done) | null
}

/** 问题: one line of the sheet, from plan to 销号. */
export function finding({ machine, on }: Author): Kind {
  return machine<FindingContext, Finding>({
    guards: { planned: ({ context }) => context.plan !== null },
    updates: {
      recordPlan: on('finding.plan', ({ payload, by, at }) => ({ plan: { ...payload, by, at } })),
      recordResult: on('finding.rectify', ({ context, payload, by, at }) => ({
        results: [...context.results, { ...payload, by, at }],
      })),
      recordReturn: on('finding.return', ({ context, payload, by, at }) => ({
        returns: [...context.returns, { ...payload, by, at }],
      })),
      recordVerified: on('finding.close', ({ payload, by, at }) => ({
        verified: { ...payload, by, at },
      })),
      recordCarryOver: on('finding.carryOver', ({ payload, by, at }) => ({
        carriedOver: { ...payload, by, at },
      })),
    },
  }).createMachine({
    meta: { title: { zh: '问题', en: 'Finding' } },
    context: ({ input }) => ({
      ...input,
      plan: null,
      results: [],
      returns: [],
      verified: null,
      carriedOver: null,
    }),
    initial: 'open',
    states: {
      open: {
        meta: {
          title: { zh: '待提整改方案', en: 'Awaiting a plan' },
          source: '逐一提出“治疗”整改方案',
        },
        on: { 'finding.plan': { target: 'rectifying', actions: 'recordPlan' } },
        after: { rectified: 'overdue' },
      },
      rectifying: {
        meta: { title: { zh: '整改中', en: 'Being rectified' } },
        on: { 'finding.rectify': { target: 'submitted', actions: 'recordResult' } },
        after: { rectified: 'overdue' },
      },
      submitted: {
        meta: { title: { zh: '待验收', en: 'Awaiting verification' } },
        on: {
          'finding.close': { target: 'closed', actions: 'recordVerified' },
          'finding.return': { target: 'returned', actions: 'recordReturn' },
        },
        // The unit has done its part: the verifiers are pressed, the finding is not overdue.
        after: {
          rectified: {
            actions: notify(['lead', 'office', 'verifier'], {
              zh: '{unit}的整改结果待验收,已到整改期限',
              en: 'A rectification of {unit} awaits verification and the date has come',
            }),
          },
        },
      },
      returned: {
        meta: { title: { zh: '退回再整改', en: 'Returned' } },
        entry: notify('reporter', {
          zh: '{unit}的整改被退回,请于{due}前再次报送',
          en: 'A rectification of {unit} was returned; submit it again by {due}',
        }),
        on: { 'finding.rectify': { target: 'submitted', actions: 'recordResult' } },
        after: { returnedFix: 'overdue' },
      },
      overdue: {
        meta: { title: { zh: '整改逾期', en: 'Rectification overdue' } },
        tags: 'overdue',
        entry: notify(['lead', 'office', 'reporter'], {
          zh: '{unit}有一项整改逾期',
          en: 'A rectification of {unit} is overdue',
        }),
        on: {
          'finding.plan': { actions: 'recordPlan' },
          'finding.rectify': { target: 'submitted', guard: 'planned', actions: 'recordResult' },
          // Whatever could not be mended in time is handed on openly, not left lying.
          'finding.carryOver': { target: 'carriedOver', actions: 'recordCarryOver' },
        },
      },
      closed: {
        meta: { title: { zh: '已销号', en: 'Closed' } },
        type: 'final',
        tags: 'settled',
      },
      carriedOver: {
        meta: { title: { zh: '转入下半年整改', en: 'Carried over to the second half-year' } },
        type: 'final',
        tags: 'settled',
      },
    },
  })
}
