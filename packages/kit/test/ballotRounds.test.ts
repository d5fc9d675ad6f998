import { defineCampaign } from '@duban/engine'
import fc from 'fast-check'
import t from 'tap'
import { z } from 'zod'
import { ballotRounds, type BallotRecord } from '../src/ballotRounds/index.ts'
import { startPlay, type Play } from './player.ts'
import { smallPlan } from './plan.ts'

const option = (zh: string, en: string) => ({ title: { zh, en } })
const options = {
  content: option('满意', 'Content'),
  basically: option('基本满意', 'Basically content'),
  not: option('不满意', 'Not content'),
}
const title = { zh: '满意度测评', en: 'Ballot' }
const quorum = { of: 'eligible', share: 'twoThirds' } as const
const threshold = { options: ['content', 'basically'], share: { percent: 80 } } as const

const poll = ballotRounds('poll', {
  title,
  by: ['office'],
  due: 'polled',
  againDue: 'entry + 10 days',
  waive: ['lead'],
  options,
  quorum,
  threshold,
  source: '两次不达标的约谈',
})

const mending = defineCampaign({
  id: 'mending',
  version: 1,
  title: { zh: '整改测评', en: 'Mending' },
  roles: {
    office: { title: { zh: '巡察办', en: 'Office' }, scope: 'campaign' },
    lead: { title: { zh: '领导小组', en: 'Lead' }, scope: 'campaign' },
  },
  dates: { polled: { title, due: '2026-04-30' }, ...poll.dates },
  commands: {
    'mending.report': {
      title: { zh: '报告再整改', en: 'Report' },
      by: ['office'],
      payload: z.strictObject({}),
    },
    ...poll.commands,
  },
  machines: ({ machine }) => ({
    campaign: machine<typeof poll.context>({
      guards: { ...poll.guards },
      updates: { ...poll.updates },
    }).createMachine({
      meta: { title },
      context: { ...poll.context },
      initial: 'poll',
      states: {
        ...poll.states({
          reached: 'good',
          below: 'mending',
          exhausted: 'interview',
          waived: 'none',
        }),
        mending: {
          meta: { title: { zh: '再整改', en: 'Mending' } },
          on: { 'mending.report': 'poll' },
        },
        good: { meta: { title: { zh: '达标', en: 'Good' } }, type: 'final' },
        interview: { meta: { title: { zh: '约谈', en: 'Interview' } }, type: 'final' },
        none: { meta: { title: { zh: '不再测评', en: 'None' } }, type: 'final' },
      },
    }),
  }),
})

const begun = (): Play => startPlay(mending, smallPlan({ wang: ['office'], xu: ['lead'] }))

/** Of thirty who are eligible. */
const paper = (content: number, basically: number, not: number) => {
  const valid = content + basically + not
  const count = { eligible: 30, present: valid, issued: valid, returned: valid, valid, invalid: 0 }
  return { count: { ...count, votes: { content, basically, not } } }
}
const hold = (play: Play, ...votes: [number, number, number]) =>
  play.say('wang', 'poll.count', play.root(), paper(...votes))
const record = (play: Play) => (play.context(play.root()) as { poll: BallotRecord }).poll

void t.test('two thirds of those eligible are a quorum, 80% of the valid papers enough', async (t) => {
  const play = begun()
  t.equal(play.state(play.root()), '待满意度测评')
  t.equal(hold(play, 12, 4, 4), 'ok')
  t.equal(play.state(play.root()), '达标', 'exactly two thirds, exactly 80%')
  t.match(record(play), {
    counts: [
      {
        by: 'wang',
        result: 'carried',
        reasons: [{}, { zh: '满意、基本满意共16，须达到有效票20的百分之80以上' }],
      },
    ],
    below: 0,
  })
  t.ok(play.proves())
})

void t.test('without a quorum it is held again, by a day of its own each time', async (t) => {
  const play = begun()
  play.goTo('2026-04-10 09:00')
  hold(play, 19, 0, 0)
  t.equal(play.state(play.root()), '待再次满意度测评')
  play.goTo('2026-04-19 09:00')
  hold(play, 19, 0, 0)
  play.goTo('2026-04-28 09:00')
  t.equal(play.state(play.root()), '待再次满意度测评', 'ten days from the second')
  play.goTo('2026-05-02 09:00')
  t.equal(play.state(play.root()), '满意度测评逾期')
  hold(play, 19, 0, 0)
  t.equal(play.state(play.root()), '满意度测评逾期', 'late, and void again')
  t.equal(record(play).counts.length, 3)
  t.equal(record(play).below, 0, 'what is void does not fall short')
  t.equal(hold(play, 20, 0, 0), 'ok')
  t.equal(play.state(play.root()), '达标')
  t.ok(play.proves())
})

