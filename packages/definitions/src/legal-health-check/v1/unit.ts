import { notify } from '@duban/engine'
import type { Author, Kind } from './commands.ts'
import { answers } from './payloads.ts'
import { inspected, madeUp, rechecked, sheeted } from './unit-arrows.ts'
import { drawnAndOpen, judgesReport, majorOnes, persons, standingRisks, type UnitContext } from './unit-context.ts'

/** 股室: its report, the checks of it by city and province, its rectification. */
export function unit({ machine, on }: Author): Kind {
  return machine<UnitContext, { id: string }>({
    guards: {
      unreported: ({ context }) => !context.report && !context.recheck,
      judgesReport: on('recheck.record', ({ context, payload }) => judgesReport(context.report, payload)),
      foundMajor: on(
        'recheck.record',
        ({ context, payload }) => judgesReport(context.report, payload) && payload.missed.some(({ major }) => major),
      ),
      answersRisks: on('sheet.issue', ({ context, payload }) => answers(payload.findings, standingRisks(context))),
      amongDrawn: on(
        'spotCheck.drawn',
        ({ context, payload }) => !context.drawn && payload.units.includes(context.unit),
      ),
      toBeInspected: ({ context }) => drawnAndOpen(context),
      inspectedMajor: on(
        'spotCheck.record',
        ({ context, payload }) => drawnAndOpen(context) && payload.missed.some(({ major }) => major),
      ),
      inspected: ({ context }) => context.drawn,
    },
    updates: {
      recordReport: on('report.submit', ({ payload, by, at }) => ({
        report: { ...payload, by, at, late: null },
      })),
      recordLateReport: on('report.makeUp', ({ payload: { reason, ...report }, by, at }) => ({
        report: { ...report, by, at, late: reason },
      })),
      // The returned report stays in the history; what is judged later is the next one.
      recordReturn: on('report.return', ({ context, payload, by, at }) => ({
        report: null,
        returns: [...context.returns, { ...payload, by, at }],
      })),
      recordRecheck: on('recheck.record', ({ payload, by, at }) => ({
        recheck: { ...payload, by, at },
      })),
      exposeReport: on('recheck.record', ({ context, payload }) => ({
        exposed: {
          unit: context.unit,
          stage: 'recheck' as const,
          persons: persons(context.report),
          risks: majorOnes(payload.missed),
        },
      })),
      recordSheet: on('sheet.issue', ({ payload, by, at }) => ({ sheet: { ...payload, by, at } })),
      markDrawn: () => ({ drawn: true }),
      recordSpotCheck: on('spotCheck.record', ({ payload, by, at }) => ({
        spotCheck: { ...payload, by, at },
      })),
      recordRelease: on('spotCheck.release', ({ payload, by, at }) => ({
        released: { ...payload, by, at },
      })),
      // What the province finds had escaped the unit and, if they came, the reviewers.
      exposeChecks: on('spotCheck.record', ({ context, payload }) => ({
        exposed: {
          unit: context.unit,
          stage: 'spotCheck' as const,
          persons: persons(context.report, context.recheck),
          risks: majorOnes(payload.missed),
        },
      })),
    },
  }).createMachine({
    meta: { title: { zh: '股室', en: 'Unit' } },
    context: ({ input }) => ({
      unit: input.id,
      report: null,
      returns: [],
      recheck: null,
      sheet: null,
      drawn: false,
      spotCheck: null,
      released: null,
      exposed: null,
    }),
    initial: 'checking',
    on: {
      'spotCheck.drawn': {
        guard: 'amongDrawn',
        actions: [
          'markDrawn',
          notify(['office', 'reporter'], {
            zh: '{unit}被抽中接受省厅抽查',
            en: '{unit} was drawn for the spot check by the province',
          }),
        ],
      },
    },
    states: {
      checking: {
        meta: { title: { zh: '自查中', en: 'Self-checking' }, source: '(二)自查' },
        on: { 'report.submit': { target: 'submitted', actions: 'recordReport' } },
        after: { unitReports: 'overdue' },
      },
      submitted: {
        meta: { title: { zh: '已报送自查报告', en: 'Report submitted' }, source: '(二)自查' },
        tags: 'reported',
        on: { 'report.return': { target: 'returned', actions: 'recordReturn' } },
        after: { recheckOpens: 'recheck' },
      },
      returned: {
        meta: { title: { zh: '报告退回修改', en: 'Report returned for correction' } },
        entry: notify('reporter', {
          zh: '{unit}的自查报告被退回,请于{due}前重新报送',
          en: 'The report of {unit} was returned; submit it again by {due}',
        }),
        on: { 'report.submit': { target: 'submitted', actions: 'recordReport' } },
        after: { unitReports: 'overdue' },
      },
      overdue: {
        meta: { title: { zh: '自查报告逾期', en: 'Report overdue' } },
        tags: 'overdue',
        entry: notify(['lead', 'office', 'reporter'], {
          zh: '{unit}自查报告逾期未报',
          en: 'The report of {unit} is overdue',
        }),
        // The reviewers need not wait for it.
        on: { ...madeUp('submitted'), ...rechecked('sheet') },
        after: { recheckCloses: 'recheckOverdue' },
      },

      recheck: {
        meta: { title: { zh: '待复查', en: 'Awaiting re-check' }, source: '(三)分片复查' },
        tags: 'reported',
        on: rechecked('sheet'),
        after: { recheckCloses: 'recheckOverdue' },
      },
      recheckOverdue: {
        meta: { title: { zh: '复查逾期', en: 'Re-check overdue' } },
        tags: 'overdue',
        entry: notify(['lead', 'office', 'reviewer'], {
          zh: '{unit}逾期未复查',
          en: 'The re-check of {unit} is overdue',
        }),
        on: { ...rechecked('sheetOverdue'), ...madeUp(), ...inspected() },
      },
      sheet: {
        meta: {
          title: { zh: '待开具法律体检报告单', en: 'Awaiting the health-check sheet' },
          source: '开具“法律体检报告单”',
        },
        on: sheeted,
        after: { recheckCloses: 'sheetOverdue' },
      },
      sheetOverdue: {
        meta: { title: { zh: '报告单逾期', en: 'Health-check sheet overdue' } },
        tags: 'overdue',
        entry: notify(['lead', 'office', 'reviewer'], {
          zh: '{unit}的法律体检报告单逾期未开具',
          en: 'The health-check sheet of {unit} is overdue',
        }),
        on: { ...sheeted, ...inspected() },
      },

      awaitingSpotCheck: {
        meta: { title: { zh: '迎接抽查', en: 'Ready for the spot check' }, source: '(四)迎接抽查' },
        tags: 'rechecked',
        always: [
          { guard: 'toBeInspected', target: 'spotCheck' },
          { guard: 'inspected', target: 'rectifying' },
        ],
        after: { spotCheckCloses: 'rectifying' },
      },
      spotCheck: {
        meta: {
          title: { zh: '抽中待查', en: 'Drawn, awaiting inspection' },
          source: '(四)迎接抽查',
        },
        tags: 'rechecked',
        on: inspected('rectifying'),
        after: { spotCheckCloses: 'spotCheckOverdue' },
      },
      spotCheckOverdue: {
        meta: { title: { zh: '抽查逾期', en: 'Spot check overdue' } },
        tags: ['rechecked', 'overdue'],
        entry: notify(['lead', 'office', 'inspector'], {
          zh: '{unit}被抽中而未见抽查记录',
          en: '{unit} was drawn, but no spot check is recorded',
        }),
        on: {
          ...inspected('rectifying'),
          'spotCheck.release': { target: 'rectifying', actions: 'recordRelease' },
        },
      },

      rectifying: {
        meta: { title: { zh: '整改中', en: 'Rectifying' }, source: '(五)建立风险防范机制' },
        tags: 'rechecked',
        on: { 'every.finding.settled': 'settled' },
      },
      settled: {
        meta: { title: { zh: '办结', en: 'Settled' } },
        type: 'final',
        tags: ['rechecked', 'settled'],
      },
    },
  })
}
