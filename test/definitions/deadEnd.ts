import type { Entry } from '@duban/definitions'
import { defineCampaign, open } from '@duban/engine'
import { z } from 'zod'

const nothing = z.strictObject({})

/**
 * A plan that its author did not think through: who declines is done, and never carries the tag for which the
 * campaign waits. No check at load sees it; whoever plays it does.
 */
const definition = defineCampaign({
  id: 'dead-end',
  version: 1,
  title: { zh: '死路', en: 'Dead end' },
  roles: { reporter: { title: { zh: '经办人', en: 'Reporter' }, scope: 'unit' } },
  dates: {},
  commands: {
    'report.submit': { title: { zh: '报送', en: 'Submit' }, by: ['reporter'], payload: nothing },
    'report.decline': { title: { zh: '婉拒', en: 'Decline' }, by: ['reporter'], payload: nothing },
  },
  machines: ({ machine }) => ({
    campaign: machine().createMachine({
      meta: { title: { zh: '死路', en: 'Dead end' } },
      initial: 'waiting',
      states: {
        waiting: {
          meta: { title: { zh: '等待', en: 'Waiting' } },
          entry: open('unit'),
          on: { 'every.unit.reported': 'over' },
        },
        over: { meta: { title: { zh: '结束', en: 'Over' } }, type: 'final' },
      },
    }),
    unit: machine().createMachine({
      meta: { title: { zh: '单位', en: 'Unit' } },
      initial: 'reporting',
      states: {
        reporting: {
          meta: { title: { zh: '待报', en: 'Reporting' } },
          on: { 'report.submit': 'reported', 'report.decline': 'declined' },
        },
        reported: {
          meta: { title: { zh: '已报', en: 'Reported' } },
          type: 'final',
          tags: 'reported',
        },
        declined: { meta: { title: { zh: '婉拒', en: 'Declined' } }, type: 'final' },
      },
    }),
  }),
})

export const deadEnd: Entry = {
  definition,
  demo: {
    title: '死路',
    startsOn: '2026-04-01',
    organiser: 'lin-shuwen',
    units: ['county-finance', 'county-office'],
    duties: [
      { person: 'zhou-min', role: 'reporter', unit: 'county-finance' },
      { person: 'chen-siyu', role: 'reporter', unit: 'county-office' },
    ],
  },
}
