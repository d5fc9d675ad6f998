// Five seeds of each definition at every push, a hundred by `pnpm test:long`; `pnpm simulate` plays a thousand.
import {
  castOf,
  createChance,
  createFill,
  playAtRandom,
  simulate,
  simulationText,
  startWorld,
} from '@duban/author/simulate'
import { catalogue, type Entry } from '@duban/definitions'
import type { World } from '@duban/engine'
import t from 'tap'
import { brittle } from './definitions/brittle.ts'
import { deadEnd } from './definitions/deadEnd.ts'

const RUNS = Number(process.env['RUNS'] ?? 5)

for (const entry of catalogue) {
  const { name } = entry.definition
  void t.test(`${name}, played at random, breaks no law and has no dead end`, async (t) => {
    const result = simulate({ entry, runs: RUNS, seed: 1 })
    if (!result.ok) t.comment(simulationText(result))
    t.strictSame(
      result.failures.map(({ seed, what }) => ({ seed, what: what[0] })),
      [],
    )
    t.ok(result.asked.illegal > 0, 'what is not allowed was tried')
    t.ok(result.endings.finished > 0, 'some campaigns came to their end')
    t.comment(`never reached: ${result.neverReached.join(', ')}`)
  })
}

function playedWith(entry: Entry, seed: number): World {
  const cast = castOf(entry, 3)
  const world = startWorld(entry, cast)
  playAtRandom(world, createFill(entry.definition, entry.sampleForms), createChance(seed), {
    people: [...new Set(cast.duties.map(({ person }) => person))],
    organiser: cast.organiser,
    rounds: 200,
  })
  return world
}

const heads = (seed: number): string[] =>
  catalogue.flatMap((entry) =>
    playedWith(entry, seed)
      .log()
      .map(({ hash }) => hash),
  )

void t.test('one seed gives one story', async (t) => {
  const story = heads(3)
  t.strictSame(heads(3), story)
  t.not(heads(4).join(), story.join())
})

void t.test('two hundred units take part, with people of their own', async (t) => {
  const [entry] = catalogue
  if (!entry) throw new Error('there are definitions')
  const cast = castOf(entry, 200)
  t.equal(cast.units.length, 200)
  t.equal(new Set(cast.units.map(({ id }) => id)).size, 200)
  t.equal(startWorld(entry, cast).root().state.status, 'active')
})

void t.test('a dead end is told with its story and its seed', async (t) => {
  const result = simulate({ entry: deadEnd, runs: 20, seed: 1 })
  const stuck = result.failures.filter(({ ending }) => ending === 'stuck')
  t.ok(stuck.length > 0)
  t.ok(result.endings.finished > 0, 'not everybody declines')
  t.match(stuck[0]?.what, [
    {
      law: 'somebody can always do something, or something is due',
      what: 'nobody may do anything, and nothing is due',
    },
  ])
  const text = simulationText(result)
  t.match(text, `FAILED with seed ${stuck[0]?.seed}`)
  t.match(text, '〔婉拒〕')
})

void t.test('a definition that fails is told', async (t) => {
  const entry: Entry = {
    definition: brittle,
    demo: { ...deadEnd.demo, duties: [{ person: 'wang-jianguo', role: 'lead' }] },
    sampleForms: { 'part.list': () => ({ parts: [{ name: 'sound' }, { name: 'broken' }] }) },
  }
  const { failures } = simulate({ entry, runs: 5, seed: 1 })
  const reasons = failures.flatMap(({ what }) => what.map((one) => one.what))
  t.ok(reasons.some((one) => one.includes('the deadline of this definition is broken')))
  t.ok(reasons.some((one) => one.includes('this part cannot be opened')))
})
