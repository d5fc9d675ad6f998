import { payloadSchema } from '@duban/engine'
import fc from 'fast-check'
import t from 'tap'
import { z } from 'zod'
import { bands, mean, scoresheet, sum, weighted, type Filled } from '../src/scoresheet/index.ts'

const title = { zh: '指标', en: 'Indicator' }
const sheet = scoresheet({
  total: 64,
  groups: {
    work: {
      title,
      most: 36,
      items: { plans: { title, most: 20.5 }, permits: { title, most: 15.5 } },
    },
    duty: { title, most: 28, items: { law: { title, most: 28 } } },
  },
  bonus: { most: 3, items: { praise: { title, most: 2 }, pilot: { title, most: 2 } } },
  penalty: { most: 10, items: { complaint: { title, most: 10 } } },
})
const payload = z.strictObject(sheet.shape)

const points = (most: number) => fc.integer({ min: 0, max: most * 100 }).map((n) => n / 100)
const filled: fc.Arbitrary<Filled> = fc.record(
  {
    scores: fc.record({ plans: points(20.5), permits: points(15.5), law: points(28) }),
    bonus: fc.record({ praise: fc.record({ points: points(2), reason: fc.constant('表彰') }) }, { requiredKeys: [] }),
    penalty: fc.record(
      { complaint: fc.record({ points: points(10), reason: fc.constant('投诉属实') }) },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: ['scores'] },
)

const cents = (n: number): bigint => BigInt(Math.round(n * 100))
const by = (law: number): Filled => ({ scores: { plans: 10, permits: 10, law } })
const group = (most: number, ...items: number[]) => ({
  title,
  most,
  items: Object.fromEntries(items.map((one, n) => [`item${n}`, { title, most: one }])),
})

void t.test('a sheet tells its maxima in its JSON Schema', async (t) => {
  t.match(payloadSchema(payload), {
    properties: {
      scores: {
        properties: { plans: { minimum: 0, maximum: 20.5, multipleOf: 0.01, title: '指标' } },
        required: ['plans', 'permits', 'law'],
        additionalProperties: false,
      },
    },
    required: ['scores'],
  })
})

void t.test('it takes what is within the maxima, and nothing else', async (t) => {
  fc.assert(fc.property(filled, (one) => payload.safeParse(one).success))
  const whole = { plans: 20.5, permits: 15.5, law: 28 }
  const refused = [
    { scores: { ...whole, law: 28.01 } },
    { scores: { ...whole, law: -0.01 } },
    { scores: { ...whole, law: 0.005 } },
    { scores: { plans: 1, permits: 1 } },
    { scores: { ...whole, party: 1 } },
    { scores: whole, bonus: { praise: { points: 1 } } },
  ]
  for (const one of refused) t.notOk(payload.safeParse(one).success, JSON.stringify(one))
})

void t.test('points add up to the hundredth, with caps, and never below nothing', async () => {
  fc.assert(
    fc.property(filled, (one) => {
      const { groups, points, bonus, penalty, total } = sheet.add(one)
      const indicators = Object.values(one.scores).reduce((all, n) => all + cents(n), 0n)
      const whole = indicators + cents(bonus) - cents(penalty)
      return (
        cents(points) === indicators &&
        cents(groups['work'] ?? 0) + cents(groups['duty'] ?? 0) === indicators &&
        bonus <= 3 &&
        cents(total) === (whole > 0n ? whole : 0n)
      )
    }),
  )
})

void t.test('all is 64 points, and the bonus is capped', async (t) => {
  const reason = '见附件'
  const all = { scores: { plans: 20.5, permits: 15.5, law: 28 } }
  t.equal(sheet.add(all).total, 64)
  const bonus = { praise: { points: 2, reason }, pilot: { points: 1.9, reason } }
  t.match(sheet.add({ ...all, bonus }), { bonus: 3, total: 67 })
})

void t.test('what is verified lower than claimed needs a reason', async (t) => {
  const self = { scores: { plans: 20, permits: 15.5, law: 28 } }
  const lower = { scores: { plans: 19.9, permits: 15.5, law: 28 } }
  t.strictSame(sheet.unexplained(self, lower), ['plans'])
  t.strictSame(sheet.unexplained(self, { ...lower, reasons: { plans: '一项未完成' } }), [])
  t.strictSame(sheet.unexplained(lower, self), [], 'more needs none')
  t.strictSame(sheet.differences(self, lower), [{ item: 'plans', self: 20, verified: 19.9, difference: -0.1 }])
  const claimed = { ...self, bonus: { pilot: { points: 1, reason: '试点' } } }
  t.strictSame(sheet.unexplained(claimed, self), ['pilot'], 'a bonus that is not granted too')
})

void t.test('a sheet differs from itself in nothing, and from another both ways alike', async () => {
  fc.assert(
    fc.property(filled, filled, (a, b) => {
      const there = sheet.differences(a, b)
      const back = sheet.differences(b, a)
      return (
        sheet.differences(a, a).length === 0 &&
        there.length === back.length &&
        there.every(({ difference }, n) => difference === -(back[n]?.difference ?? 0))
      )
    }),
  )
})

void t.test('several scorers count as their mean, without the extremes if the plan says so', async (t) => {
  const scorers = [by(10), by(20), by(27)]
  t.match(sheet.combine(scorers), {
    items: { law: { mean: 19 } },
    total: { mean: 39, counted: 3 },
  })
  t.match(sheet.combine(scorers, { trim: 1 }), { items: { law: { mean: 20, counted: 1 } } })
  t.strictSame(sheet.combine([]).total, { mean: null, counted: 0 })
})

void t.test('a mean lies between the extremes, in any order of the scorers', async () => {
  const list = fc.array(points(100), { minLength: 1, maxLength: 20 })
  fc.assert(
    fc.property(list, fc.integer({ min: 0, max: 3 }), (scores, trim) => {
      const found = mean(scores, { trim })
      const other = mean(scores.toReversed(), { trim })
      const value = found.mean ?? -1
      return (
        value >= Math.min(...scores) &&
        value <= Math.max(...scores) &&
        found.mean === other.mean &&
        found.counted === (scores.length > 2 * trim ? scores.length - 2 * trim : scores.length)
      )
    }),
  )
})

void t.test('whatever an extreme scorer writes, a trimmed mean stays', async () => {
  const list = fc.array(points(90), { minLength: 3, maxLength: 20 })
  fc.assert(
    fc.property(list, points(10), (scores, more) => {
      const top = Math.max(...scores)
      return mean([...scores, top], { trim: 1 }).mean === mean([...scores, sum([top, more])], { trim: 1 }).mean
    }),
  )
})

const parts = {
  ballot: { title, weight: 30 },
  documents: { title, weight: 50, most: 64 },
  peers: { title, weight: 20 },
}

void t.test('a weighted total is out of 100', async (t) => {
  const total = weighted(parts)
  t.equal(total({ ballot: 100, documents: 64, peers: 100 }).total, 100)
  t.strictSame(total({ ballot: 90, documents: 32, peers: null }), {
    total: 52,
    parts: { ballot: 27, documents: 25, peers: 0 },
    missing: ['peers'],
  })
})

void t.test('more in a part is never less in the total', async () => {
  const total = weighted(parts)
  const scores = fc.record({ ballot: points(100), documents: points(64), peers: points(99) })
  fc.assert(
    fc.property(scores, points(1), (one, more) => {
      const before = total(one).total
      const after = total({ ...one, peers: sum([one.peers, more]) }).total
      return before >= 0 && after >= before && after <= 100
    }),
  )
})

const grades = {
  excellent: { title, from: 90 },
  qualified: { title, from: 75, below: 90 },
  basic: { title, from: 60, below: 75 },
  unqualified: { title, from: 0, below: 60 },
}

void t.test('each score has one grade, and a better score no worse one', async (t) => {
  const grade = bands(grades)
  t.strictSame([100, 90, 89.99, 75, 74.99, 60, 59.99, 0].map(grade), [
    'excellent',
    'excellent',
    'qualified',
    'qualified',
    'basic',
    'basic',
    'unqualified',
    'unqualified',
  ])
  const order = Object.keys(grades)
  fc.assert(
    fc.property(points(100), points(100), (a, b) => {
      const [low, high] = a < b ? [a, b] : [b, a]
      return order.indexOf(grade(high)) <= order.indexOf(grade(low))
    }),
  )
})

void t.test('what does not add up is refused at load', async (t) => {
  const wrong: { [what: string]: () => unknown } = {
    'the groups add up to 64, not 100': () => scoresheet({ total: 100, groups: { a: group(64, 36, 28) } }),
    'the items of «a» add up to 63.9, not 64': () => scoresheet({ total: 64, groups: { a: group(64, 36, 27.9) } }),
    '«item0» names two items': () => scoresheet({ total: 20, groups: { a: group(10, 10), b: group(10, 10) } }),
    '«item1» must be worth more than 0': () => scoresheet({ total: 10, groups: { a: group(10, 10, 0) } }),
    'two decimals at most': () => scoresheet({ total: 1, groups: { a: group(1, 0.999, 0.001) } }),
    'the weights add up to 90, not 100': () => weighted({ ...parts, peers: { title, weight: 10 } }),
    'the last grade, «basic», must begin at 0': () => bands({ basic: grades.basic }),
    '«qualified» ends below 85, but «excellent» begins at 90': () =>
      bands({ ...grades, qualified: { title, from: 75, below: 85 } }),
    '«qualified» must begin below «excellent»': () => bands({ ...grades, qualified: { title, from: 95 } }),
    'the highest score is 80': () => bands(grades, { most: 80 }),
  }
  for (const [what, load] of Object.entries(wrong)) {
    t.throws(load, { name: 'RangeError', message: new RegExp(what, 'u') }, what)
  }
})
