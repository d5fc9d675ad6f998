import type { Json, World } from '@duban/engine'
import { createChance } from '../simulate/chance.ts'
import { statesIn } from '../simulate/coverage.ts'
import type { Fill, Way } from '../simulate/fill.ts'
import { labelOf, nextDate, type Move } from './story.ts'

// A form is filled in several ways, so that guards that look at it go either way.
const ways: Way[] = ['plain', 'sampleForm', 'sampleForm', 'sampleForm', 'random']

/** What can be done next: each command of each sort of instance, by whom, with what; or time passes. */
export function movesOf(world: World, fill: Fill): Move[] {
  const seen = new Set<string>()
  const until = nextDate(world)
  const moves: Move[] = until === undefined ? [] : [{ until }]
  for (const instance of world.instances()) {
    // One of several that stand alike is enough.
    const { id, kind, state } = instance
    const sort = `${kind} ${statesIn(state.snapshot['value'] ?? null).join()} ${sizes(state.snapshot['context'] ?? null)}`
    if (seen.has(sort)) continue
    seen.add(sort)
    const on = labelOf(world, instance)
    for (const command of world.commands(id)) {
      for (const person of actors(world, id, command)) {
        for (const payload of payloads(world, id, command, person, fill)) {
          moves.push({ person, command, on, payload })
        }
      }
    }
  }
  return moves
}

/** The one with the fewest roles, so that others stay free for what they must do; with four eyes also the last. */
function actors(world: World, instance: string, command: string): string[] {
  const { commands } = world.definition
  const may = world.whoMay(instance, command).map(({ person }) => person)
  const roles = (person: string): number => world.assignments().filter((one) => one.person === person).length
  const [first, ...others] = may.toSorted((a, b) => roles(a) - roles(b))
  if (first === undefined) return []
  const matters = Object.values(commands).some(({ notBy, only }) => Boolean(notBy?.includes(command) || only))
  const last = others.at(-1)
  return matters && last !== undefined ? [first, last] : [first]
}

function payloads(world: World, instance: string, command: string, by: string, fill: Fill): Json[] {
  const found = new Map<string, Json>()
  ways.forEach((way, seed) => {
    const payload = fill({ world, instance, command, by, chance: createChance(seed), way })
    found.set(JSON.stringify(payload), payload)
  })
  return [...found.values()]
}

function sizes(value: Json): string {
  if (Array.isArray(value)) return `[${value.length}]`
  if (typeof value !== 'object' || value === null) return typeof value
  return Object.values(value).map(sizes).join()
}
