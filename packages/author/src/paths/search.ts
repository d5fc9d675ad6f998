import type { Entry } from '@duban/definitions'
import type { World } from '@duban/engine'
import TinyQueue from 'tinyqueue'
import { startWorld, type Cast } from '../simulate/cast.ts'
import { createFill } from '../simulate/fill.ts'
import { cellOf, keyOf, wasIn } from './cell.ts'
import { movesOf } from './moves.ts'
import { make, type Story } from './story.ts'
import type { Work } from './work.ts'

type Place = { world: World; story: Story; cell: string; priority: number }

// Where much was looked already, the search comes back later: so many moves later for each look.
const BORED = 2

/**
 * Looks for the shortest story to each wanted state: shorter stories first, and among them those that stand where
 * few have stood. Gives up after so many looks, or when it is told to stop.
 */
export function* search(
  entry: Entry,
  cast: Cast,
  wanted: ReadonlySet<string>,
  looks: number,
): Work<Map<string, Story>> {
  const fill = createFill(entry.definition, entry.sampleForms)
  const found = new Map<string, Story>()
  const seen = new Set<string>()
  const visits = new Map<string, number>()
  const queue = new TinyQueue<Place>([], (a, b) => a.priority - b.priority)
  const arrive = (world: World, story: Story): void => {
    for (const state of wasIn(world)) {
      const known = found.get(state)
      if (!known || known.length > story.length) found.set(state, story)
    }
    const key = keyOf(world)
    if (seen.has(key)) return
    seen.add(key)
    const cell = cellOf(world)
    queue.push({ world, story, cell, priority: story.length + BORED * (visits.get(cell) ?? 0) })
  }
  arrive(startWorld(entry, cast), [])
  const missing = (): number => [...wanted].filter((state) => !found.has(state)).length
  for (let look = 0; look < looks && missing() > 0; look += 1) {
    const place = queue.pop()
    if (!place) break
    const bored = place.story.length + BORED * (visits.get(place.cell) ?? 0)
    if (bored > place.priority + BORED) {
      // The cell was looked at since: it waits for its new turn.
      queue.push({ ...place, priority: bored })
      continue
    }
    const goOn = yield { doing: 'looking', n: look + 1, of: looks, found: wanted.size - missing() }
    if (!goOn) break
    visits.set(place.cell, (visits.get(place.cell) ?? 0) + 1)
    for (const move of movesOf(place.world, fill)) {
      const world = place.world.fork()
      if (make(world, move)) arrive(world, [...place.story, move])
    }
  }
  return found
}
