import { type StateSpec } from '@duban/engine'
import fc from 'fast-check'
import t from 'tap'
import { extension } from '../src/extension/index.ts'
import { ladder, type Step } from '../src/ladder/index.ts'
import { rectification } from '../src/rectification/index.ts'
import { found, opinion, reason, result } from './matters.ts'

// 挂牌督办: a day for each, verified in steps, extended once, and pressed by its own day.
const pressure = ladder(
  'pressure',
  {
    remind: { after: '0 days', title: { zh: '提醒函', en: 'Reminder' } },
    urge: { by: ['office'], after: '5 days', title: { zh: '督办函', en: 'Letter' } },
    interview: { by: ['lead'], after: '15 days' },
    account: { by: ['lead'], after: '30 days' },
  },
  { from: 'context.dueOn', tell: ['reporter'] },
)
const delay = extension('delay', { ask: ['reporter'], decide: ['office'], days: 30 })
const hazard = rectification({
  name: 'hazard',
  by: ['reporter'],
  plan: false,
  due: 'hazardDay',
  again: false,
  verify: {
    check: { title: { zh: '初验', en: 'First inspection' }, by: ['verifier'] },
    approve: { title: { zh: '批准摘牌', en: 'Approval' }, by: ['lead'] },
  },
  extension: delay,
  press: pressure,
})
const parts = {
  kind: hazard.kind,
  commands: { ...hazard.commands, ...delay.commands, ...pressure.commands },
  dates: {
    hazardDay: { title: { zh: '整改期限', en: 'Day' }, due: 'context.dueOn' },
    ...hazard.dates,
    ...delay.dates,
    ...pressure.dates,
  },
}
type Context = { dueOn: string; pressure: Step[] }
const why = { reason: '久拖不改', whom: '北片负责人' }

void t.test('the dates count from the day, and nobody has a command that cannot be', async (t) => {
  t.strictSame(
    Object.entries(pressure.dates).map(([name, { due }]) => [name, due]),
    [
      ['pressureRemind', 'context.dueOn'],
      ['pressureUrge', 'context.dueOn + 5 days'],
      ['pressureInterview', 'context.dueOn + 15 days'],
      ['pressureAccount', 'context.dueOn + 30 days'],
    ],
  )
  t.strictSame(Object.keys(pressure.commands), ['pressure.urge', 'pressure.interview', 'pressure.account'])
})

void t.test('逾期当日提醒, 5日督办, 15日约谈, 30日问责: by the calendar of the matter', async (t) => {
  const { play, state, hazard } = found(parts)
  const at = (when: string, zh: RegExp) => {
    play.goTo(when)
    t.match(state(), zh, when)
  }
  at('2026-05-15 23:59', /整改中/u)
  at('2026-05-16 00:00', /已提醒函/u)
  at('2026-05-20 23:59', /已提醒函/u)
  at('2026-05-21 00:00', /已督办函/u)
  at('2026-05-31 00:00', /已约谈/u)
  at('2026-06-15 00:00', /已问责/u)
  t.strictSame(
    (play.context(hazard()) as Context).pressure.map(({ rung, by, day }) => [rung, by, day]),
    [
      ['remind', null, '2026-05-15'],
      ['urge', null, '2026-05-15'],
      ['interview', null, '2026-05-15'],
      ['account', null, '2026-05-15'],
    ],
  )
  t.ok(play.proves())
})

void t.test('a sham rectification stops no clock: it comes back to the rung that it has earned', async (t) => {
  const { play, say, state } = found(parts)
  play.goTo('2026-05-21 09:00')
  say('chen', 'rectify', result)
  t.match(state(), /待初验/u)
  const letters = () => play.notices.filter(({ zh }) => zh === 'north：督办函').length
  t.equal(letters(), 1)
  play.goTo('2026-06-01 09:00')
  t.equal(say('lu', 'check.return', reason), 'ok')
  t.match(state(), /已约谈/u, 'the 15 days had passed; the letter is not written again')
  t.equal(letters(), 1)
  t.equal(say('wang', 'pressure.account', why), 'ok', 'people may be quicker')
})

