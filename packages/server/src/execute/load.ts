import type {
  Assignment,
  CampaignFacts,
  Definition,
  PinnedDefinition,
  Instance,
  InstanceState,
  Instant,
  Refusal,
} from '@duban/engine'
import { isAct } from '@duban/engine'
import { sql } from 'kysely'
import type { Tx } from '../database/open.ts'
import type { BroadcastRow, InstanceRow, MessageRow } from '../database/schema.ts'
import { DefinitionUnavailable } from '../definitions.ts'
import { lockNext, type Next } from './next.ts'
import { revoked, type Request, type Target } from './request.ts'

/** An instance under lock, with everything that waits for it. */
export type Loaded = {
  definition: Definition
  facts: CampaignFacts
  instance: Instance
  depth: number
  unitPath: string[]
  heard: bigint
  failed: string[]
  broadcasts: BroadcastRow[]
  messages: MessageRow[]
  /** The instant of the first message that was left in the table, when there are more than one wake takes. */
  unread: Instant | undefined
  /** Versions that a migration which waits for it, or is asked of it, takes it into; by name. */
  versions: Map<string, PinnedDefinition>
}

/** What a batch decides on, all of it read under the locks. */
export type Ground = {
  instances: Map<string, Loaded>
  assignments: Map<string, Assignment[]>
  answers: Map<string, { request: string; answer: string }>
  /** Of the assignments that somebody asks to revoke, those that are in force. */
  revocable: Set<string>
  /** Instances that something else in their campaign comes before (law 3). */
  unsettled: Set<string>
  /** By campaign that is to be settled: what comes first there. */
  next: Map<string, Next>
  /** By campaign: whether the migration that somebody asks for can be done (execute/migrate.ts). */
  migrations: Map<string, Footed>
}

export type Footed = { ok: true; pinned: PinnedDefinition } | { ok: false; refusal: Refusal }

export const place = (campaign: string, instance: string): string => `${campaign} ${instance}`

/**
 * Locks, in one order for everybody: first the campaigns (shared; exclusive for administrative acts, so
 * that nothing in the campaign is decided on facts that the act is changing), then the settlements
 * (execute/next.ts), then the instances by id.
 */
export async function load(
  tx: Tx,
  requests: Request[],
  pinnedDefinition: (campaign: string, definition: string) => Promise<PinnedDefinition | undefined>,
): Promise<Ground> {
  await lockCampaigns(tx, requests)
  const next = await lockNext(
    tx,
    requests.filter((one) => one.type === 'settle'),
  )
  const rows = await lockInstances(tx, targetsOf(requests, next))
  const ground: Ground = {
    instances: new Map(),
    assignments: new Map(),
    answers: new Map(),
    revocable: new Set(),
    unsettled: new Set(),
    next,
    migrations: new Map(),
  }
  for (const row of rows) {
    const pinned = await pinnedDefinition(row.campaign_id, row.definition)
    if (!pinned) throw new DefinitionUnavailable(row.definition)
    ground.instances.set(place(row.campaign_id, row.id), {
      definition: pinned.definition,
      facts: pinned.campaign,
      instance: instanceOf(row),
      depth: row.depth,
      unitPath: row.unit_path,
      heard: BigInt(row.heard),
      failed: row.failed,
      broadcasts: [],
      messages: [],
      unread: undefined,
      versions: new Map(),
    })
  }
  await loadWaiting(tx, rows, ground)
  await loadVersions(ground, pinnedDefinition)
  await loadAssignments(tx, requests, ground)
  await loadRevocable(tx, requests, ground)
  await loadAnswers(tx, requests, ground)
  return ground
}

export function instanceOf(row: InstanceRow): Instance {
  return {
    campaign: row.campaign_id,
    id: row.id,
    kind: row.kind,
    key: row.key,
    parent: row.parent_id,
    unit: row.unit_id,
    version: row.version,
    at: row.at,
    head: row.head,
    state: JSON.parse(row.state) as InstanceState,
  }
}

async function lockCampaigns(tx: Tx, requests: Request[]): Promise<void> {
  const exclusive = new Set(
    requests.flatMap((one) => (one.type === 'command' && isAct(one.command) ? [one.campaign] : [])),
  )
  const ids = [...new Set(requests.map(({ campaign }) => campaign))].toSorted()
  await sql`
    SELECT CASE WHEN c.exclusive
                THEN pg_advisory_xact_lock(hashtextextended(c.id, 0))
                ELSE pg_advisory_xact_lock_shared(hashtextextended(c.id, 0)) END
    FROM (SELECT * FROM unnest(${ids}::text[], ${ids.map((id) => exclusive.has(id))}::boolean[])
            AS c(id, exclusive) ORDER BY hashtextextended(id, 0)) AS c
  `.execute(tx)
}

/** Each instance once, though a person and a settlement may both be after it. */
function targetsOf(requests: Request[], next: Map<string, Next>): Target[] {
  const targets = requests.flatMap((one): Target[] => {
    if (one.type === 'command') return [one]
    const { campaign } = one
    return next.get(campaign)?.ids.map((instance) => ({ campaign, instance })) ?? []
  })
  return [...new Map(targets.map((one) => [place(one.campaign, one.instance), one])).values()]
}

async function lockInstances(tx: Tx, targets: Target[]): Promise<InstanceRow[]> {
  if (targets.length === 0) return []
  const { rows } = await sql<InstanceRow>`
    SELECT i.* FROM instance i
    JOIN unnest(${targets.map((one) => one.campaign)}::uuid[], ${targets.map((one) => one.instance)}::uuid[])
      AS t(campaign_id, id) USING (campaign_id, id)
    ORDER BY i.campaign_id, i.id
    FOR NO KEY UPDATE OF i
  `.execute(tx)
  return rows
}

