import type { CompiledKind } from '../src/definition/compiled.ts'
import t from 'tap'
import fc from 'fast-check'
import { needed, summarize } from '../src/index.ts'
import { readTally } from '../src/definition/tally.ts'
import { inspection } from './inspection.ts'
import { on, stage } from './stage.ts'

const read = (event: string) => readTally(event)?.need
const of = (event: string, total: number) => needed(readTally(event)!, total)

void t.test('a tally names all, a number or a share of the children that carry a tag', async (t) => {
  t.strictSame(readTally('every.unit.reported'), {
    event: 'every.unit.reported',
    kind: 'unit',
    tag: 'reported',
    need: { every: true },
  })
  t.strictSame(read('atLeast.3.unit.reported'), { count: 3 })
  t.strictSame(read('atLeast.80%.unit.reported'), { percent: 80 })
  t.strictSame(read('atLeast.100%.unit.reported'), { percent: 100 })
  for (const none of [
    'every.unit',
    'every..reported',
    'every.unit.reported.twice',
    'atLeast.unit.reported',
    'atLeast.0.unit.reported',
    'atLeast.0%.unit.reported',
    'atLeast.101%.unit.reported',
    'atLeast.03.unit.reported',
    'atLeast.-1.unit.reported',
    'atLeast.2.5%.unit.reported',
    'Every.unit.reported',
    'report.submit',
    ' every.unit.reported',
  ]) {
    t.equal(readTally(none), undefined, none)
  }
})

void t.test('a share is rounded up: 80% of 7 are 6', async (t) => {
  t.equal(of('atLeast.80%.unit.x', 7), 6)
  t.equal(of('atLeast.80%.unit.x', 5), 4)
  t.equal(of('atLeast.1%.unit.x', 1000), 10)
  t.equal(of('atLeast.1%.unit.x', 1), 1)
  t.equal(of('atLeast.100%.unit.x', 33), 33)
  t.equal(of('every.unit.x', 7), 7)
  t.equal(of('every.unit.x', 0), 0, 'every of none is true')
  t.equal(of('atLeast.3.unit.x', 2), 3, 'a number that is not there is not reached')
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 0, max: 100_000 }), (share, total) => {
      const n = of(`atLeast.${share}%.unit.x`, total)
      return n * 100 >= share * total && (n - 1) * 100 < share * total && n <= total
    }),
  )
})

void t.test('a standing tells what is accepted, what is waited for, and the tags', async (t) => {
  const { root, unit, say, tell, down, must } = stage()
  const { campaign, unit: unitKind } = inspection.kinds as {
    campaign: CompiledKind
    unit: CompiledKind
  }
  const began = must(say(root().instance, 'check.begin', {}, on('04-02 09:00')))
  t.match(summarize(campaign, began.instance.state), {
    accepts: ['unit.late'],
    watches: [{ event: 'every.unit.reported', kind: 'unit', tag: 'reported' }],
    tags: [],
  })
  const submitted = must(say(unit().instance, 'report.submit', { risks: [] }, on('04-10 09:00')))
  const { accepts, tags } = summarize(unitKind, submitted.instance.state)
  t.strictSame(accepts, ['check.reminded', 'review.record'])
  t.strictSame(tags, ['reported'])
  const paused = must(down(submitted.instance, 'campaign.suspend', { reason: 'x' }, on('04-11 09:00')))
  t.strictSame(summarize(unitKind, paused.instance.state), {
    accepts: [],
    watches: [],
    tags: ['reported'],
  })
  const done = must(say(submitted.instance, 'review.record', { findings: [] }, on('04-20 09:00')))
  t.strictSame(summarize(unitKind, done.instance.state), {
    accepts: [],
    watches: [],
    tags: ['reported', 'settled'],
  })
  t.equal(tell(done.instance, 'check.reminded', null, on('04-21 09:00')).ok, false)
})
