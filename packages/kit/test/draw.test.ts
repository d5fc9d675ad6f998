import { digestText } from '@duban/engine'
import fc from 'fast-check'
import t from 'tap'
import { commitment, draw, problems, type Announcement } from '../src/draw/index.ts'
import { byTheBook } from './byTheBook.ts'

const seedSource = '中国福利彩票双色球第2026042期'
const winning = '03 07 12 18 25 31 + 09'
const plain = (pool: string[], count: number): Announcement => ({
  method: 'plain',
  pool,
  count,
  seedSource,
})
const names = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 8 }), {
  minLength: 1,
  maxLength: 30,
})
const seed = fc.string({ minLength: 1 })
/** A pool, the same in another order, and how many to draw. */
const pools = names.chain((pool) =>
  fc.record({
    pool: fc.constant(pool),
    other: fc.shuffledSubarray(pool, { minLength: pool.length }),
    count: fc.integer({ min: 1, max: pool.length }),
    seed,
  }),
)

void t.test('the vectors of draw.md', async (t) => {
  const announcement = plain(['county-office', 'county-finance', 'county-policy'], 2)
  t.equal(
    commitment(announcement),
    digestText(
      '{"count":2,"method":"plain","pool":["county-finance","county-office","county-policy"],' +
        `"seedSource":"${seedSource}"}`,
    ),
  )
  t.strictSame(draw(announcement, winning), {
    commitment: '3bd4bd27e51570a027f30873f1eb6d9c7a7adb2f61b04961bb11e3fa2c63b55d',
    seed: winning,
    drawn: ['county-policy', 'county-finance'],
    pairs: [],
  })
  const pool = Array.from('abcdefg').map((id, n) => ({ id, zone: n < 4 ? '东片' : '西片' }))
  t.strictSame(draw({ method: 'zones', pool, count: 3, seedSource }, winning).drawn, ['c', 'a', 'e'])
  const risks = [
    { id: 'a', weight: 1 },
    { id: 'b', weight: 3 },
    { id: 'c', weight: 6 },
  ]
  t.strictSame(draw({ method: 'weighted', pool: risks, count: 2, seedSource }, winning).drawn, ['b', 'a'])
  const paired = { pool: ['a', 'b', 'c'], count: 2, experts: ['w', 'x', 'y', 'z'], perTarget: 2 }
  const recused = [{ expert: 'x', target: 'a' }]
  t.strictSame(draw({ method: 'plain', ...paired, reserve: 1, recused, seedSource }, winning).pairs, [
    { target: 'b', experts: ['w', 'x'], reserve: ['y'] },
    { target: 'c', experts: ['y', 'z'], reserve: ['x'] },
  ])
  const grades = Array.from('abcdefghijkl').map((id, n) => ({ id, zone: ['A', 'D'][n] ?? 'B' }))
  t.strictSame(draw({ method: 'rates', rates: { A: 3, B: 11, D: 100 }, pool: grades, seedSource }, winning).drawn, [
    'a',
    'g',
    'd',
    'b',
  ])
  t.strictSame(draw({ method: 'ring', pool: Array.from('abcde'), seedSource }, winning).drawn, Array.from('bdeca'))
})

void t.test('anyone who has read draw.md recomputes a plain draw', async (t) => {
  fc.assert(
    fc.property(pools, ({ pool, count, seed }) => {
      const { commitment: committed, drawn } = draw(plain(pool, count), seed)
      t.strictSame(byTheBook(committed, seed, 'pool', pool).slice(0, count), drawn)
    }),
  )
})

void t.test('the order in which the pool was written down changes nothing', async (t) => {
  fc.assert(
    fc.property(pools, ({ pool, other, count, seed }) => {
      t.strictSame(draw(plain(other, count), seed), draw(plain(pool, count), seed))
    }),
  )
})

void t.test('so many different ones of the pool are drawn', async () => {
  fc.assert(
    fc.property(pools, ({ pool, count, seed }) => {
      const { drawn } = draw(plain(pool, count), seed)
      return new Set(drawn).size === count && drawn.every((one) => pool.includes(one))
    }),
  )
})

void t.test('whoever changes what was announced changes the commitment', async (t) => {
  const before = plain(['a', 'b', 'c'], 1)
  const others: Announcement[] = [
    plain(['a', 'b'], 1),
    plain(['a', 'b', 'c'], 2),
    { ...before, seedSource: '另一期' },
    { method: 'weighted', pool: [{ id: 'a', weight: 1 }], count: 1, seedSource },
  ]
  for (const other of others) t.not(commitment(other), commitment(before))
})

