import fc from 'fast-check'
import t from 'tap'
import { noRatings, peerReview, type PeerRecord, type Rating } from '../src/peerReview/index.ts'
import { mean } from '../src/scoresheet/index.ts'

const units = ['office', 'finance', 'policy', 'lawyers']
const peers = peerReview()
const list = (...scores: [string, number][]): Rating[] => scores.map(([unit, score]) => ({ unit, score }))

void t.test('the whole list, and never oneself', async (t) => {
  const of = { self: 'office', units: 4 }
  const others = list(['finance', 90], ['policy', 80], ['lawyers', 70])
  t.ok(peers.isWhole(others, of))
  t.notOk(peers.isWhole(others.slice(1), of), 'somebody is left out')
  t.notOk(peers.isWhole([...others.slice(1), ...list(['office', 100])], of), 'oneself')
  t.notOk(peers.ratings.safeParse([...others, ...list(['finance', 90])]).success, 'nobody is rated twice')
  t.notOk(peers.ratings.safeParse(list(['finance', 100.01])).success)
})

void t.test('who is excluded from rating a unit leaves it out', async (t) => {
  const of = { self: 'office', units: 4, excluded: ['finance'] }
  t.ok(peers.isWhole(list(['policy', 80], ['lawyers', 70]), of))
  t.notOk(peers.isWhole(list(['finance', 90], ['policy', 80], ['lawyers', 70]), of))
})

void t.test('who has not rated is listed, and the others count without', async (t) => {
  const one = peers.add(noRatings, 'office', list(['finance', 90], ['policy', 80], ['lawyers', 70]))
  const two = peers.add(one, 'policy', list(['office', 60], ['finance', 70], ['lawyers', 75]))
  t.strictSame(peers.missing(two, units), ['finance', 'lawyers'])
  t.strictSame(peers.results(two, units), [
    { unit: 'office', score: 60, ratings: 1 },
    { unit: 'finance', score: 80, ratings: 2 },
    { unit: 'policy', score: 80, ratings: 1 },
    { unit: 'lawyers', score: 72.5, ratings: 2 },
  ])
  t.strictSame(peers.results(noRatings, ['office']), [{ unit: 'office', score: null, ratings: 0 }])
  t.strictSame(peers.add(two, 'office', list(['finance', 0])), two, 'nobody rates twice')
})

/** Everybody rates everybody else, as drawn. */
const everybody = fc
  .record({
    n: fc.integer({ min: 2, max: 12 }),
    trim: fc.integer({ min: 0, max: 2 }),
    cents: fc.array(fc.nat(10_000), { minLength: 132, maxLength: 132 }),
    order: fc.infiniteStream(fc.nat()),
  })
  .map(({ n, trim, cents, order }) => {
    const all = Array.from({ length: n }, (_, i) => `u${i}`)
    const lists = all.map((from, i) => ({
      from,
      ratings: all.filter((unit) => unit !== from).map((unit, j) => ({ unit, score: (cents[i * 11 + j] ?? 0) / 100 })),
      turn: order.next().value ?? 0,
    }))
    return { all, lists, trim }
  })

void t.test('the running record gives what the whole table would', async (t) => {
  fc.assert(
    fc.property(everybody, ({ all, lists, trim }) => {
      const review = peerReview({ trim })
      const record = lists.reduce<PeerRecord>((sofar, { from, ratings }) => review.add(sofar, from, ratings), noRatings)
      for (const { unit, score } of review.results(record, all)) {
        const received = lists.flatMap(({ ratings }) => ratings.filter((one) => one.unit === unit))
        t.equal(
          score,
          mean(
            received.map((one) => one.score),
            { trim },
          ).mean,
        )
      }
    }),
  )
})

void t.test('the order in which the lists come in makes no difference', async (t) => {
  fc.assert(
    fc.property(everybody, ({ all, lists, trim }) => {
      const review = peerReview({ trim })
      const results = (some: typeof lists) =>
        review.results(
          some.reduce<PeerRecord>((sofar, one) => review.add(sofar, one.from, one.ratings), noRatings),
          all,
        )
      t.strictSame(results(lists.toSorted((a, b) => a.turn - b.turn)), results(lists))
    }),
  )
})

/** Characters that the record of n units takes, each rated by all others. */
const size = (n: number): number => {
  const all = Array.from({ length: n }, (_, i) => `unit-${i + 1000}`)
  const review = peerReview({ trim: 1 })
  const record = all.reduce<PeerRecord>(
    (sofar, from) =>
      review.add(
        sofar,
        from,
        all.filter((one) => one !== from).map((unit) => ({ unit, score: 88.5 })),
      ),
    noRatings,
  )
  return JSON.stringify(record).length
}

void t.test('what is kept grows with the units, not with their square', async (t) => {
  t.ok(size(160) < 2.2 * size(80), `${size(80)} and ${size(160)} characters`)
})

void t.test('options that cannot be are refused at load', async (t) => {
  t.throws(() => peerReview({ trim: 0.5 }), RangeError)
  t.throws(() => peerReview({ most: 0 }), RangeError)
})
