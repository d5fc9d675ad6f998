import { CHUNK, type Broadcast, type Instant, type Next, type Spawn } from '@duban/engine'
import { sql } from 'kysely'
import type { Tx } from '../database/open.ts'
import type { BroadcastRow, SpawnRow } from '../database/schema.ts'
import type { Job } from './request.ts'
import { broadcastOf, spawnOf } from './rows.ts'

type First = { what: Next['what']; at: Instant; depth: number }

/**
 * For each campaign that is to be settled, what comes first there: the order of `Next` in the engine, in SQL.
 *
 * Read under a lock that only one settlement of a campaign holds, to the end of its transaction. So what is taken
 * next is a function of what the tables hold, and not of which server asks, or of how far another had come when it
 * died: one that was down for a week and one that never slept end up with the same history (law 3).
 */
export async function lockNext(tx: Tx, jobs: Extract<Job, { type: 'settle' }>[]): Promise<Map<string, Next>> {
  const found = new Map<string, Next>()
  if (jobs.length === 0) return found
  const ids = jobs.map(({ campaign }) => campaign).toSorted()
  await sql`
    SELECT pg_advisory_xact_lock(hashtextextended('settle ' || c.id, 0))
    FROM (SELECT id FROM unnest(${ids}::text[]) AS c(id) ORDER BY hashtextextended('settle ' || id, 0)) AS c
  `.execute(tx)
  for (const { campaign, upTo } of jobs) {
    const first = await firstOf(tx, campaign, upTo)
    if (first) found.set(campaign, await whom(tx, campaign, first))
  }
  return found
}

// `rank` is the engine's: it puts the messages to a depth between the deadlines below it and its own.
async function firstOf(tx: Tx, campaign: string, now: Instant): Promise<First | undefined> {
  const { rows } = await sql<First>`
    SELECT * FROM (
      (SELECT 'spawn' AS what, 2 AS down, 0 AS rank, at, 0 AS depth FROM spawn
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
    ) AS waiting ORDER BY at, down DESC, rank DESC LIMIT 1
  `.execute(tx)
  return rows[0]
}

async function whom(tx: Tx, campaign: string, first: First): Promise<Next> {
  const { what, at } = first
  switch (what) {
    case 'spawn':
      return oldestSpawns(tx, campaign, at)
    case 'broadcast':
      return oldestBroadcasts(tx, campaign, at)
    case 'message':
      return { what, at, ids: await recipients(tx, campaign, first) }
    case 'deadline':
      return { what, at, ids: await overdue(tx, campaign, first) }
  }
}

/** The oldest spawns of one instant, as many as it takes for a chunk of children. */
async function oldestSpawns(tx: Tx, campaign: string, at: Instant): Promise<Next> {
  const { rows } = await sql<SpawnRow>`
    SELECT * FROM spawn WHERE campaign_id = ${campaign} AND NOT finished AND at = ${at}
    ORDER BY number, from_id LIMIT ${CHUNK}
  `.execute(tx)
  const spawns: Spawn[] = []
  for (let room = CHUNK; room > 0 && spawns.length < rows.length;) {
    const spawn = spawnOf(rows[spawns.length] as SpawnRow)
    spawns.push(spawn)
    room -= spawn.total - spawn.next
  }
  return { what: 'spawn', spawns, ids: spawns.map(({ cause }) => cause.instance) }
}

/** The oldest broadcasts of one instant, and the next children that have not taken them. */
async function oldestBroadcasts(tx: Tx, campaign: string, at: Instant): Promise<Next> {
  const { rows } = await sql<BroadcastRow>`
    SELECT * FROM broadcast WHERE campaign_id = ${campaign} AND NOT finished AND at = ${at}
    ORDER BY number, from_id LIMIT ${CHUNK}
  `.execute(tx)
  const broadcasts: Broadcast[] = []
  const ids = new Set<string>()
  for (const row of rows) {
    const room = CHUNK - ids.size
    const behind = await sql<{ id: string }>`
      SELECT id FROM instance
      WHERE campaign_id = ${campaign} AND parent_id = ${row.from_id} AND cursor < ${row.number}
        AND (${row.kind}::text IS NULL OR kind = ${row.kind})
      ORDER BY id LIMIT ${room + 1}
    `.execute(tx)
    for (const { id } of behind.rows.slice(0, room)) ids.add(id)
    if (behind.rows.length > room) break
    broadcasts.push(broadcastOf(row))
  }
  return { what: 'broadcast', at, broadcasts, ids: [...ids] }
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
