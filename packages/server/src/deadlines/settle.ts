import type { Instant } from '@duban/engine'
import { sql } from 'kysely'
import type { Db } from '../database/open.ts'
import type { Execute } from '../execute/index.ts'

const MOST_IDLE = 10

/**
 * Takes everything that is due in a campaign up to an instant, a batch at a time, in the campaign's own order
 * (execute/next.ts). It does not matter how many servers do it at once.
 */
export async function settleCampaign(execute: Execute, campaign: string, now: Instant): Promise<void> {
  for (let idle = 0; idle <= MOST_IDLE;) {
    const outcome = await execute({ type: 'settle', campaign, upTo: now })
    if (!('settled' in outcome)) throw new Error('a settlement answers how much it took')
    if (outcome.settled) return
    idle = outcome.taken > 0 ? 0 : idle + 1
  }
  throw new Error(`campaign ${campaign}: what is due there cannot be taken`)
}

/** Campaigns in which something is due. */
export async function dueCampaigns(db: Db, now: Instant): Promise<string[]> {
  const { rows } = await sql<{ campaign_id: string }>`
    SELECT campaign_id FROM deadline WHERE due <= ${now}
    UNION SELECT campaign_id FROM opening WHERE NOT finished
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
