import { ALL, EFFECTS_PER_STEP, needed, readTally, type Definition } from '@duban/engine'
import { sql } from 'kysely'
import type { Tx } from '../database/open.ts'
import type { InstanceRow, MessageRow } from '../database/schema.ts'
import { summaryOf, type Count } from './counts.ts'
import { instanceOf } from './load.ts'
import { insertWatches } from './watches.ts'
import type { Step } from './work.ts'

/**
 * A count that is lost again before its parent has heard of it is not told: children of the same instant may
 * have moved on, or more have been opened. Its parent waits for it again, if it still stands where it waits.
 */
export async function takeBack(tx: Tx, counts: Count[], steps: Step[]): Promise<void> {
  const lost = counts.filter(({ tag, by }) => (tag === ALL ? by > 0 : by < 0))
  if (lost.length === 0) return
  const parents = [...new Map(lost.map((one) => [one.parent, one])).values()]
  const table = sql`unnest(
    ${parents.map(({ campaign }) => campaign)}::uuid[], ${parents.map(({ parent }) => parent)}::uuid[]
  ) AS p(campaign_id, parent_id)`
  const messages = await sql<MessageRow>`
    SELECT m.* FROM message m JOIN ${table} ON m.campaign_id = p.campaign_id AND m.to_id = p.parent_id
    WHERE m.n >= ${EFFECTS_PER_STEP} ORDER BY m.to_id, m.name
  `.execute(tx)
  if (messages.rows.length === 0) return
  const tallies = await sql<{ key: string; n: number }>`
    SELECT t.parent_id || ' ' || t.kind || ' ' || t.tag AS key, t.n FROM tally t JOIN ${table} USING (campaign_id, parent_id)
  `.execute(tx)
  const n = new Map(tallies.rows.map((row) => [row.key, row.n]))
  for (const message of messages.rows) {
    const watch = readTally(message.name)
    if (!watch) continue
    const of = (tag: string): number => n.get(`${message.to_id} ${watch.kind} ${tag}`) ?? 0
    if (of(watch.tag) >= needed(watch, of(ALL))) continue
    const step = steps.find(({ after }) => after.campaign === message.campaign_id)
    if (step) await waitAgain(tx, message, step.definition)
  }
}

async function waitAgain(
  tx: Tx,
  { campaign_id, to_id, from_id, from_version, n, name }: MessageRow,
  definition: Definition,
): Promise<void> {
  await sql`
    DELETE FROM message WHERE campaign_id = ${campaign_id} AND to_id = ${to_id} AND from_id = ${from_id}
      AND from_version = ${from_version} AND n = ${n}
  `.execute(tx)
  const { rows } = await sql<InstanceRow>`
    SELECT * FROM instance WHERE campaign_id = ${campaign_id} AND id = ${to_id}
  `.execute(tx)
  const watches = rows.flatMap((row) => {
    const instance = instanceOf(row)
    const watch = summaryOf(definition, instance).watches.find(({ event }) => event === name)
    return watch ? [{ instance, watch }] : []
  })
  await insertWatches(tx, watches)
}
