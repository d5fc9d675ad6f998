import type { Entry } from '@duban/definitions'
import type { World } from '@duban/engine'
import { castOf, type Cast } from '../simulate/cast.ts'
import { allStates } from '../simulate/coverage.ts'
import { storiesByChance } from './byChance.ts'
import { wasIn } from './cell.ts'
import { search } from './search.ts'
import { follow, shortened, type Story } from './story.ts'

export { pathsText } from './print.ts'
export { follow, type Label, type Move, type Story } from './story.ts'

export type PathsOptions = {
  entry: Entry
  /** How many units take part; by default first one, then two for what one does not reach; then the demo plan’s, at random. */
  units?: number
  /** Campaigns to look at from each start before it is given up. */
  looks?: number
  /** Random campaigns to look for what is still missing in. */
  seeds?: number
}

export type Path = {
  /** `<kind>.<state>`. */
  state: string
  units: number
  story: Story
}

export type Paths = {
  definition: string
  paths: Path[]
  unreached: string[]
}

const LOOKS = 300
const SEEDS = 30

type Find = (cast: Cast, missing: ReadonlySet<string>) => Map<string, Story>

/** The shortest story that was found to every state of every kind; those that were not reached are listed. Pure. */
export function paths({ entry, units, looks = LOOKS, seeds = SEEDS }: PathsOptions): Paths {
  const states = allStates(entry.definition)
  const found = new Map<string, Path>()
  const sizes = units === undefined ? [1, 2] : [units]
  const tell = (size: number, find: Find): void => {
    const missing = new Set(states.filter((state) => !found.has(state)))
    if (missing.size === 0) return
    const cast = castOf(entry, size)
    const stories = find(cast, missing)
    for (const state of missing) {
      const story = stories.get(state)
      if (!story) continue
      const reached = (world: World): boolean => wasIn(world).has(state)
      found.set(state, { state, units: size, story: shortened(entry, cast, story, reached) })
    }
  }
  for (const size of new Set(sizes)) {
    tell(size, (cast, missing) => search(entry, cast, missing, looks))
  }
  tell(units ?? entry.demo.units.length, (cast, missing) =>
    storiesByChance(entry, cast, missing, seeds),
  )
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
