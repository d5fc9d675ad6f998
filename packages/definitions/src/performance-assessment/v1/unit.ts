import { notify, tell } from '@duban/engine'
import type { Difference, Totals } from '@duban/kit'
import { selfScore, type Author, type Kind } from './commands.ts'
import { sheet } from './indicators.ts'

type UnitContext = typeof selfScore.context & {
  unit: string
  score: {
    by: string
    at: string
    opinion: string
    totals: Totals
    differences: Difference[]
  } | null
  /** What the parent is told. */
  selfTotal: number | null
  verifiedTotal: number
}

/** 科室: scores itself at the end of the year; the office verifies, and says why where it is lower. */
export function unit({ machine, on }: Author): Kind {
  const verifies = {
    'score.verify': {
      target: 'verified',
      guard: 'explained',
      actions: [
        'recordScore',
        tell('parent', 'unit.verified', {
          unit: 'context.unit',
          self: 'context.selfTotal',
          verified: 'context.verifiedTotal',
        }),
      ],
    },
  } as const

  return machine<UnitContext, { id: string }>({
    guards: {
      explained: on('score.verify', ({ context, payload }) => {
        const self = context.selfScore.last
        return self === null || sheet.unexplained(self, payload).length === 0
      }),
    },
    updates: {
      ...selfScore.updates,
      recordScore: on('score.verify', ({ context, payload, by, at }) => {
        const self = context.selfScore.last
        const totals = sheet.add(payload)
        const differences = self === null ? [] : sheet.differences(self, payload)
        return {
          score: { by, at, opinion: payload.opinion, totals, differences },
          selfTotal: self === null ? null : sheet.add(self).total,
          verifiedTotal: totals.total,
        }
      }),
    },
  }).createMachine({
    meta: { title: { zh: '科室', en: 'Section' } },
    context: ({ input }) => ({
      ...selfScore.context,
      unit: input.id,
      score: null,
      selfTotal: null,
      verifiedTotal: 0,
    }),
    initial: 'atWork',
    states: {
      atWork: {
        meta: { title: { zh: '年度工作中', en: 'At work' } },
        after: { scoringOpens: 'selfScore' },
      },
      ...selfScore.states({ accepted: 'verifying' }),
      verifying: {
        meta: { title: { zh: '待核定', en: 'To be verified' } },
        on: verifies,
        after: { verified: 'verificationOverdue' },
      },
      verificationOverdue: {
        meta: { title: { zh: '核定逾期', en: 'Verification overdue' } },
        tags: 'overdue',
        entry: notify(['lead', 'office'], {
          zh: '{unit}得分逾期未核定',
          en: 'The score of {unit} has not been verified in time',
        }),
        on: verifies,
      },
      verified: {
        meta: { title: { zh: '已核定', en: 'Verified' } },
        type: 'final',
        tags: 'verified',
      },
    },
  })
}
