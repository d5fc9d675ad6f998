import { defineCampaign, open, tell } from '@duban/engine'
import { z } from 'zod'

/** Every unit that is late tells the root, which only counts: the plainest fan-in there is. */
export const rollCall = defineCampaign({
  id: 'roll-call',
  version: 1,
  title: { zh: '点名', en: 'Roll call' },
  roles: {
    lead: { title: { zh: '组长', en: 'Lead' }, scope: 'campaign' },
    reporter: { title: { zh: '经办人', en: 'Reporter' }, scope: 'unit' },
  },
  dates: { reports: { title: { zh: '报到', en: 'Reports' }, due: '04-18' } },
  commands: {
    'roll.note': {
      title: { zh: '记录', en: 'Take a note' },
      by: ['lead'],
      payload: z.strictObject({}),
    },
    'unit.report': {
      title: { zh: '报到', en: 'Report' },
      by: ['reporter'],
      payload: z.strictObject({}),
    },
  },
  messages: { 'unit.late': { title: { zh: '有单位逾期', en: 'A unit is late' } } },
  machines: ({ machine }) => ({
    campaign: machine<{ late: number; notes: number }>({
      guards: { noted: ({ context }) => context.notes > 0 },
      updates: {
        countLate: ({ context }) => ({ late: context.late + 1 }),
        countNote: ({ context }) => ({ notes: context.notes + 1 }),
      },
    }).createMachine({
      meta: { title: { zh: '点名', en: 'Roll call' } },
      context: { late: 0, notes: 0 },
      initial: 'calling',
      on: { 'unit.late': { actions: 'countLate' }, 'roll.note': { actions: 'countNote' } },
      states: {
        calling: {
          meta: { title: { zh: '点名中', en: 'Calling' } },
          entry: open('unit'),
          after: { reports: 'called' },
        },
        called: {
          meta: { title: { zh: '已点名', en: 'Called' } },
          on: { 'every.unit.there': { target: 'complete', guard: 'noted' } },
        },
        complete: { meta: { title: { zh: '到齐', en: 'Complete' } }, type: 'final' },
      },
    }),
    unit: machine().createMachine({
      meta: { title: { zh: '单位', en: 'Unit' } },
      initial: 'awaited',
      states: {
        awaited: {
          meta: { title: { zh: '待报到', en: 'Awaited' } },
          on: { 'unit.report': 'there' },
          after: { reports: 'late' },
        },
        late: {
          meta: { title: { zh: '逾期', en: 'Late' } },
          entry: tell('parent', 'unit.late'),
          on: { 'unit.report': 'there' },
        },
        there: { meta: { title: { zh: '已到', en: 'There' } }, tags: 'there', type: 'final' },
      },
    }),
  }),
})
