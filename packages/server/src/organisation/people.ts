import type { BuiltInRole } from '@duban/engine'
import { sql } from 'kysely'
import type { Db, Tx } from '../database/open.ts'
import { unitsById } from './units.ts'

/** `home`: the path of the person's own unit, outermost first. */
export type Person = {
  id: string
  name: string
  unit: string
  home: string[]
  roles: BuiltInRole[]
}

type Row = { id: string; name: string; unit_id: string; roles: string[] }

async function withHomes(db: Db | Tx, rows: Row[]): Promise<Person[]> {
  const units = await unitsById(db, [...new Set(rows.map((row) => row.unit_id))])
  const paths = new Map(units.map(({ id, path }) => [id, path]))
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    unit: row.unit_id,
    home: paths.get(row.unit_id) ?? [row.unit_id],
    roles: row.roles as BuiltInRole[],
  }))
}

export async function peopleById(db: Db | Tx, ids: string[]): Promise<Map<string, Person>> {
  const rows = await db
    .selectFrom('person')
    .selectAll()
    .where('id', 'in', [...ids, ''])
    .execute()
  return new Map((await withHomes(db, rows)).map((person) => [person.id, person]))
}

/** One person, in one statement: asked on every request. */
export async function personById(db: Db | Tx, id: string): Promise<Person | undefined> {
  const { rows } = await sql<Row & { home: string[] }>`
    WITH RECURSIVE up AS (
      SELECT u.id, u.parent_id, 0 AS height FROM person p JOIN unit u ON u.id = p.unit_id WHERE p.id = ${id}
      UNION ALL
      SELECT u.id, u.parent_id, height + 1 FROM up JOIN unit u ON u.id = up.parent_id
    )
    SELECT p.*, (SELECT array_agg(up.id ORDER BY height DESC) FROM up) AS home
    FROM person p WHERE p.id = ${id}
  `.execute(db)
  const [row] = rows
  return (
    row && {
      id: row.id,
      name: row.name,
      unit: row.unit_id,
      home: row.home,
      roles: row.roles as BuiltInRole[],
    }
  )
}

/** A page of all people, by id. */
export async function listPeople(db: Db, after: string, limit: number): Promise<Person[]> {
  const rows = await db.selectFrom('person').selectAll().where('id', '>', after).orderBy('id').limit(limit).execute()
  return withHomes(db, rows)
}

/** Adds people and changes those that exist; tells the units that do not exist, and then changes nothing. */
export async function putPeople(
  db: Db,
  people: { id: string; name: string; unit: string; roles: BuiltInRole[] }[],
): Promise<{ unknownUnits: string[] }> {
  return db.transaction().execute(async (tx) => {
    const wanted = [...new Set(people.map(({ unit }) => unit))]
    const known = new Set((await unitsById(tx, wanted)).map(({ id }) => id))
    const unknownUnits = wanted.filter((id) => !known.has(id))
    if (unknownUnits.length > 0 || people.length === 0) return { unknownUnits }
    await sql`
      INSERT INTO person (id, name, unit_id, roles)
      SELECT id, name, unit_id, ARRAY(SELECT json_array_elements_text(roles))
      FROM unnest(${people.map(({ id }) => id)}::text[], ${people.map(({ name }) => name)}::text[],
        ${people.map(({ unit }) => unit)}::text[], ${people.map(({ roles }) => JSON.stringify(roles))}::json[])
        AS p(id, name, unit_id, roles)
      ON CONFLICT (id) DO UPDATE SET name = excluded.name, unit_id = excluded.unit_id, roles = excluded.roles
    `.execute(tx)
    return { unknownUnits: [] }
  })
}
