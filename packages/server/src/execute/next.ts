import type { Instant } from '@duban/engine'
import { sql } from 'kysely'
import type { Tx } from '../database/open.ts'
import type { OpeningRow } from '../database/schema.ts'
import type { SettleRequest } from './request.ts'

/** What comes first of all that waits in a campaign, and whom it concerns. */
export type Next =
  | { what: 'opening'; openings: OpeningRow[]; ids: string[] }
  | { what: 'broadcast'; at: Instant; told: Told[]; ids: string[] }
  | { what: 'message' | 'deadline'; at: Instant; ids: string[] }

/** A broadcast of which `ids` are all that have not heard it yet. */
export type Told = { campaign: string; from: string; number: string }

type First = { what: Next['what']; at: Instant; depth: number }

// 100 instances a batch keep the commands of people that come in between as quick as ever; 500 doubles
// their p99 (in a prototype, docs/decisions/016; not measured again here).
export const CHUNK = 100

/**
 * For each campaign that is to be settled, the next that is due, by instant. Within one instant what goes down
 * comes first (children, broadcasts); then, from the leaves to the root, all deadlines of a depth and, after
 * the last of them, the messages that they sent to the depth above; in the order of their ids, so many at a time.
 *
 * Read under a lock that only one settlement of a campaign holds, to the end of its transaction. So what is
 * taken next is a function of what the tables hold, and not of which server asks, or of how far another had
 * come when it died: one that was down for a week and one that never slept end up with the same history (law 3).
 */
export async function lockNext(tx: Tx, requests: SettleRequest[]): Promise<Map<string, Next>> {
  const found = new Map<string, Next>()
  if (requests.length === 0) return found
  const ids = requests.map(({ campaign }) => campaign).toSorted()
  await sql`
    SELECT pg_advisory_xact_lock(hashtextextended('settle ' || c.id, 0))
    FROM (SELECT id FROM unnest(${ids}::text[]) AS c(id) ORDER BY hashtextextended('settle ' || id, 0)) AS c
  `.execute(tx)
  for (const { campaign, upTo } of requests) {
    const first = await firstOf(tx, campaign, upTo)
    if (first) found.set(campaign, await whom(tx, campaign, first))
  }
  return found
}

// `height` puts the messages to a depth between the deadlines below it and its own.
async function firstOf(tx: Tx, campaign: string, now: Instant): Promise<First | undefined> {
  const { rows } = await sql<First>`
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
  `.execute(tx)
  return rows[0]
}

async function whom(tx: Tx, campaign: string, first: First): Promise<Next> {
  switch (first.what) {
    case 'opening':
      return oldestOpenings(tx, campaign, first.at)
    case 'broadcast':
      return oldestBroadcasts(tx, campaign, first.at)
    case 'message':
      return { what: 'message', at: first.at, ids: await recipients(tx, campaign, first) }
    case 'deadline':
      return { what: 'deadline', at: first.at, ids: await overdue(tx, campaign, first) }
  }
}

/** The oldest openings of one instant, as many as it takes for a chunk of children. */
async function oldestOpenings(tx: Tx, campaign: string, at: Instant): Promise<Next> {
  const rows = await tx
    .selectFrom('opening')
    .selectAll()
    .where('campaign_id', '=', campaign)
    .where('finished', '=', false)
    .where('at', '=', at)
    .orderBy('number')
    .orderBy('from_id')
    .limit(CHUNK)
    .execute()
  const openings: OpeningRow[] = []
  for (let room = CHUNK; room > 0 && openings.length < rows.length;) {
    const row = rows[openings.length] as OpeningRow
    openings.push(row)
    room -= row.total - row.next
  }
  return { what: 'opening', openings, ids: openings.map(({ from_id }) => from_id) }
}

/** The oldest broadcasts of one instant, and the next children that have not heard them. */
async function oldestBroadcasts(tx: Tx, campaign: string, at: Instant): Promise<Next> {
  const rows = await tx
    .selectFrom('broadcast')
    .select(['from_id', 'number', 'kind'])
    .where('campaign_id', '=', campaign)
    .where('finished', '=', false)
    .where('at', '=', at)
    .orderBy('number')
    .orderBy('from_id')
    .limit(CHUNK)
    .execute()
  const told: Told[] = []
  const ids = new Set<string>()
  for (const { from_id, number, kind } of rows) {
    const room = CHUNK - ids.size
    const deaf = await sql<{ id: string }>`
      SELECT id FROM instance
      WHERE campaign_id = ${campaign} AND parent_id = ${from_id} AND heard < ${number}
        AND (${kind}::text IS NULL OR kind = ${kind})
      ORDER BY id LIMIT ${room + 1}
    `.execute(tx)
    for (const { id } of deaf.rows.slice(0, room)) ids.add(id)
    if (deaf.rows.length > room) break
    told.push({ campaign, from: from_id, number })
  }
  return { what: 'broadcast', at, told, ids: [...ids] }
}

async function recipients(tx: Tx, campaign: string, { at, depth }: First): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT DISTINCT m.to_id AS id FROM message m
    JOIN instance i ON i.campaign_id = m.campaign_id AND i.id = m.to_id AND i.status <> 'suspended'
    WHERE m.campaign_id = ${campaign} AND m.at = ${at} AND m.depth = ${depth}
    ORDER BY m.to_id LIMIT ${CHUNK}
  `.execute(tx)
  return rows.map(({ id }) => id)
}

async function overdue(tx: Tx, campaign: string, { at, depth }: First): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT DISTINCT instance_id AS id FROM deadline
    WHERE campaign_id = ${campaign} AND due = ${at} AND depth = ${depth}
    ORDER BY instance_id LIMIT ${CHUNK}
  `.execute(tx)
  return rows.map(({ id }) => id)
}
