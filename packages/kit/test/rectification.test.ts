import { defineCampaign, open, type Instance } from '@duban/engine'
import fc from 'fast-check'
import t from 'tap'
import { z } from 'zod'
import { rectification } from '../src/rectification/index.ts'
import type { Rectified } from '../src/rectification/kind.ts'
import { startPlay, type Play } from './player.ts'
import { smallPlan } from './plan.ts'

const roles = {
  lead: { title: { zh: '组长', en: 'Lead' }, scope: 'campaign' },
  reporter: { title: { zh: '经办人', en: 'Reporter' }, scope: 'unit' },
  verifier: { title: { zh: '验收人', en: 'Verifier' }, scope: 'campaign', recused: 'ownUnit' },
} as const
const dates = {
  mended: { title: { zh: '整改完成', en: 'Mended' }, due: '05-15' },
  lookedBack: { title: { zh: '回头看结束', en: 'Looking back ends' }, due: '06-30' },
} as const

const finding = rectification({
  by: ['reporter'],
  verify: ['verifier'],
  decide: ['lead'],
  due: 'mended',
  lookBack: { by: ['verifier'], until: 'lookedBack' },
})
const inspection = defineCampaign({
  id: 'inspection',
  version: 1,
  title: { zh: '检查', en: 'Inspection' },
  roles,
  dates: { ...dates, ...finding.dates },
  commands: {
    'findings.list': {
      title: { zh: '列出问题', en: 'List findings' },
      by: ['verifier'],
      payload: z.strictObject({ findings: z.array(z.strictObject({ title: z.string() })) }),
    },
    ...finding.commands,
  },
  machines: ({ machine }) => ({
    campaign: machine().createMachine({
      meta: { title: { zh: '检查', en: 'Inspection' } },
      initial: 'running',
      states: {
        running: {
          meta: { title: { zh: '进行中', en: 'Running' } },
          entry: open('unit'),
          on: { 'every.unit.finished': 'over' },
        },
        over: { meta: { title: { zh: '结束', en: 'Over' } }, type: 'final' },
      },
    }),
    unit: machine().createMachine({
      meta: { title: { zh: '单位', en: 'Unit' } },
      initial: 'waiting',
      states: {
        waiting: {
          meta: { title: { zh: '待检查', en: 'Waiting' } },
          on: {
            'findings.list': {
              target: 'rectifying',
              actions: open('finding', { each: 'payload.findings' }),
            },
          },
          after: { lookedBack: 'finished' },
        },
        rectifying: {
          meta: { title: { zh: '整改中', en: 'Rectifying' } },
          on: { 'every.finding.settled': 'rectified' },
        },
        rectified: {
          meta: { title: { zh: '整改到位', en: 'Rectified' } },
          on: { 'atLeast.1.finding.reopened': 'rectifying' },
          after: { lookedBack: 'finished' },
        },
        finished: {
          meta: { title: { zh: '完成', en: 'Finished' } },
          type: 'final',
          tags: 'finished',
        },
      },
    }),
    finding: finding.kind,
  }),
})

const people = {
  'wang@bureau': ['lead'],
  'chen@north': ['reporter@north'],
  // Of the office, and a verifier: may neither judge the own office nor what was put right by herself.
  'sun@north': ['reporter@north', 'verifier'],
  // Verifies in the bureau, and helps the north out.
  'qian@bureau': ['verifier', 'reporter@north'],
  'zhou@bureau': ['verifier'],
}
const plan = { measures: '逐项补正', responsible: '科长', finishOn: '2026-05-10' }
const result = { result: '已补正' }
const opinion = { opinion: '属实' }
const reason = { reason: '材料不全' }

/** A campaign in which the north has one finding since 20 April. */
function found(): { play: Play; finding: Instance } {
  const play = startPlay(inspection, smallPlan(people))
  play.goTo('2026-04-20 09:00')
  play.say('zhou', 'findings.list', play.unit('north'), { findings: [{ title: '台账不全' }] })
  const [only] = play.findings('north')
  if (!only) throw new Error('one finding was listed')
  return { play, finding: only }
}
const seen = (play: Play, one: Instance) => play.context(one) as Rectified & { title: string }

void t.test('from plan to closing, verified by another', async (t) => {
  const { play, finding } = found()
  t.equal(play.state(finding), '待提整改方案')
  t.equal(play.say('chen', 'finding.rectify', finding, result), 'wrong_state', 'the plan first')
  t.equal(play.say('chen', 'finding.plan', finding, plan), 'ok')
  t.equal(play.say('qian', 'finding.rectify', finding, result), 'ok')
  t.equal(play.say('qian', 'finding.close', finding, opinion), 'four_eyes')
  t.equal(play.say('sun', 'finding.close', finding, opinion), 'recused')
  t.equal(play.say('zhou', 'finding.close', finding, opinion), 'ok')
  t.equal(play.state(finding), '已销号')
  t.equal(play.state(play.unit('north')), '整改到位')
  t.match(seen(play, finding), { title: '台账不全', verified: { opinion: '属实', by: 'zhou' } })
  t.ok(play.proves())
})

