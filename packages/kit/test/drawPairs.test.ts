import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { draw, problems, type Announcement, type Panel } from '../src/draw/index.ts'
import { standIn } from '../src/standIns/index.ts'

const seedSource = '中国福利彩票双色球第2026042期'
const winning = '03 07 12 18 25 31 + 09'
const grades = ['A', 'B', 'D'] as const

/** A stratified draw, each drawn target with its experts; some recused, some standing by. */
const doubles = fc
  .record({
    zones: fc.array(fc.constantFrom(...grades), { minLength: 1, maxLength: 14 }),
    experts: fc.integer({ min: 1, max: 12 }),
    perTarget: fc.integer({ min: 1, max: 3 }),
    reserve: fc.integer({ min: 0, max: 3 }),
    recused: fc.array(fc.tuple(fc.nat(11), fc.nat(13)), { maxLength: 30 }),
    seed: fc.string({ minLength: 1 }),
  })
  .map(({ zones, experts, perTarget, reserve, recused, seed }) => ({
    announcement: {
      method: 'rates' as const,
      pool: zones.map((zone, n) => ({ id: `t${n}`, zone })),
      rates: { A: 3, B: 60, D: 100 },
      experts: Array.from({ length: experts }, (_, n) => `e${n}`),
      perTarget,
      reserve,
      recused: recused.map(([e, t]) => ({ expert: `e${e}`, target: `t${t}` })),
      seedSource,
    },
    seed,
  }))
  .filter(({ announcement }) => problems(announcement).length === 0)

const barred = ({ recused }: Panel, expert: string, target: string): boolean =>
  recused.some((one) => one.expert === expert && one.target === target)

void t.test('双随机: each target has its experts, none recused, and the load is even', async () => {
  fc.assert(
    fc.property(doubles, ({ announcement, seed }) => {
      const { drawn, pairs } = draw(announcement, seed)
      const { recused, perTarget, experts } = announcement
      assert.deepStrictEqual(
        pairs.map(({ target }) => target),
        drawn,
      )
      for (const { target, experts: its } of pairs) {
        assert.equal(new Set(its).size, perTarget)
        assert.ok(!its.some((expert) => barred(announcement, expert, target)))
      }
      // Without recusals the busiest has no more than an even share, rounded up.
      const loads = experts.map((one) => pairs.filter((pair) => pair.experts.includes(one)).length)
      const even = Math.ceil((drawn.length * perTarget) / experts.length)
      if (recused.length === 0) assert.ok(Math.max(...loads) <= even)
    }),
    { numRuns: 300 },
  )
})

void t.test('who stands by is neither recused nor drawn, and is there if anybody is', async () => {
  fc.assert(
    fc.property(doubles, ({ announcement, seed }) => {
      for (const { target, experts, reserve } of draw(announcement, seed).pairs) {
        const others = announcement.experts.filter(
          (one) => !experts.includes(one) && !barred(announcement, one, target),
        )
        assert.equal(new Set(reserve).size, reserve.length)
        assert.ok(reserve.every((one) => others.includes(one)))
        assert.equal(reserve.length, Math.min(announcement.reserve, others.length))
      }
    }),
  )
})

void t.test('the order in which experts and recusals were written down changes nothing', async () => {
  fc.assert(
    fc.property(doubles, ({ announcement, seed }) => {
      const turned = {
        ...announcement,
        pool: announcement.pool.toReversed(),
        experts: announcement.experts.toReversed(),
        recused: announcement.recused.toReversed(),
      }
      assert.deepStrictEqual(draw(turned, seed), draw(announcement, seed))
    }),
  )
})

void t.test('a target that comes up gets experts, and all others keep theirs', async (t) => {
  let came = 0
  fc.assert(
    fc.property(doubles, fc.nat(), ({ announcement, seed }, n) => {
      const first = draw(announcement, seed)
      const out: string[] = []
      let before = first.pairs
      for (let round = 0; round < 2; round += 1) {
        out.push(before[(n + round) % before.length]?.target ?? '')
        if (problems(announcement, out).length > 0) return
        const { pairs } = draw(announcement, seed, out)
        const stayed = pairs.filter(({ target }) => before.some((one) => one.target === target))
        assert.deepStrictEqual(
          stayed,
          before.filter(({ target }) => !out.includes(target)),
        )
        assert.equal(pairs.length, before.length)
        for (const { target, experts } of pairs) {
          assert.ok(!experts.some((expert) => barred(announcement, expert, target)))
          assert.equal(experts.length, announcement.perTarget)
        }
        before = pairs
        came += 1
      }
    }),
    { numRuns: 300 },
  )
  t.ok(came > 20, `somebody came up in ${came} of the draws`)
})

