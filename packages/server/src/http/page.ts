import { z } from 'zod'
import { ProblemError } from './problem.ts'

/** Query of every list: `limit`, and the `cursor` that the page before gave. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(500).default(50),
  cursor: z.string().max(2_000).optional(),
}

/** What cursors are made of, so that a made-up one is refused here and not by PostgreSQL. */
export const cursorPart = {
  id: z.uuid(),
  text: z.string().regex(/^[^\0]*$/u),
  instant: z.iso.datetime().regex(/^(?!0000)/u),
  number: z.int32(),
  seq: z.string().regex(/^\d{1,18}$/u),
}

export function writeCursor(key: unknown[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url')
}

/** @throws {ProblemError} `bad_cursor` */
export function readCursor<Key extends z.ZodType>(cursor: string | undefined, key: Key): z.output<Key> | undefined {
  if (cursor === undefined) return undefined
  try {
    return key.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')))
  } catch {
    throw new ProblemError('bad_cursor')
  }
}

/** A page of `limit` out of `limit + 1` rows: the last only tells that there is more. */
export function pageOf<Row>(
  rows: Row[],
  limit: number,
  key: (row: Row) => unknown[],
): { items: Row[]; next: string | null } {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, next: rows.length > limit && last !== undefined ? writeCursor(key(last)) : null }
}
