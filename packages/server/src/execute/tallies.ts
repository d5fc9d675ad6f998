import { ALL, countedBy, EFFECTS_PER_STEP, needed, type Definition } from '@duban/engine'
import { sql } from 'kysely'
import type { Tx } from '../database/open.ts'
import type { WatchTable } from '../database/schema.ts'
import { countsOf, sourceOf, uncounted, type Count } from './counts.ts'
import { takeBack } from './takenBack.ts'
import { asksAgain, changeWatches, insertWatches, refusedWatch } from './watches.ts'
import type { Step, Unopened, Work } from './work.ts'

type TallyRow = { campaign_id: string; parent_id: string; kind: string; tag: string; n: number }

/**
 * Counts children by tag, and sends the parent its `every…` and `atLeast…` messages. The parent's row is
 * never touched. A parent that begins to wait locks the tally rows that it waits for, so a child that
 * counts at the same moment either is seen by it or sees it.
 */
export async function appendTallies(tx: Tx, { steps, unopened, unheard }: Work): Promise<void> {
  await countAnew(tx, steps)
  const counts = [...steps.flatMap(countsOf), ...unopened.flatMap(uncounted)]
  const waits = [...(await changeWatches(tx, steps)), ...steps.flatMap(asksAgain)]
  // What a guard refused waits again. It is looked at after a step of the parent or when its count changes, so
  // nothing turns in a loop.
  await insertWatches(tx, unheard.flatMap(refusedWatch))
  if (counts.length === 0 && waits.length === 0) return
  const rows = await addUp(tx, [...counts, ...waits])
  await takeBack(tx, counts, steps)
  await tellReached(tx, counts, rows, steps)
}

/**
 * A version may wait for what the one before did not count. When a parent migrates, its children are counted
 * by the tags that they have so far, those that are over too; each goes on counting for itself when it follows.
 */
async function countAnew(tx: Tx, steps: Step[]): Promise<void> {
  for (const { after, definition, from } of steps) {
    if (!from) continue
    const then = countedBelow(from, after.kind)
    const now = countedBelow(definition, after.kind)
    for (const one of then.difference(now)) {
      const [kind = '', tag = ''] = one.split('.')
      await sql`DELETE FROM tally WHERE campaign_id = ${after.campaign} AND parent_id = ${after.id}
                AND kind = ${kind} AND tag = ${tag}`.execute(tx)
    }
    for (const one of now.difference(then)) {
      const [kind = '', tag = ''] = one.split('.')
      await sql`
        INSERT INTO tally (campaign_id, parent_id, kind, tag, n)
        SELECT ${after.campaign}, ${after.id}, ${kind}, ${tag}, count(*) FROM instance
        WHERE campaign_id = ${after.campaign} AND parent_id = ${after.id} AND kind = ${kind}
          AND (${tag} = ${ALL} OR tags @> ARRAY[${tag}])
        ON CONFLICT (campaign_id, parent_id, kind, tag) DO UPDATE SET n = excluded.n
      `.execute(tx)
    }
  }
}

/** What is counted of the children that a kind opens. */
function countedBelow(definition: Definition, kind: string): Set<string> {
  const opens = definition.kinds[kind]?.opens ?? []
  return new Set([...countedBy(definition)].filter((one) => opens.includes(one.split('.')[0] ?? '')))
}

