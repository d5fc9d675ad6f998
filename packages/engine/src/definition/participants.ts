import { z } from 'zod'
import { payloadSchema } from './document.ts'
import type { CampaignFacts } from '../campaign/instance.ts'
import type { Json, JsonObject } from '../data/json.ts'
import { getOwn } from '../data/getOwn.ts'

/**
 * A participating unit, by its id, in a payload. The engine refuses one that takes no part in the campaign,
 * and the JSON Schema says `"participant": "unit"`, so that a form can offer the units to choose from.
 *
 * @example payload: z.strictObject({ drawn: z.array(unitId()).min(1) })
 */
export function unitId(): z.ZodString {
  return z.string().min(1).max(64).meta({ participant: 'unit' })
}

/**
 * A person, by id, in a payload; the JSON Schema says `"participant": "person"`. With a role, forms offer those who
 * hold it in the campaign (`"holds": "expert"`). The engine does not know who there is, and refuses nobody: a
 * command with `only` that names somebody who is not there can be done by nobody.
 *
 * @example payload: z.strictObject({ experts: z.array(personId('expert')).min(2) })
 */
export function personId(role?: string): z.ZodString {
  return z
    .string()
    .min(1)
    .max(128)
    .meta({ participant: 'person', ...(role !== undefined && { holds: role }) })
}

/** Who may be named in a payload: the ids of units, of persons, and of those who hold each role. */
export type Choices = { unit: string[]; person: string[]; holders: { [role: string]: string[] } }

// A form with more to choose from is searched, not read.
export const MOST_CHOICES = 500

/** A payload's JSON Schema with the participants that may be named as `enum`, where they are not too many. */
export function withChoices(schema: Json, choices: Choices): Json {
  if (Array.isArray(schema)) return schema.map((one) => withChoices(one, choices))
  if (!isObject(schema)) return schema
  const inside = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, withChoices(value, choices)]))
  const { participant: who, holds } = schema
  const held = who === 'person' && typeof holds === 'string' ? getOwn(choices.holders, holds) : undefined
  const ids = held ?? (who === 'unit' || who === 'person' ? choices[who] : [])
  return ids.length > 0 && ids.length <= MOST_CHOICES ? { ...inside, enum: ids } : inside
}

export type UnknownUnit = { path: string; unit: string }

/** Units that a payload names and that take no part, with where they stand in it. */
export function unknownUnits(schema: z.ZodType, payload: Json, { units }: CampaignFacts): UnknownUnit[] {
  const named = unitsIn(payloadSchema(schema), payload, '')
  if (named.length === 0) return []
  const known = new Set(units.map(({ id }) => id))
  return named.filter(({ unit }) => !known.has(unit))
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function unitsIn(schema: Json | undefined, value: Json, path: string): UnknownUnit[] {
  if (!isObject(schema)) return []
  if (schema['participant'] === 'unit' && typeof value === 'string') return [{ path, unit: value }]
  const choices = [schema['anyOf'], schema['oneOf'], schema['allOf']].flatMap((one) => (Array.isArray(one) ? one : []))
  const inside = choices.flatMap((choice) => unitsIn(choice, value, path))
  if (Array.isArray(value)) {
    return [...inside, ...value.flatMap((one, n) => unitsIn(schema['items'], one, `${path}/${n}`))]
  }
  if (!isObject(value)) return inside
  const properties = isObject(schema['properties']) ? schema['properties'] : {}
  return [
    ...inside,
    ...Object.entries(value).flatMap(([key, one]) =>
      unitsIn(Object.hasOwn(properties, key) ? properties[key] : schema['additionalProperties'], one, `${path}/${key}`),
    ),
  ]
}

/** The roles of which a payload asks for a holder. */
export function rolesNamed(schema: z.ZodType): string[] {
  const within = (part: Json): string[] => {
    if (Array.isArray(part)) return part.flatMap(within)
    if (!isObject(part)) return []
    const { participant, holds } = part
    const named = participant === 'person' && typeof holds === 'string' ? [holds] : []
    return [...named, ...Object.values(part).flatMap(within)]
  }
  return within(payloadSchema(schema))
}
