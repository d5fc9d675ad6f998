import type { Parent, TallyChanges, TallyKey, TallyPlan, TallyState, WatchRow } from '@duban/engine'
import { ALL, EFFECTS_PER_STEP, nameOf } from '@duban/engine'
import { sql } from 'kysely'
import { deleteAll, insertAll, table, updateAll, type Cells } from '../database/bulk.ts'
import type { Tx } from '../database/open.ts'
import type { MessageRow } from '../database/schema.ts'
import { messageColumns, messageKey, messageOf, watchOf } from './rows.ts'

type WatchColumns = { campaign_id: string; parent_id: string; event: string; delivered: boolean }
type TallyRow = { campaign_id: string; parent_id: string; kind: string; tag: string; n: number }

/**
 * Reads what `settleTallies` wants to know. The counts that change, or that a parent begins to wait for, are locked
 * to the end of the transaction, in one order for everybody; all else of those parents is read after that.
 */
export async function readTallies(tx: Tx, plan: TallyPlan): Promise<TallyState> {
  const { counts, recounted, inboxes } = plan
  const locked = [...new Map([...counts, ...recounted].map((key) => [nameOf(key), columnsOf(key)])).values()]
  const parents = plan.parents.map(parentOf)
  if (parents.length === 0) return { n: () => 0, watches: [], messages: [] }
  await lockTallies(tx, locked)
  const { rows } = await sql<TallyRow>`
    SELECT t.* FROM tally t JOIN ${table('p', parents)} USING (campaign_id, parent_id)
  `.execute(tx)
  const n = new Map(rows.map((row) => [nameOf(keyOf(row)), row.n]))
  for (const key of recounted) n.set(nameOf(key), await countAnew(tx, key))
  const watches = await sql<WatchColumns>`
    SELECT w.* FROM watch w JOIN ${table('p', parents)} USING (campaign_id, parent_id)
  `.execute(tx)
  return {
    n: (key) => n.get(nameOf(key)) ?? 0,
    watches: watches.rows.map(watchOf),
    messages: await readCounts(tx, inboxes.map(parentOf)),
  }
}

async function lockTallies(tx: Tx, keys: Cells[]): Promise<void> {
  if (keys.length === 0) return
  await sql`
    INSERT INTO tally (campaign_id, parent_id, kind, tag, n)
    SELECT campaign_id, parent_id, kind, tag, 0 FROM ${table('k', keys)}
    ORDER BY campaign_id, parent_id, kind, tag ON CONFLICT DO NOTHING
  `.execute(tx)
  await sql`
    SELECT 1 FROM tally t JOIN ${table('k', keys)} USING (campaign_id, parent_id, kind, tag)
    ORDER BY t.campaign_id, t.parent_id, t.kind, t.tag FOR NO KEY UPDATE OF t
  `.execute(tx)
}

/** Counts that are on their way: numbered beyond what a step itself can send. */
async function readCounts(tx: Tx, parents: Cells[]): Promise<TallyState['messages']> {
  if (parents.length === 0) return []
  const { rows } = await sql<MessageRow>`
    SELECT m.* FROM message m JOIN ${table('p', parents)} ON m.campaign_id = p.campaign_id AND m.to_id = p.parent_id
    WHERE m.n >= ${EFFECTS_PER_STEP} ORDER BY m.to_id, m.name
  `.execute(tx)
  return rows.map(messageOf)
}

/** As the children are before the batch is written. */
async function countAnew(tx: Tx, { campaign, parent, kind, tag }: TallyKey): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    SELECT count(*)::int AS n FROM instance
    WHERE campaign_id = ${campaign} AND parent_id = ${parent} AND kind = ${kind}
      AND (${tag} = ${ALL} OR tags @> ARRAY[${tag}])
  `.execute(tx)
  return rows[0]?.n ?? 0
}

/** Writes what came of it. */
export async function writeTallies(tx: Tx, { tallies, dropped, watches, messages }: TallyChanges): Promise<void> {
  await deleteAll(tx, 'tally', dropped.map(columnsOf))
  const counted = tallies.map((key) => ({ ...columnsOf(key), n: key.n }))
  if (counted.length > 0) {
    await sql`
      UPDATE tally t SET n = c.n FROM ${table('c', counted)}
      WHERE t.campaign_id = c.campaign_id AND t.parent_id = c.parent_id AND t.kind = c.kind AND t.tag = c.tag
        AND t.n <> c.n
    `.execute(tx)
  }
  const gone = watches.removed.map(({ campaign, parent, event }) => ({
    campaign_id: campaign,
    parent_id: parent,
    event,
  }))
  await deleteAll(tx, 'watch', gone)
  await insertAll(tx, 'watch', watches.added.map(watchColumns))
  // A parent that stopped waiting since its row was read has deleted it: there it stays deleted.
  await updateAll(tx, 'watch', ['campaign_id', 'parent_id', 'event'], watches.changed.map(watchColumns))
  await deleteAll(tx, 'message', messages.dropped.map(messageKey))
  await insertAll(tx, 'message', messages.sent.map(messageColumns))
}

function keyOf({ campaign_id, parent_id, kind, tag }: TallyRow): TallyKey {
  return { campaign: campaign_id, parent: parent_id, kind, tag }
}

function columnsOf({ campaign, parent, kind, tag }: TallyKey): Cells {
  return { campaign_id: campaign, parent_id: parent, kind, tag }
}

function watchColumns({ campaign, parent, watch, delivered }: WatchRow): WatchColumns {
  return { campaign_id: campaign, parent_id: parent, event: watch.event, delivered }
}

function parentOf({ campaign, parent }: Parent): Cells {
  return { campaign_id: campaign, parent_id: parent }
}
