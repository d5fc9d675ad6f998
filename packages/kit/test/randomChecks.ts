// 双随机 as a plan says it: offices file rosters, a share of each credit grade is drawn from them, two inspectors
// for each, witnessed. For the tests of `drawing` and `standIns`.
import { defineCampaign, open, tell, type CampaignFacts } from '@duban/engine'
import { z } from 'zod'
import { drawing } from '../src/drawing/index.ts'
import { standIns, type Team } from '../src/standIns/index.ts'

const Enterprise = z.strictObject({ id: z.string(), zone: z.enum(['A', 'B', 'D']) })
export type Enterprise = z.output<typeof Enterprise>
export const lot = drawing('lot', {
  by: ['office'],
  witness: ['discipline'],
  supplement: ['office'],
  opens: 'drawDay',
  rates: { A: 3, B: 50, D: 100 },
  pool: 'context.listed',
  pairs: { perTarget: 2, reserve: 1, experts: 'context.inspectors', recused: 'context.recused' },
})
export const team = standIns('check', { by: ['office'], own: ['inspector'] })
export type Root = typeof lot.context & {
  listed: Enterprise[]
  inspectors: string[]
  recused: { expert: string; target: string }[]
}
export type Check = { id: string } & Team

const campaign = 'campaign' as const
const role = (zh: string, en: string) => ({ title: { zh, en }, scope: campaign })
export const random = defineCampaign({
  id: 'drawn-from-rosters',
  version: 1,
  title: { zh: '双随机', en: 'Random checks' },
  roles: {
    office: role('办公室', 'Office'),
    discipline: role('纪检监察组', 'Discipline inspectors'),
    inspector: role('执法人员', 'Inspector'),
    clerk: { title: { zh: '经办人', en: 'Clerk' }, scope: 'unit' },
  },
  dates: {
    drawDay: {
      title: { zh: '抽取日', en: 'Day of the draw' },
      due: '04-02',
      at: 'start of day',
    },
  },
  messages: {
    'roster.filed': {
      title: { zh: '名录已报', en: 'Roster filed' },
      payload: z.strictObject({ enterprises: z.array(Enterprise) }),
    },
  },
  commands: {
    ...lot.commands,
    ...team.commands,
    'roster.file': {
      title: { zh: '报送名录', en: 'File the roster' },
      by: ['clerk'],
      payload: z.strictObject({ enterprises: z.array(Enterprise) }),
    },
    'inspector.enrol': {
      title: { zh: '入库', en: 'Enrol' },
      by: ['inspector'],
      payload: z.strictObject({ recusedFrom: z.array(z.string()) }),
    },
    'check.record': {
      title: { zh: '检查', en: 'Check' },
      by: ['inspector'],
      only: 'context.experts',
      payload: z.strictObject({}),
    },
  },
  machines: ({ machine, on }) => ({
    campaign: machine<Root, CampaignFacts>({
      guards: { ...lot.guards },
      updates: {
        ...lot.updates,
        list: on('roster.filed', ({ context, payload }) => ({
          listed: [...context.listed, ...payload.enterprises],
        })),
        enrol: on('inspector.enrol', ({ context, payload, by }) => ({
          inspectors: [...context.inspectors, by],
          recused: [...context.recused, ...payload.recusedFrom.map((target) => ({ expert: by, target }))],
        })),
      },
    }).createMachine({
      meta: { title: { zh: '双随机', en: 'Random checks' } },
      context: { ...lot.context, listed: [], inspectors: [], recused: [] },
      initial: 'drawing',
      states: {
        drawing: {
          meta: { title: { zh: '抽取', en: 'Drawing' } },
          entry: open('unit'),
          initial: 'lotAnnouncing',
          on: { 'roster.filed': { actions: 'list' }, 'inspector.enrol': { actions: 'enrol' } },
          states: {
            ...lot.states({
              drawn: {
                target: '#campaign.checking',
                actions: open('check', { each: 'context.lot.picked' }),
              },
            }),
          },
        },
        checking: {
          meta: { title: { zh: '检查', en: 'Checking' } },
          on: {
            'lot.supplement': {
              guard: 'lotSpare',
              actions: ['lotSupplement', open('check', { each: 'context.lot.added' })],
            },
            'every.check.made': 'done',
          },
        },
        done: { meta: { title: { zh: '结束', en: 'Done' } }, type: 'final' },
      },
    }),
    unit: machine().createMachine({
      meta: { title: { zh: '部门', en: 'Department' } },
      initial: 'listing',
      states: {
        listing: {
          meta: { title: { zh: '报送名录', en: 'Listing' } },
          on: {
            'roster.file': {
              target: 'listed',
              actions: tell('parent', 'roster.filed', { enterprises: 'payload.enterprises' }),
            },
          },
        },
        listed: { meta: { title: { zh: '已报', en: 'Listed' } }, type: 'final' },
      },
    }),
    check: machine<Check & typeof team.context, Check>({
      guards: { ...team.guards },
      updates: { ...team.updates },
    }).createMachine({
      meta: { title: { zh: '检查对象', en: 'Object' } },
      context: ({ input }) => ({ ...input, ...team.context }),
      initial: 'waiting',
      states: {
        waiting: {
          meta: { title: { zh: '待检查', en: 'To be checked' } },
          on: { ...team.on, 'check.record': 'made' },
        },
        made: { meta: { title: { zh: '已检查', en: 'Checked' } }, type: 'final', tags: 'made' },
      },
    }),
  }),
})
