import t from 'tap'
import { z } from 'zod'
import { rectification } from '../src/rectification/index.ts'
import { found, opinion, reason, result } from './matters.ts'

const dueOn = {
  hazardDay: { title: { zh: '整改期限', en: 'Day' }, due: 'context.dueOn', remind: ['-2 days'] },
}
const base = { name: 'hazard', by: ['reporter'], plan: false } as const

void t.test('7日内整改: the clock runs from when it was opened, whatever is submitted', async (t) => {
  const parts = rectification({
    ...base,
    verify: ['verifier'],
    within: '7 days',
    decide: ['lead'],
  })
  const { play, say, state, hazard } = found(parts)
  t.equal(say('chen', 'rectify', result), 'ok', 'on the 20th')
  play.goTo('2026-04-26 09:00')
  t.equal(say('lu', 'return', reason), 'ok')
  t.equal(state(), '退回再整改')
  play.goTo('2026-04-28 00:00')
  t.equal(state(), '退回再整改', 'the day came, and what was returned has its own')
  t.equal(play.notices.filter(({ zh }) => zh.includes('待验收')).length, 0)
  t.match(play.context(hazard()), { returns: [{ reason: '未到位' }], results: [{ by: 'chen' }] })
  play.goTo('2026-05-07 00:00')
  t.equal(state(), '整改逾期', 'five working days after the return, 1–5 May off')
  t.ok(play.proves())
})

void t.test('7日内整改: what lies with the verifier that day presses them', async (t) => {
  const parts = rectification({ ...base, verify: ['verifier'], within: '7 days' })
  const { play, say, state } = found(parts)
  play.goTo('2026-04-26 09:00')
  say('chen', 'rectify', result)
  play.goTo('2026-04-27 23:59')
  t.equal(play.notices.filter(({ zh }) => zh.includes('待验收')).length, 0)
  play.goTo('2026-04-28 00:00')
  t.equal(state(), '待验收')
  t.equal(play.notices.filter(({ zh }) => zh.includes('待验收')).length, 1, 'once, on the 27th')
  play.goTo('2026-06-01 00:00')
  t.equal(play.notices.filter(({ zh }) => zh.includes('待验收')).length, 1, 'and never anew')
  t.equal(say('lu', 'close', opinion), 'ok')
  t.equal(play.state(play.unit('north')), '完成')
})

void t.test('7日内整改: nothing submitted is overdue after seven days', async (t) => {
  const { play, state } = found(rectification({ ...base, verify: ['verifier'], within: '7 days' }))
  play.goTo('2026-04-27 23:59')
  t.equal(state(), '整改中')
  play.goTo('2026-04-28 00:00')
  t.equal(state(), '整改逾期')
})

void t.test('当日整改: until the day of the opening ends', async (t) => {
  const { play, state } = found(rectification({ ...base, verify: ['verifier'], within: '0 days' }))
  play.goTo('2026-04-20 23:59')
  t.equal(state(), '整改中')
  play.goTo('2026-04-21 00:00')
  t.equal(state(), '整改逾期')
})

void t.test('7日内整改, where a return gives no time: overdue once the day has gone', async (t) => {
  const parts = rectification({
    ...base,
    verify: ['verifier'],
    within: '7 days',
    again: false,
  })
  const { play, say, state } = found(parts)
  t.strictSame(Object.keys(parts.dates), ['hazardDue'])
  say('chen', 'rectify', result)
  say('lu', 'return', reason)
  t.equal(state(), '整改中', 'it has the rest of the time')
  say('chen', 'rectify', result)
  play.goTo('2026-05-01 09:00')
  t.equal(state(), '待验收')
  say('lu', 'return', reason)
  t.equal(state(), '整改逾期')
})

const chain = rectification({
  ...base,
  due: 'hazardDay',
  again: false,
  verify: {
    check: { title: { zh: '初验', en: 'First inspection' }, by: ['verifier'] },
    review: { title: { zh: '专家复核', en: 'Review' }, by: ['expert'], least: 2 },
    approve: {
      title: { zh: '批准销号', en: 'Approval' },
      by: ['lead'],
      source: '经分管副县长批准',
    },
  },
})
const chained = { ...chain, dates: { ...dueOn, ...chain.dates } }

void t.test('初验, 复核 by two, 批准销号: one after the other, four eyes', async (t) => {
  const { play, say, state, hazard } = found(chained)
  t.equal(say('bai', 'rectify', result), 'ok')
  t.equal(state(), '待初验')
  t.equal(say('bai', 'check.pass', opinion), 'four_eyes', 'her own work')
  t.equal(say('wang', 'approve.pass', opinion), 'wrong_state', 'nobody skips a step')
  t.equal(say('lu', 'check.pass', opinion), 'ok')
  t.equal(say('qin', 'review.pass', opinion), 'ok')
  t.equal(state(), '待专家复核', 'one expert is not two')
  t.equal(say('qin', 'review.pass', opinion), 'guard_refused', 'nor one twice')
  t.equal(say('xu', 'review.pass', opinion), 'ok')
  t.equal(state(), '待批准销号')
  t.equal(say('wang', 'approve.pass', opinion), 'ok')
  t.equal(state(), '已销号')
  t.match(play.context(hazard()), {
    passes: [
      { step: 'check', by: 'lu', opinion: '属实' },
      { step: 'review', by: 'qin' },
      { step: 'review', by: 'xu' },
      { step: 'approve', by: 'wang' },
    ],
    verified: { opinion: '属实', by: 'wang' },
  })
  t.ok(play.proves())
})

