import type { Instant } from '@duban/engine'
import { sql } from 'kysely'
import type { Db } from '../database/open.ts'

/**
 * Whether something is due in the campaign before this instance may be asked anything: a deadline anywhere
 * in it (its effects may reach the instance), or a broadcast on its way through the instances above.
 * What waits for the instance itself is taken under its own lock.
 */
export async function mustSettle(
  db: Db,
  campaign: string,
  instance: string,
  now: Instant,
): Promise<boolean> {
  const { rows } = await sql<{ due: boolean }>`
    WITH RECURSIVE above AS (
      SELECT p.* FROM instance i
      JOIN instance p ON p.campaign_id = i.campaign_id AND p.id = i.parent_id
      WHERE i.campaign_id = ${campaign} AND i.id = ${instance}
      UNION ALL
      SELECT p.* FROM above a JOIN instance p ON p.campaign_id = a.campaign_id AND p.id = a.parent_id
    )
    SELECT EXISTS (SELECT 1 FROM deadline WHERE campaign_id = ${campaign} AND due <= ${now})
        OR EXISTS (SELECT 1 FROM above a
                   JOIN broadcast b ON b.campaign_id = a.campaign_id AND b.from_id = a.parent_id
                        AND b.number > a.heard AND NOT b.finished) AS due
  `.execute(db)
  return rows[0]?.due ?? false
}
