import { defineCampaign, open, tell } from '@duban/engine'
import { z } from 'zod'

const title = (zh: string, en: string) => ({ zh, en })

/**
 * Everybody falls late in the same instant. Half of the units say so at once, the other half when their desk has
 * heard of it; the campaign counts them both ways, so the order in which they came shows in its history.
 */
export const rollCallBelow = defineCampaign({
  id: 'roll-call-below',
  version: 1,
  title: title('点名', 'Roll call'),
  roles: { lead: { title: title('组长', 'Lead'), scope: 'campaign' } },
  dates: { reports: { title: title('报送', 'Reports'), due: '04-18' } },
  commands: {
    'unit.excuse': { title: title('免报', 'Excuse'), by: ['lead'], payload: z.strictObject({}) },
  },
  messages: {
    'desk.call': { title: title('催办', 'Called') },
    'desk.answer': { title: title('已知', 'Answered') },
  },
  machines: ({ machine }) => ({
    campaign: machine().createMachine({
      meta: { title: title('点名', 'Roll call') },
      initial: 'calling',
      states: {
        calling: {
          meta: { title: title('点名中', 'Calling') },
          entry: open('unit'),
          on: { 'atLeast.30.unit.late': 'some' },
        },
        some: {
          meta: { title: title('部分逾期', 'Some') },
          on: { 'atLeast.60%.unit.late': 'most' },
        },
        most: { meta: { title: title('多数逾期', 'Most') }, on: { 'every.unit.late': 'over' } },
        over: { meta: { title: title('结束', 'Over') }, type: 'final' },
      },
    }),
    unit: machine<{ even: boolean }, { id: string }>({
      guards: { even: ({ context }) => context.even },
    }).createMachine({
      meta: { title: title('单位', 'Unit') },
      context: ({ input }) => ({ even: input.id.length % 2 === 0 }),
      entry: open('desk', { from: 'context.even' }),
      initial: 'awaited',
      states: {
        awaited: {
          meta: { title: title('待报', 'Awaited') },
          on: { 'unit.excuse': 'late' },
          after: { reports: [{ target: 'late', guard: 'even' }, { target: 'calling' }] },
        },
        calling: {
          meta: { title: title('催办中', 'Calling the desk') },
          entry: tell({ children: 'desk' }, 'desk.call'),
          on: { 'desk.answer': 'late' },
        },
        late: { meta: { title: title('逾期', 'Late') }, tags: 'late', type: 'final' },
      },
    }),
    desk: machine().createMachine({
      meta: { title: title('股室', 'Desk') },
      initial: 'quiet',
      states: {
        quiet: { meta: { title: title('待命', 'Quiet') }, on: { 'desk.call': 'called' } },
        called: {
          meta: { title: title('已知', 'Called') },
          entry: tell('parent', 'desk.answer'),
          type: 'final',
        },
      },
    }),
  }),
})