void t.test('whoever refuses sends it back to the beginning, and every step is due again', async (t) => {
  const { play, say, state, hazard } = found(chained)
  say('chen', 'rectify', result)
  say('lu', 'check.pass', opinion)
  say('qin', 'review.pass', opinion)
  t.equal(say('xu', 'review.return', reason), 'ok')
  t.equal(state(), '整改中')
  say('chen', 'rectify', result)
  t.equal(state(), '待初验')
  t.match(play.context(hazard()), { passes: [], returns: [{ step: 'review', reason: '未到位' }] })
  say('lu', 'check.pass', opinion)
  t.equal(say('qin', 'review.pass', opinion), 'ok', 'he may judge the second one as well')
  play.goTo('2026-05-16 00:00')
  t.equal(state(), '待专家复核', 'it lies with others')
  say('xu', 'review.return', reason)
  t.equal(state(), '整改逾期', 'the day stays, so a sham rectification gains nothing')
})

void t.test('only the persons named in the matter verify', async (t) => {
  const named = rectification({
    ...base,
    due: 'hazardDay',
    verify: {
      check: {
        title: { zh: '验收', en: 'Verification' },
        by: ['verifier'],
        only: 'context.handler',
      },
    },
  })
  const { say } = found({ ...named, dates: { ...dueOn, ...named.dates } })
  say('chen', 'rectify', result)
  t.equal(say('bai', 'check.pass', opinion), 'not_named')
  t.equal(say('lu', 'check.pass', opinion), 'ok')
})

void t.test('拒不改正, 移送立案: ends with a role, a record and a tag', async (t) => {
  const ending = rectification({
    ...base,
    due: 'hazardDay',
    verify: ['verifier'],
    decide: ['office'],
    endings: {
      refuse: {
        title: { zh: '认定拒不改正', en: 'Find it refused' },
        by: ['office'],
        when: 'overdue',
        ended: { zh: '拒不改正', en: 'Refused' },
      },
      transfer: {
        title: { zh: '移送立案', en: 'Hand over' },
        by: ['lead'],
        record: z.strictObject({ to: z.string().min(1), grounds: z.string().min(1) }),
      },
    },
  })
  const parts = { ...ending, dates: { ...dueOn, ...ending.dates } }
  const grounds = { to: '公安机关', grounds: '涉嫌犯罪' }
  const first = found(parts)
  t.equal(first.say('ma', 'refuse', reason), 'wrong_state', 'only what is overdue')
  t.equal(first.say('ma', 'transfer', grounds), 'role_required')
  t.equal(first.say('wang', 'transfer', reason), 'invalid_payload')
  t.equal(first.say('wang', 'transfer', grounds), 'ok', 'at any time')
  t.equal(first.state(), '移送立案')
  t.match(first.play.context(first.hazard()), {
    ended: { ending: 'transfer', to: '公安机关', by: 'wang' },
    verified: null,
  })
  t.strictSame(ending.kind.spec.states?.['transfer']?.tags, ['settled', 'transfer'])
  t.equal(first.play.state(first.play.unit('north')), '完成')

  const second = found(parts)
  second.play.goTo('2026-05-16 00:00')
  t.equal(second.say('ma', 'refuse', reason), 'ok')
  t.equal(second.state(), '拒不改正')
  t.ok(second.play.proves())
})

void t.test('what cannot be is refused when it is written', async (t) => {
  const fine = { by: ['a'], verify: ['b'], due: 'day' }
  const { due: _, ...dateless } = fine
  const step = { title: { zh: '验', en: 'Check' }, by: ['b'] }
  const refuses = (options: Parameters<typeof rectification>[0], says: RegExp) =>
    t.throws(() => rectification(options), { name: 'RangeError', message: says })
  refuses(dateless, /say either due, the name of a date, or within/u)
  refuses({ ...fine, within: '7 days' }, /say either due/u)
  refuses({ ...dateless, within: 'seven days' }, /within: write a time like 7 days/u)
  refuses({ ...dateless, within: '7 days', planDue: 'x' }, /planDue: within is one clock/u)
  refuses({ ...fine, again: 'day + 2 days' }, /count from the return/u)
  refuses({ ...fine, again: false, lookBack: { by: ['c'], until: 'x' } }, /leave again: false out/u)
  refuses({ ...fine, verify: {} }, /at least one step/u)
  refuses({ ...fine, verify: { check: { ...step, by: [] } } }, /verify.check: name at least one/u)
  refuses({ ...fine, verify: { check: { ...step, least: 0 } } }, /whole number from 1/u)
  refuses({ ...fine, verify: { overdue: step } }, /the kit has a state or command of that name/u)
  refuses({ ...fine, verify: { check: step }, endings: { check: step } }, /a step and an ending/u)
  refuses({ ...fine, endings: { 'Hand over': step } }, /camelCase/u)
})
