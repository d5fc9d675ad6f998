import { defineCampaign, open } from '@duban/engine'
import { z } from 'zod'
import t from 'tap'
import { drawing, type DrawRecord } from '../../src/kit/drawing.ts'
import { startPlay, type Play } from '../player.ts'
import { demoPlan } from '../samples.ts'

const sections = ['county-policy', 'county-finance', 'county-lawyers']
const lot = drawing('lot', { by: ['inspector'] })
const inspection = defineCampaign({
  id: 'drawn-inspection',
  version: 1,
  title: { zh: '抽查', en: 'Inspection of drawn units' },
  roles: { inspector: { title: { zh: '抽查组', en: 'Inspector' }, scope: 'campaign' } },
  dates: {},
  commands: {
    ...lot.commands,
    'visit.record': {
      title: { zh: '记录抽查', en: 'Record the visit' },
      by: ['inspector'],
      payload: z.strictObject({}),
    },
  },
  machines: ({ machine }) => ({
    campaign: machine<typeof lot.context>({
      guards: { ...lot.guards },
      updates: { ...lot.updates },
    }).createMachine({
      meta: { title: { zh: '抽查', en: 'Inspection' } },
      context: { ...lot.context },
      initial: 'lotAnnouncing',
      states: {
        ...lot.states({
          drawn: {
            target: 'inspecting',
            actions: open('visit', { each: 'context.lot.picked', unit: 'id' }),
          },
        }),
        inspecting: {
          meta: { title: { zh: '抽查中', en: 'Inspecting' } },
          on: { ...lot.later, 'every.visit.made': 'done' },
        },
        done: { meta: { title: { zh: '结束', en: 'Done' } }, type: 'final' },
      },
    }),
    visit: machine().createMachine({
      meta: { title: { zh: '到场抽查', en: 'Visit' } },
      initial: 'due',
      states: {
        due: { meta: { title: { zh: '待查', en: 'Due' } }, on: { 'visit.record': 'made' } },
        made: { meta: { title: { zh: '已查', en: 'Made' } }, type: 'final', tags: 'made' },
      },
    }),
  }),
})

function announced(): Play {
  const plan = demoPlan(sections)
  const assignments = plan.assignments.filter(({ role }) => role === 'inspector')
  const play = startPlay(inspection, { ...plan, assignments })
  t.equal(
    play.say('jiang-haifeng', 'lot.announce', play.root(), {
      pool: sections,
      count: 2,
      seedSource: '4月21日双色球开奖号码',
    }),
    'ok',
  )
  return play
}
const record = (play: Play): DrawRecord => (play.context(play.root()) as typeof lot.context).lot
const say = (play: Play, command: string, payload: object) =>
  play.say('jiang-haifeng', command, play.root(), payload as never)

void t.test('the pool and the source of the seed are on record before the seed is', async (t) => {
  const play = announced()
  t.match(record(play).announced, {
    announcement: { pool: sections },
    commitment: /^[0-9a-f]{64}$/u,
  })
  t.equal(record(play).held, null)
  t.equal(say(play, 'lot.hold', { seed: '03 07 12' }), 'ok')
  t.equal(record(play).picked.length, 2)
  t.equal(play.state(play.root()), '抽查中')
  t.ok(play.proves())
})

void t.test('what cannot be drawn is refused when it is announced', async (t) => {
  const play = startPlay(inspection, {
    ...demoPlan(sections),
    assignments: demoPlan(sections).assignments.filter(({ role }) => role === 'inspector'),
  })
  const short = { pool: ['county-policy'], count: 2, seedSource: '双色球' }
  t.equal(say(play, 'lot.announce', short), 'invalid_payload')
})

void t.test('who cannot be inspected is followed by the next in the row', async (t) => {
  const play = announced()
  say(play, 'lot.hold', { seed: '03 07 12' })
  const [first, second] = record(play).picked.map(({ id }) => id)
  const third = sections.find((one) => one !== first && one !== second)
  t.equal(say(play, 'lot.supplement', { ids: [third], reason: '停业' }), 'guard_refused')
  t.equal(say(play, 'lot.supplement', { ids: [first], reason: '停业' }), 'ok')
  t.strictSame(
    record(play).added.map(({ id }) => id),
    [third],
  )
  t.match(record(play).absent, [{ ids: [first], reason: '停业', by: 'jiang-haifeng' }])
  t.equal(
    say(play, 'lot.supplement', { ids: [second], reason: '停业' }),
    'guard_refused',
    'nobody is left to come up',
  )
})

void t.test('a void draw stays on record, and the next is announced anew', async (t) => {
  const play = announced()
  say(play, 'lot.hold', { seed: '03 07 12' })
  const { picked } = record(play)
  t.equal(say(play, 'lot.return', { reason: '名册有误' }), 'ok')
  t.equal(play.state(play.root()), '待公布抽取办法')
  t.match(record(play), {
    announced: null,
    picked: [],
    voided: [{ seed: '03 07 12', drawn: picked.map(({ id }) => id), reason: '名册有误' }],
  })
})

void t.test('options that cannot be are refused at load', async (t) => {
  t.throws(() => drawing('Lot!', { by: ['inspector'] }), RangeError)
  t.throws(() => drawing('lot', { by: [] }), RangeError)
  t.notOk(
    Object.hasOwn(drawing('lot', { by: ['a'], method: 'pairs' }).commands, 'lot.supplement'),
    'pairs are drawn anew',
  )
})

const announcements = {
  plain: { pool: ['a', 'b'], count: 1 },
  eachZone: { pool: [{ id: 'a', zone: '东片' }], each: 1 },
  zones: { pool: [{ id: 'a', zone: '东片' }], count: 1 },
  weighted: { pool: [{ id: 'a', weight: 3 }], count: 1 },
  pairs: { pool: ['a'], count: 1, experts: ['x', 'y'], perTarget: 1, recused: [] },
} as const

void t.test(
  'each method asks for what it needs, and refuses what could not be drawn',
  async (t) => {
    for (const [method, said] of Object.entries(announcements)) {
      const { commands } = drawing('lot', { by: ['inspector'], method: method as 'plain' })
      const { payload } = commands['lot.announce']
      const seedSource = '双色球'
      t.ok(payload.safeParse({ ...said, seedSource }).success, method)
      t.notOk(payload.safeParse(said).success, 'the source of the seed is announced')
      const more = 'each' in said ? { each: 9 } : { count: 9 }
      t.match(payload.safeParse({ ...said, ...more, seedSource }).error?.issues, [
        { path: ['pool'], message: /9/u },
      ])
    }
  },
)

void t.test('双随机: whoever is recused from the only target leaves it to the other', async (t) => {
  const double = drawing('lot', { by: ['inspector'], method: 'pairs' })
  const {
    'lot.announce': { payload },
  } = double.commands
  const recused = [{ expert: 'x', target: 'a' }]
  const said = { ...announcements.pairs, recused, seedSource: '双色球' }
  t.ok(payload.safeParse(said).success)
  t.match(payload.safeParse({ ...said, perTarget: 2 }).error?.issues, [
    { message: /除回避.*应抽2，只有1/u },
  ])
  const at = '2026-04-21T01:00:00.000Z'
  const by = 'inspector'
  const updates = double.updates
  const announced = updates['lotAnnounce']?.({
    context: double.context,
    event: { type: 'lot.announce', payload: said, by, at },
  })
  const context = { ...double.context, ...announced }
  const held = updates['lotHold']?.({
    context,
    event: { type: 'lot.hold', payload: { seed: '7' }, by, at },
  })
  t.match(held, { lot: { picked: [{ id: 'a', experts: ['y'] }] } })
})
