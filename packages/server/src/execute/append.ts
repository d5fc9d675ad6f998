import { sql } from 'kysely'
import { canonical, type Timer } from '@duban/engine'
import type { Tx } from '../database/open.ts'
import { appendEffects } from './effects.ts'
import type { Loaded } from './load.ts'
import { columnsOf } from './columns.ts'
import { insertRefusals } from './refusals.ts'
import { appendTallies } from './tallies.ts'
import type { Step, Work } from './work.ts'

type Changed = { first: Step; loaded: Loaded }

/** Writes a batch: each table in one statement, whatever the size of the batch. `now` is when it is recorded. */
export async function append(tx: Tx, work: Work, now: string): Promise<void> {
  const instances = new Map<string, Changed>()
  for (const step of work.steps) {
    const known = instances.get(step.after.id)
    instances.set(step.after.id, { first: known?.first ?? step, loaded: step.loaded })
  }
  const changed = [...instances.values()]
  await insertInstances(
    tx,
    changed.filter(({ first }) => first.before === null).map(({ loaded }) => loaded),
  )
  await updateInstances(
    tx,
    changed.filter(({ first }) => first.before !== null).map(({ loaded }) => loaded),
  )
  await insertTransitions(tx, work.steps, now)
  await writeDeadlines(tx, changed)
  await appendEffects(tx, work.steps)
  await appendTallies(tx, work)
  await appendRest(tx, work, now)
}

async function insertInstances(tx: Tx, loaded: Loaded[]): Promise<void> {
  // Openings of many campaigns may come in one batch: PostgreSQL takes at most 65,535 parameters in one statement.
  for (let i = 0; i < loaded.length; i += 3_000) await insertSome(tx, loaded.slice(i, i + 3_000))
}

async function insertSome(tx: Tx, loaded: Loaded[]): Promise<void> {
  await tx
    .insertInto('instance')
    .values(
      loaded.map((one) => ({
        campaign_id: one.instance.campaign,
        id: one.instance.id,
        kind: one.instance.kind,
        key: one.instance.key,
        parent_id: one.instance.parent,
        depth: one.depth,
        unit_id: one.instance.unit,
        unit_path: one.unitPath,
        version: one.instance.version,
        at: one.instance.at,
        head: one.instance.head,
        status: one.instance.state.status,
        state: canonical(one.instance.state),
        heard: String(one.heard),
        definition: one.definition.name,
        ...columnsOf(one),
      })),
    )
    .execute()
}

async function updateInstances(tx: Tx, loaded: Loaded[]): Promise<void> {
  if (loaded.length === 0) return
  const columns = loaded.map(columnsOf)
  await sql`
    UPDATE instance i SET
      version = u.version, at = u.at, head = u.head, status = u.status, state = u.state,
      place = u.place, due = u.due, heard = u.heard, definition = u.definition,
      failed = ARRAY(SELECT json_array_elements_text(u.failed)),
      accepts = ARRAY(SELECT json_array_elements_text(u.accepts)),
      tags = ARRAY(SELECT json_array_elements_text(u.tags))
    FROM unnest(
      ${loaded.map((one) => one.instance.campaign)}::uuid[], ${loaded.map((one) => one.instance.id)}::uuid[],
      ${loaded.map((one) => one.instance.version)}::int[], ${loaded.map((one) => one.instance.at)}::timestamptz[],
      ${loaded.map((one) => one.instance.head)}::text[], ${loaded.map((one) => one.instance.state.status)}::text[],
      ${loaded.map((one) => canonical(one.instance.state))}::text[], ${columns.map((one) => one.place)}::text[],
      ${columns.map((one) => one.due)}::timestamptz[], ${loaded.map((one) => String(one.heard))}::bigint[],
      ${columns.map((one) => JSON.stringify(one.accepts))}::json[], ${columns.map((one) => JSON.stringify(one.tags))}::json[],
      ${loaded.map((one) => JSON.stringify(one.failed))}::json[], ${loaded.map((one) => one.definition.name)}::text[]
    ) AS u(campaign_id, id, version, at, head, status, state, place, due, heard, accepts, tags, failed, definition)
    WHERE i.campaign_id = u.campaign_id AND i.id = u.id
  `.execute(tx)
}

async function insertTransitions(tx: Tx, steps: Step[], now: string): Promise<void> {
  if (steps.length === 0) return
  const rows = steps.map(({ recorded }) => recorded)
  await sql`
    INSERT INTO transition (campaign_id, instance_id, version, at, recorded_at, record, hash)
    SELECT campaign_id, instance_id, version, at, ${now}::timestamptz, record, hash
    FROM unnest(
      ${rows.map(({ transition }) => transition.campaign)}::uuid[], ${rows.map(({ transition }) => transition.instance)}::uuid[],
      ${rows.map(({ transition }) => transition.version)}::int[], ${rows.map(({ transition }) => transition.event.at)}::timestamptz[],
      ${rows.map(({ record }) => record)}::text[], ${rows.map(({ hash }) => hash)}::text[]
    ) AS t(campaign_id, instance_id, version, at, record, hash)
  `.execute(tx)
}

