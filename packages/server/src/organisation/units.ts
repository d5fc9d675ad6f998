import type { Text } from '@duban/engine'
import { sql } from 'kysely'
import type { Db, Tx } from '../database/open.ts'

/** `path`: the units above, outermost first, itself last. */
export type Unit = { id: string; title: Text; parent: string | null; path: string[] }

type Row = {
  id: string
  parent_id: string | null
  title_zh: string
  title_en: string
  path: string[]
}

function unitOf(row: Row): Unit {
  return {
    id: row.id,
    title: { zh: row.title_zh, en: row.title_en },
    parent: row.parent_id,
    path: row.path,
  }
}

/** The units with these ids, in the order asked for; ids that do not exist are left out. */
export async function unitsById(db: Db | Tx, ids: string[]): Promise<Unit[]> {
  const { rows } = await sql<Row>`
    WITH RECURSIVE up AS (
      SELECT id AS of, id, parent_id, 0 AS height FROM unit WHERE id = ANY(${ids})
      UNION ALL
      SELECT up.of, u.id, u.parent_id, height + 1 FROM up JOIN unit u ON u.id = up.parent_id
    )
    SELECT u.*, p.path FROM unit u
    JOIN (SELECT of, array_agg(id ORDER BY height DESC) AS path FROM up GROUP BY of) AS p ON p.of = u.id
  `.execute(db)
  const found = new Map(rows.map((row) => [row.id, unitOf(row)]))
  return ids.flatMap((id) => found.get(id) ?? [])
}

/** A page of all units, by id. */
export async function listUnits(db: Db, after: string, limit: number): Promise<Unit[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM unit WHERE id > ${after} ORDER BY id LIMIT ${limit}
  `.execute(db)
  return unitsById(
    db,
    rows.map(({ id }) => id),
  )
}

/** Adds units and changes those that exist. Parents may come in the same list, in any order. */
export async function putUnits(
  db: Db,
  units: { id: string; title: Text; parent?: string | null | undefined }[],
): Promise<{ unknownParents: string[]; circles: string[] }> {
  return db
    .transaction()
    .execute(async (tx) => {
      await sql`LOCK TABLE unit IN SHARE ROW EXCLUSIVE MODE`.execute(tx)
      const own = units.filter(({ id, parent }) => id === parent)
      if (own.length > 0) return { unknownParents: [], circles: own.map(({ id }) => id) }
      const parents = units.flatMap(({ parent }) => parent ?? [])
      const listed = new Set(units.map(({ id }) => id))
      const known = new Set((await unitsById(tx, parents)).map(({ id }) => id))
      const unknownParents = [...new Set(parents.filter((id) => !known.has(id) && !listed.has(id)))]
      if (unknownParents.length > 0) return { unknownParents, circles: [] }
      await sql`
      INSERT INTO unit (id, parent_id, title_zh, title_en)
      SELECT * FROM unnest(${units.map(({ id }) => id)}::text[], ${units.map(({ parent }) => parent ?? null)}::text[],
        ${units.map(({ title }) => title.zh)}::text[], ${units.map(({ title }) => title.en)}::text[])
      ON CONFLICT (id) DO UPDATE SET parent_id = excluded.parent_id,
        title_zh = excluded.title_zh, title_en = excluded.title_en
    `.execute(tx)
      const { rows } = await sql<{ id: string }>`
      WITH RECURSIVE up AS (
        SELECT id AS of, parent_id FROM unit WHERE id = ANY(${[...listed]})
        UNION
        SELECT up.of, u.parent_id FROM up JOIN unit u ON u.id = up.parent_id
      ) SELECT DISTINCT of AS id FROM up WHERE of = parent_id ORDER BY 1
    `.execute(tx)
      if (rows.length > 0) throw new CircleError(rows.map(({ id }) => id))
      return { unknownParents: [], circles: [] }
    })
    .catch((error: unknown) => {
      if (error instanceof CircleError) return { unknownParents: [], circles: error.ids }
      throw error
    })
}

/** Rolls the import back: a unit would be above itself. */
class CircleError extends Error {
  readonly ids: string[]
  constructor(ids: string[]) {
    super('units above themselves')
    this.ids = ids
  }
}
