import { defineCampaign, open } from '@duban/engine'
import { z } from 'zod'
import t from 'tap'
import { drawing, type DrawRecord } from '../src/drawing/index.ts'
import { startPlay, type Play } from './player.ts'
import { demoPlan } from '../../definitions/test/samples.ts'

const sections = ['county-policy', 'county-finance', 'county-lawyers']
const lot = drawing('lot', { by: ['inspector'], supplement: ['inspector'] })
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
  t.equal(say(play, 'lot.supplement', { ids: [second], reason: '停业' }), 'guard_refused', 'nobody is left to come up')
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

void t.test('options that cannot be are refused at load, and say what to do', async (t) => {
  const refused: [object, RegExp][] = [
    [{ by: [] }, /by: name at least one role/u],
    [{ witness: [] }, /witness: name at least one role/u],
    [{ method: 'pairs' }, /method: write one of plain, .*for 双随机 add pairs: \{\}/u],
    [{ method: 'rates' }, /leave method out, or rates/u],
    [{ method: 'plain', rates: { A: 3 } }, /leave method out, or rates/u],
    [{ rates: { A: 300 } }, /per cent from 0 to 100/u],
    [{ rates: { A: 0 } }, /all draw nobody/u],
    [{ each: 2 }, /each: the method plain does not ask for it/u],
    [{ count: 0 }, /count: a whole number from 1/u],
    [{ pairs: { reserve: -1 } }, /pairs.reserve: a whole number from 0/u],
    [{ pool: 'payload.towns' }, /pool: .*like context.pool/u],
    [{ method: 'ring', pairs: {} }, /leave pairs out/u],
    [{ method: 'ring', supplement: ['inspector'] }, /in a ring nobody comes up/u],
  ]
  for (const [options, why] of refused) {
    t.throws(() => drawing('lot', { by: ['inspector'], ...options }), why)
    t.throws(() => drawing('lot', { by: ['inspector'], ...options }), RangeError)
  }
  t.throws(() => drawing('Lot!', { by: ['inspector'] }), RangeError)
})

const two = { experts: ['x', 'y'], perTarget: 1, recused: [] }
const announcements = {
  plain: [{ pool: ['a', 'b'], count: 1 }, { count: 9 }],
  eachZone: [{ pool: [{ id: 'a', zone: '东片' }], each: 1 }, { each: 9 }],
  zones: [{ pool: [{ id: 'a', zone: '东片' }], count: 1 }, { count: 9 }],
  rates: [
    { pool: [{ id: 'a', zone: '东片' }] },
    {
      pool: [
        { id: 'a', zone: '东片' },
        { id: 'a', zone: '东片' },
      ],
    },
  ],
  weighted: [{ pool: [{ id: 'a', weight: 3 }], count: 1 }, { count: 9 }],
  ring: [{ pool: ['a', 'b', 'c'] }, { pool: ['a', 'b'] }],
} as const

void t.test('each method asks for what it needs, and refuses what could not be drawn', async (t) => {
  for (const [method, [said, bad]] of Object.entries(announcements)) {
    for (const paired of method === 'ring' ? [false] : [false, true]) {
      const { commands } = drawing('lot', {
        by: ['inspector'],
        method: method as 'plain',
        ...(method === 'rates' && { rates: { 东片: 30 } }),
        ...(paired && { pairs: {} }),
      })
      const { payload } = commands['lot.announce']
      const whole = { ...said, ...(paired && two), seedSource: '双色球' }
      t.ok(payload.safeParse(whole).success, method)
      t.notOk(payload.safeParse({ ...whole, seedSource: undefined }).success, 'the source is said')
      t.match(payload.safeParse({ ...whole, ...bad }).error?.issues, [
        { path: ['pool'], message: /9|有重复|至少要有三个/u },
      ])
      if (method === 'rates') {
        const other = { ...whole, pool: [{ id: 'a', zone: '西片' }] }
        t.match(payload.safeParse(other).error?.issues, [{ path: ['pool', 0, 'zone'] }])
      }
      if (paired) {
        const recused = ['x', 'y'].map((expert) => ({ expert, target: 'a' }))
        t.match(payload.safeParse({ ...whole, recused }).error?.issues, [{ message: /除回避.*应抽1，只有0/u }])
      }
    }
  }
})

void t.test('what the plan fixes is not asked for, and is announced all the same', async (t) => {
  const fixed = drawing('lot', { by: ['inspector'], count: 1, pairs: { perTarget: 1, reserve: 1 } })
  const said = { pool: ['county-policy'], experts: ['x', 'y'], recused: [], seedSource: '双色球' }
  const {
    'lot.announce': { payload },
  } = fixed.commands
  t.ok(payload.safeParse(said).success)
  t.notOk(payload.safeParse({ ...said, count: 1 }).success)
  const announced = fixed.updates['lotAnnounce']?.({
    context: fixed.context,
    event: { type: 'lot.announce', payload: said, at: '2026-04-21' },
  })
  t.match(announced, {
    lot: { announced: { announcement: { count: 1, perTarget: 1, reserve: 1 } } },
  })
  const held = fixed.updates['lotHold']?.({
    context: { ...fixed.context, ...announced },
    event: { type: 'lot.hold', payload: { seed: '7' }, at: '2026-04-21' },
  })
  const [picked] = held?.lot?.picked ?? []
  t.strictSame([...(picked?.experts ?? []), ...(picked?.reserve ?? [])].toSorted(), ['x', 'y'])
})

void t.test('nobody has to supplement a draw: then there is no such command', async (t) => {
  const bare = drawing('lot', { by: ['inspector'] })
  t.notOk(Object.hasOwn(bare.commands, 'lot.supplement'))
  t.strictSame(Object.keys(bare.later), ['lot.return'])
  t.strictSame(bare.guards, {})
})
