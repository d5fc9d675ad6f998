/** What may be recorded: everything that enters history is plain JSON. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }
export type JsonObject = { [key: string]: Json }

/**
 * The first place where a value is not plain, well-formed JSON, or undefined when it is.
 *
 * Refused: undefined, functions, Dates, Maps, non-finite numbers, U+0000 (PostgreSQL cannot store it)
 * and lone surrogates (they have no UTF-8 form, so no stable hash).
 */
export function notJson(value: unknown, path = ''): string | undefined {
  if (value === null || typeof value === 'boolean') return undefined
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : path || '/'
  if (typeof value === 'string') {
    return value.includes('\u0000') || !value.isWellFormed() ? path || '/' : undefined
  }
  if (Array.isArray(value)) return firstBad(value.entries(), path)
  if (typeof value === 'object' && isPlain(value)) return firstBad(Object.entries(value), path)
  return path || '/'
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

function firstBad(entries: Iterable<[string | number, unknown]>, path: string): string | undefined {
  for (const [key, item] of entries) {
    if (typeof key === 'string' && notJson(key) !== undefined) return `${path}/${key}`
    const bad = notJson(item, `${path}/${key}`)
    if (bad !== undefined) return bad
  }
  return undefined
}
