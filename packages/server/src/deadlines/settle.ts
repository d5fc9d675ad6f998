import type { Instant } from '@duban/engine'
import { sql } from 'kysely'
import type { Db } from '../database/open.ts'
import type { Execute } from '../execute.ts'
import type { Outcome } from '../execute/request.ts'

/** What waits in a campaign, in the order in which it is to be taken. */
type Next = { what: 'opening' | 'broadcast' | 'message' | 'deadline'; at: Instant; depth: number }

// 100 instances a batch keep the commands of people that come in between as quick as ever; 500 doubles
// their p99 (in a prototype, docs/decisions/016; not measured again here).
const CHUNK = 100
const MOST_IDLE = 100

/**
 * Takes everything that is due in a campaign up to an instant, by instant. Within one instant what goes down
 * comes first (children, broadcasts); then, from the leaves to the root, all deadlines of a depth and, after
 * the last of them, the messages that they sent to the depth above. The order is the campaign's own and no
 * matter of chunks or of which server does it, so a server that was down for a week and one that never slept
 * end up with the same history (law 3). An instance takes 200 messages at a time (execute/load.ts); what they
 * send down comes before the rest of them.
 */
export async function settleCampaign(
  db: Db,
  execute: Execute,
  campaign: string,
  now: Instant,
): Promise<void> {
  let idle = 0
  for (let next = await first(db, campaign, now); next; next = await first(db, campaign, now)) {
    idle = (await takeNext(db, execute, campaign, next)) > 0 ? 0 : idle + 1
    // Another server may have been quicker, a few times; always means that something is broken.
    if (idle > MOST_IDLE) {
      throw new Error(`campaign ${campaign}: a ${next.what} due ${next.at} cannot be taken`)
    }
  }
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
  const { rows } = await sql<{ due: string | null }>`SELECT min(due) AS due FROM deadline`.execute(
    db,
  )
  return rows[0]?.due ?? undefined
}

// `height` puts the messages to a depth between the deadlines below it and its own.
async function first(db: Db, campaign: string, now: Instant): Promise<Next | undefined> {
  const { rows } = await sql<Next>`
    SELECT * FROM (
      (SELECT 'opening' AS what, 2 AS down, 0 AS height, at, 0 AS depth FROM opening
       WHERE campaign_id = ${campaign} AND NOT finished ORDER BY at, number LIMIT 1)
      UNION ALL
      (SELECT 'broadcast', 1, 0, at, 0 FROM broadcast
       WHERE campaign_id = ${campaign} AND NOT finished ORDER BY at, number LIMIT 1)
      UNION ALL
      (SELECT 'message', 0, 2 * m.depth + 1, m.at, m.depth FROM message m
       JOIN instance i ON i.campaign_id = m.campaign_id AND i.id = m.to_id AND i.status <> 'suspended'
       WHERE m.campaign_id = ${campaign} AND m.at <= ${now} ORDER BY m.at, m.depth DESC LIMIT 1)
      UNION ALL
      (SELECT 'deadline', 0, 2 * depth, due, depth FROM deadline
       WHERE campaign_id = ${campaign} AND due <= ${now} ORDER BY due, depth DESC LIMIT 1)
    ) AS waiting ORDER BY at, down DESC, height DESC LIMIT 1
  `.execute(db)
  return rows[0]
}

/** How much was taken. */
async function takeNext(db: Db, execute: Execute, campaign: string, next: Next): Promise<number> {
  switch (next.what) {
    case 'opening':
      return openNext(db, execute, campaign)
    case 'broadcast':
      return tellNext(db, execute, campaign)
    case 'message':
      return wake(execute, campaign, next.at, await recipients(db, campaign, next))
    case 'deadline':
      return wake(execute, campaign, next.at, await waiting(db, campaign, next))
  }
}

async function wake(
  execute: Execute,
  campaign: string,
  upTo: Instant,
  ids: string[],
): Promise<number> {
  const outcomes = await Promise.allSettled(
    ids.map((instance) => execute({ type: 'wake', campaign, instance, upTo })),
  )
  const failed = outcomes.find(({ status }) => status === 'rejected')
  if (failed?.status === 'rejected') throw failed.reason
  return outcomes.reduce((sum, one) => sum + ('value' in one ? takenBy(one.value) : 0), 0)
}

function takenBy(outcome: Outcome): number {
  return 'taken' in outcome ? outcome.taken : 0
}

async function recipients(db: Db, campaign: string, { at, depth }: Next): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT DISTINCT m.to_id AS id FROM message m
    JOIN instance i ON i.campaign_id = m.campaign_id AND i.id = m.to_id AND i.status <> 'suspended'
    WHERE m.campaign_id = ${campaign} AND m.at = ${at} AND m.depth = ${depth}
    ORDER BY m.to_id LIMIT ${CHUNK}
  `.execute(db)
  return rows.map(({ id }) => id)
}

async function waiting(db: Db, campaign: string, { at, depth }: Next): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT DISTINCT instance_id AS id FROM deadline
    WHERE campaign_id = ${campaign} AND due = ${at} AND depth = ${depth}
    ORDER BY instance_id LIMIT ${CHUNK}
  `.execute(db)
  return rows.map(({ id }) => id)
}

async function openNext(db: Db, execute: Execute, campaign: string): Promise<number> {
  const { rows } = await sql<{ from_id: string; number: string }>`
    SELECT from_id, number FROM opening WHERE campaign_id = ${campaign} AND NOT finished
    ORDER BY at, number, from_id LIMIT 1
  `.execute(db)
  const [row] = rows
  if (!row) return 0
  const opened = await execute({
    type: 'open',
    campaign,
    instance: row.from_id,
    number: row.number,
    chunk: CHUNK,
  })
  return takenBy(opened)
}

/** Wakes the next children that have not heard the oldest broadcast; when all have, it is finished. */
async function tellNext(db: Db, execute: Execute, campaign: string): Promise<number> {
  const { rows } = await sql<{ from_id: string; number: string; at: string; kind: string | null }>`
    SELECT from_id, number, at, kind FROM broadcast WHERE campaign_id = ${campaign} AND NOT finished
    ORDER BY at, number, from_id LIMIT 1
  `.execute(db)
  const [row] = rows
  if (!row) return 0
  const deaf = await sql<{ id: string }>`
    SELECT id FROM instance
    WHERE campaign_id = ${campaign} AND parent_id = ${row.from_id} AND heard < ${row.number}
      AND (${row.kind}::text IS NULL OR kind = ${row.kind})
    ORDER BY id LIMIT ${CHUNK}
  `.execute(db)
  if (deaf.rows.length > 0) {
    return wake(
      execute,
      campaign,
      row.at,
      deaf.rows.map(({ id }) => id),
    )
  }
  await sql`
    UPDATE broadcast SET finished = true
    WHERE campaign_id = ${campaign} AND from_id = ${row.from_id} AND number = ${row.number}
  `.execute(db)
  return 1
}
