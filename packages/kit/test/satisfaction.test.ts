import { canonical, defineCampaign, open, personId, unitId, type Instance } from '@duban/engine'
import fc from 'fast-check'
import t from 'tap'
import { z } from 'zod'
import { satisfaction, satisfactionStatistics, type Rated } from '../src/satisfaction/index.ts'
import type { Handling } from '../src/satisfaction/code.ts'
import { startPlay, type Play } from './player.ts'
import { smallPlan } from './plan.ts'

const reply = satisfaction('reply', {
  title: { zh: '答复', en: 'Reply' },
  answer: ['handler'],
  rate: ['deputy'],
  filer: 'filedBy',
  decide: ['leader'],
  again: 2,
  due: 'replied',
  unit: 'owner',
})
const Matter = z.strictObject({ owner: unitId(), filedBy: personId(), dueOn: z.iso.date() })

const suggestions = defineCampaign({
  id: 'suggestions',
  version: 1,
  title: { zh: '建议', en: 'Suggestions' },
  roles: {
    handler: { title: { zh: '承办人', en: 'Handler' }, scope: 'unit' },
    deputy: { title: { zh: '代表', en: 'Deputy' }, scope: 'campaign' },
    leader: { title: { zh: '领导', en: 'Leader' }, scope: 'campaign' },
  },
  dates: {
    replied: { title: { zh: '答复', en: 'Replied' }, due: 'context.dueOn' },
    ...reply.dates,
  },
  commands: {
    'matter.assign': {
      title: { zh: '交办', en: 'Assign' },
      by: ['leader'],
      payload: z.strictObject({ matters: z.array(Matter) }),
    },
    ...reply.commands,
  },
  messages: { ...reply.messages },
  machines: ({ machine }) => ({
    campaign: machine<typeof reply.parent.context>({
      updates: { ...reply.parent.updates },
    }).createMachine({
      meta: { title: { zh: '建议', en: 'Suggestions' } },
      context: { ...reply.parent.context },
      initial: 'assigning',
      on: { ...reply.parent.on },
      states: {
        assigning: {
          meta: { title: { zh: '交办', en: 'Assigning' } },
          on: {
            'matter.assign': {
              target: 'handling',
              actions: open('matter', { each: 'payload.matters', unit: 'owner' }),
            },
          },
        },
        handling: {
          meta: { title: { zh: '办理', en: 'Handling' } },
          on: { 'every.matter.settled': 'over' },
        },
        over: { meta: { title: { zh: '结束', en: 'Over' } }, type: 'final' },
      },
    }),
    matter: machine<z.output<typeof Matter> & typeof reply.context, z.output<typeof Matter>>({
      guards: { ...reply.guards },
      updates: { ...reply.updates },
    }).createMachine({
      meta: { title: { zh: '建议件', en: 'Matter' } },
      context: ({ input }) => ({ ...input, ...reply.context }),
      initial: 'reply',
      states: {
        ...reply.states({ done: 'settled' }),
        settled: { meta: { title: { zh: '办结', en: 'Settled' } }, type: 'final', tags: 'settled' },
      },
    }),
  }),
})

const people = {
  'chen@north': ['handler@north', 'deputy'],
  'zhou@south': ['handler@south'],
  lu: ['deputy'],
  jiang: ['deputy'],
  xu: ['leader'],
}
const answer = { text: '已列入今年道路养护计划。' }

/** Two matters of the north and the south, filed by lu, due on 30 April. */
function assigned(): { play: Play; north: Instance; south: Instance } {
  const play = startPlay(suggestions, smallPlan(people))
  const matters = ['north', 'south'].map((owner) => ({ owner, filedBy: 'lu', dueOn: '2026-04-30' }))
  play.say('xu', 'matter.assign', play.root(), { matters })
  const [north, south] = play.children(play.root(), 'matter')
  if (!north || !south) throw new Error('two matters were assigned')
  return { play, north, south }
}
const rate = (play: Play, on: Instance, rating: string, person = 'lu') => play.say(person, 'reply.rate', on, { rating })
const handling = (play: Play, on: Instance) => (play.context(on) as { reply: Handling }).reply

void t.test('answered, rated by the filer alone, and settled', async (t) => {
  const { play, north, south } = assigned()
  t.equal(play.say('zhou', 'reply.answer', north, answer), 'role_required')
  t.equal(play.say('chen', 'reply.answer', north, answer), 'ok')
  t.equal(play.state(north), '待评价答复')
  t.equal(rate(play, north, 'satisfied', 'jiang'), 'not_named')
  t.equal(rate(play, north, 'satisfied'), 'ok')
  t.equal(play.state(north), '办结')
  play.say('zhou', 'reply.answer', south, answer)
  t.equal(rate(play, south, 'basically'), 'ok')
  t.equal(play.root().state.status, 'done')
  const { replyRatings } = play.context(play.root()) as { replyRatings: Rated[] }
  t.strictSame(replyRatings, [
    { unit: 'north', first: 'satisfied', last: 'satisfied', answers: 1 },
    { unit: 'south', first: 'basically', last: 'basically', answers: 1 },
  ])
  t.match(satisfactionStatistics(replyRatings), { matters: 2, rate: 50, contentRate: 100 })
  t.ok(play.proves())
})

