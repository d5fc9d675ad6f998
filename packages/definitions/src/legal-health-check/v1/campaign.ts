import { notify, open, tell } from '@duban/engine'
import type { Author, Kind } from './commands.ts'
import type { Accountable, Draw, Summary } from './payloads.ts'

type CampaignContext = {
  /** Every draw of the spot check: the first, and supplements. */
  draws: (Draw & { by: string; at: string })[]
  /** 追责名单: units, and the persons who had looked, where a major risk had been missed. */
  accountable: Accountable[]
  /** The lead's decision to conclude although units were not settled. */
  decision: { reason: string; by: string; at: string } | null
  summary: (Summary & { by: string; at: string }) | null
}

/** 局法治状况检查工作: the phases of the plan. Each ends with its work, or with its date. */
export function campaign({ machine, on }: Author): Kind {
  // The province draws when it comes, whether or not the bureau has sent its report.
  const drawing = {
    'spotCheck.draw': {
      actions: ['recordDraw', tell({ children: 'unit' }, 'spotCheck.drawn', { units: 'payload.units' })],
    },
  }
  const schemeLate = {
    actions: notify(['lead', 'office'], {
      zh: '方案逾期未定:{campaign}',
      en: 'The scheme is overdue: {campaign}',
    }),
  }

  return machine<CampaignContext>({
    guards: {
      // Nobody on the accountability list is passed over in the summary.
      answersForAll: on('summary.submit', ({ context, payload }) =>
        context.accountable.every(({ unit }) => payload.accountability.some((answer) => answer.unit === unit)),
      ),
    },
    updates: {
      recordDraw: on('spotCheck.draw', ({ context, payload, by, at }) => ({
        draws: [...context.draws, { ...payload, by, at }],
      })),
      listAccountable: on('unit.accountable', ({ context, payload }) => ({
        accountable: [...context.accountable, payload],
      })),
      recordDecision: on('conclusion.decide', ({ payload, by, at }) => ({
        decision: { ...payload, by, at },
      })),
      recordSummary: on('summary.submit', ({ payload, by, at }) => ({
        summary: { ...payload, by, at },
      })),
    },
  }).createMachine({
    meta: { title: { zh: '法律体检', en: 'Legal health check' } },
    context: { draws: [], accountable: [], decision: null, summary: null },
    initial: 'drafting',
    on: { 'unit.accountable': { actions: 'listAccountable' } },
    states: {
      drafting: {
        meta: { title: { zh: '制定方案', en: 'Drafting the scheme' }, source: '(一)制作方案' },
        on: { 'scheme.submit': 'approvingScheme' },
        after: { scheme: schemeLate },
      },
      approvingScheme: {
        meta: { title: { zh: '方案待批', en: 'Scheme awaiting approval' }, source: '(一)制作方案' },
        on: { 'scheme.approve': 'selfCheck', 'scheme.return': 'drafting' },
        after: { scheme: schemeLate },
      },

      selfCheck: {
        meta: { title: { zh: '自查', en: 'Self-check' }, source: '(二)自查' },
        entry: open('unit'),
        on: { 'every.unit.reported': 'collating' },
        after: { unitReports: 'collating' },
      },
      collating: {
        meta: { title: { zh: '汇总', en: 'Collating the reports' }, source: '(二)自查' },
        on: { 'collation.submit': 'recheck' },
        after: { collated: 'collationOverdue' },
      },
      collationOverdue: {
        meta: { title: { zh: '汇总逾期', en: 'Collated report overdue' } },
        tags: 'overdue',
        entry: notify(['lead', 'office'], {
          zh: '汇总报告逾期未上报:{campaign}',
          en: 'The collated report is overdue: {campaign}',
        }),
        on: { 'collation.submit': 'recheck', ...drawing },
      },

      recheck: {
        meta: { title: { zh: '分片复查', en: 'Re-check in zones' }, source: '(三)分片复查' },
        on: { 'every.unit.rechecked': 'spotCheck' },
        after: { recheckCloses: 'spotCheck' },
      },
      spotCheck: {
        meta: {
          title: { zh: '迎接抽查', en: 'Spot check by the province' },
          source: '(四)迎接抽查',
        },
        on: drawing,
        after: { spotCheckCloses: 'rectification' },
      },

      rectification: {
        meta: { title: { zh: '整改', en: 'Rectification' }, source: '(五)建立风险防范机制' },
        on: { 'every.unit.settled': 'concluding' },
        after: { rectified: 'rectificationOverdue' },
      },
      rectificationOverdue: {
        meta: { title: { zh: '整改逾期', en: 'Rectification overdue' } },
        tags: 'overdue',
        entry: notify(['lead', 'office'], {
          zh: '仍有股室整改未结,请督促或决定总结:{campaign}',
          en: 'Some units are not settled; press them or decide to conclude: {campaign}',
        }),
        on: {
          'every.unit.settled': 'concludingOverdue',
          'conclusion.decide': { target: 'concludingOverdue', actions: 'recordDecision' },
        },
      },

      concluding: {
        meta: {
          title: { zh: '总结并建立风险防范机制', en: 'Summary and risk prevention mechanism' },
          source: '(五)建立风险防范机制',
        },
        on: {
          'summary.submit': {
            target: 'approvingSummary',
            guard: 'answersForAll',
            actions: 'recordSummary',
          },
        },
        after: { mechanism: 'concludingOverdue' },
      },
      concludingOverdue: {
        meta: { title: { zh: '总结逾期', en: 'Summary overdue' } },
        tags: 'overdue',
        entry: notify(['lead', 'office'], {
          zh: '总结和风险防范机制逾期:{campaign}',
          en: 'The summary and the mechanism are overdue: {campaign}',
        }),
        on: {
          'summary.submit': {
            target: 'approvingSummary',
            guard: 'answersForAll',
            actions: 'recordSummary',
          },
        },
      },
      approvingSummary: {
        meta: { title: { zh: '总结待批', en: 'Summary awaiting approval' } },
        on: { 'summary.approve': 'closed', 'summary.return': 'concluding' },
      },
      closed: {
        meta: { title: { zh: '已结束', en: 'Closed' } },
        type: 'final',
      },
    },
  })
}
