import { sql, type RawBuilder } from 'kysely'
import type { Db } from './open.ts'
import type { Database } from './schema.ts'

// What PostgreSQL calls the types of the columns; those that are not listed are text.
const types: { [column: string]: string } = {
  campaign_id: 'uuid',
  instance_id: 'uuid',
  id: 'uuid',
  parent_id: 'uuid',
  to_id: 'uuid',
  from_id: 'uuid',
  version: 'int4',
  from_version: 'int4',
  n: 'int4',
  total: 'int4',
  next: 'int4',
  depth: 'int2',
  number: 'int8',
  cursor: 'int8',
  at: 'timestamptz',
  due: 'timestamptz',
  recorded_at: 'timestamptz',
  created_at: 'timestamptz',
  from_at: 'timestamptz',
  until_at: 'timestamptz',
  revoked_at: 'timestamptz',
  delivered: 'bool',
  detail: 'jsonb',
  unit_path: 'text[]',
  path: 'text[]',
  accepts: 'text[]',
  tags: 'text[]',
  failed: 'text[]',
  roles: 'text[]',
}

type Cell = string | number | boolean | null | readonly string[]
export type Cells = { readonly [column: string]: Cell }

/**
 * Rows as a table within a statement, `(…) AS name`: an array parameter a column, so that a statement has as few
 * parameters for 10,000 rows as for one (PostgreSQL takes 65,535), and its text is the same for any number of rows.
 * A column that is itself an array goes as JSON, since PostgreSQL has no arrays of arrays of different lengths.
 */
export function table(name: string, rows: readonly Cells[]): RawBuilder<unknown> {
  const columns = Object.keys(rows[0] ?? {})
  const arrays = columns.map((column): RawBuilder<unknown> => {
    const type = types[column] ?? 'text'
    const values = rows.map((row) => row[column] ?? null)
    return type === 'text[]'
      ? sql`${values.map((value) => JSON.stringify(value))}::json[]`
      : sql`${values}::${sql.raw(type)}[]`
  })
  const read = columns.map((column) =>
    types[column] === 'text[]'
      ? sql`ARRAY(SELECT json_array_elements_text(${sql.ref(column)})) AS ${sql.ref(column)}`
      : sql.ref(column),
  )
  const names = sql.join(columns.map((column) => sql.ref(column)))
  return sql`(SELECT ${sql.join(read)} FROM unnest(${sql.join(arrays)}) AS given(${names})) AS ${sql.ref(name)}`
}

/** Inserts all rows in one statement; all have the same columns. */
export async function insertAll(db: Db, into: keyof Database, rows: readonly Cells[]): Promise<void> {
  if (rows.length === 0) return
  const names = sql.join(Object.keys(rows[0] ?? {}).map((column) => sql.ref(column)))
  await sql`INSERT INTO ${sql.table(into)} (${names}) SELECT ${names} FROM ${table('given', rows)}`.execute(db)
}

/** Deletes the rows that these keys name. */
export async function deleteAll(db: Db, from: keyof Database, keys: readonly Cells[]): Promise<void> {
  if (keys.length === 0) return
  const same = Object.keys(keys[0] ?? {}).map((column) => sql`t.${sql.ref(column)} = gone.${sql.ref(column)}`)
  await sql`
    DELETE FROM ${sql.table(from)} t USING ${table('gone', keys)} WHERE ${sql.join(same, sql` AND `)}
  `.execute(db)
}

/** Updates the rows that `key` names; the other columns take the values given. */
export async function updateAll(
  db: Db,
  what: keyof Database,
  key: readonly string[],
  rows: readonly Cells[],
): Promise<void> {
  if (rows.length === 0) return
  const columns = Object.keys(rows[0] ?? {}).filter((column) => !key.includes(column))
  const set = columns.map((column) => sql`${sql.ref(column)} = given.${sql.ref(column)}`)
  const same = key.map((column) => sql`t.${sql.ref(column)} = given.${sql.ref(column)}`)
  await sql`
    UPDATE ${sql.table(what)} t SET ${sql.join(set)} FROM ${table('given', rows)} WHERE ${sql.join(same, sql` AND `)}
  `.execute(db)
}
