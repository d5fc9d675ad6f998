import { defineCampaign, open, type CampaignFacts } from '@duban/engine'
import fc from 'fast-check'
import t from 'tap'
import { obligation, periods, type Every, type ObligationContext, type Period } from '../src/obligation/index.ts'
import { startPlay } from './player.ts'
import { treePlan } from './tree.ts'

const title = { zh: '季度例会', en: 'Quarterly meeting' }

void t.test('quarters of a campaign that crosses the year', async (t) => {
  const found = periods({ from: '2026-10-12', to: '2027-05-01', every: 'quarter' })
  t.strictSame(
    found.map(({ title, from, due }) => [title.zh, from, due]),
    [
      ['2026年第4季度', '2026-10-12', '2026-12-31'],
      ['2027年第1季度', '2027-01-01', '2027-03-31'],
      ['2027年第2季度', '2027-04-01', '2027-05-01'],
    ],
  )
})

const dues = (every: Every, due?: string): (string | null)[] =>
  periods({ from: '2027-01-01', to: '2028-12-31', every, ...(due !== undefined && { due }) }).map((one) => one.due)

void t.test('each way of saying when', async (t) => {
  t.strictSame(dues('year'), ['2027-12-31', '2028-12-31'])
  t.strictSame(dues('half-year', 'end + 10 days').slice(0, 2), ['2027-07-10', '2028-01-10'])
  t.strictSame(dues('quarter', 'end - 5 days')[0], '2027-03-26')
  t.strictSame(dues('month', 'day 31')[13], '2028-02-29', 'a month without it ends with its last day')
  t.strictSame(dues('month', 'day 20')[0], '2027-01-20')
  t.strictSame(dues('year', 'announced'), [null, null])
  t.strictSame(dues('2 a year'), [null, null, null, null])
})

void t.test('what cannot be says what to write', async (t) => {
  const year = { from: '2026-01-01', to: '2026-12-31' }
  t.throws(() => periods({ ...year, every: 'week' as never }), /write month, quarter/u)
  t.throws(() => periods({ ...year, every: 'year', due: 'soon' }), /write end, end \+ 10 days/u)
  t.throws(() => periods({ from: '2026-02-30', to: '2026-12-31', every: 'year' }), /two days/u)
  t.throws(() => obligation('Meeting', { title, by: ['office'] }), /camelCase/u)
  t.throws(() => obligation('meeting', { title, by: [] }), /at least one role/u)
})

const dayAfter = (day: string): string => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)
const day = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2032-12-31'), noInvalidDate: true })
  .map((one) => one.toISOString().slice(0, 10))

void t.test('periods fill the time from first to last day without gap or overlap', async () => {
  fc.assert(
    fc.property(day, day, fc.constantFrom<Every>('month', 'quarter', 'half-year', 'year'), (a, b, every) => {
      const [from, to] = a < b ? [a, b] : [b, a]
      const found = periods({ from, to, every })
      return (
        found[0]?.from === from &&
        found.at(-1)?.to === to &&
        found.every(({ no, from: begins, to: ends, due }, n) => {
          const before = found[n - 1]
          return no === n + 1 && begins <= ends && due === ends && (!before || dayAfter(before.to) === begins)
        })
      )
    }),
  )
})

void t.test('n times a year gives n a year, each to be announced', async () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 4 }), (n, years) => {
      const found = periods({
        from: '2026-01-01',
        to: `${2026 + years}-12-31`,
        every: `${n} a year`,
      })
      return found.length === n * (years + 1) && found.every(({ due }) => due === null)
    }),
  )
})

const meeting = obligation('meeting', {
  title,
  by: ['office'],
  announce: ['office'],
  excuse: ['lead'],
  tell: ['lead'],
})
type Root = { periods: Period[] }

function yearOf(every: Every, due: string) {
  const definition = defineCampaign({
    id: 'meetings',
    version: 1,
    title,
    roles: {
      office: { title: { zh: '办公室', en: 'Office' }, scope: 'campaign' },
      lead: { title: { zh: '领导', en: 'Lead' }, scope: 'campaign' },
    },
    dates: { ...meeting.dates },
    commands: { ...meeting.commands },
    machines: ({ machine }) => ({
      campaign: machine<Root, CampaignFacts>().createMachine({
        meta: { title },
        context: ({ input }) => ({
          periods: periods({ from: input.startsOn, to: '2026-12-31', every, due }),
        }),
        initial: 'running',
        states: {
          running: {
            meta: { title: { zh: '进行中', en: 'Running' } },
            entry: open('meeting', { each: 'context.periods' }),
            on: { 'every.meeting.done': 'over' },
          },
          over: { meta: { title: { zh: '结束', en: 'Over' } }, type: 'final' },
        },
      }),
      meeting: meeting.kind,
    }),
  })
  const play = startPlay(definition, treePlan(['north'], { ma: ['office'], bai: ['lead'] }))
  return { play, nth: (n: number) => play.instances('meeting')[n]! }
}

