import { start, type CampaignFacts, type Definition, type Instant } from '@duban/engine'
import { insertAll } from '../database/bulk.ts'
import type { Tx } from '../database/open.ts'
import type { Batch, BatchContext } from './batchState.ts'
import { again } from './command.ts'
import { refusedStart } from './refusals.ts'
import { keyOf, type Answer, type CreateRequest, type Outcome } from './request.ts'

/** A person starts a campaign: its own rows now, the root with the other instances of the batch. */
export async function takeCreate(request: CreateRequest, context: BatchContext, batch: Batch): Promise<Outcome> {
  const { facts, asker, idempotency } = request
  const { tx, state, definitions } = context
  const { now } = state
  const given = idempotency && state.answers.get(keyOf(asker.person, idempotency.key))
  if (given) return again(given, idempotency.request)
  const definition = definitions.byName(facts.definition)
  if (!definition) throw new Error(`no definition ${facts.definition}`)
  const started = start(definition, facts, request, now, batch.work)
  if (!started.ok) {
    batch.refusals.push(refusedStart(now, asker.person, started.refusal))
    return { type: 'answer', answer: started }
  }
  await insertCampaign(tx, definition, facts, now)
  const { loaded, transition, hash } = started
  const answer: Answer = { ok: true, instance: loaded.instance, transition, hash }
  if (idempotency) batch.answers.push({ person: asker.person, idempotency, answer })
  return { type: 'answer', answer }
}

async function insertCampaign(tx: Tx, definition: Definition, facts: CampaignFacts, now: Instant): Promise<void> {
  const { id: campaign_id, title, startsOn, organiser, units } = facts
  await insertUsed(tx, definition, now)
  await tx
    .insertInto('campaign')
    .values({
      campaign_id,
      definition: definition.name,
      title,
      starts_on: startsOn,
      organiser: organiser.unit,
      organiser_path: organiser.path,
      created_at: now,
    })
    .execute()
  await insertFacts(tx, facts)
  const taking = units.map(({ id: unit_id, path }) => ({ campaign_id, unit_id, path }))
  await insertAll(tx, 'campaign_unit', taking)
}

/** What a campaign runs on from now on; those who have not heard of it yet still run on what is kept beside it. */
export async function insertFacts(tx: Tx, facts: CampaignFacts): Promise<void> {
  const { id: campaign_id, definition } = facts
  await insertAll(tx, 'campaign_facts', [{ campaign_id, definition, facts: JSON.stringify(facts) }])
}

/** From its first use on a definition never changes (law 7): what it is now is kept, and compared at each start. */
export async function insertUsed(tx: Tx, { name, fingerprint, document }: Definition, now: Instant): Promise<void> {
  await tx
    .insertInto('definition')
    .values({ name, fingerprint, document: JSON.stringify(document), used_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
