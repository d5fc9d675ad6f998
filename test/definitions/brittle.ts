import { defineCampaign, open, type CampaignFacts } from '@duban/engine'
import { z } from 'zod'

/** A plan whose author made mistakes that only show when it runs: a deadline and an opening that throw. */
export const brittle = defineCampaign({
  id: 'brittle',
  version: 1,
  title: { zh: '易错', en: 'Brittle' },
  roles: {
    lead: { title: { zh: '组长', en: 'Lead' }, scope: 'campaign' },
  },
  dates: {
    reports: { title: { zh: '报送', en: 'Reports' }, due: '04-18' },
    ends: { title: { zh: '结束', en: 'Ends' }, due: '05-20' },
  },
  commands: {
    'part.list': {
      title: { zh: '列出', en: 'List parts' },
      by: ['lead'],
      payload: z.strictObject({ parts: z.array(z.strictObject({ name: z.string() })) }),
    },
    'part.share': {
      title: { zh: '分派', en: 'Share out parts' },
      by: ['lead'],
      payload: z.strictObject({ parts: z.array(z.strictObject({ name: z.string() })) }),
    },
    'part.finish': {
      title: { zh: '办结', en: 'Finish' },
      by: ['lead'],
      payload: z.strictObject({}),
    },
    'part.repair': {
      title: { zh: '修复', en: 'Repair' },
      by: ['lead'],
      payload: z.strictObject({}),
    },
  },
  machines: ({ machine }) => ({
    campaign: machine<{ sound: boolean }, CampaignFacts>({
      guards: {
        needsSound: ({ context }) => {
          if (!context.sound) throw new Error('the deadline of this definition is broken')
          return true
        },
      },
      updates: { makeSound: () => ({ sound: true }) },
    }).createMachine({
      meta: { title: { zh: '易错', en: 'Brittle' } },
      context: ({ input }) => {
        if (input.title === '起不来') throw new Error('a campaign of this title cannot begin')
        return { sound: false }
      },
      initial: 'waiting',
      states: {
        waiting: {
          meta: { title: { zh: '等待', en: 'Waiting' } },
          on: {
            'part.list': { actions: open('part', { each: 'payload.parts' }) },
            'part.share': { target: 'shared', actions: open('part', { each: 'payload.parts' }) },
            'part.repair': { target: 'repaired', actions: 'makeSound' },
          },
          after: { reports: { target: 'over', guard: 'needsSound' } },
        },
        repaired: {
          meta: { title: { zh: '已修', en: 'Repaired' } },
          on: { 'part.repair': 'waiting' },
          after: { ends: 'over' },
        },
        shared: {
          meta: { title: { zh: '已分派', en: 'Shared out' } },
          on: { 'every.part.finished': 'over' },
          after: { ends: 'over' },
        },
        over: { meta: { title: { zh: '结束', en: 'Over' } }, type: 'final' },
      },
    }),
    part: machine<{ name: string }, { name: string }>().createMachine({
      meta: { title: { zh: '部分', en: 'Part' } },
      context: ({ input }) => {
        if (input.name === 'broken') throw new Error('this part cannot be opened')
        return { name: input.name }
      },
      initial: 'there',
      states: {
        there: {
          meta: { title: { zh: '在', en: 'There' } },
          on: { 'part.finish': 'finished' },
          after: { ends: 'gone' },
        },
        finished: {
          meta: { title: { zh: '已办结', en: 'Finished' } },
          tags: 'finished',
          type: 'final',
        },
        gone: { meta: { title: { zh: '不在', en: 'Gone' } }, type: 'final' },
      },
    }),
  }),
})
