import type { Entry } from '@duban/definitions'
import { defineCampaign, open, tell } from '@duban/engine'
import { z } from 'zod'

const state = (zh: string, en: string) => ({ meta: { title: { zh, en } } })

/**
 * A plan that loads, and loses things while it runs: news that come when nobody listens any more, matters whose
 * day is no day, and matters without a unit that only a unit's people may mend.
 */
const definition = defineCampaign({
  id: 'lossy',
  version: 1,
  title: { zh: '易失', en: 'Lossy' },
  roles: {
    lead: { title: { zh: '组长', en: 'Lead' }, scope: 'campaign' },
    reporter: { title: { zh: '经办人', en: 'Reporter' }, scope: 'unit' },
  },
  dates: { mended: { title: { zh: '整改期限', en: 'Mended' }, due: 'context.dueOn' } },
  commands: {
    'matter.file': {
      title: { zh: '立项', en: 'File' },
      by: ['lead'],
      payload: z.strictObject({ dueOn: z.enum(['2026-05-01', 'soon']) }),
    },
    'matter.mend': {
      title: { zh: '整改', en: 'Mend' },
      by: ['reporter'],
      payload: z.strictObject({}),
    },
    'filing.end': {
      title: { zh: '截止立项', en: 'End of filing' },
      by: ['lead'],
      payload: z.strictObject({}),
    },
    'summary.submit': {
      title: { zh: '总结', en: 'Sum up' },
      by: ['lead'],
      payload: z.strictObject({}),
    },
    'news.send': {
      title: { zh: '报送信息', en: 'Send news' },
      by: ['reporter'],
      payload: z.strictObject({}),
    },
  },
  messages: { 'unit.news': { title: { zh: '单位信息', en: 'News' } } },
  machines: ({ machine }) => ({
    campaign: machine().createMachine({
      meta: { title: { zh: '易失', en: 'Lossy' } },
      initial: 'filing',
      states: {
        filing: {
          ...state('立项中', 'Filing'),
          entry: open('unit'),
          on: {
            'matter.file': { actions: open('matter', { from: 'payload' }) },
            'unit.news': {},
            'filing.end': 'summing',
          },
        },
        summing: { ...state('总结', 'Summing up'), on: { 'summary.submit': 'closed' } },
        closed: { ...state('已结束', 'Closed'), type: 'final' },
      },
    }),
    unit: machine().createMachine({
      meta: { title: { zh: '单位', en: 'Unit' } },
      initial: 'working',
      states: {
        working: {
          ...state('工作中', 'Working'),
          on: { 'news.send': { target: 'told', actions: tell('parent', 'unit.news') } },
        },
        told: { ...state('已报送', 'Told'), type: 'final' },
      },
    }),
    matter: machine<{ dueOn: string }, { dueOn: string }>().createMachine({
      meta: { title: { zh: '事项', en: 'Matter' } },
      context: ({ input }) => ({ dueOn: input.dueOn }),
      initial: 'mending',
      states: {
        mending: {
          ...state('整改中', 'Mending'),
          on: { 'matter.mend': 'mended' },
          after: { mended: 'mended' },
        },
        mended: { ...state('已整改', 'Mended'), type: 'final' },
      },
    }),
  }),
})

export const lossy: Entry = {
  definition,
  demo: {
    title: '易失',
    startsOn: '2026-04-01',
    organiser: 'lin-shuwen',
    units: ['county-finance', 'county-office'],
    duties: [
      { person: 'wang-jianguo', role: 'lead' },
      { person: 'zhou-min', role: 'reporter', unit: 'county-finance' },
      { person: 'chen-siyu', role: 'reporter', unit: 'county-office' },
    ],
  },
}
