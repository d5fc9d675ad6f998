import type { Instant } from '@duban/engine'
import { sql } from 'kysely'
import { table } from '../database/bulk.ts'
import type { Tx } from '../database/open.ts'
import { keyOf, type Job } from './request.ts'

/**
 * The instances that may not be asked anything yet, because something else comes before it (law 3): a deadline that
 * is due anywhere in the campaign, or children, messages or broadcasts on their way, whose effects may reach the
 * instance. Read under the locks, at the instant at which the batch decides: what fell due while a command waited
 * for its turn binds it too. One statement a batch.
 *
 * Administrative acts on their way down reach nobody but those below, so only the instances above matter. What waits
 * for the instance itself is taken under its own lock. Only a migration asks for more: it is tried on every instance
 * first, so all must have taken everything.
 */
export async function findUnsettled(tx: Tx, jobs: Job[], now: Instant): Promise<Set<string>> {
  const asked = jobs.flatMap((one) =>
    one.type === 'command'
      ? [{ campaign_id: one.campaign, id: one.instance, migrates: String(one.command === 'campaign.migrate') }]
      : [],
  )
  if (asked.length === 0) return new Set()
  const { rows } = await sql<{ campaign_id: string; id: string }>`
    WITH RECURSIVE asked AS (
      SELECT campaign_id, id, migrates::boolean FROM ${table('a', asked)}
    ), stirring AS (
      SELECT c.campaign_id FROM (SELECT campaign_id, bool_or(migrates) AS migrates FROM asked GROUP BY campaign_id) AS c
      WHERE EXISTS (SELECT 1 FROM deadline d WHERE d.campaign_id = c.campaign_id AND d.due <= ${now})
         OR EXISTS (SELECT 1 FROM spawn s WHERE s.campaign_id = c.campaign_id AND NOT s.finished)
         OR EXISTS (SELECT 1 FROM broadcast b
                    WHERE b.campaign_id = c.campaign_id AND NOT b.finished AND (b.type = 'message' OR c.migrates))
         OR EXISTS (SELECT 1 FROM message m JOIN instance i ON i.campaign_id = m.campaign_id AND i.id = m.to_id
                    WHERE m.campaign_id = c.campaign_id AND m.at <= ${now} AND i.status <> 'suspended')
    ), above AS (
      SELECT a.id AS of, p.campaign_id, p.id, p.parent_id, p.cursor FROM asked a
      JOIN instance i ON i.campaign_id = a.campaign_id AND i.id = a.id
      JOIN instance p ON p.campaign_id = i.campaign_id AND p.id = i.parent_id
      UNION ALL
      SELECT a.of, p.campaign_id, p.id, p.parent_id, p.cursor FROM above a
      JOIN instance p ON p.campaign_id = a.campaign_id AND p.id = a.parent_id
    )
    SELECT a.campaign_id, a.id FROM asked a
    WHERE a.campaign_id IN (SELECT campaign_id FROM stirring)
       OR EXISTS (SELECT 1 FROM above p
                  JOIN broadcast b ON b.campaign_id = p.campaign_id AND b.from_id = p.parent_id
                       AND b.number > p.cursor AND NOT b.finished
                  WHERE p.campaign_id = a.campaign_id AND p.of = a.id)
  `.execute(tx)
  return new Set(rows.map((row) => keyOf(row.campaign_id, row.id)))
}
