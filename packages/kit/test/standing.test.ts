import { defineCampaign } from '@duban/engine'
import fc from 'fast-check'
import t from 'tap'
import { z } from 'zod'
import { standing, type Standing } from '../src/obligation/index.ts'
import { monthsAfter } from '../src/periods.ts'
import { startPlay, type Play } from './player.ts'
import { smallPlan } from './plan.ts'

const text = (zh: string) => ({ zh, en: zh })
/** An issue in the long-term ledger, whose progress is told every half year until it is struck off. */
function ledger(agreedOn: string) {
  const progress = standing('progress', {
    title: text('长期整改进展'),
    by: ['owner'],
    every: 'half-year',
    from: 'context.agreedOn',
    tell: ['office'],
    source: '每半年报告一次进展，直至销号',
  })
  return defineCampaign({
    id: 'ledger',
    version: 1,
    title: text('长期台账'),
    roles: {
      owner: { title: text('责任人'), scope: 'campaign' },
      office: { title: text('巡察办'), scope: 'campaign' },
    },
    dates: { ...progress.dates },
    commands: {
      ...progress.commands,
      'issue.close': { title: text('销号'), by: ['office'], payload: z.strictObject({}) },
    },
    machines: ({ machine }) => ({
      campaign: machine<typeof progress.context & { agreedOn: string }>({
        updates: { ...progress.updates },
      }).createMachine({
        meta: { title: text('长期台账') },
        context: { agreedOn, ...progress.context },
        initial: 'longTerm',
        states: {
          longTerm: { ...progress.state, on: { 'issue.close': 'closed' } },
          closed: { meta: { title: text('已销号') }, type: 'final' },
        },
      }),
    }),
  })
}
const begun = (agreedOn = '2026-03-31'): Play =>
  startPlay(ledger(agreedOn), smallPlan({ wang: ['owner'], li: ['office'] }))
const state = (play: Play) => play.state(play.root())
type Its = { progress: Standing; progressOn: string }
const its = (play: Play) => play.context(play.root()) as Its
const tell = (play: Play) => play.say('wang', 'progress.record', play.root(), { summary: '进展。' })

void t.test('every half year from one day, whenever it was told; until it is struck off', async (t) => {
  const play = begun()
  t.equal(its(play).progressOn, '2026-09-30', 'the month has no 31st')
  play.goTo('2026-06-01 09:00')
  t.equal(tell(play), 'ok')
  t.equal(tell(play), 'wrong_state', 'once a turn')
  play.goTo('2026-10-01 00:00')
  t.equal(state(play), '长期整改进展待办')
  t.equal(its(play).progressOn, '2027-03-31')
  play.goTo('2027-04-01 00:00')
  t.equal(state(play), '长期整改进展逾期')
  t.match(play.notices.at(-1), { to: ['owner', 'office'], zh: '长期台账逾期未办：长期整改进展' })
  play.goTo('2027-05-20 09:00')
  t.equal(tell(play), 'ok')
  t.equal(state(play), '长期整改进展待办')
  t.equal(its(play).progressOn, '2027-09-30', 'the day does not drift')
  t.match(its(play).progress, { turn: 3, recorded: 2, late: 1, last: { turn: 2, late: true } })
  t.equal(play.say('li', 'issue.close', play.root(), {}), 'ok')
  t.equal(state(play), '已销号')
  t.ok(play.proves())
})

void t.test('what was missed is told one turn after the other', async (t) => {
  const play = begun()
  play.goTo('2027-04-10 09:00')
  t.equal(its(play).progress.turn, 1)
  tell(play)
  play.goTo('2027-04-10 09:01')
  t.equal(state(play), '长期整改进展逾期', 'the second turn has passed, too')
  tell(play)
  t.equal(state(play), '长期整改进展待办')
  t.equal(its(play).progressOn, '2027-09-30')
})

void t.test('each turn is so many months from the first day, whatever people do', async () => {
  const definition = ledger('2026-08-31')
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 12 }), (acts) => {
      const play = startPlay(definition, smallPlan({ wang: ['owner'], li: ['office'] }))
      for (const says of acts) {
        if (says) tell(play)
        else play.advanceToNext()
        const { progress, progressOn } = its(play)
        if (progressOn !== monthsAfter('2026-08-31', 6 * progress.turn)) return false
        if (progress.recorded < progress.turn - 1) return false
      }
      return play.proves()
    }),
    { numRuns: 30 },
  )
})

void t.test('months end when they end', async (t) => {
  t.equal(monthsAfter('2026-08-31', 6), '2027-02-28')
  t.equal(monthsAfter('2027-08-31', 6), '2028-02-29')
  t.equal(monthsAfter('2026-12-15', 1), '2027-01-15')
  t.equal(monthsAfter('2026-01-31', 12), '2027-01-31')
})

const it = (more: object) => () =>
  standing('it', { title: text('件'), by: ['x'], every: 'month', from: 'context.on', ...more })
void t.test('options that cannot be are refused at load', async (t) => {
  t.throws(it({ by: [] }), /at least one role/u)
  t.throws(it({ every: '2 a year' }), /half-year/u)
  t.throws(it({ from: 'context.a.b' }), /a member of your context/u)
})
