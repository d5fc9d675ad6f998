import { deadlineChanges, outboxOf, planTallies, settleTallies } from '@duban/engine'
import type { Instant, LoadedInstance, UnitOfWork } from '@duban/engine'
import { deleteAll, insertAll, table, updateAll, type Cells } from '../database/bulk.ts'
import type { Tx } from '../database/open.ts'
import { sql } from 'kysely'
import type { Batch } from './batchState.ts'
import { insertRefusals } from './refusals.ts'
import {
  assignmentColumns,
  broadcastColumns,
  changingColumns,
  instanceColumns,
  messageColumns,
  messageKey,
  noticeColumns,
  numberKey,
  spawnColumns,
} from './rows.ts'
import { readTallies, writeTallies } from './tallies.ts'

/**
 * Writes a batch, each table in one statement, whatever the size of the batch. `now` is when it is recorded. Counts
 * of children are read and locked first, so that their locks come in the same order in every batch.
 */
export async function append(tx: Tx, { work, answers, refusals }: Batch, now: Instant): Promise<void> {
  const plan = planTallies(work)
  const tallies = settleTallies(plan, await readTallies(tx, plan))
  await writeInstances(tx, work)
  await insertAll(
    tx,
    'transition',
    work.steps.map(({ recorded: { transition, record, hash } }) => {
      const { campaign: campaign_id, instance: instance_id, version, event } = transition
      return { campaign_id, instance_id, version, at: event.at, recorded_at: now, record, hash }
    }),
  )
  await writeDeadlines(tx, work)
  await deleteAll(tx, 'message', work.consumed.map(messageKey))
  await writeOutbox(tx, work)
  await writeTallies(tx, tallies)
  await updateAll(
    tx,
    'spawn',
    ['campaign_id', 'from_id', 'number'],
    work.spawned.map(({ spawn, next }) => ({ ...numberKey(spawn), next })),
  )
  const delivered = work.delivered.map(numberKey)
  if (delivered.length > 0) {
    await sql`
      UPDATE broadcast b SET finished = true FROM ${table('d', delivered)}
      WHERE b.campaign_id = d.campaign_id AND b.from_id = d.from_id AND b.number = d.number
    `.execute(tx)
  }
  await insertRefusals(tx, [...work.refusals, ...refusals])
  await insertAll(
    tx,
    'idempotency',
    answers.map(({ person, idempotency: { key, request }, answer }) => {
      return { person_id: person, key, request, answer: JSON.stringify(answer), created_at: now }
    }),
  )
}

/** New ones are inserted, those that stepped updated; one that only took a broadcast, or put a deadline aside, keeps its state. */
async function writeInstances(tx: Tx, { touched, steps }: UnitOfWork): Promise<void> {
  const stepped = new Set(steps.map(({ loaded }) => loaded))
  const all = [...touched]
  const those = (which: (one: LoadedInstance, isNew: boolean) => boolean): LoadedInstance[] =>
    all.flatMap(([one, before]) => (which(one, before.instance === null) ? [one] : []))
  const key = ['campaign_id', 'id']
  await insertAll(tx, 'instance', those((_, isNew) => isNew).map(instanceColumns))
  await updateAll(tx, 'instance', key, those((one, isNew) => !isNew && stepped.has(one)).map(changingColumns))
  const unmoved = those((one, isNew) => !isNew && !stepped.has(one))
  await updateAll(
    tx,
    'instance',
    key,
    unmoved.map(({ instance: { campaign, id }, cursor, failed }) => {
      return { campaign_id: campaign, id, cursor: String(cursor), failed }
    }),
  )
}

async function writeDeadlines(tx: Tx, work: UnitOfWork): Promise<void> {
  const { gone, set } = deadlineChanges(work)
  await deleteAll(
    tx,
    'deadline',
    gone.map(({ loaded, timer }) => deadlineKey(loaded, timer)),
  )
  const rows = set.map(({ loaded, timer, is: { date, reminder = null, due } }) => {
    return { ...deadlineKey(loaded, timer), date_name: date, reminder, due, depth: loaded.depth }
  })
  if (rows.length === 0) return
  await sql`
    INSERT INTO deadline (campaign_id, instance_id, timer, date_name, reminder, due, depth)
    SELECT campaign_id, instance_id, timer, date_name, reminder, due, depth FROM ${table('d', rows)}
    ON CONFLICT (campaign_id, instance_id, timer) DO UPDATE SET due = excluded.due
  `.execute(tx)
}

function deadlineKey({ instance }: LoadedInstance, timer: string): Cells {
  return { campaign_id: instance.campaign, instance_id: instance.id, timer }
}

/** What the steps asked for beside their own instances, by rows that others will find. */
async function writeOutbox(tx: Tx, work: UnitOfWork): Promise<void> {
  const { spawns, broadcasts, messages, notices, grants, revocations } = outboxOf(work)
  await insertAll(tx, 'spawn', spawns.map(spawnColumns))
  await insertAll(tx, 'broadcast', broadcasts.map(broadcastColumns))
  await insertAll(tx, 'message', messages.map(messageColumns))
  await insertAll(tx, 'notice', notices.map(noticeColumns))
  await insertAll(
    tx,
    'assignment',
    grants.map(({ campaign, assignment }) => assignmentColumns(campaign, assignment)),
  )
  const revoked = revocations.map(({ campaign, assignment: id, at }) => ({ campaign_id: campaign, id, revoked_at: at }))
  await updateAll(tx, 'assignment', ['campaign_id', 'id'], revoked)
}
