import type { Entry } from '@duban/definitions'
import type { World } from '@duban/engine'
import { castOf, type Cast } from '../simulate/cast.ts'
import { allStates } from '../simulate/coverage.ts'
import { storiesByChance } from './byChance.ts'
import { wasIn } from './cell.ts'
import type { Path, Paths } from './result.ts'
import { search } from './search.ts'
import { follow, shortened, type Story } from './story.ts'
import { done, toldAs, type Watched, type Work } from './work.ts'

export { pathsText } from './print.ts'
export type { Path, Paths } from './result.ts'
export { follow, type Label, type Move, type Story } from './story.ts'
export { doneWhile, type Watched, type Work } from './work.ts'

export type PathsOptions = {
  entry: Entry
  /** How many units take part; by default first one, then two for what one does not reach; then the demo plan’s, at random. */
  units?: number
  /** Campaigns to look at from each start before it is given up. */
  looks?: number
  /** Random campaigns to look for what is still missing in. */
  seeds?: number
}

const LOOKS = 300
const SEEDS = 30

type Find = (cast: Cast, missing: ReadonlySet<string>) => Work<Map<string, Story>>

/** The shortest story that was found to every state of every kind; those that were not reached are listed. Pure. */
export function paths(options: PathsOptions): Paths {
  return done(searching(options))
}

/** The same as work that can be watched and stopped: what was found until then, shortened as far as it got. */
export function* searching({ entry, units, looks = LOOKS, seeds = SEEDS }: PathsOptions): Work<Paths, Watched> {
  const states = allStates(entry.definition)
  const found = new Map<string, Path>()
  const sizes = units === undefined ? [1, 2] : [units]
  const tell = function* (size: number, find: Find): Work<void> {
    const missing = new Set(states.filter((state) => !found.has(state)))
    if (missing.size === 0) return
    const cast = castOf(entry, size)
    const stories = yield* find(cast, missing)
    for (const state of missing) {
      const story = stories.get(state)
      if (!story) continue
      const reached = (world: World): boolean => wasIn(world).has(state)
      found.set(state, { state, units: size, story: yield* shortened(entry, cast, story, reached) })
    }
  }
  const searches = sizes.map((size) => ({
    size,
    find: (cast: Cast, missing: ReadonlySet<string>) => search(entry, cast, missing, looks),
  }))
  const chance = {
    size: units ?? entry.demo.units.length,
    find: (cast: Cast, missing: ReadonlySet<string>) => storiesByChance(entry, cast, missing, seeds),
  }
  const ways = [...searches, chance]
  let reached = 0
  for (const [n, { size, find }] of ways.entries()) {
    const known = found.size
    yield* toldAs(tell(size, find), (told) => ({
      ...told,
      // While stories are shortened, their states are known already.
      found: (reached = Math.max(reached, known + told.found)),
      units: size,
      states: states.length,
      share: told.doing === 'looking' ? (n + 1) / ways.length : 1,
    }))
  }
  return {
    definition: entry.definition.name,
    paths: states.flatMap((state) => found.get(state) ?? []),
    unreached: states.filter((state) => !found.has(state)),
  }
}

/** Plays the story of a path again. @throws {Error} when it no longer leads there */
export function walk(entry: Entry, { state, units, story }: Path): World {
  const cast: Cast = castOf(entry, units)
  const world = follow(entry, cast, story)
  if (!world || !wasIn(world).has(state)) throw new Error(`the story does not lead to ${state}`)
  return world
}
