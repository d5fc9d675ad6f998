import { defineCampaign, open, tell } from '@duban/engine'
import { z } from 'zod'

const title = (zh: string, en: string) => ({ zh, en })
const words = z.string().min(1).max(200)

/** A result is public; whoever objects and is right has it revised, once for each time, and it is public again. */
export const objections = defineCampaign({
  id: 'objections',
  version: 1,
  title: title('公示', 'Public notice'),
  roles: { lead: { title: title('组长', 'Lead'), scope: 'campaign' } },
  dates: { ends: { title: title('公示期满', 'End'), due: '04-18' } },
  commands: {
    'objection.file': {
      title: title('提出异议', 'Object'),
      by: ['lead'],
      payload: z.strictObject({ text: words }),
    },
    'objection.uphold': {
      title: title('成立', 'Uphold'),
      by: ['lead'],
      payload: z.strictObject({}),
    },
    'result.revise': { title: title('更正', 'Revise'), by: ['lead'], payload: z.strictObject({}) },
  },
  messages: { 'result.revised': { title: title('已更正', 'Revised') } },
  machines: ({ machine }) => ({
    campaign: machine<{ revised: number }>({
      updates: { count: ({ context }) => ({ revised: context.revised + 1 }) },
    }).createMachine({
      meta: { title: title('公示', 'Public notice') },
      context: { revised: 0 },
      initial: 'public',
      on: { 'objection.file': { actions: open('objection', { from: 'payload' }) } },
      states: {
        public: {
          meta: { title: title('公示中', 'Public') },
          on: { 'atLeast.1.objection.upheld': 'revising' },
          after: { ends: 'over' },
        },
        revising: {
          meta: { title: title('更正中', 'Revising') },
          on: {
            'result.revise': {
              target: 'public',
              actions: ['count', tell({ children: 'objection' }, 'result.revised')],
            },
          },
        },
        over: { meta: { title: title('结束', 'Over') }, type: 'final' },
      },
    }),
    objection: machine().createMachine({
      meta: { title: title('异议', 'Objection') },
      initial: 'filed',
      states: {
        filed: { meta: { title: title('待核实', 'Filed') }, on: { 'objection.uphold': 'upheld' } },
        upheld: {
          meta: { title: title('成立', 'Upheld') },
          tags: 'upheld',
          on: { 'result.revised': 'settled' },
        },
        settled: { meta: { title: title('已处理', 'Settled') }, type: 'final' },
      },
    }),
  }),
})
