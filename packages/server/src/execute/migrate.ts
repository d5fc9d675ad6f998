import {
  asksToMigrate,
  migrationTarget,
  proveMigration,
  type Instance,
  type LoadedInstance,
  type PinnedDefinition,
  type Refused,
} from '@duban/engine'
import { sql } from 'kysely'
import type { Tx } from '../database/open.ts'
import type { InstanceRow } from '../database/schema.ts'
import type { Batch, BatchContext } from './batchState.ts'
import { takeCommand } from './command.ts'
import { insertFacts, insertUsed } from './create.ts'
import { keyOf, type CommandRequest, type Outcome } from './request.ts'
import { instanceOf } from './rows.ts'

// Read and tried so many at a time; an instance takes 0.2 ms (docs/decisions/017).
const PAGE = 500

/**
 * A person's `campaign.migrate`. Under the exclusive lock of its campaign, in which nothing else is due, every
 * instance is tried in the new version first: if one has no place there, the act is refused and nothing changes
 * (law 7). Then the root takes it, and the others follow when they hear of it, which cannot fail any more.
 */
export async function takeMigration(request: CommandRequest, context: BatchContext, batch: Batch): Promise<Outcome> {
  const { tx, state } = context
  const { now, unsettled } = state
  const { campaign, asker, idempotency } = request
  const key = keyOf(campaign, request.instance)
  const loaded = state.instances.get(key)
  const answered = idempotency && state.answers.has(keyOf(asker.person, idempotency.key))
  const tried = loaded && !answered && !unsettled.has(key) && asksToMigrate(loaded, request, now)
  const proved = tried ? await prove(request, loaded, context) : undefined
  if (proved?.ok) loaded?.versions.set(proved.to.definition.name, proved.to)
  const outcome = takeCommand(request, state, batch, proved?.ok === false ? proved : undefined)
  if (outcome.type === 'answer' && outcome.answer.ok && proved?.ok) {
    batch.migrated.add(campaign)
    const { definition, campaign: facts } = proved.to
    await insertUsed(tx, definition, now)
    await insertFacts(tx, facts)
    await tx.updateTable('campaign').set({ definition: definition.name }).where('campaign_id', '=', campaign).execute()
  }
  return outcome
}

async function prove(
  { payload }: CommandRequest,
  { definition, facts: campaign, instance }: LoadedInstance,
  { tx, state: { now }, definitions }: BatchContext,
): Promise<{ ok: true; to: PinnedDefinition } | Refused> {
  const from: PinnedDefinition = { definition, campaign }
  const target = migrationTarget(from, payload, definitions.byName)
  if (!target.ok) return target
  const proof = proveMigration(from, target.to, now > instance.at ? now : instance.at)
  for await (const one of activeInstances(tx, campaign.id)) proof.try(one.instance, one.runsOn)
  return proof.refusal() ?? target
}

async function* activeInstances(tx: Tx, campaign: string): AsyncGenerator<{ instance: Instance; runsOn: string }> {
  for (let after: string | null = null; ;) {
    const { rows }: { rows: InstanceRow[] } = await sql<InstanceRow>`
      SELECT * FROM instance
      WHERE campaign_id = ${campaign} AND status = 'active' AND (${after}::uuid IS NULL OR id > ${after}::uuid)
      ORDER BY id LIMIT ${PAGE}
    `.execute(tx)
    for (const row of rows) yield { instance: instanceOf(row), runsOn: row.definition }
    if (rows.length < PAGE) return
    after = rows.at(-1)?.id ?? null
  }
}
