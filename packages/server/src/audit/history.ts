import type { StoredTransition, Transition } from '@duban/engine'
import { sql } from 'kysely'
import type { Access } from '../campaigns/access.ts'
import type { Db } from '../database/open.ts'

export type HistoryRow = StoredTransition & {
  instance_id: string
  at: string
  recorded_at: string
  seq: string
}

const PAGE = 500

/** An instance's history, oldest first, read in pages, so that a long one does not fill the memory. */
export async function* instanceHistory(db: Db, campaign: string, instance: string): AsyncGenerator<HistoryRow> {
  for (let after = 0; ;) {
    const rows = await db
      .selectFrom('transition')
      .select(['instance_id', 'version', 'at', 'recorded_at', 'record', 'hash', 'seq'])
      .where('campaign_id', '=', campaign)
      .where('instance_id', '=', instance)
      .where('version', '>', after)
      .orderBy('version')
      .limit(PAGE)
      .execute()
    yield* rows
    if (rows.length < PAGE) return
    after = rows.at(-1)?.version ?? 0
  }
}

/** A page of a campaign's history: by instant, causes before what they caused. */
export async function campaignHistory(
  db: Db,
  access: Access,
  after: [at: string, seq: string] | undefined,
  limit: number,
): Promise<HistoryRow[]> {
  const { rows } = await sql<HistoryRow>`
    SELECT t.instance_id, t.version, t.at, t.recorded_at, t.record, t.hash, t.seq FROM transition t
    ${
      access.units === 'all'
        ? sql``
        : sql`JOIN instance i ON i.campaign_id = t.campaign_id AND i.id = t.instance_id
                AND (i.depth = 0 OR i.unit_path && ${access.units}::text[])`
    }
    WHERE t.campaign_id = ${access.facts.id}
      ${after ? sql`AND (t.at, t.seq) > (${after[0]}::timestamptz, ${after[1]}::bigint)` : sql``}
    ORDER BY t.at, t.seq LIMIT ${limit}
  `.execute(db)
  return rows
}

/** A transition as the API shows it: the record itself, its hash, and when it was written down. */
export function viewTransition(row: HistoryRow): Transition & { hash: string; recordedAt: string } {
  return { ...(JSON.parse(row.record) as Transition), hash: row.hash, recordedAt: row.recorded_at }
}
