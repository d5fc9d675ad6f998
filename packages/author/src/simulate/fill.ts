import type { SampleForms } from '@duban/definitions'
import { payloadSchema, type Definition, type Json, type World } from '@duban/engine'
import type { Chance } from './chance.ts'
import { plainValue, randomValue, type Ground } from './values.ts'

/** How a command's form is filled in: hurriedly, at random, or as the definition's author says people do. */
export type Way = 'plain' | 'random' | 'sampleForm'

export type Fill = (asked: {
  world: World
  instance: string
  command: string
  by: string
  chance: Chance
  way: Way
}) => Json

// Refinements (a major risk must be explained) are not in JSON Schema: a few more tries find what passes.
const TRIES = 6

export function createFill(definition: Definition, sampleForms: SampleForms = {}): Fill {
  const schemas = new Map<string, Json>()
  const schemaOf = (command: string): Json => {
    const known = schemas.get(command)
    if (known !== undefined) return known
    const spec = definition.commands[command]
    const made = spec ? payloadSchema(spec.payload) : {}
    schemas.set(command, made)
    return made
  }
  const valid = (command: string, payload: Json): boolean =>
    definition.commands[command]?.payload.safeParse(payload).success ?? false
  return ({ world, instance, command, by, chance, way }) => {
    const ground = groundOf(world)
    const schema = schemaOf(command)
    const sampleForm = way === 'sampleForm' ? sampleForms[command] : undefined
    let payload: Json = null
    for (let n = 0; n < TRIES; n += 1) {
      payload = way === 'plain' && n === 0 ? plainValue(schema, chance, ground) : randomValue(schema, chance, ground)
      if (sampleForm) {
        const { state, unit } = world.instance(instance) ?? { state: undefined, unit: null }
        const context = structuredClone(state?.snapshot['context'] ?? {})
        payload = sampleForm({
          context,
          unit,
          facts: world.facts,
          by,
          at: world.now(),
          payload,
          pick: chance.pick,
        })
      }
      if (valid(command, payload)) return payload
    }
    return payload
  }
}

const DAY = 86_400_000
const grounds = new WeakMap<World['facts'], Omit<Ground, 'days'>>()

/** Units and people of the campaign, and days from today to a quarter from now. */
function groundOf(world: World): Ground {
  const { facts } = world
  const known = grounds.get(facts) ?? {
    units: facts.units.map(({ id }) => id),
    people: [...new Set(world.assignments().map(({ person }) => person))],
    holders: heldIn(world),
  }
  grounds.set(facts, known)
  const today = Date.parse(world.now())
  const days = [30, 7, 14, 3, 60, 90].map((n) => new Date(today + n * DAY).toISOString().slice(0, 10))
  return { ...known, days }
}

function heldIn(world: World): Ground['holders'] {
  const byRole = Map.groupBy(world.assignments(), ({ role }) => role)
  return Object.fromEntries([...byRole].map(([role, its]) => [role, [...new Set(its.map(({ person }) => person))]]))
}