void t.test('it falls short, is held again after the mending, and the second time is the last', async (t) => {
  const play = begun()
  hold(play, 10, 5, 5)
  t.equal(play.state(play.root()), '再整改')
  play.goTo('2026-06-01 09:00')
  play.say('wang', 'mending.report', play.root(), {})
  t.equal(play.state(play.root()), '待再次满意度测评', 'the day of the first ballot is over')
  hold(play, 1, 1, 1)
  t.equal(play.state(play.root()), '待再次满意度测评')
  hold(play, 10, 5, 5)
  t.equal(play.state(play.root()), '约谈')
  t.match(record(play), { below: 2, counts: [{}, { result: 'noQuorum' }, { result: 'lost' }] })
  t.ok(play.proves())
})

void t.test('when it is overdue, and only then, it may be decided that there is none', async (t) => {
  const play = begun()
  const reason = { reason: '单位撤并' }
  t.equal(play.say('xu', 'poll.waive', play.root(), reason), 'wrong_state')
  play.goTo('2026-05-01 09:00')
  t.equal(play.say('wang', 'poll.waive', play.root(), reason), 'role_required')
  t.equal(play.say('xu', 'poll.waive', play.root(), reason), 'ok')
  t.equal(play.state(play.root()), '不再测评')
  t.match(record(play).waived, { ...reason, by: 'xu' })
})

void t.test('whatever is counted, so many fall short and no more', async () => {
  const votes = fc.tuple(fc.nat(10), fc.nat(10), fc.nat(10))
  fc.assert(
    fc.property(fc.array(votes, { maxLength: 8 }), (ballots) => {
      const play = begun()
      for (const one of ballots) {
        hold(play, ...one)
        if (play.state(play.root()) === '再整改') play.say('wang', 'mending.report', play.root(), {})
      }
      const { counts, below } = record(play)
      const results = counts.map(({ result }) => result)
      const ended = play.root().state.status === 'done'
      return (
        below === results.filter((one) => one === 'lost').length &&
        below <= 2 &&
        ended === (below === 2 || results.includes('carried')) &&
        results.filter((one) => one === 'carried').length <= 1
      )
    }),
    { numRuns: 60 },
  )
})

void t.test('its sampleForm is a valid form, and first one that leads on', async (t) => {
  const fill = poll.sampleForms['poll.count']
  if (!fill) throw new Error('there is a sampleForm')
  const seen = { context: {}, unit: null, by: 'wang', at: '', payload: {}, facts: {} as never }
  const [count] = Object.values<{ payload: z.ZodType }>(poll.commands)
  fc.assert(
    fc.property(fc.infiniteStream(fc.nat()), (numbers) => {
      const pick = <T>(from: readonly T[]): T => from[(numbers.next().value as number) % from.length] as T
      return count?.payload.safeParse(fill({ ...seen, pick })).success ?? false
    }),
  )
  const play = begun()
  const first = fill({ ...seen, pick: <T>(from: readonly T[]) => from[0] as T })
  t.equal(play.say('wang', 'poll.count', play.root(), first), 'ok')
  t.equal(play.state(play.root()), '达标')
})

void t.test('what cannot be is refused at load, and says what to do', async (t) => {
  const base = { title, by: ['office'], due: 'polled', options } as const
  t.throws(() => ballotRounds('poll', base), { message: /threshold: say what it must reach/u })
  t.throws(() => ballotRounds('Poll', { ...base, threshold }), RangeError)
  t.throws(() => ballotRounds('poll', { ...base, threshold, by: [] }), RangeError)
  t.throws(() => ballotRounds('poll', { ...base, threshold, most: 0 }), { message: /from 1/u })
  t.throws(() => ballotRounds('poll', { ...base, threshold, againDue: '10 days' }), RangeError)
  const motion = { carry: 'content', against: 'not' } as const
  t.throws(() => ballotRounds('poll', { ...base, threshold, motion }), RangeError)
  const arrows = { reached: 'a', below: 'b', exhausted: 'c' }
  t.throws(() => poll.states(arrows as never), { message: /waived/u })
})
