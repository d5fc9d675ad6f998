import { defineCampaign, open } from '@duban/engine'
import { z } from 'zod'

const title = (zh: string, en: string) => ({ zh, en })

/** Everybody falls late in the same instant, and the campaign waits for every one of them: who is the last? */
export const rollCallAtOnce = defineCampaign({
  id: 'roll-call-at-once',
  version: 1,
  title: title('点名', 'Roll call'),
  roles: { lead: { title: title('组长', 'Lead'), scope: 'campaign' } },
  dates: { reports: { title: title('报送', 'Reports'), due: '04-18' } },
  commands: {
    'unit.excuse': { title: title('免报', 'Excuse'), by: ['lead'], payload: z.strictObject({}) },
  },
  machines: ({ machine }) => ({
    campaign: machine().createMachine({
      meta: { title: title('点名', 'Roll call') },
      initial: 'calling',
      states: {
        calling: {
          meta: { title: title('点名中', 'Calling') },
          entry: open('unit'),
          on: { 'every.unit.late': 'over' },
        },
        over: { meta: { title: title('结束', 'Over') }, type: 'final' },
      },
    }),
    unit: machine().createMachine({
      meta: { title: title('单位', 'Unit') },
      initial: 'awaited',
      states: {
        awaited: {
          meta: { title: title('待报', 'Awaited') },
          on: { 'unit.excuse': 'late' },
          after: { reports: 'late' },
        },
        late: { meta: { title: title('逾期', 'Late') }, type: 'final', tags: 'late' },
      },
    }),
  }),
})
