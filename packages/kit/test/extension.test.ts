import { shiftDays } from '@duban/engine'
import fc from 'fast-check'
import t from 'tap'
import { extension, type Extended } from '../src/extension/index.ts'
import { rectification } from '../src/rectification/index.ts'
import { found, opinion, reason, result } from './matters.ts'

const day = { title: { zh: '整改期限', en: 'Day' }, due: 'context.dueOn', remind: ['-2 days'] }

function partsOf({ times, plan = false }: { times?: number; plan?: boolean }) {
  const delay = extension('delay', {
    ask: ['reporter'],
    decide: ['office'],
    days: 30,
    title: { zh: '整改期限', en: 'Time to rectify' },
    ...(times !== undefined && { times }),
  })
  const hazard = rectification({
    name: 'hazard',
    by: ['reporter'],
    verify: ['verifier'],
    decide: ['lead'],
    plan,
    due: 'hazardDay',
    extension: delay,
  })
  return {
    delay,
    kind: hazard.kind,
    commands: { ...hazard.commands, ...delay.commands },
    dates: { hazardDay: day, ...hazard.dates, ...delay.dates },
  }
}
const parts = partsOf({})
const { delay } = parts
const ask = (until: string) => ({ until, reason: '配件未到' })
type Context = { dueOn: string; delay: Extended }

void t.test('an extension moves the day; the work waits for the new one', async (t) => {
  const { play, say, state, hazard } = found(parts)
  t.equal(say('chen', 'delay.ask', ask('2026-06-10')), 'ok')
  t.equal(state(), '延期待批 + 整改中')
  t.equal(say('chen', 'delay.grant', {}), 'role_required')
  t.equal(say('ma', 'delay.grant', { opinion: '同意' }), 'ok')
  t.match(play.context(hazard()), {
    dueOn: '2026-06-10',
    delay: {
      asked: null,
      moved: false,
      granted: [{ from: '2026-05-15', until: '2026-06-10', reason: '配件未到', askedBy: 'chen', by: 'ma' }],
    },
  })
  t.equal(say('chen', 'delay.ask', ask('2026-06-20')), 'wrong_state', 'once')
  play.goTo('2026-06-10 23:59')
  t.match(state(), /整改中/u)
  play.goTo('2026-06-11 00:00')
  t.match(state(), /整改逾期/u)
  t.ok(play.proves())
})

void t.test('asked before the day, within the days that are allowed', async (t) => {
  const { play, say, state } = found(parts)
  t.equal(say('chen', 'delay.ask', ask('2026-05-15')), 'guard_refused', 'no later day')
  t.equal(say('chen', 'delay.ask', ask('2026-06-15')), 'guard_refused', '31 days')
  play.goTo('2026-05-15 23:59')
  t.equal(say('chen', 'delay.ask', ask('2026-06-14')), 'ok', 'on the last day, 30 days')
  play.goTo('2026-05-16 00:00')
  t.match(state(), /整改逾期/u, 'what is not granted yet has not moved')
  t.equal(say('ma', 'delay.grant', {}), 'ok')
  t.match(state(), /整改中/u, 'the work is taken up again')
  play.goTo('2026-06-15 00:00')
  t.match(state(), /整改逾期/u)

  const late = found(parts)
  late.play.goTo('2026-05-16 00:00')
  t.equal(late.say('chen', 'delay.ask', ask('2026-06-01')), 'wrong_state', 'the day has come')
})

void t.test('what is refused does not count, and may be asked for again', async (t) => {
  const { play, say, hazard } = found(parts)
  say('chen', 'delay.ask', ask('2026-06-01'))
  t.equal(say('ma', 'delay.refuse', reason), 'ok')
  t.match(play.context(hazard()), {
    dueOn: '2026-05-15',
    delay: { refused: [{ until: '2026-06-01', reason: '未到位', by: 'ma' }] },
  })
  t.equal(say('chen', 'delay.ask', ask('2026-05-20')), 'ok')
})

