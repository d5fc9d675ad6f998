import type { Json } from '@duban/engine'
import t from 'tap'
import { draw } from '../src/draw/index.ts'
import { standIns } from '../src/standIns/index.ts'
import { startPlay, type Play } from './player.ts'
import { offices, smallPlan } from './plan.ts'
import { lot, random, type Check, type Enterprise, type Root, type team } from './randomChecks.ts'

const inspectors = ['gu', 'lin', 'shi', 'wu']
/** Both offices have filed, and four inspectors are there, one of whom has an interest in n1. */
function listed(): Play {
  const play = startPlay(
    random,
    smallPlan({
      sun: ['office'],
      wang: ['discipline'],
      'zhou@north': ['clerk@north'],
      'qian@south': ['clerk@south'],
      ...Object.fromEntries(inspectors.map((one) => [one, ['inspector']])),
    }),
  )
  const file = (who: string, unit: string, enterprises: Enterprise[]) =>
    play.say(who, 'roster.file', play.unit(unit), { enterprises })
  file('zhou', offices[0], [
    { id: 'n1', zone: 'D' },
    { id: 'n2', zone: 'A' },
    { id: 'n3', zone: 'A' },
  ])
  const many = Array.from({ length: 5 }, (_, n) => ({ id: `s${n}`, zone: 'B' as const }))
  file('qian', offices[1], many)
  for (const one of inspectors) {
    play.say(one, 'inspector.enrol', play.root(), { recusedFrom: one === 'gu' ? ['n1'] : [] })
  }
  return play
}
const record = (play: Play) => (play.context(play.root()) as Root).lot
const seed = '03 07 12'
const say = (play: Play, who: string, command: string, payload: Json) => play.say(who, command, play.root(), payload)
function held(): Play {
  const play = listed()
  t.equal(say(play, 'sun', 'lot.announce', { seedSource: '双色球' }), 'ok')
  play.goTo('2026-04-02 09:00')
  t.equal(say(play, 'sun', 'lot.hold', { seed }), 'ok')
  return play
}

void t.test('the pool that units filed is announced, and with it all that the draw needs', async (t) => {
  const play = listed()
  t.equal(say(play, 'sun', 'lot.announce', { seedSource: '双色球' }), 'ok')
  const { announced, held: seeded } = record(play)
  t.match(announced, {
    commitment: /^[0-9a-f]{64}$/u,
    announcement: {
      method: 'rates',
      rates: { A: 3, B: 50, D: 100 },
      experts: inspectors,
      recused: [{ expert: 'gu', target: 'n1' }],
      perTarget: 2,
      reserve: 1,
    },
  })
  t.equal(announced?.announcement.pool.length, 8)
  t.equal(seeded, null, 'the commitment is out before the seed')
  t.equal(say(play, 'sun', 'lot.hold', { seed }), 'not_yet_open')
  play.goTo('2026-04-02 09:00')
  t.equal(say(play, 'sun', 'lot.hold', { seed }), 'ok')
  const { picked } = record(play)
  t.strictSame(
    picked.map(({ zone }) => zone),
    ['A', 'B', 'B', 'B', 'D'],
  )
  const again = announced && draw(announced.announcement, seed)
  t.strictSame(
    again?.drawn,
    picked.map(({ id }) => id),
    'and anybody recomputes it from the record',
  )
  t.equal(again?.commitment, announced?.commitment)
  const closed = picked.find(({ id }) => id === 'n1')
  t.notOk([...(closed?.experts ?? []), ...(closed?.reserve ?? [])].includes('gu'))
})

