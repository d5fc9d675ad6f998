import type { Transition } from '@duban/engine'
import fc from 'fast-check'
import t from 'tap'
import { extension } from '../src/extension/index.ts'
import { ladder } from '../src/ladder/index.ts'
import { rectification, type RectificationOptions } from '../src/rectification/index.ts'
import type { Rectified } from '../src/rectification/kind.ts'
import { found, opinion, reason, result, type Parts } from './matters.ts'

const title = { zh: '期限', en: 'Day' }
const delay = extension('delay', { ask: ['reporter'], decide: ['office'], days: 30 })
const rungs = { urge: { by: ['office'], after: '5 days' }, account: { by: ['lead'] } } as const
const fromDay = ladder('pressure', rungs, { from: 'context.dueOn' })
const fromEntry = ladder('pressure', { ...rungs, urge: { by: ['office'] } })

const step = (zh: string, role: string) => ({ title: { zh, en: zh }, by: [role] })

/** Every choice that an author has, in any mixture that is allowed. */
const chosen = fc.record({
  clock: fc.constantFrom('due', 'within', 'extension'),
  plan: fc.boolean(),
  steps: fc.boolean(),
  stays: fc.boolean(),
  lookBack: fc.boolean(),
  decide: fc.boolean(),
  endings: fc.boolean(),
  press: fc.constantFrom(undefined, fromDay, fromEntry),
})
type Chosen = typeof chosen extends fc.Arbitrary<infer One> ? One : never

function partsOf(one: Chosen): Parts {
  const lookBack = one.lookBack && !one.stays
  const extended = one.clock === 'extension'
  const options: RectificationOptions = {
    name: 'hazard',
    by: ['reporter'],
    plan: one.plan,
    verify: one.steps ? { check: step('初验', 'verifier'), approve: step('批准', 'lead') } : ['verifier'],
    ...(one.clock === 'within' ? { within: '7 days' } : { due: 'hazardDay' }),
    ...(one.stays && { again: false as const }),
    ...(lookBack && { lookBack: { by: ['expert'], until: 'lookedBack' } }),
    ...(one.decide && { decide: ['lead'] }),
    ...(one.endings && {
      endings: {
        transfer: step('移送', 'office'),
        refuse: { ...step('拒不改正', 'lead'), when: 'overdue' },
      },
    }),
    ...(extended && { extension: delay }),
    ...(one.press && { press: one.press }),
  }
  const kit = rectification(options)
  return {
    kind: kit.kind,
    commands: {
      ...kit.commands,
      ...(extended && delay.commands),
      ...one.press?.commands,
    } as Parts['commands'],
    dates: {
      ...(one.clock !== 'within' && { hazardDay: { title, due: 'context.dueOn' } }),
      ...(lookBack && { lookedBack: { title, due: '08-31' } }),
      ...kit.dates,
      ...(extended && delay.dates),
      ...one.press?.dates,
    },
  }
}

const says = {
  plan: { measures: '清理', responsible: '科长', finishOn: '2026-05-10' },
  rectify: result,
  close: opinion,
  return: reason,
  'check.pass': opinion,
  'check.return': reason,
  'approve.pass': opinion,
  'approve.return': reason,
  reopen: reason,
  carryOver: { reason: '需立项', until: '2026-12-31' },
  transfer: reason,
  refuse: reason,
  'delay.ask': { until: '2026-06-10', reason: '配件未到' },
  'delay.grant': {},
  'pressure.urge': { reason: '久拖不改', whom: '北片' },
  'pressure.account': { reason: '久拖不改', whom: '北片' },
}
const clock = 'xstate.after.hazardDue.hazard.live'
const move = fc.record({
  who: fc.constantFrom('chen', 'bai', 'lu', 'ma', 'wang', 'qin'),
  verb: fc.constantFrom(...(Object.keys(says) as (keyof typeof says)[])),
  days: fc.constantFrom(0, 0, 0, 1, 6, 30),
})

void t.test('any mixture of options loads, and keeps its laws whatever people try', async () => {
  fc.assert(
    fc.property(chosen, fc.array(move, { maxLength: 40 }), (one, moves) => {
      const { play, say, hazard } = found(partsOf(one))
      const hands = new Set<string>()
      let now = Date.parse('2026-04-20T02:00:00Z')
      for (const { who, verb, days } of moves) {
        now += days * 86_400_000
        play.goTo(new Date(now + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' '))
        if (say(who, verb, says[verb]) !== 'ok') continue
        if (verb === 'plan' || verb === 'rectify') hands.add(who)
        // Four eyes: nobody who put it right judges it.
        else if (/close|return|pass|reopen|transfer|refuse/u.test(verb) && hands.has(who)) return false
        const { verified, results, returns, reopenings } = play.context(hazard()) as Rectified
        if (verified !== null && results.length !== returns.length + reopenings.length + 1) {
          return false
        }
      }
      // 7日内: the clock runs once, from the opening, whatever was submitted and returned.
      const fired = play.instances('hazard').flatMap((instance) =>
        play.world
          .history(instance.id)
          .map(({ record }) => JSON.parse(record) as Transition)
          .filter(({ event }) => 'timer' in event && event.timer === clock)
          .map(({ event }) => event.at),
      )
      return (
        fired.length <= 1 &&
        fired.every((at) => at === '2026-04-27T16:00:00.000Z') &&
        play.refused.length === 0 &&
        play.proves()
      )
    }),
    { numRuns: 100 },
  )
})
