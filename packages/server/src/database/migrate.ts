import { readdirSync, readFileSync } from 'node:fs'
import { sql } from 'kysely'
import type { Db } from './open.ts'

const folder = new URL('./migrations/', import.meta.url)
// Any constant; it keeps two servers from migrating at once.
const LOCK = 0x6475_6261

/** The files, in order, by name. */
export function migrations(): { name: string; text: string }[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .toSorted()
    .map((name) => ({ name, text: readFileSync(new URL(name, folder), 'utf8') }))
}

/**
 * Brings the database to this release, each file once, in one transaction.
 *
 * @throws when the database was migrated by a newer release, or a released file was changed afterwards
 */
export async function migrate(db: Db): Promise<string[]> {
  return db.transaction().execute(async (tx) => {
    await sql`SELECT pg_advisory_xact_lock(${LOCK})`.execute(tx)
    await sql`CREATE TABLE IF NOT EXISTS migration (name text PRIMARY KEY, text text NOT NULL)`.execute(tx)
    const { rows } = await sql<{
      name: string
      text: string
    }>`SELECT name, text FROM migration`.execute(tx)
    const known = new Map(migrations().map(({ name, text }) => [name, text]))
    for (const { name, text } of rows) {
      if (!known.has(name)) {
        throw new Error(`the database was migrated by a newer release of Duban (${name}); run that one`)
      }
      if (known.get(name) !== text) {
        throw new Error(`migration ${name} was changed after this database had applied it`)
      }
    }
    const done = new Set(rows.map(({ name }) => name))
    const todo = migrations().filter(({ name }) => !done.has(name))
    for (const { name, text } of todo) {
      await sql.raw(text).execute(tx)
      await sql`INSERT INTO migration VALUES (${name}, ${text})`.execute(tx)
    }
    return todo.map(({ name }) => name)
  })
}
