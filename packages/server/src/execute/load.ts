import type { BatchState } from './batchState.ts'
import { isAct, MESSAGES_PER_WAKE, revokedBy, versionIn } from '@duban/engine'
import type { Assignment, LoadedInstance, Next, PinnedDefinition } from '@duban/engine'
import { sql } from 'kysely'
import type { Clock } from '../clock.ts'
import { table } from '../database/bulk.ts'
import type { Tx } from '../database/open.ts'
import type { BroadcastRow, InstanceRow, MessageRow } from '../database/schema.ts'
import { DefinitionUnavailable } from '../definitions.ts'
import { lockNext } from './next.ts'
import { campaignOf, keyOf, type Job } from './request.ts'
import { broadcastOf, instanceOf, messageOf } from './rows.ts'
import { findUnsettled } from './settledCheck.ts'

export type PinnedBy = (campaign: string, definition: string) => Promise<PinnedDefinition | undefined>

/**
 * Locks, in one order for everybody: first the campaigns (shared; exclusive for administrative acts, so that nothing
 * in the campaign is decided on facts that the act is changing), then the settlements (next.ts), then the instances
 * by id. Then the clock is read, so that what waited for a lock is not dated before what it waited for; then whether
 * something else is due first; and only then what waits for the instances and what is known of those who ask. The
 * order matters, for each statement sees what was committed before it: whatever a settlement commits meanwhile is
 * either still due when that is asked, or among what waits when that is read. A statement each.
 */
export async function load(tx: Tx, jobs: Job[], clock: Clock, pinnedBy: PinnedBy): Promise<BatchState> {
  await lockCampaigns(tx, jobs)
  const next = await lockNext(
    tx,
    jobs.filter((one) => one.type === 'settle'),
  )
  const rows = await lockInstances(tx, jobs, next)
  const now = clock.now()
  const unsettled = await findUnsettled(tx, jobs, now)
  const instances = new Map<string, LoadedInstance>()
  for (const row of rows) {
    const pinned = await pinnedBy(row.campaign_id, row.definition)
    if (!pinned) throw new DefinitionUnavailable(row.definition)
    instances.set(keyOf(row.campaign_id, row.id), {
      definition: pinned.definition,
      facts: pinned.campaign,
      instance: instanceOf(row),
      depth: row.depth,
      unitPath: row.unit_path,
      cursor: Number(row.cursor),
      failed: row.failed,
      inbox: [],
      broadcasts: [],
      versions: new Map(),
    })
  }
  await loadInboxes(tx, rows, instances)
  await loadBroadcasts(tx, rows, instances)
  await loadVersions(instances, pinnedBy)
  const asked = jobs.filter((one) => one.type === 'command')
  return {
    now,
    instances,
    next,
    unsettled,
    assignments: await loadAssignments(tx, asked),
    granted: await loadGranted(tx, asked),
    answers: await loadAnswers(tx, jobs),
  }
}

type Asked = Extract<Job, { type: 'command' }>[]

async function lockCampaigns(tx: Tx, jobs: Job[]): Promise<void> {
  const exclusive = new Set(jobs.flatMap((one) => (one.type === 'command' && isAct(one.command) ? [one.campaign] : [])))
  const ids = [...new Set(jobs.map(campaignOf))].toSorted()
  await sql`
    SELECT CASE WHEN c.exclusive
                THEN pg_advisory_xact_lock(hashtextextended(c.id, 0))
                ELSE pg_advisory_xact_lock_shared(hashtextextended(c.id, 0)) END
    FROM (SELECT * FROM unnest(${ids}::text[], ${ids.map((id) => exclusive.has(id))}::boolean[])
            AS c(id, exclusive) ORDER BY hashtextextended(id, 0)) AS c
  `.execute(tx)
}

/** Each instance once, though a person and a settlement may both be after it. */
async function lockInstances(tx: Tx, jobs: Job[], next: Map<string, Next>): Promise<InstanceRow[]> {
  const targets = jobs.flatMap((one) => {
    if (one.type === 'command') return [{ campaign_id: one.campaign, id: one.instance }]
    const campaign_id = campaignOf(one)
    return next.get(campaign_id)?.ids.map((id) => ({ campaign_id, id })) ?? []
  })
  if (targets.length === 0) return []
  const once = [...new Map(targets.map((one) => [keyOf(one.campaign_id, one.id), one])).values()]
  const { rows } = await sql<InstanceRow>`
    SELECT i.* FROM instance i JOIN ${table('t', once)} USING (campaign_id, id)
    ORDER BY i.campaign_id, i.id FOR NO KEY UPDATE OF i
  `.execute(tx)
  return rows
}

