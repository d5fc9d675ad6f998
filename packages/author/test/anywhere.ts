import { defineCampaign, open, type Definition } from '@duban/engine'
import { z } from 'zod'

const title = (zh: string, en: string) => ({ zh, en })
const state = (zh: string, en: string) => ({ meta: { title: title(zh, en) } })
const command = (zh: string, en: string) => ({
  title: title(zh, en),
  by: ['lead'] as const,
  payload: z.strictObject({}),
})
const region = (n: number) => ({
  ...state(`第${n}项`, `Item ${n}`),
  initial: 'todo',
  states: {
    todo: { ...state('待办', 'To do'), on: { 'item.do': 'done' } },
    done: { ...state('已办', 'Done'), type: 'final' as const },
  },
})

/** Machines that are left from wherever they stand: by a command, by a date, back to their beginning. */
export const anywhere: Definition = defineCampaign({
  id: 'anywhere',
  version: 1,
  title: title('随时移送', 'From anywhere'),
  roles: { lead: { title: title('组长', 'Lead'), scope: 'campaign' } },
  dates: { ended: { title: title('期满', 'The end'), due: '12-31' } },
  commands: {
    'matter.handOver': command('移送公安', 'Hand over to the police'),
    'matter.study': command('研究', 'Study'),
    'matter.restart': command('重新开始', 'Start again'),
    'matter.close': command('办结', 'Close'),
    'item.do': command('办理', 'Do'),
    'item.skip': command('第一项免办', 'Skip the first'),
  },
  machines: ({ machine }) => ({
    campaign: machine().createMachine({
      meta: { title: title('随时移送', 'From anywhere') },
      initial: 'open',
      on: {
        'matter.handOver': '#campaign.withPolice',
        'matter.restart': { target: '#campaign', reenter: true },
      },
      after: { ended: '.withPolice' },
      states: {
        open: {
          ...state('办理中', 'Open'),
          entry: open('unit'),
          initial: 'waiting',
          on: { 'matter.study': '.studying' },
          states: {
            waiting: state('待研究', 'Waiting'),
            studying: {
              ...state('研究中', 'Studying'),
              on: { 'matter.close': '#campaign.closed' },
            },
          },
        },
        withPolice: {
          ...state('公安机关办理中', 'With the police'),
          on: { 'matter.close': 'closed' },
        },
        closed: { ...state('已办结', 'Closed'), type: 'final' },
      },
    }),
    unit: machine().createMachine({
      meta: { title: title('单位', 'Unit') },
      type: 'parallel',
      on: { 'item.skip': '#unit.first.done', 'matter.restart': { target: '#unit', reenter: true } },
      states: { first: region(1), second: region(2), third: region(3), fourth: region(4) },
    }),
  }),
})