void t.test('each quarter is asked for in its time; a late one is made up or excused', async (t) => {
  const { play, nth } = yearOf('quarter', 'end')
  const record = { summary: '研究一季度工作。' }
  t.equal(play.state(nth(0)), '待办')
  t.equal(play.state(nth(1)), '未到期间')
  t.equal(play.say('ma', 'meeting.record', nth(1), record), 'wrong_state')
  t.equal(play.say('ma', 'meeting.record', nth(0), record), 'ok')
  play.goTo('2026-04-01 09:00')
  t.equal(play.state(nth(1)), '待办')
  play.goTo('2026-07-01 00:00')
  t.equal(play.state(nth(1)), '逾期')
  t.ok(play.notices.some(({ to, zh }) => to.includes('lead') && zh.includes('逾期未办：季度例会')))
  t.equal(play.say('ma', 'meeting.record', nth(1), record), 'ok')
  t.match(play.context(nth(1)), { record: { by: 'ma', late: true } })
  play.goTo('2026-10-01 09:00')
  t.equal(play.say('ma', 'meeting.excuse', nth(2), { reason: '防汛' }), 'role_required')
  t.equal(play.say('bai', 'meeting.excuse', nth(2), { reason: '防汛' }), 'ok')
  t.equal(play.state(play.root()), '进行中')
  t.equal(play.say('ma', 'meeting.record', nth(3), record), 'ok')
  t.equal(play.state(play.root()), '结束')
  t.ok(play.proves())
})

void t.test('a day is announced, moved, and missed; one never announced is due with its period', async (t) => {
  const { play, nth } = yearOf('2 a year', 'announced')
  t.equal(play.state(nth(0)), '日期待通知')
  t.equal(play.say('ma', 'meeting.announce', nth(0), { on: '2026-05-12' }), 'ok')
  t.equal(play.say('ma', 'meeting.announce', nth(0), { on: '2026-06-16', place: '三楼' }), 'ok')
  play.goTo('2026-05-13 00:00')
  t.equal(play.state(nth(0)), '待办', 'the day that was moved binds nobody')
  play.goTo('2026-06-17 00:00')
  t.equal(play.state(nth(0)), '逾期')
  t.match((play.context(nth(0)) as ObligationContext).announced, [{ by: 'ma' }, { place: '三楼' }])
  play.goTo('2027-01-01 00:00')
  t.equal(play.state(nth(1)), '逾期')
})

void t.test('where nobody announces, the last day of the period is the last one', async (t) => {
  const quiet = obligation('drill', { title, by: ['office'] })
  const definition = defineCampaign({
    id: 'drills',
    version: 1,
    title,
    roles: { office: { title, scope: 'campaign' } },
    dates: { ...quiet.dates },
    commands: { ...quiet.commands },
    machines: ({ machine }) => ({
      campaign: machine<Root, CampaignFacts>().createMachine({
        meta: { title },
        context: ({ input }) => ({
          periods: periods({ from: input.startsOn, to: '2026-12-31', every: '2 a year' }),
        }),
        initial: 'running',
        states: {
          running: {
            meta: { title },
            entry: open('drill', { each: 'context.periods' }),
            on: { 'every.drill.done': 'over' },
          },
          over: { meta: { title }, type: 'final' },
        },
      }),
      drill: quiet.kind,
    }),
  })
  const play = startPlay(definition, treePlan(['north'], { ma: ['office'] }))
  const [first, second] = play.instances('drill')
  if (!first || !second) throw new Error('there are two')
  t.equal(play.say('ma', 'drill.record', first, { summary: '演练一次。' }), 'ok')
  play.goTo('2026-12-31 23:59')
  t.equal(play.state(second), '待办')
  play.goTo('2027-01-01 00:00')
  t.equal(play.state(second), '逾期')
})