/** The table of deadlines is an index over the timers of all active instances; the state is the truth. */
async function writeDeadlines(tx: Tx, changed: Changed[]): Promise<void> {
  const gone: { campaign: string; id: string; timer: string }[] = []
  const set: { campaign: string; id: string; timer: string; is: Timer; depth: number }[] = []
  for (const { first, loaded } of changed) {
    const { campaign, id, state } = loaded.instance
    const before = first.before?.state.status === 'active' ? first.before.state.timers : {}
    const after = state.status === 'active' ? state.timers : {}
    for (const timer of Object.keys(before)) {
      if (!Object.hasOwn(after, timer)) gone.push({ campaign, id, timer })
    }
    for (const [timer, is] of Object.entries(after)) {
      if (before[timer]?.due !== is.due) set.push({ campaign, id, timer, is, depth: loaded.depth })
    }
  }
  if (gone.length > 0) {
    await sql`
      DELETE FROM deadline d USING unnest(
        ${gone.map((one) => one.campaign)}::uuid[], ${gone.map((one) => one.id)}::uuid[], ${gone.map((one) => one.timer)}::text[]
      ) AS g(campaign_id, instance_id, timer)
      WHERE d.campaign_id = g.campaign_id AND d.instance_id = g.instance_id AND d.timer = g.timer
    `.execute(tx)
  }
  if (set.length > 0) {
    await sql`
      INSERT INTO deadline (campaign_id, instance_id, timer, date_name, reminder, due, depth)
      SELECT * FROM unnest(
        ${set.map((one) => one.campaign)}::uuid[], ${set.map((one) => one.id)}::uuid[], ${set.map((one) => one.timer)}::text[],
        ${set.map((one) => one.is.date)}::text[], ${set.map((one) => one.is.reminder ?? null)}::text[],
        ${set.map((one) => one.is.due)}::timestamptz[], ${set.map((one) => one.depth)}::smallint[])
      ON CONFLICT (campaign_id, instance_id, timer) DO UPDATE SET due = excluded.due
    `.execute(tx)
  }
}

async function appendRest(tx: Tx, work: Work, now: string): Promise<void> {
  const { consumed, heard, failed, refusals, answers, opened, told } = work
  if (consumed.length > 0) {
    await sql`
      DELETE FROM message m USING unnest(
        ${consumed.map((one) => one.campaign)}::uuid[], ${consumed.map((one) => one.to)}::uuid[],
        ${consumed.map((one) => one.from)}::uuid[], ${consumed.map((one) => one.version)}::int[], ${consumed.map((one) => one.n)}::int[]
      ) AS g(campaign_id, to_id, from_id, from_version, n)
      WHERE m.campaign_id = g.campaign_id AND m.to_id = g.to_id AND m.from_id = g.from_id
        AND m.from_version = g.from_version AND m.n = g.n
    `.execute(tx)
  }
  if (heard.length > 0) {
    await sql`
      UPDATE instance i SET heard = greatest(i.heard, h.number)
      FROM (SELECT campaign_id, id, max(number) AS number FROM unnest(
        ${heard.map((one) => one.campaign)}::uuid[], ${heard.map((one) => one.id)}::uuid[], ${heard.map((one) => String(one.number))}::bigint[]
      ) AS t(campaign_id, id, number) GROUP BY campaign_id, id) AS h
      WHERE i.campaign_id = h.campaign_id AND i.id = h.id AND i.heard < h.number
    `.execute(tx)
  }
  for (const { campaign, id, timer, failure, loaded } of failed) {
    if (!loaded.failed.includes(failure)) continue
    await sql`UPDATE instance SET failed = ${loaded.failed}
              WHERE campaign_id = ${campaign} AND id = ${id}`.execute(tx)
    // No longer due: an operator sees it in `instance.failed`, the log and the refusals.
    await sql`DELETE FROM deadline WHERE campaign_id = ${campaign} AND instance_id = ${id} AND timer = ${timer}`.execute(
      tx,
    )
  }
  for (const { campaign, from, number, next, finished } of opened) {
    await sql`UPDATE opening SET next = ${next}, finished = ${finished}
              WHERE campaign_id = ${campaign} AND from_id = ${from} AND number = ${number}`.execute(tx)
  }
  for (const { campaign, from, number } of told) {
    await sql`UPDATE broadcast SET finished = true
              WHERE campaign_id = ${campaign} AND from_id = ${from} AND number = ${number}`.execute(tx)
  }
  await insertRefusals(tx, refusals)
  if (answers.length > 0) {
    await tx
      .insertInto('idempotency')
      .values(
        answers.map(({ person, idempotency, answer }) => ({
          person_id: person,
          key: idempotency.key,
          request: idempotency.request,
          answer,
          created_at: now,
        })),
      )
      .execute()
  }
}