/** How often each was counted in 400 draws with fixed seeds, so the result never changes. */
function counted(announcement: Announcement, names: (drawn: ReturnType<typeof draw>) => string[]) {
  const counts = new Map<string, number>()
  for (let round = 0; round < 400; round += 1) {
    for (const one of names(draw(announcement, `seed ${round}`))) {
      counts.set(one, (counts.get(one) ?? 0) + 1)
    }
  }
  return [...counts.values()]
}

void t.test('nobody of a stratum, and no expert, is favoured', async (t) => {
  const pool = Array.from({ length: 10 }, (_, n) => ({ id: `t${n}`, zone: 'C' }))
  const experts = ['e0', 'e1', 'e2', 'e3']
  const panel = { experts, perTarget: 2, reserve: 1, recused: [] }
  const whole: Announcement = { method: 'rates', pool, rates: { C: 30 }, seedSource, ...panel }
  const single: Announcement = { method: 'plain', pool: ['t0'], count: 1, seedSource, ...panel }
  const near = (counts: number[], of: number, expected: number, most: number) => {
    t.equal(counts.length, of)
    t.ok(
      counts.every((n) => Math.abs(n - expected) < most),
      JSON.stringify(counts),
    )
  }
  // Five standard deviations of 400 times 3 of 10, 2 of 4, 1 of 4.
  near(
    counted(whole, ({ drawn }) => drawn),
    10,
    120,
    46,
  )
  near(
    counted(single, ({ pairs }) => pairs.flatMap((one) => one.experts)),
    4,
    200,
    50,
  )
  near(
    counted(single, ({ pairs }) => pairs.flatMap((one) => one.reserve)),
    4,
    100,
    44,
  )
})

void t.test('recusals may force the load on one, but no more than they must', async (t) => {
  const recused = ['t0', 't1'].map((target) => ({ expert: 'e1', target }))
  const { pairs } = draw(
    {
      method: 'plain',
      pool: ['t0', 't1', 't2', 't3'],
      count: 4,
      experts: ['e0', 'e1'],
      perTarget: 1,
      recused,
      seedSource,
    },
    winning,
  )
  t.strictSame(
    new Map(pairs.map(({ target, experts }) => [target, experts[0]])),
    new Map(['t0', 't1', 't2', 't3'].map((id, n) => [id, n < 2 ? 'e0' : 'e1'])),
  )
})

void t.test('an expert who falls out is followed by the next in the row, until nobody is left', async (t) => {
  fc.assert(
    fc.property(doubles, fc.nat(), ({ announcement, seed }, n) => {
      for (const { target, experts, reserve } of draw(announcement, seed).pairs) {
        const out = experts[n % experts.length] ?? ''
        const then = standIn({ experts, reserve }, out)
        if (reserve.length === 0) {
          assert.deepStrictEqual(then, { experts, reserve })
        } else {
          assert.deepStrictEqual(then.reserve, reserve.slice(1))
          assert.deepStrictEqual(
            then.experts.filter((one) => !experts.includes(one)),
            reserve.slice(0, 1),
          )
          assert.ok(!then.experts.includes(out))
          assert.ok(!then.experts.some((one) => barred(announcement, one, target)))
        }
      }
    }),
  )
  t.strictSame(standIn({ experts: ['x'], reserve: ['y'] }, 'z'), {
    experts: ['x'],
    reserve: ['y'],
  })
})

void t.test('where too few experts may go, the draw is refused beforehand', async (t) => {
  const impossible: Announcement = {
    method: 'plain',
    pool: ['a'],
    count: 1,
    experts: ['x', 'y'],
    perTarget: 2,
    recused: [{ expert: 'x', target: 'a' }],
    seedSource,
  }
  t.match(problems(impossible), [{ en: 'experts not recused from «a»: 2 to be drawn, only 1 to draw from' }])
  t.throws(() => draw(impossible, winning), RangeError)
  t.match(problems({ ...impossible, experts: ['x', 'y', 'y', 'z'] }), [{ en: 'an expert is listed twice' }])
  const ring: Announcement = { ...impossible, method: 'ring', pool: ['a', 'b', 'c'], recused: [] }
  t.match(problems(ring), [{ en: 'in a ring the units check; it has no experts' }])
})