/** Adds all counts in two statements and leaves their rows locked, in one order for everybody. */
async function addUp(tx: Tx, counts: Count[]): Promise<TallyRow[]> {
  const sums = new Map<string, Count>()
  for (const count of counts) {
    const key = [count.campaign, count.parent, count.kind, count.tag].join(' ')
    const known = sums.get(key)
    sums.set(key, { ...count, by: (known?.by ?? 0) + count.by })
  }
  const all = [...sums.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, count]) => count)
  const table = sql`unnest(
    ${all.map((one) => one.campaign)}::uuid[], ${all.map((one) => one.parent)}::uuid[],
    ${all.map((one) => one.kind)}::text[], ${all.map((one) => one.tag)}::text[], ${all.map((one) => one.by)}::int[]
  ) AS c(campaign_id, parent_id, kind, tag, n)`
  await sql`
    INSERT INTO tally (campaign_id, parent_id, kind, tag, n)
    SELECT campaign_id, parent_id, kind, tag, 0 FROM ${table}
    ORDER BY campaign_id, parent_id, kind, tag
    ON CONFLICT DO NOTHING
  `.execute(tx)
  await sql`
    SELECT 1 FROM tally t JOIN ${table} USING (campaign_id, parent_id, kind, tag)
    ORDER BY t.campaign_id, t.parent_id, t.kind, t.tag FOR NO KEY UPDATE OF t
  `.execute(tx)
  const { rows } = await sql<TallyRow>`
    UPDATE tally t SET n = t.n + c.n FROM ${table}
    WHERE t.campaign_id = c.campaign_id AND t.parent_id = c.parent_id AND t.kind = c.kind AND t.tag = c.tag
    RETURNING t.*
  `.execute(tx)
  return rows
}

async function tellReached(tx: Tx, counts: Count[], rows: TallyRow[], steps: Step[]): Promise<void> {
  const { rows: watches } = await sql<WatchTable & { total: number | null; depth: number }>`
    SELECT w.*, t.n AS total, i.depth FROM watch w
    JOIN (SELECT DISTINCT * FROM unnest(${rows.map((row) => row.campaign_id)}::uuid[], ${rows.map((row) => row.parent_id)}::uuid[],
                                        ${rows.map((row) => row.kind)}::text[]) AS r(campaign_id, parent_id, kind)) AS r
      USING (campaign_id, parent_id, kind)
    JOIN instance i ON i.campaign_id = w.campaign_id AND i.id = w.parent_id
    LEFT JOIN tally t ON t.campaign_id = w.campaign_id AND t.parent_id = w.parent_id AND t.kind = w.kind AND t.tag = ${ALL}
    ORDER BY w.parent_id, w.event
  `.execute(tx)
  for (const watch of watches) {
    const row = rows.find(
      (one) => one.parent_id === watch.parent_id && one.kind === watch.kind && one.tag === watch.tag,
    )
    const total = watch.total ?? 0
    const need = needed(
      {
        event: watch.event,
        kind: watch.kind,
        tag: watch.tag,
        need: watch.need_count === null ? { percent: watch.need_percent ?? 100 } : { count: watch.need_count },
      },
      total,
    )
    if (!row || row.n < need) continue
    const step = steps.findLast(({ after }) => after.id === watch.parent_id)
    const source =
      crossing(counts, watch, row.n, need) ??
      (step && sourceOf(step)) ??
      counts.find(({ kind, source: { id } }) => kind === watch.kind && id === watch.parent_id)?.source
    if (!source) continue
    await tx
      .deleteFrom('watch')
      .where('campaign_id', '=', watch.campaign_id)
      .where('parent_id', '=', watch.parent_id)
      .where('event', '=', watch.event)
      .execute()
    await tx
      .insertInto('message')
      .values({
        campaign_id: watch.campaign_id,
        to_id: watch.parent_id,
        from_id: source.id,
        from_version: source.version,
        // Children that fail in several chunks have the same source: the next number that is free.
        n: sql<number>`(
          SELECT coalesce(max(n) + 1, ${EFFECTS_PER_STEP}) FROM message
          WHERE campaign_id = ${watch.campaign_id} AND to_id = ${watch.parent_id}
            AND from_id = ${source.id} AND from_version = ${source.version} AND n >= ${EFFECTS_PER_STEP})`,
        from_hash: source.hash,
        at: source.at,
        depth: watch.depth,
        name: watch.event,
        payload: JSON.stringify({ total }),
      })
      .execute()
  }
}

/** The step with which the count reached what is needed: the same one whether steps come in batches or singly. */
function crossing(counts: Count[], watch: WatchTable, final: number, need: number): Unopened['by'] | undefined {
  const its = counts.filter((one) => one.parent === watch.parent_id && one.kind === watch.kind && one.tag === watch.tag)
  let n = final - its.reduce((sum, { by }) => sum + by, 0)
  for (const { by, source } of its) {
    n += by
    if (by > 0 && n >= need) return source
  }
  return undefined
}