void t.test('not satisfied: handled again twice, then the leader decides', async (t) => {
  const { play, north } = assigned()
  for (const state of ['重新办理：答复', '重新办理：答复', '答复待领导决定']) {
    t.equal(play.say('chen', 'reply.answer', north, answer), 'ok')
    t.equal(rate(play, north, 'not'), 'ok')
    t.equal(play.state(north), state)
  }
  const decide = (decision: string) => play.say('xu', 'reply.decide', north, { decision, reason: '条件尚不具备' })
  t.equal(decide('again'), 'ok')
  t.equal(play.state(north), '重新办理：答复')
  play.say('chen', 'reply.answer', north, answer)
  rate(play, north, 'not')
  t.equal(decide('close'), 'ok')
  t.equal(play.state(north), '办结')
  t.match(handling(play, north), { first: 'not', outcome: 'not', count: 4 })
})

void t.test('an answer that is late can be given, or the leader closes it', async (t) => {
  const { play, north, south } = assigned()
  play.goTo('2026-05-01 00:00')
  t.equal(play.state(north), '答复逾期')
  t.equal(play.say('chen', 'reply.answer', north, answer), 'ok')
  const closing = { decision: 'close', reason: '单位撤并，另行处理' }
  t.equal(play.say('xu', 'reply.decide', south, closing), 'ok')
  t.equal(handling(play, south).outcome, 'unrated')
})

void t.test('who says nothing within fifteen days has not rated', async (t) => {
  const { play, north } = assigned()
  play.say('chen', 'reply.answer', north, answer)
  play.goTo('2026-04-17 00:00')
  t.equal(play.state(north), '办结')
  const [rated] = (play.context(play.root()) as { replyRatings: Rated[] }).replyRatings
  t.match(rated, { last: 'unrated' })
})

void t.test('what cannot be is refused when it is written', async (t) => {
  const title = { zh: '答复', en: 'Reply' }
  const fine = { title, answer: ['a'], rate: ['b'], decide: ['c'], due: 'd' }
  t.throws(() => satisfaction('Re ply', fine), /camelCase/u)
  t.throws(() => satisfaction('reply', { ...fine, decide: [] }), /decide: name at least one/u)
  t.throws(() => satisfaction('reply', { ...fine, again: 1.5 }), /whole number/u)
  t.throws(() => satisfaction('reply', { ...fine, rateDue: 'd + 3 days' }), /count from the entry/u)
})

const outcome = fc.constantFrom('satisfied', 'basically', 'not', 'unrated')
const rated = fc.record({
  unit: fc.constantFrom('north', 'south', 'west'),
  first: outcome,
  last: outcome,
  answers: fc.nat(5),
}) as fc.Arbitrary<Rated>

void t.test('statistics: the parts make the whole, in any order', async () => {
  fc.assert(
    fc.property(fc.array(rated), (all) => {
      const { byUnit, ...whole } = satisfactionStatistics(all)
      const units = Object.values(byUnit)
      const again = satisfactionStatistics(all.toReversed())
      return (
        whole.matters === all.length &&
        whole.satisfied + whole.basically + whole.not + whole.unrated === all.length &&
        (['matters', 'satisfied', 'not', 'unrated'] as const).every(
          (which) => units.reduce((sum, one) => sum + one[which], 0) === whole[which],
        ) &&
        (whole.rate === null
          ? whole.unrated === all.length
          : whole.rate >= 0 && whole.rate <= (whole.contentRate ?? 0) && whole.rate <= 100) &&
        canonical({ byUnit, ...whole }) === canonical(again)
      )
    }),
  )
})

function lines(howMany: number, last: 'satisfied' | 'not'): Rated[] {
  return Array.from({ length: howMany }, () => ({ unit: 'a', first: last, last, answers: 1 }))
}

function rateOf(satisfied: number, not: number): number | null {
  return satisfactionStatistics([...lines(satisfied, 'satisfied'), ...lines(not, 'not')]).rate
}

void t.test('the rate is rounded to one decimal, halves up', async (t) => {
  t.strictSame([rateOf(1, 2), rateOf(2, 1), rateOf(1, 15), rateOf(0, 0), rateOf(3, 0)], [33.3, 66.7, 6.3, null, 100])
})

void t.test('however a deputy rates, it ends after at most two more answers and a decision', async () => {
  const ratingsTried = fc.array(fc.constantFrom('satisfied', 'basically', 'not'), {
    minLength: 3,
  })
  fc.assert(
    fc.property(ratingsTried, (tried) => {
      const { play, north } = assigned()
      for (const rating of tried) {
        if (play.say('chen', 'reply.answer', north, answer) !== 'ok') break
        rate(play, north, rating)
      }
      const { count, outcome: last, first } = handling(play, north)
      const state = play.state(north)
      return (
        count <= 3 &&
        first === tried[0] &&
        (last === 'not' ? state === '答复待领导决定' && count === 3 : state === '办结')
      )
    }),
    { numRuns: 60 },
  )
})