// 10,000 late units that each tell their parent would otherwise be one transaction of 10,000 steps.
const MOST_MESSAGES = 200

/** The next messages to each instance, and its parent's broadcasts that it has not heard. */
async function loadWaiting(tx: Tx, rows: InstanceRow[], ground: Ground): Promise<void> {
  if (rows.length === 0) return
  const campaigns = rows.map((row) => row.campaign_id)
  const ids = rows.map((row) => row.id)
  const messages = await sql<MessageRow>`
    SELECT m.* FROM unnest(${campaigns}::uuid[], ${ids}::uuid[]) AS t(campaign_id, to_id)
    CROSS JOIN LATERAL (
      SELECT * FROM message m WHERE m.campaign_id = t.campaign_id AND m.to_id = t.to_id
      ORDER BY m.at, m.from_id, m.from_version, m.n LIMIT ${MOST_MESSAGES + 1}) AS m
    ORDER BY m.at, m.from_id, m.from_version, m.n
  `.execute(tx)
  for (const row of messages.rows) {
    const loaded = ground.instances.get(place(row.campaign_id, row.to_id))
    if (loaded && loaded.messages.length === MOST_MESSAGES) loaded.unread = row.at
    else loaded?.messages.push(row)
  }
  const below = rows.filter((row) => row.parent_id !== null)
  if (below.length === 0) return
  const broadcasts = await sql<BroadcastRow & { id: string }>`
    SELECT b.*, t.id FROM broadcast b
    JOIN unnest(${below.map((row) => row.campaign_id)}::uuid[], ${below.map((row) => row.id)}::uuid[],
                ${below.map((row) => row.parent_id)}::uuid[], ${below.map((row) => row.heard)}::bigint[],
                ${below.map((row) => row.kind)}::text[])
      AS t(campaign_id, id, parent_id, heard, kind)
      ON b.campaign_id = t.campaign_id AND b.from_id = t.parent_id AND b.number > t.heard
         AND (b.kind IS NULL OR b.kind = t.kind)
    ORDER BY b.number
  `.execute(tx)
  for (const { id, ...row } of broadcasts.rows) {
    ground.instances.get(place(row.campaign_id, id))?.broadcasts.push(row)
  }
}

/** Of the migrations that wait for somebody, the versions that they lead to. */
async function loadVersions(
  ground: Ground,
  pinnedDefinition: (campaign: string, definition: string) => Promise<PinnedDefinition | undefined>,
): Promise<void> {
  for (const { definition, instance, broadcasts, versions } of ground.instances.values()) {
    for (const { type, name, payload } of broadcasts) {
      if (type !== 'act' || name !== 'campaign.migrate') continue
      const to = versionIn(definition, JSON.parse(payload))
      const pinned = await pinnedDefinition(instance.campaign, to)
      if (pinned) versions.set(to, pinned)
    }
  }
}

/** The name of the version that a `campaign.migrate` asks for; of none when it asks for none. */
export function versionIn({ id }: Definition, payload: unknown): string {
  const { version } = (payload ?? {}) as { version?: unknown }
  return `${id}@${typeof version === 'number' ? version : ''}`
}

async function loadAssignments(tx: Tx, requests: Request[], ground: Ground): Promise<void> {
  const asked = requests.filter((one) => one.type === 'command')
  if (asked.length === 0) return
  const { rows } = await sql<{ campaign_id: string; person_id: string; granted: string }>`
    SELECT a.campaign_id, a.person_id, a.granted FROM assignment a
    JOIN (SELECT DISTINCT * FROM unnest(${asked.map((one) => one.campaign)}::uuid[],
                                        ${asked.map((one) => one.asker.person)}::text[])
            AS t(campaign_id, person_id)) AS t USING (campaign_id, person_id)
    WHERE a.revoked_at IS NULL
    ORDER BY a.id
  `.execute(tx)
  for (const row of rows) {
    const key = place(row.campaign_id, row.person_id)
    const list = ground.assignments.get(key) ?? []
    list.push(JSON.parse(row.granted) as Assignment)
    ground.assignments.set(key, list)
  }
}

async function loadRevocable(tx: Tx, requests: Request[], ground: Ground): Promise<void> {
  for (const one of requests) {
    if (one.type !== 'command' || one.command !== 'assignment.revoke') continue
    const id = revoked(one)
    const { rows } = await sql`
      SELECT 1 FROM assignment
      WHERE campaign_id = ${one.campaign} AND id::text = ${id} AND revoked_at IS NULL
    `.execute(tx)
    if (rows.length > 0) ground.revocable.add(id)
  }
}

// After the locks: a retry waits for the first try's row lock, and then finds its answer here.
async function loadAnswers(tx: Tx, requests: Request[], ground: Ground): Promise<void> {
  const keyed = requests.flatMap((one) =>
    'idempotency' in one && one.idempotency ? [{ person: one.asker.person, key: one.idempotency.key }] : [],
  )
  if (keyed.length === 0) return
  const { rows } = await sql<{ person_id: string; key: string; request: string; answer: string }>`
    SELECT i.person_id, i.key, i.request, i.answer FROM idempotency i
    JOIN unnest(${keyed.map((one) => one.person)}::text[], ${keyed.map((one) => one.key)}::text[])
      AS t(person_id, key) USING (person_id, key)
  `.execute(tx)
  for (const row of rows) ground.answers.set(place(row.person_id, row.key), row)
}