void t.test('a result that lies with the verifier stays there', async (t) => {
  const { play, say, state } = found(parts)
  say('chen', 'delay.ask', ask('2026-06-01'))
  say('chen', 'rectify', result)
  t.equal(say('ma', 'delay.grant', {}), 'ok')
  t.match(state(), /待验收/u)
  play.goTo('2026-05-16 00:00')
  t.equal(play.notices.filter(({ zh }) => zh.includes('待验收')).length, 0, 'not its day any more')
  play.goTo('2026-06-02 00:00')
  t.equal(play.notices.filter(({ zh }) => zh.includes('待验收')).length, 1)
  t.equal(say('lu', 'close', opinion), 'ok')
  t.equal(state(), '已销号')
})

void t.test('with a plan first: the plan too waits for the new day', async (t) => {
  const { play, say, state } = found(partsOf({ plan: true }))
  say('chen', 'delay.ask', ask('2026-06-01'))
  play.goTo('2026-05-16 00:00')
  t.match(state(), /整改逾期/u)
  say('ma', 'delay.grant', {})
  t.match(state(), /待提整改方案/u, 'nothing was planned')
  play.goTo('2026-06-02 00:00')
  t.match(state(), /整改逾期/u)
})

void t.test('whatever is asked and answered, the day keeps its limits', async () => {
  const move = fc.record({
    who: fc.constantFrom('chen', 'bai', 'ma', 'lu'),
    what: fc.constantFrom('delay.ask', 'delay.grant', 'delay.refuse', 'rectify', 'return'),
    ahead: fc.integer({ min: -5, max: 70 }),
    days: fc.constantFrom(0, 0, 1, 4, 12),
  })
  const twice = partsOf({ times: 2 })
  fc.assert(
    fc.property(fc.constantFrom(1, 2), fc.array(move, { maxLength: 25 }), (times, moves) => {
      const { play, say, hazard, state } = found(times === 1 ? parts : twice)
      const seen = () => play.context(hazard()) as Context
      let now = Date.parse('2026-04-20T00:00:00Z')
      for (const { who, what, ahead, days } of moves) {
        now += days * 86_400_000
        const today = new Date(now).toISOString().slice(0, 10)
        play.goTo(`${today} 10:00`)
        const { dueOn } = seen()
        const until = shiftDays(`${dueOn}T00:00:00.000Z`, ahead, 'UTC').slice(0, 10)
        const said =
          what === 'delay.ask'
            ? ask(until)
            : what === 'rectify'
              ? result
              : what === 'return'
                ? reason
                : what === 'delay.grant'
                  ? {}
                  : reason
        const answer = say(who, what, said)
        if (answer !== 'ok') continue
        if (what === 'delay.ask' && (today > dueOn || until <= dueOn || ahead > 30)) return false
        // Between the steps the state that waits has always followed.
        if (seen().delay.moved && !/待验收/u.test(state())) return false
        if (/整改中/u.test(state()) && today > seen().dueOn) return false
      }
      const {
        dueOn,
        delay: { granted },
      } = seen()
      return (
        granted.length <= times &&
        granted.every(({ from, until }, n) => until > from && from === (granted[n - 1]?.until ?? '2026-05-15')) &&
        dueOn === (granted.at(-1)?.until ?? '2026-05-15') &&
        granted.every(({ askedBy, by }) => askedBy !== by) &&
        play.proves()
      )
    }),
    { numRuns: 100 },
  )
})

void t.test('a form can be filled in with a day that is allowed', async (t) => {
  const { say, hazard, play } = found(parts)
  const context = play.context(hazard()) as Context
  const { 'delay.ask': fill } = delay.sampleForms
  for (const which of [0, 1]) {
    const filled = fill({ context, pick: (from) => from[which] as never })
    t.ok(filled.until > context.dueOn)
    t.ok(filled.until <= '2026-06-14')
  }
  const filled = fill({ context, pick: (from) => from[0] as never })
  t.equal(say('chen', 'delay.ask', filled), 'ok')
})

void t.test('what cannot be is refused when it is written', async (t) => {
  const fine = { ask: ['a'], decide: ['b'] }
  t.throws(() => extension('The Delay', fine), /camelCase/u)
  t.throws(() => extension('delay', { ...fine, decide: [] }), /decide: name at least one role/u)
  t.throws(() => extension('delay', { ...fine, days: 0 }), /days: write a whole number/u)
  t.throws(() => extension('delay', { ...fine, times: 1.5 }), /times: write a whole number/u)
  t.throws(
    () => rectification({ by: ['a'], verify: ['b'], within: '7 days', extension: delay }),
    /extension: moves context.dueOn; say due/u,
  )
})
