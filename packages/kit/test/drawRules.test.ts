import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { draw, type Announcement } from '../src/draw/index.ts'
import { byTheBook } from './byTheBook.ts'

const seedSource = '中国福利彩票双色球第2026042期'
const seed = fc.string({ minLength: 1 })

const rates = { A: 3, B: 10, C: 30, D: 100, E: 0 }
const grades = ['A', 'B', 'C', 'D', 'E'] as const
const graded = fc.array(fc.constantFrom(...grades), { minLength: 1, maxLength: 120 })
const rated = (zones: readonly string[]): Announcement => ({
  method: 'rates',
  pool: zones.map((zone, n) => ({ id: `${n}`, zone })),
  rates,
  seedSource,
})
const sizeOf = (zones: readonly string[], zone: string): number => zones.filter((one) => one === zone).length

void t.test('rates are met in each stratum, rounded up, with at least one of each', async () => {
  fc.assert(
    fc.property(graded, seed, (zones, seed) => {
      const { drawn } = draw(rated(zones), seed)
      assert.equal(new Set(drawn).size, drawn.length)
      for (const grade of grades) {
        const size = sizeOf(zones, grade)
        const share = drawn.filter((id) => zones[Number(id)] === grade).length
        assert.ok(share * 100 >= size * rates[grade], 'no fewer than the rate')
        assert.ok(share === 0 || (share - 1) * 100 < size * rates[grade], 'and not one more')
        assert.equal(share > 0, size > 0 && rates[grade] > 0)
      }
    }),
  )
})

void t.test('a rate is exact where the numbers are not', async (t) => {
  // 32.2 × 500 is 16100.000000000002 in binary fractions: 162 would be drawn.
  const pool = Array.from({ length: 500 }, (_, n) => ({ id: `${n}`, zone: 'A' }))
  t.equal(draw({ method: 'rates', pool, rates: { A: 32.2 }, seedSource }, 's').drawn.length, 161)
})

void t.test('anyone who has read draw.md recomputes rates, stratum by stratum', async () => {
  fc.assert(
    fc.property(graded, seed, (zones, seed) => {
      const { commitment, drawn } = draw(rated(zones), seed)
      const again = grades.flatMap((grade) => {
        const row = zones.flatMap((zone, n) => (zone === grade ? [`${n}`] : []))
        const share = Math.ceil((row.length * rates[grade]) / 100)
        return byTheBook(commitment, seed, `zone ${grade}`, row).slice(0, share)
      })
      assert.deepStrictEqual(drawn, again)
    }),
  )
})

const ids = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 8 }), {
  minLength: 3,
  maxLength: 30,
})
const ring = (pool: string[]): Announcement => ({ method: 'ring', pool, seedSource })

void t.test('循环互查: everybody checks one, is checked by one, and never by whom they check', async () => {
  fc.assert(
    fc.property(ids, seed, (pool, seed) => {
      const { commitment, drawn, pairs } = draw(ring(pool), seed)
      const checks = new Map(pairs.map(({ target, experts: [checker = ''] }) => [checker, target]))
      assert.deepStrictEqual([...checks.keys()].toSorted(), pool.toSorted())
      assert.deepStrictEqual([...checks.values()].toSorted(), pool.toSorted())
      assert.ok(![...checks].some(([checker, target]) => checker === target))
      assert.ok(![...checks].some(([checker, target]) => checks.get(target) === checker))
      assert.deepStrictEqual(drawn, byTheBook(commitment, seed, 'pool', pool))
    }),
  )
})

void t.test('a ring closes over a unit that falls out, while three are left', async (t) => {
  const pool = Array.from('abcd')
  const { drawn } = draw(ring(pool), 's')
  const [first = '', second, third] = drawn
  t.strictSame(draw(ring(pool), 's', [second ?? '']).pairs[0], {
    target: third,
    experts: [first],
    reserve: [],
  })
  t.throws(() => draw(ring(pool), 's', ['a', 'b']), /three or more/u)
})

void t.test('in a ring everybody meets everybody else equally often', async (t) => {
  const pool = Array.from('abcd')
  const counts = new Map<string, number>()
  for (let round = 0; round < 1200; round += 1) {
    for (const { target, experts } of draw(ring(pool), `seed ${round}`).pairs) {
      const pair = `${experts[0]}→${target}`
      counts.set(pair, (counts.get(pair) ?? 0) + 1)
    }
  }
  // 400 each of 12 pairs; fixed seeds, so the result never changes. Five standard deviations are 82.
  t.equal(counts.size, 12)
  t.ok(
    [...counts.values()].every((n) => Math.abs(n - 400) < 82),
    JSON.stringify([...counts]),
  )
})