/** The next messages to each, and one more: it shows that there are more than one wake takes. */
async function loadInboxes(tx: Tx, rows: InstanceRow[], instances: BatchState['instances']): Promise<void> {
  if (rows.length === 0) return
  const to = rows.map(({ campaign_id, id: to_id }) => ({ campaign_id, to_id }))
  const messages = await sql<MessageRow>`
    SELECT m.* FROM ${table('t', to)} CROSS JOIN LATERAL (
      SELECT * FROM message m WHERE m.campaign_id = t.campaign_id AND m.to_id = t.to_id
      ORDER BY m.at, m.from_id, m.from_version, m.n LIMIT ${MESSAGES_PER_WAKE + 1}) AS m
    ORDER BY m.at, m.from_id, m.from_version, m.n
  `.execute(tx)
  for (const row of messages.rows) instances.get(keyOf(row.campaign_id, row.to_id))?.inbox.push(messageOf(row))
}

/** Its parent's broadcasts after its cursor. */
async function loadBroadcasts(tx: Tx, rows: InstanceRow[], instances: BatchState['instances']): Promise<void> {
  const below = rows.filter((row) => row.parent_id !== null)
  if (below.length === 0) return
  const ears = below.map(({ campaign_id, id, parent_id, cursor, kind }) => ({
    campaign_id,
    id,
    parent_id,
    cursor,
    kind,
  }))
  const broadcasts = await sql<BroadcastRow & { id: string }>`
    SELECT b.*, t.id FROM broadcast b JOIN ${table('t', ears)}
      ON b.campaign_id = t.campaign_id AND b.from_id = t.parent_id AND b.number > t.cursor
         AND (b.kind IS NULL OR b.kind = t.kind)
    ORDER BY b.number
  `.execute(tx)
  for (const row of broadcasts.rows) instances.get(keyOf(row.campaign_id, row.id))?.broadcasts.push(broadcastOf(row))
}

/** Of the migrations that wait for somebody, the versions that they lead to. */
async function loadVersions(instances: BatchState['instances'], pinnedBy: PinnedBy): Promise<void> {
  for (const { definition, instance, broadcasts, versions } of instances.values()) {
    for (const { type, name, payload } of broadcasts) {
      if (type !== 'act' || name !== 'campaign.migrate') continue
      const to = versionIn(definition, payload)
      const pinned = await pinnedBy(instance.campaign, to)
      if (pinned) versions.set(to, pinned)
    }
  }
}

async function loadAssignments(tx: Tx, asked: Asked): Promise<BatchState['assignments']> {
  const found: BatchState['assignments'] = new Map()
  if (asked.length === 0) return found
  const who = asked.map(({ campaign, asker }) => ({ campaign_id: campaign, person_id: asker.person }))
  const { rows } = await sql<{ campaign_id: string; person_id: string; granted: string }>`
    SELECT a.campaign_id, a.person_id, a.granted FROM assignment a
    JOIN (SELECT DISTINCT * FROM ${table('t', who)}) AS t USING (campaign_id, person_id)
    WHERE a.revoked_at IS NULL ORDER BY a.id
  `.execute(tx)
  for (const row of rows) {
    const key = keyOf(row.campaign_id, row.person_id)
    found.set(key, [...(found.get(key) ?? []), JSON.parse(row.granted) as Assignment])
  }
  return found
}

async function loadGranted(tx: Tx, asked: Asked): Promise<Set<string>> {
  const revoked = asked
    .filter(({ command }) => command === 'assignment.revoke')
    .map(({ campaign, payload }) => ({ campaign_id: campaign, granted: revokedBy(payload) }))
  if (revoked.length === 0) return new Set()
  const { rows } = await sql<{ id: string }>`
    SELECT a.id FROM assignment a JOIN ${table('t', revoked)} ON a.campaign_id = t.campaign_id AND a.id::text = t.granted
    WHERE a.revoked_at IS NULL
  `.execute(tx)
  return new Set(rows.map(({ id }) => id))
}

// After the locks: a retry waits for the first try's row lock, and then finds its answer here.
async function loadAnswers(tx: Tx, jobs: Job[]): Promise<BatchState['answers']> {
  const keyed = jobs.flatMap((one) =>
    one.type !== 'settle' && one.idempotency ? [{ person_id: one.asker.person, key: one.idempotency.key }] : [],
  )
  if (keyed.length === 0) return new Map()
  const { rows } = await sql<{ person_id: string; key: string; request: string; answer: string }>`
    SELECT i.person_id, i.key, i.request, i.answer FROM idempotency i JOIN ${table('t', keyed)} USING (person_id, key)
  `.execute(tx)
  return new Map(rows.map((row) => [keyOf(row.person_id, row.key), row]))
}
