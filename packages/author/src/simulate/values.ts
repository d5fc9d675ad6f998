import type { Json, JsonObject } from '@duban/engine'
import { generateSync } from 'json-schema-faker'
import type { Chance } from './chance.ts'

/** What random values are chosen from where a schema means somebody or some day. */
export type Ground = {
  units: readonly string[]
  people: readonly string[]
  /** Who holds each role. */
  holders: { readonly [role: string]: readonly string[] }
  days: readonly string[]
}

// Long enough to be told apart, short enough to be read in a transcript.
const MOST_ITEMS = 3
const words = ['如实填报', '情况属实', '已按要求办理', '材料齐全', '限期整改', '逐项核对', '责任到人']

/**
 * A random value that a JSON Schema accepts, as zod writes them of payloads. Texts with a pattern, and whatever
 * else is not of the ordinary, come from json-schema-faker, which takes a hundred times as long (decision 19).
 */
export function randomValue(schema: Json, chance: Chance, ground: Ground): Json {
  return valueOf(schema, { chance, ground, root: schema, plain: false })
}

/** The plainest: required members only, shortest lists, first choices. Much as a hurried person fills in a form. */
export function plainValue(schema: Json, chance: Chance, ground: Ground): Json {
  return valueOf(schema, { chance, ground, root: schema, plain: true })
}

type Making = { chance: Chance; ground: Ground; root: Json; plain: boolean }

function valueOf(schema: Json | undefined, making: Making): Json {
  const { chance, plain, root } = making
  if (!isObject(schema)) return null
  const ref = schema['$ref']
  if (typeof ref === 'string') return valueOf(pointed(root, ref), making)
  if (schema['const'] !== undefined) return schema['const']
  const choices = list(schema['enum']) ?? undefined
  if (choices) return (plain ? choices[0] : chance.pick(choices)) ?? null
  const ways = list(schema['anyOf']) ?? list(schema['oneOf'])
  if (ways) return valueOf(plain ? ways[0] : chance.pick(ways), making)
  const types = [schema['type'] ?? null].flat()
  const type = plain ? types[0] : chance.pick(types)
  return typeof type === 'string' && Object.hasOwn(makers, type)
    ? (makers[type] as Maker)(schema, making)
    : strange(schema, making)
}

type Maker = (schema: JsonObject, making: Making) => Json

const makers: { [type: string]: Maker } = {
  object: objectOf,
  array: arrayOf,
  string: textOf,
  integer: (schema, making) => numberOf(schema, 1, making),
  number: (schema, making) => numberOf(schema, 0.5, making),
  boolean: (_, { chance, plain }) => !plain && chance.often(0.5),
  null: () => null,
}

function objectOf(schema: JsonObject, making: Making): Json {
  const properties = isObject(schema['properties']) ? schema['properties'] : {}
  const required = (list(schema['required']) ?? []) as string[]
  const names = isObject(schema['propertyNames']) ? (list(schema['propertyNames']['enum']) ?? []) : []
  const made: JsonObject = {}
  for (const [name, one] of Object.entries(properties)) {
    if (required.includes(name) || (!making.plain && making.chance.often(0.5))) {
      made[name] = valueOf(one, making)
    }
  }
  for (const name of names as string[]) {
    made[name] ??= valueOf(schema['additionalProperties'], making)
  }
  return made
}

function arrayOf(schema: JsonObject, making: Making): Json {
  const { chance, plain } = making
  const least = number(schema['minItems']) ?? 0
  const most = Math.min(number(schema['maxItems']) ?? MOST_ITEMS, Math.max(least, MOST_ITEMS))
  const length = plain ? least : chance.int(least, most)
  const heads = list(schema['prefixItems'])
  if (heads) return heads.map((one) => valueOf(one, making))
  const items: Json[] = []
  const units = isObject(schema['items']) && schema['items']['participant'] !== undefined
  // A list of participants names nobody twice, as far as there are others.
  for (let tries = 0; items.length < length && tries < 10 * length; tries += 1) {
    const item = valueOf(schema['items'], { ...making, plain: plain && !units })
    if (!units || tries > 5 * length || !items.includes(item)) items.push(item)
  }
  return items
}

function textOf(schema: JsonObject, { chance, ground, plain }: Making): Json {
  const choose = (from: readonly string[]): string =>
    (plain ? from[0] : from.length > 0 ? chance.pick(from) : undefined) ?? ''
  if (schema['participant'] === 'unit') return choose(ground.units)
  if (schema['participant'] === 'person') return choose(holdersOf(schema['holds'], ground))
  if (schema['format'] === 'date') return choose(ground.days)
  if (schema['format'] === 'date-time') return `${choose(ground.days)}T09:00:00.000Z`
  if (schema['pattern'] !== undefined || schema['format'] !== undefined) {
    return strange(schema, { chance })
  }
  const least = number(schema['minLength']) ?? 0
  const most = number(schema['maxLength']) ?? Number.POSITIVE_INFINITY
  const text = plain ? '如实填报' : `${chance.pick(words)}${chance.int(1, 99)}`
  return text.padEnd(least, '。').slice(0, most)
}

/** Those whom a form would offer: who holds the role that is asked for, if anybody does. */
function holdersOf(role: Json | undefined, { people, holders }: Ground): readonly string[] {
  const held = typeof role === 'string' ? (holders[role] ?? []) : []
  return held.length > 0 ? held : people
}

function numberOf(schema: JsonObject, step: number, { chance, plain }: Making): Json {
  const above = number(schema['exclusiveMinimum'])
  const below = number(schema['exclusiveMaximum'])
  const least = Math.max(number(schema['minimum']) ?? 0, above === undefined ? -Infinity : above + step)
  const most = Math.min(
    number(schema['maximum']) ?? Math.max(least, 0) + 20,
    below === undefined ? Infinity : below - step,
    // zod bounds integers by what JavaScript can count; nobody reports so many.
    Math.max(least, 0) + 1_000,
  )
  const multiple = number(schema['multipleOf']) ?? step
  const first = Math.ceil(least / multiple)
  const last = Math.floor(most / multiple)
  return plain || last < first ? first * multiple : chance.int(first, last) * multiple
}

function strange(schema: JsonObject, { chance }: Pick<Making, 'chance'>): Json {
  return generateSync(schema, { seed: chance.int(0, 2 ** 31 - 1) }) as Json
}

function pointed(root: Json, ref: string): Json | undefined {
  return ref
    .split('/')
    .slice(1)
    .reduce<Json | undefined>((at, key) => (isObject(at) ? at[key] : undefined), root)
}

function number(value: Json | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined
}

function list(value: Json | undefined): Json[] | undefined {
  return Array.isArray(value) ? value : undefined
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
