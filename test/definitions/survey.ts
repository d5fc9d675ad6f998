import { defineCampaign, open, type Definition } from '@duban/engine'
import { z } from 'zod'

const Empty = z.strictObject({})
const Report = z.strictObject({ items: z.array(z.strictObject({ what: z.string().min(1) })) })
const reporting = { target: 'reported', actions: open('item', { each: 'payload.items' }) }

/** A survey: units report, their items are mended. The campaign waits for the reports only. */
export const survey = defineCampaign({
  id: 'survey',
  version: 1,
  title: { zh: '普查', en: 'Survey' },
  roles: {
    lead: { title: { zh: '组长', en: 'Lead' }, scope: 'campaign' },
    reporter: { title: { zh: '经办人', en: 'Reporter' }, scope: 'unit' },
  },
  dates: {
    reports: { title: { zh: '报送', en: 'Reports' }, due: '04-18', remind: ['-1 day'] },
    mended: { title: { zh: '整改', en: 'Mended' }, due: 'entry + 20 days' },
  },
  commands: {
    'report.submit': { title: { zh: '报送', en: 'Submit' }, by: ['reporter'], payload: Report },
    'item.mend': { title: { zh: '整改', en: 'Mend' }, by: ['reporter'], payload: Empty },
    'survey.end': { title: { zh: '结束', en: 'End' }, by: ['lead'], payload: Empty },
  },
  machines: ({ machine }) => ({
    campaign: machine().createMachine({
      meta: { title: { zh: '普查', en: 'Survey' } },
      initial: 'collecting',
      states: {
        collecting: {
          meta: { title: { zh: '报送阶段', en: 'Collecting' } },
          entry: open('unit'),
          on: { 'every.unit.reported': 'concluding', 'survey.end': 'ended' },
        },
        concluding: {
          meta: { title: { zh: '收尾', en: 'Concluding' } },
          on: { 'survey.end': 'ended' },
        },
        ended: { meta: { title: { zh: '已结束', en: 'Ended' } }, type: 'final' },
      },
    }),
    unit: machine<{ unit: string }, { id: string }>().createMachine({
      meta: { title: { zh: '单位', en: 'Unit' } },
      context: ({ input }) => ({ unit: input.id }),
      initial: 'filling',
      states: {
        filling: {
          meta: { title: { zh: '填报', en: 'Filling in' } },
          on: { 'report.submit': reporting },
          after: { reports: 'overdue' },
        },
        overdue: {
          meta: { title: { zh: '逾期', en: 'Overdue' } },
          on: { 'report.submit': reporting },
        },
        reported: {
          meta: { title: { zh: '已报', en: 'Reported' } },
          tags: 'reported',
          on: { 'every.item.mended': 'settled' },
        },
        settled: {
          meta: { title: { zh: '已结', en: 'Settled' } },
          tags: ['reported', 'settled'],
          type: 'final',
        },
      },
    }),
    item: machine<{ what: string }, { what: string }>().createMachine({
      meta: { title: { zh: '事项', en: 'Item' } },
      context: ({ input }) => ({ what: input.what }),
      initial: 'open',
      states: {
        open: {
          meta: { title: { zh: '待改', en: 'Open' } },
          on: { 'item.mend': 'mended' },
          after: { mended: 'late' },
        },
        late: {
          meta: { title: { zh: '逾期', en: 'Late' } },
          on: { 'item.mend': 'mended' },
        },
        mended: { meta: { title: { zh: '已改', en: 'Mended' } }, tags: 'mended', type: 'final' },
      },
    }),
  }),
})

/**
 * The survey as a later notice has it: reports a week later, signed by the unit (a new command, with a date of
 * its own), and the campaign ends by itself when every unit has settled, which nobody counted before. States
 * have other names. `lost` leaves out where overdue units go.
 */
export function secondSurvey({ lost = false, version = 2 } = {}): Definition {
  return defineCampaign({
    id: 'survey',
    version,
    title: { zh: '普查', en: 'Survey' },
    roles: {
      lead: { title: { zh: '组长', en: 'Lead' }, scope: 'campaign' },
      reporter: { title: { zh: '经办人', en: 'Reporter' }, scope: 'unit' },
    },
    dates: {
      reports: { title: { zh: '报送', en: 'Reports' }, due: '04-25', remind: ['-1 day'] },
      signed: { title: { zh: '签字', en: 'Signed' }, due: '04-28', notBefore: 'reports' },
      mended: { title: { zh: '整改', en: 'Mended' }, due: 'entry + 30 days' },
    },
    commands: {
      'report.submit': { title: { zh: '报送', en: 'Submit' }, by: ['reporter'], payload: Report },
      'report.sign': { title: { zh: '签字', en: 'Sign' }, by: ['reporter'], payload: Empty },
      'item.mend': { title: { zh: '整改', en: 'Mend' }, by: ['reporter'], payload: Empty },
      'survey.end': { title: { zh: '结束', en: 'End' }, by: ['lead'], payload: Empty },
    },
    machines: ({ machine }) => ({
      campaign: machine().createMachine({
        meta: { title: { zh: '普查', en: 'Survey' } },
        initial: 'collecting',
        states: {
          collecting: {
            meta: { title: { zh: '报送和整改', en: 'Collecting and mending' } },
            entry: open('unit'),
            on: { 'every.unit.settled': 'ended', 'survey.end': 'ended' },
          },
          ended: { meta: { title: { zh: '已结束', en: 'Ended' } }, type: 'final' },
        },
      }),
      unit: machine<{ office: string; signed: boolean }, { id: string }>({
        updates: { sign: () => ({ signed: true }) },
      }).createMachine({
        meta: { title: { zh: '单位', en: 'Unit' } },
        context: ({ input }) => ({ office: input.id, signed: false }),
        initial: 'drafting',
        states: {
          drafting: {
            meta: { title: { zh: '起草', en: 'Drafting' } },
            on: { 'report.submit': reporting },
            after: { reports: lost ? 'reported' : 'late' },
          },
          ...(!lost && {
            late: {
              meta: { title: { zh: '迟报', en: 'Late' } },
              on: { 'report.submit': reporting },
            },
          }),
          reported: {
            meta: { title: { zh: '待签', en: 'Awaiting signature' } },
            on: {
              'report.sign': { actions: 'sign' },
              'every.item.mended': 'settled',
            },
            after: { signed: { actions: 'sign' } },
          },
          settled: {
            meta: { title: { zh: '已结', en: 'Settled' } },
            tags: ['settled'],
            type: 'final',
          },
        },
      }),
      item: machine<{ what: string }, { what: string }>().createMachine({
        meta: { title: { zh: '事项', en: 'Item' } },
        context: ({ input }) => ({ what: input.what }),
        initial: 'open',
        states: {
          open: {
            meta: { title: { zh: '待改', en: 'Open' } },
            on: { 'item.mend': 'mended' },
            after: { mended: 'late' },
          },
          late: {
            meta: { title: { zh: '逾期', en: 'Late' } },
            on: { 'item.mend': 'mended' },
          },
          mended: { meta: { title: { zh: '已改', en: 'Mended' } }, tags: 'mended', type: 'final' },
        },
      }),
    }),
    takesOver: {
      1: {
        campaign: { states: { concluding: 'collecting' } },
        unit: {
          states: { filling: 'drafting', ...(!lost && { overdue: 'late' }) },
          context: ({ unit }: { unit: string }) => ({ office: unit, signed: false }),
        },
      },
    },
  })
}