void t.test('a returned one has five working days of its own, then it is overdue', async (t) => {
  const { play, finding } = found()
  play.say('chen', 'finding.plan', finding, plan)
  play.say('chen', 'finding.rectify', finding, result)
  play.goTo('2026-05-12 09:00')
  t.equal(play.say('zhou', 'finding.return', finding, reason), 'ok')
  play.goTo('2026-05-19 23:59')
  t.equal(play.state(finding), '退回再整改', 'beyond the 15th, because it was returned')
  play.goTo('2026-05-20 00:00')
  t.equal(play.state(finding), '整改逾期')
  t.equal(play.say('wang', 'finding.carryOver', finding, { reason: '需立项', until: '2026-12-31' }), 'ok')
  t.equal(play.state(finding), '转入下一阶段')
  t.equal(play.state(play.unit('north')), '整改到位')
})

void t.test('looking back opens a closed one again, and its unit follows', async (t) => {
  const { play, finding } = found()
  play.say('chen', 'finding.plan', finding, plan)
  play.say('chen', 'finding.rectify', finding, result)
  play.say('zhou', 'finding.close', finding, opinion)
  play.goTo('2026-06-01 09:00')
  t.equal(play.say('qian', 'finding.reopen', finding, { reason: '台账又不全' }), 'ok')
  t.equal(play.state(finding), '回头看后重新整改')
  t.equal(play.state(play.unit('north')), '整改中')
  t.equal(seen(play, finding).verified, null)
  t.equal(play.say('chen', 'finding.rectify', finding, result), 'ok')
  t.equal(play.say('zhou', 'finding.close', finding, opinion), 'ok')
  t.equal(play.state(play.unit('north')), '整改到位')
  play.goTo('2026-07-01 00:00')
  t.equal(play.say('qian', 'finding.reopen', finding, reason), 'late')
  t.equal(play.root().state.status, 'done')
})

void t.test('an overdue one without a plan needs the plan first', async (t) => {
  const { play, finding } = found()
  play.goTo('2026-05-16 00:00')
  t.equal(play.state(finding), '整改逾期')
  t.ok(play.notices.some(({ to, zh }) => to.includes('lead') && zh === 'north有一项整改逾期'))
  t.equal(play.say('chen', 'finding.rectify', finding, result), 'guard_refused')
  play.say('chen', 'finding.plan', finding, plan)
  t.equal(play.say('chen', 'finding.rectify', finding, result), 'ok')
})

void t.test('without plan, and with dates of its own', async (t) => {
  const bare = rectification({
    name: 'shortfall',
    by: ['a'],
    verify: ['b'],
    due: 'late',
    plan: false,
  })
  t.strictSame(Object.keys(bare.commands), ['shortfall.rectify', 'shortfall.close', 'shortfall.return'])
  t.strictSame(Object.keys(bare.dates), ['shortfallAgain'])
  t.equal(bare.kind.spec.initial, 'rectifying')
  t.notOk(bare.kind.spec.states?.['carriedOver'], 'without a leader nobody carries over')
})

void t.test('what cannot be is refused when it is written', async (t) => {
  const fine = { by: ['a'], verify: ['b'], due: 'late' }
  t.throws(() => rectification({ ...fine, name: 'Big Name' }), /camelCase/u)
  t.throws(() => rectification({ ...fine, verify: [] }), /verify: name at least one role/u)
  t.throws(() => rectification({ ...fine, again: 'late + 2 days' }), /count from the return/u)
  t.throws(() => rectification({ ...fine, plan: false, planDue: 'x' }), /planDue/u)
})

void t.test('whatever people try, in whatever order and whenever', async () => {
  const sayings = {
    'finding.plan': plan,
    'finding.rectify': result,
    'finding.close': opinion,
    'finding.return': reason,
    'finding.reopen': reason,
    'finding.carryOver': { reason: '需立项', until: '2026-12-31' },
  }
  const move = fc.record({
    person: fc.constantFrom('wang', 'chen', 'sun', 'qian', 'zhou'),
    command: fc.constantFrom(...(Object.keys(sayings) as (keyof typeof sayings)[])),
    days: fc.constantFrom(0, 0, 0, 1, 6, 20),
  })
  fc.assert(
    fc.property(fc.array(move, { maxLength: 30 }), (moves) => {
      const { play, finding } = found()
      const hands = new Set<string>()
      let day = Date.parse('2026-04-20T00:00:00Z')
      for (const { person, command, days } of moves) {
        day += days * 86_400_000
        play.goTo(`${new Date(day).toISOString().slice(0, 10)} 09:00`)
        const before = play.state(finding)
        if (play.say(person, command, finding, sayings[command]) !== 'ok') continue
        const mends = command === 'finding.plan' || command === 'finding.rectify'
        if (mends) hands.add(person)
        else if (hands.has(person)) return false
        if (command === 'finding.close' && before !== '待验收') return false
      }
      const { results, returns, reopenings, verified } = seen(play, finding)
      return (
        results.length >= returns.length &&
        reopenings.length <= results.length &&
        (verified === null || results.length > returns.length + reopenings.length) &&
        play.proves()
      )
    }),
    { numRuns: 100 },
  )
})
