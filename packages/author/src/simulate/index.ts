import type { Entry } from '@duban/definitions'
import { localDay } from '@duban/engine'
import { castOf, startWorld } from './cast.ts'
import { createChance } from './chance.ts'
import { allStates, cover, emptyCoverage } from './coverage.ts'
import { createFill } from './fill.ts'
import { violationsOf, type Violation } from './laws/index.ts'
import { emptyNotes, takeNotes, whereabouts } from './notes.ts'
import { playAtRandom } from './player.ts'
import type { Simulation } from './result.ts'

export { castOf, startWorld, type Cast } from './cast.ts'
export { createChance, type Chance } from './chance.ts'
export { createFill } from './fill.ts'
export { violationsOf } from './laws/index.ts'
export { playAtRandom, type Asked, type Run } from './player.ts'
export { simulationText } from './print.ts'
export type { Failure, Simulation } from './result.ts'

export type SimulateOptions = {
  entry: Entry
  /** About so many participating units; the demo plan's own when absent. */
  units?: number
  /** The first of the seeds. */
  seed?: number
  /** So many campaigns, each with the next seed. */
  runs?: number
  /** Stop each campaign so many days after its start. */
  days?: number
  /** Rounds after which a campaign that has not ended is given up; by the number of units when absent. */
  rounds?: number
  /** What time it is, in milliseconds, to say how fast it went. */
  clock?: () => number
}

// Of campaigns that come to no end little is learnt.
const MOST_UNFINISHED = 0.1

/** Plays campaigns at random but legally on virtual time, and checks the laws on what was recorded. Pure but for `clock`. */
export function simulate(options: SimulateOptions): Simulation {
  const { entry, seed = 1, runs = 1, days, clock } = options
  const { definition, sampleForms } = entry
  const cast = castOf(entry, options.units)
  const rounds = options.rounds ?? 600 + 100 * cast.units.length
  const names = new Map(cast.people.map(({ person, name }) => [person, name]))
  const people = [...new Set(cast.duties.map(({ person }) => person))]
  const fill = createFill(definition, sampleForms)
  const coverage = emptyCoverage()
  const notes = emptyNotes()
  const result: Simulation = {
    definition: definition.name,
    units: cast.units.length,
    seed,
    runs,
    endings: { finished: 0, cancelled: 0, stuck: 0, unfinished: 0 },
    unfinished: [],
    tooManyUnfinished: false,
    steps: 0,
    stepsPerSecond: null,
    asked: { done: 0, illegal: 0 },
    neverReached: [],
    neverDone: [],
    lateness: [],
    unheard: [],
    unopened: [],
    forsaken: [],
    failures: [],
    ok: true,
  }
  let spent = 0
  for (let n = 0; n < runs; n += 1) {
    const began = clock?.() ?? 0
    const world = startWorld(entry, cast)
    const run = playAtRandom(world, fill, createChance(seed + n), {
      people,
      organiser: cast.organiser,
      rounds,
      ...(days !== undefined && { days }),
    })
    spent += (clock?.() ?? 0) - began
    cover(coverage, world)
    takeNotes(notes, world, seed + n)
    result.endings[run.ending] += 1
    result.steps += world.log().length
    result.asked.illegal += run.illegal.tried
    for (const times of run.done.values()) result.asked.done += times
    if (run.ending === 'unfinished') {
      result.unfinished.push({
        seed: seed + n,
        on: localDay(world.now(), world.facts.timezone),
        stood: whereabouts(world),
      })
    }
    const what = [
      ...violationsOf(world),
      ...run.illegal.wrong.map((wrong) => ({ law: 'what is not allowed is refused', what: wrong })),
      ...(run.ending === 'stuck' ? [deadEnd(run.stuckOn)] : []),
    ]
    if (what.length > 0) {
      const nameOf = (person: string): string => names.get(person) ?? person
      const story = world.transcript({ locale: 'zh', nameOf })
      result.failures.push({ seed: seed + n, what, ending: run.ending, story })
    }
  }
  result.tooManyUnfinished = days === undefined && result.endings.unfinished > runs * MOST_UNFINISHED
  result.ok = result.failures.length === 0 && !result.tooManyUnfinished
  result.unheard = [...notes.unheard.values()]
  result.unopened = [...notes.unopened.values()]
  result.forsaken = [...notes.forsaken.values()]
  result.stepsPerSecond = clock && spent > 0 ? Math.round((1000 * result.steps) / spent) : null
  result.neverReached = allStates(definition).filter((state) => !coverage.states.has(state))
  result.neverDone = Object.keys(definition.commands).filter((name) => !coverage.commands.has(name))
  result.lateness = [...coverage.dates]
    .map(([date, counts]) => ({ date, ...counts }))
    .toSorted((a, b) => (a.date < b.date ? -1 : 1))
  return result
}

function deadEnd(tried: string[]): Violation {
  return {
    law: 'somebody can always do something, or something is due',
    what:
      tried.length === 0
        ? 'nobody may do anything, and nothing is due'
        : `nothing is due, and all that anybody may do is refused: ${tried.join('; ')}`,
  }
}
