import type { LooseSpec } from './compiled.ts'
import { z } from 'zod'
import { frozen, type JsonObject } from '../data/json.ts'
import { statesOf, type StateNode } from './states.ts'

// A worklist asks for hundreds; a schema never changes.
const schemas = new WeakMap<z.ZodType, JsonObject>()

/** A payload's schema as JSON Schema (draft 2020-12), of what a client sends. Frozen: everybody gets the same. */
export function payloadSchema(schema: z.ZodType): JsonObject {
  const known = schemas.get(schema)
  if (known) return known
  const made = frozen(z.toJSONSchema(schema, { io: 'input' }) as unknown as JsonObject)
  schemas.set(schema, made)
  return made
}

/** All that is declarative in a definition, as JSON: what the fingerprint covers, and the API shows. */
export function declarative(spec: LooseSpec): JsonObject {
  const whole = {
    id: spec.id,
    version: spec.version,
    title: spec.title,
    source: spec.source,
    roles: spec.roles,
    dates: spec.dates,
    commands: mapped(spec.commands, withSchema),
    messages: mapped(spec.messages, withSchema),
    kinds: mapped(spec.kinds, ({ spec: machine, guards, updates }, name) => ({
      ...machine,
      ...orderOf(statesOf(name, machine)),
      // Guards and updates are code: their names are pinned here, their behaviour by replay.
      guards: Object.keys(guards).toSorted(),
      updates: Object.keys(updates).toSorted(),
      ...(typeof machine.context === 'function' && { context: 'from input' }),
    })),
    // Absent where there is none, so that definitions made before there were migrations keep their fingerprints.
    ...(spec.takesOver && {
      takesOver: mapped(spec.takesOver, (kinds) =>
        mapped(kinds, ({ states, context }) => ({
          ...(states && { states }),
          ...(context && { context: true }),
        })),
      ),
    }),
  }
  return JSON.parse(JSON.stringify(whole)) as JsonObject
}

// Regions act in the order in which they are written, which canonical JSON would forget.
function orderOf(states: StateNode[]): { order?: string[] } {
  return states.some(({ spec }) => spec.type === 'parallel') ? { order: states.map(({ id }) => id) } : {}
}

function withSchema(one: { payload?: z.ZodType }): object {
  return one.payload ? { ...one, payload: payloadSchema(one.payload) } : one
}

function mapped<T>(table: { [name: string]: T }, map: (one: T, name: string) => unknown): object {
  return Object.fromEntries(Object.entries(table).map(([name, one]) => [name, map(one, name)]))
}
