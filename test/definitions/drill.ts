import { defineCampaign, notify, open, tell } from '@duban/engine'
import { z } from 'zod'

const Report = z.strictObject({
  findings: z.array(z.strictObject({ what: z.string().min(1) })).max(50),
  note: z.string().max(2000).optional(),
})
const Empty = z.strictObject({})

/** What a unit's lateness makes the root do: it counts, and tells every unit to hurry. */
const whenLate = {
  actions: ['countLate', tell({ children: 'unit' }, 'all.hurry', { late: 'context.late' })],
}

/**
 * A small plan with everything that the server must get right in it: children for units and for items,
 * deadlines that cascade (finding → unit → campaign → all units), tallies, reminders, a window, four eyes,
 * recusal, a deadline counted from the entry, and a guard that throws.
 */
export const drill = defineCampaign({
  id: 'drill',
  version: 1,
  title: { zh: '演练', en: 'Drill' },
  roles: {
    lead: { title: { zh: '组长', en: 'Lead' }, scope: 'campaign' },
    reporter: { title: { zh: '经办人', en: 'Reporter' }, scope: 'unit' },
    checker: { title: { zh: '检查人', en: 'Checker' }, scope: 'campaign', recused: 'ownUnit' },
  },
  dates: {
    reports: {
      title: { zh: '报送', en: 'Reports' },
      due: '04-18',
      remind: ['-3 workdays', '-1 workday'],
    },
    checksOpen: { title: { zh: '检查开始', en: 'Checks begin' }, due: '04-21', at: 'start of day' },
    mended: {
      title: { zh: '整改', en: 'Mended' },
      due: '05-20',
      notBefore: 'reports',
      remind: ['-1 day'],
    },
    // The same instant as `mended`, on another kind: what falls due together has an order.
    ends: { title: { zh: '结束', en: 'Ends' }, due: '05-20', notBefore: 'reports' },
    again: { title: { zh: '再次整改', en: 'Mended again' }, due: 'entry + 5 days' },
  },
  commands: {
    'drill.begin': { title: { zh: '开始', en: 'Begin' }, by: ['lead'], payload: Empty },
    'drill.hurry': { title: { zh: '催办', en: 'Hurry' }, by: ['lead'], payload: Empty },
    'drill.end': { title: { zh: '结束', en: 'End' }, by: ['lead'], payload: Empty },
    'report.submit': {
      title: { zh: '报送', en: 'Submit' },
      by: ['reporter'],
      until: 'reports',
      payload: Report,
    },
    'report.late': { title: { zh: '补报', en: 'Submit late' }, by: ['reporter'], payload: Report },
    'report.return': {
      title: { zh: '退回', en: 'Return' },
      by: ['lead', 'checker'],
      payload: z.strictObject({ reason: z.string().min(1) }),
    },
    'finding.mend': {
      title: { zh: '整改', en: 'Mend' },
      by: ['reporter', 'checker'],
      payload: z.strictObject({ how: z.string() }),
    },
    'finding.check': {
      title: { zh: '验收', en: 'Check' },
      by: ['checker'],
      opens: 'checksOpen',
      notBy: ['finding.mend'],
      payload: z.strictObject({ good: z.boolean() }),
    },
    'finding.break': {
      title: { zh: '出错', en: 'Break' },
      by: ['reporter'],
      payload: z.strictObject({ anything: z.unknown().optional() }),
    },
  },
  messages: {
    'unit.late': { title: { zh: '单位逾期', en: 'A unit is late' } },
    'all.hurry': { title: { zh: '抓紧', en: 'Hurry' } },
    'finding.late': { title: { zh: '整改逾期', en: 'A finding is late' } },
  },
  machines: ({ machine, on }) => ({
    campaign: machine<{ late: number; halfWay: boolean }>({
      updates: {
        countLate: ({ context }) => ({ late: context.late + 1 }),
        noteHalfWay: () => ({ halfWay: true }),
      },
    }).createMachine({
      meta: { title: { zh: '演练', en: 'Drill' } },
      context: { late: 0, halfWay: false },
      initial: 'preparing',
      states: {
        preparing: {
          meta: { title: { zh: '准备', en: 'Preparing' } },
          on: { 'drill.begin': 'running' },
        },
        running: {
          meta: { title: { zh: '进行中', en: 'Running' } },
          entry: open('unit'),
          on: {
            'unit.late': whenLate,
            'drill.hurry': { actions: tell({ children: 'unit' }, 'all.hurry') },
            'atLeast.50%.unit.reported': { actions: 'noteHalfWay' },
            'every.unit.reported': 'checking',
            'drill.end': 'ended',
          },
          after: { reports: 'chasing' },
        },
        chasing: {
          meta: { title: { zh: '催报', en: 'Chasing' } },
          tags: 'overdue',
          on: {
            'unit.late': whenLate,
            'every.unit.reported': 'checking',
            'drill.end': 'ended',
          },
          after: { ends: 'ended' },
        },
        checking: {
          meta: { title: { zh: '检查', en: 'Checking' } },
          on: {
            'unit.late': whenLate,
            'every.unit.settled': 'ended',
            'drill.end': 'ended',
          },
          after: { ends: 'ended' },
        },
        ended: { meta: { title: { zh: '已结束', en: 'Ended' } }, type: 'final' },
      },
    }),

    unit: machine<{ hurried: number; lateFindings: number }>({
      updates: {
        hurry: ({ context }) => ({ hurried: context.hurried + 1 }),
        countLate: ({ context }) => ({ lateFindings: context.lateFindings + 1 }),
      },
    }).createMachine({
      meta: { title: { zh: '单位', en: 'Unit' } },
      context: { hurried: 0, lateFindings: 0 },
      initial: 'reporting',
      on: { 'all.hurry': { actions: 'hurry' } },
      states: {
        reporting: {
          meta: { title: { zh: '待报', en: 'Awaiting the report' } },
          on: {
            'report.submit': {
              target: 'reported',
              actions: open('finding', { each: 'payload.findings' }),
            },
          },
          after: { reports: 'overdue' },
        },
        overdue: {
          meta: { title: { zh: '逾期', en: 'Overdue' } },
          tags: 'overdue',
          entry: [
            tell('parent', 'unit.late'),
            notify(['lead', 'reporter'], { zh: '{unit}逾期', en: '{unit} is overdue' }),
          ],
          on: {
            'report.late': {
              target: 'reported',
              actions: open('finding', { each: 'payload.findings' }),
            },
          },
        },
        reported: {
          meta: { title: { zh: '已报', en: 'Reported' } },
          tags: 'reported',
          on: {
            'report.return': 'returned',
            'finding.late': { actions: 'countLate' },
            'every.finding.closed': 'settled',
          },
        },
        // Entered after 18 April, its date lies in the past.
        returned: {
          meta: { title: { zh: '退回', en: 'Returned' } },
          on: {
            'report.submit': {
              target: 'reported',
              actions: open('finding', { each: 'payload.findings' }),
            },
          },
          after: { reports: 'overdue' },
        },
        settled: {
          meta: { title: { zh: '已结', en: 'Settled' } },
          tags: ['reported', 'settled'],
          type: 'final',
        },
      },
    }),

    finding: machine<{ what: string; mends: number }, { what: string }>({
      guards: {
        good: on('finding.check', ({ payload }) => payload.good),
        throws: () => {
          throw new Error('this guard is broken')
        },
      },
      updates: { countMend: ({ context }) => ({ mends: context.mends + 1 }) },
    }).createMachine({
      meta: { title: { zh: '问题', en: 'Finding' } },
      context: ({ input }) => ({ what: input.what, mends: 0 }),
      initial: 'open',
      states: {
        open: {
          meta: { title: { zh: '待改', en: 'Open' } },
          on: {
            'finding.mend': { target: 'mended', actions: 'countMend' },
            'finding.break': { target: 'mended', guard: 'throws' },
          },
          after: { mended: 'late' },
        },
        mended: {
          meta: { title: { zh: '待验', en: 'Awaiting the check' } },
          on: { 'finding.check': [{ guard: 'good', target: 'closed' }, { target: 'returned' }] },
          after: { mended: 'late' },
        },
        returned: {
          meta: { title: { zh: '退回', en: 'Returned' } },
          on: { 'finding.mend': { target: 'mended', actions: 'countMend' } },
          after: { again: 'late' },
        },
        late: {
          meta: { title: { zh: '逾期', en: 'Late' } },
          tags: 'overdue',
          entry: tell('parent', 'finding.late'),
          on: { 'finding.mend': { target: 'mendedLate', actions: 'countMend' } },
        },
        mendedLate: {
          meta: { title: { zh: '逾期待验', en: 'Late, awaiting the check' } },
          on: { 'finding.check': [{ guard: 'good', target: 'closed' }, { target: 'late' }] },
        },
        closed: {
          meta: { title: { zh: '销号', en: 'Closed' } },
          tags: 'closed',
          type: 'final',
        },
      },
    }),
  }),
})
