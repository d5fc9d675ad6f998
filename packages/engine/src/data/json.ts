import { z } from 'zod'

/** What may be recorded: everything that enters history is plain JSON. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }
export type JsonObject = { [key: string]: Json }

/** Any JSON, in what was parsed from JSON text: so there is nothing more to look into. */
export const json = z.custom<Json>((value) => value !== undefined)
export const jsonObject = z.record(z.string(), json)

// Far deeper than any form; far less than what overflows the stack of whoever walks it.
const MOST_LEVELS = 100

/**
 * The first place where a value is not plain, well-formed JSON, or undefined when it is.
 *
 * Refused: undefined, functions, Dates, Maps, non-finite numbers, U+0000 (PostgreSQL cannot store it),
 * lone surrogates (they have no UTF-8 form, so no stable hash), and more than 100 levels (or a cycle).
 */
export function notJson(value: unknown, path = '', level = 0): string | undefined {
  if (value === null || typeof value === 'boolean') return undefined
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : path || '/'
  if (typeof value === 'string') {
    return value.includes('\u0000') || !value.isWellFormed() ? path || '/' : undefined
  }
  if (level >= MOST_LEVELS) return path
  if (Array.isArray(value)) return firstBad(value.entries(), path, level + 1)
  if (typeof value === 'object' && isPlain(value)) {
    return firstBad(Object.entries(value), path, level + 1)
  }
  return path || '/'
}

/** Whether a value is an object as JSON has them: no Date, Map, Promise or list. */
export function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

function firstBad(entries: Iterable<[string | number, unknown]>, path: string, level: number): string | undefined {
  for (const [key, item] of entries) {
    if (typeof key === 'string' && notJson(key) !== undefined) return `${path}/${key}`
    const bad = notJson(item, `${path}/${key}`, level)
    if (bad !== undefined) return bad
  }
  return undefined
}

/** Makes a JSON value, whole, impossible to write into; returns the same value. */
export function frozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const item of Object.values(value)) frozen(item)
  }
  return value
}