void t.test('after an extension the rungs count anew from the new day, and are given again', async (t) => {
  const { play, say, state, hazard } = found(parts)
  say('chen', 'delay.ask', { until: '2026-06-10', reason: '配件未到' })
  play.goTo('2026-05-21 09:00')
  t.match(state(), /已督办函/u)
  t.equal(say('ma', 'delay.grant', {}), 'ok')
  t.match(state(), /整改中/u)
  play.goTo('2026-06-11 00:00')
  t.match(state(), /已提醒函/u)
  play.goTo('2026-06-16 00:00')
  t.match(state(), /已督办函/u)
  t.equal(say('wang', 'pressure.interview', why), 'ok')
  t.strictSame(
    (play.context(hazard()) as Context).pressure.map(({ rung, day }) => [rung, day]),
    [
      ['remind', '2026-05-15'],
      ['urge', '2026-05-15'],
      ['remind', '2026-06-10'],
      ['urge', '2026-06-10'],
      ['interview', '2026-06-10'],
    ],
  )
  t.ok(play.proves())
})

const inside = (spec: StateSpec): string[] => Object.keys(spec.states ?? {})

void t.test('an inner state `again` is there for those pieces that go to it', async (t) => {
  const title = { zh: '逾期', en: 'Overdue' }
  t.notOk(inside(pressure.state({ title })).includes('again'))
  t.ok(inside(pressure.state({ title, again: true })).includes('again'))
})

void t.test(
  'whatever is done and whenever: for each day the first rungs, in order, each once, never early',
  async () => {
    const order = ['remind', 'urge', 'interview', 'account']
    const after: { [rung: string]: number } = { remind: 0, urge: 5, interview: 15, account: 30 }
    const says = {
      rectify: result,
      'check.return': reason,
      'check.pass': opinion,
      'approve.return': reason,
      'delay.ask': { until: '2026-06-10', reason: '配件未到' },
      'delay.grant': {},
      'pressure.urge': why,
      'pressure.interview': why,
      'pressure.account': why,
    }
    const move = fc.record({
      who: fc.constantFrom('chen', 'lu', 'ma', 'wang'),
      verb: fc.constantFrom(...(Object.keys(says) as (keyof typeof says)[])),
      days: fc.constantFrom(0, 0, 1, 3, 9, 20),
    })
    fc.assert(
      fc.property(fc.array(move, { maxLength: 30 }), (moves) => {
        const { play, say, hazard, state } = found(parts)
        let now = Date.parse('2026-04-20T10:00:00+08:00')
        for (const { who, verb, days } of moves) {
          now += days * 86_400_000
          play.goTo(new Date(now + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' '))
          say(who, verb, says[verb])
          const { dueOn, pressure: steps } = play.context(hazard()) as Context
          // Overdue means: the day has passed, and at least the letter of that day is out.
          const today = new Date(now + 8 * 3_600_000).toISOString().slice(0, 10)
          const late = /已/u.test(state())
          if (late && today <= dueOn) return false
          if (late && !steps.some(({ rung, day }) => rung === 'remind' && day === dueOn)) return false
          if (/整改中/u.test(state()) && today > dueOn) return false
        }
        const { pressure: steps } = play.context(hazard()) as Context
        const days = [...new Set(steps.map(({ day }) => day))]
        return (
          days.every((day) => {
            const taken = steps.filter((one) => one.day === day)
            return taken.every(({ rung }, n) => rung === order[n])
          }) &&
          steps.every(({ rung, by, at, day }) => {
            const due = Date.parse(`${day}T24:00:00+08:00`) + (after[rung] ?? 0) * 86_400_000
            return by !== null || Date.parse(at) >= due
          }) &&
          play.proves()
        )
      }),
      { numRuns: 100 },
    )
  },
)