void t.test('nothing counts before the witness confirms, and the witness may have it drawn anew', async (t) => {
  const play = held()
  t.equal(play.state(play.root()), '待监督确认')
  t.equal(play.instances('check').length, 0)
  t.equal(say(play, 'sun', 'lot.witness', { opinion: '合规' }), 'role_required')
  t.equal(say(play, 'wang', 'lot.return', { reason: '录入有误' }), 'ok')
  t.equal(say(play, 'sun', 'lot.announce', { seedSource: '双色球' }), 'ok')
  t.equal(say(play, 'sun', 'lot.hold', { seed: '04' }), 'ok')
  t.equal(say(play, 'wang', 'lot.witness', { opinion: '合规' }), 'ok')
  t.match(record(play), { witnessed: { opinion: '合规', by: 'wang' }, voided: [{ seed }] })
  t.equal(play.instances('check').length, 5)
  t.ok(play.proves())
})

void t.test('a target that is closed is followed by the next of its stratum, with inspectors', async (t) => {
  const play = held()
  say(play, 'wang', 'lot.witness', { opinion: '合规' })
  const { picked } = record(play)
  const [, gone] = picked
  t.equal(gone?.zone, 'B')
  t.equal(say(play, 'sun', 'lot.supplement', { ids: ['n1'], reason: '停业' }), 'guard_refused')
  t.equal(say(play, 'sun', 'lot.supplement', { ids: [gone?.id ?? ''], reason: '停业' }), 'ok')
  const { added, picked: now } = record(play)
  t.match(added, [{ zone: 'B', experts: [/./u, /./u], reserve: [/./u] }])
  const stayed = picked.filter(({ id }) => id !== gone?.id)
  t.strictSame(
    now.filter(({ id }) => id !== added[0]?.id),
    stayed,
  )
  t.equal(play.instances('check').length, 6)
})

void t.test('an inspector who falls out is followed by the one who stands by, once', async (t) => {
  const play = held()
  say(play, 'wang', 'lot.witness', { opinion: '合规' })
  const [check] = play.children(play.root(), 'check')
  if (!check) throw new Error('drawn')
  const teamOf = () => play.context(check) as Check & typeof team.context
  const { experts, reserve } = teamOf()
  const [one = '', two = ''] = experts
  const [next = ''] = reserve
  t.equal(play.say(next, 'check.record', check, {}), 'not_named')
  t.equal(play.say(next, 'check.recuse', check, { reason: '亲属' }), 'not_named')
  t.equal(play.say('sun', 'check.replace', check, { expert: next, reason: '病' }), 'guard_refused')
  t.equal(play.say(one, 'check.recuse', check, { reason: '亲属' }), 'ok')
  t.strictSame(teamOf().experts, [next, two])
  t.match(teamOf().standIns, [{ out: one, next, reason: '亲属', by: one }])
  t.equal(
    play.say('sun', 'check.replace', check, { expert: two, reason: '病' }),
    'guard_refused',
    'nobody stands by any more',
  )
  t.equal(play.say(next, 'check.record', check, {}), 'ok')
  t.ok(play.proves())
})

void t.test('while nothing is listed, or nobody may go, there is nothing to announce', async (t) => {
  const play = startPlay(random, smallPlan({ sun: ['office'], 'zhou@north': ['clerk@north'] }))
  t.equal(say(play, 'sun', 'lot.announce', { seedSource: '双色球' }), 'guard_refused')
  play.say('zhou', 'roster.file', play.unit(offices[0]), {
    enterprises: [{ id: 'n', zone: 'D' }],
  })
  t.equal(say(play, 'sun', 'lot.announce', { seedSource: '双色球' }), 'guard_refused')
})

void t.test('a pool that is read must have what the method needs', async (t) => {
  const can = lot.guards['lotPossible']
  const context = { ...lot.context, inspectors: [], recused: [], listed: [{ id: 'n1' }] }
  t.throws(() => can?.({ context, event: { type: 'open', at: '2026-03-01' } }), /context.listed/u)
})

void t.test('without their own role, experts cannot step down; somebody must replace them', async (t) => {
  t.strictSame(Object.keys(standIns('check', { by: ['office'] }).on), ['check.replace'])
  t.throws(() => standIns('check', { by: [] }), RangeError)
  t.throws(() => standIns('check', { by: ['office'], own: [] }), /own: name at least one role/u)
  t.throws(() => standIns('Check 1', { by: ['office'] }), RangeError)
})