/** χ² of how often each of n was drawn; 1,000 draws with fixed seeds, so the result never changes. */
function chiSquare(counts: Map<string, number>, expected: (id: string) => number): number {
  return [...counts].reduce((sum, [id, n]) => sum + (n - expected(id)) ** 2 / expected(id), 0)
}

void t.test('nobody of the pool is favoured', async (t) => {
  const pool = Array.from('abcdefghij')
  const counts = new Map(pool.map((id) => [id, 0]))
  for (let round = 0; round < 1000; round += 1) {
    for (const id of draw(plain(pool, 3), `seed ${round}`).drawn) {
      counts.set(id, (counts.get(id) ?? 0) + 1)
    }
  }
  // 9 degrees of freedom: above 27.9 once in a thousand.
  t.ok(chiSquare(counts, () => 300) < 27.9, JSON.stringify([...counts]))
})

void t.test('who weighs more is drawn first more often, in proportion', async (t) => {
  const pool = [1, 2, 3, 4].map((weight) => ({ id: `w${weight}`, weight }))
  const counts = new Map(pool.map(({ id }) => [id, 0]))
  for (let round = 0; round < 1000; round += 1) {
    const [first = ''] = draw({ method: 'weighted', pool, count: 1, seedSource }, `seed ${round}`).drawn
    counts.set(first, (counts.get(first) ?? 0) + 1)
  }
  // 3 degrees of freedom: above 16.3 once in a thousand.
  t.ok(chiSquare(counts, (id) => Number(id.slice(1)) * 100) < 16.3, JSON.stringify([...counts]))
})

void t.test('zones have their share, and never one more than another of the same size', async () => {
  const zoned = fc.array(fc.constantFrom('east', 'north', 'west'), {
    minLength: 3,
    maxLength: 40,
  })
  fc.assert(
    fc.property(zoned, fc.nat(), seed, (zones, n, seed) => {
      const pool = zones.map((zone, at) => ({ id: `${at}`, zone }))
      const count = 1 + (n % pool.length)
      const { drawn } = draw({ method: 'zones', pool, count, seedSource }, seed)
      return (
        drawn.length === count &&
        [...new Set(zones)].every((zone) => {
          const size = zones.filter((one) => one === zone).length
          const share = drawn.filter((id) => zones[Number(id)] === zone).length
          return Math.abs(share - (count * size) / pool.length) < 1
        })
      )
    }),
  )
})

void t.test('who is absent is followed by the next in the row, and the others stay', async () => {
  fc.assert(
    fc.property(pools, ({ pool, count, seed }) => {
      fc.pre(count < pool.length)
      const first = draw(plain(pool, count), seed).drawn
      const gone = first.slice(0, 1)
      const then = draw(plain(pool, count), seed, gone).drawn
      const whole = draw(plain(pool, pool.length), seed).drawn
      return (
        then.length === count &&
        !then.includes(gone[0] ?? '') &&
        first.slice(1).every((one) => then.includes(one)) &&
        whole.length === pool.length
      )
    }),
  )
})

const said = (announcement: Announcement): string[] => problems(announcement).map(({ en }) => en)

void t.test('what cannot be drawn says why', async (t) => {
  t.strictSame(said(plain(['a'], 2)), ['the pool: 2 to be drawn, only 1 to draw from'])
  t.strictSame(said(plain(['a', 'a'], 1)), ['somebody is in the pool twice'])
  t.strictSame(said({ method: 'eachZone', pool: [{ id: 'a', zone: '东片' }], each: 2, seedSource }), [
    'zone «东片»: 2 to be drawn, only 1 to draw from',
  ])
  const rates = (of: { [zone: string]: number }): Announcement => ({
    method: 'rates',
    pool: [{ id: 'a', zone: 'A' }],
    rates: of,
    seedSource,
  })
  t.strictSame(said(rates({ B: 10 })), ['no rate is given for «A»'])
  const odd = [{ id: 'a', zone: 'constructor' }]
  t.strictSame(said({ method: 'rates', pool: odd, rates: { A: 3 }, seedSource }), [
    'no rate is given for «constructor»',
  ])
  t.match(said(rates({ A: 101 })), [/per cent from 0 to 100/u])
  t.strictSame(said({ method: 'ring', pool: ['a', 'b'], seedSource }), [
    'a ring needs three or more: 2 could only check each other',
  ])
  t.strictSame(said({ method: 'ring', pool: [], seedSource })[0], 'the pool is empty')
  t.throws(() => draw(plain(['a'], 2), winning), RangeError)
})
