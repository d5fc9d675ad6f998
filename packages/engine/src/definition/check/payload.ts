import type { Mistake } from './mistake.ts'
import { z } from 'zod'
import { rolesNamed } from '../participants.ts'

// What these make of a value is not what they would accept: a record, replayed, would be read otherwise.
const changing = new Set(['pipe', 'transform', 'promise', 'success', 'file'])

/** A payload is plain JSON, readable as JSON Schema, what is recorded can be read again, and the roles it asks for exist. */
export function checkPayload(path: string, payload: z.ZodType, roles: object): Mistake[] {
  const types = new Set<string>()
  try {
    z.toJSONSchema(payload, {
      io: 'input',
      // eslint-disable-next-line no-underscore-dangle -- zod's own name for what a schema is
      override: ({ zodSchema }) => void types.add(zodSchema._zod.def.type),
    })
  } catch (error) {
    return [{ path, reason: `must be plain JSON, readable as JSON Schema: ${(error as Error).message}` }]
  }
  const bad = [...types].filter((type) => changing.has(type))
  if (bad.length > 0) {
    return bad.map((type) => ({
      path,
      reason: `must be plain JSON that is recorded as it is read: no ${type}`,
    }))
  }
  return rolesNamed(payload)
    .filter((name) => !Object.hasOwn(roles, name))
    .map((name) => ({ path, reason: `there is no role «${name}» whose holder it could ask for` }))
}
