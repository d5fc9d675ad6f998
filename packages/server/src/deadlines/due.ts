import type { Instant } from '@duban/engine'
import { sql } from 'kysely'
import type { Db } from '../database/open.ts'

/** Campaigns in which something is due. */
export async function dueCampaigns(db: Db, now: Instant): Promise<string[]> {
  const { rows } = await sql<{ campaign_id: string }>`
    SELECT campaign_id FROM deadline WHERE due <= ${now}
    UNION SELECT campaign_id FROM spawn WHERE NOT finished
    UNION SELECT campaign_id FROM broadcast WHERE NOT finished
    UNION SELECT m.campaign_id FROM message m JOIN instance i ON i.campaign_id = m.campaign_id AND i.id = m.to_id
          WHERE m.at <= ${now} AND i.status <> 'suspended'
  `.execute(db)
  return rows.map((row) => row.campaign_id)
}

/** The next instant at which something falls due anywhere. */
export async function nextDue(db: Db): Promise<Instant | undefined> {
  const { rows } = await sql<{ due: string | null }>`SELECT min(due) AS due FROM deadline`.execute(db)
  return rows[0]?.due ?? undefined
}
