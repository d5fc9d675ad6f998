import {
  authorize,
  factsFor,
  readAct,
  takeOver,
  type PinnedDefinition,
  type Instance,
  type Instant,
  type Refusal,
  type Unplaced,
} from '@duban/engine'
import { sql } from 'kysely'
import type { Tx } from '../database/open.ts'
import type { InstanceRow } from '../database/schema.ts'
import type { Definitions } from '../definitions.ts'
import { instanceOf, place, versionIn, type Footed, type Ground, type Loaded } from './load.ts'
import type { CommandRequest, Outcome, Request } from './request.ts'
import { takeCommand } from './take.ts'
import { noteUsed } from './used.ts'
import { later } from './waiting.ts'
import type { Work } from './work.ts'

// Read and tried so many at a time; an instance takes 0.2 ms (docs/decisions/017).
const PAGE = 500
// Who must mend the new version needs the kinds of trouble, not each instance.
const MOST_ISSUES = 20

export function isMigration(request: Request): request is CommandRequest {
  return request.type === 'command' && request.command === 'campaign.migrate'
}

/**
 * A person's `campaign.migrate`. Under the exclusive lock of its campaign, in which nothing else is due, every
 * instance is tried in the new version first: if one has no place there, the act is refused and nothing changes
 * (law 7). Then the root takes it, and the others follow when they hear of it, which cannot fail any more.
 */
export async function takeMigration(
  tx: Tx,
  request: CommandRequest,
  ground: Ground,
  definitions: Definitions,
  now: Instant,
  work: Work,
): Promise<Outcome> {
  const loaded = ground.instances.get(place(request.campaign, request.instance))
  const tried = loaded && (await tryFirst(tx, request, loaded, ground, definitions, now))
  if (loaded && tried) {
    ground.migrations.set(request.campaign, tried)
    if (tried.ok) loaded.versions.set(tried.pinned.definition.name, tried.pinned)
  }
  const outcome = takeCommand(request, ground, now, work)
  if (outcome.ok === true && tried?.ok) {
    work.migrated.add(request.campaign)
    await keepFooting(tx, request.campaign, tried.pinned, now)
  }
  return outcome
}

/** Undefined when it will not come to that: the request is answered already, not permitted, or makes no sense. */
async function tryFirst(
  tx: Tx,
  request: CommandRequest,
  loaded: Loaded,
  ground: Ground,
  definitions: Definitions,
  now: Instant,
): Promise<Footed | undefined> {
  const { asker, command, idempotency, campaign } = request
  const { definition, facts, instance } = loaded
  const from: PinnedDefinition = { definition, campaign: facts }
  const at = later(now, instance.at)
  const answered = idempotency && ground.answers.has(place(asker.person, idempotency.key))
  const undecided = ground.unsettled.has(place(campaign, request.instance))
  const read = readAct(command, request.payload)
  if (answered || undecided || !read.ok) return undefined
  if (instance.parent !== null || instance.state.status !== 'active') return undefined
  if (request.ifMatch !== undefined && request.ifMatch !== instance.version) return undefined
  const grounds = { ...from, assignments: [], instance }
  if (!authorize(grounds, { command, at, asker }).ok) return undefined

  const name = versionIn(definition, read.payload)
  const next = definitions.byName(name)
  if (!next?.takesOver[definition.version]) {
    const detail = next
      ? {
          zh: `该版本不承接 ${definition.name}`,
          en: `it does not take over from ${definition.name}`,
        }
      : { zh: '本服务器没有该版本', en: 'this server has no such version' }
    return { ok: false, refusal: { code: 'cannot_migrate', rule: name, detail } }
  }
  const made = factsFor(next, facts)
  if (!made.ok) return made
  const to: PinnedDefinition = { definition: next, campaign: made.facts }
  const unplaced = await tryAll(tx, from, to, at)
  if (unplaced.length === 0) return { ok: true, pinned: to }
  const refusal: Refusal = {
    code: 'cannot_migrate',
    rule: `${definition.name} → ${name}`,
    issues: unplaced.slice(0, MOST_ISSUES),
  }
  return { ok: false, refusal }
}

type Trouble = Unplaced & { instances: number }

/** The proof: what has no place in the new version, by kind, state and reason, and how often. */
async function tryAll(tx: Tx, from: PinnedDefinition, to: PinnedDefinition, at: Instant): Promise<Trouble[]> {
  const troubles = new Map<string, Trouble>()
  const note = (one: Unplaced): void => {
    const key = JSON.stringify(one)
    const known = troubles.get(key)
    troubles.set(key, { ...one, instances: (known?.instances ?? 0) + 1 })
  }
  for await (const { instance, definition } of activeInstances(tx, from.campaign.id)) {
    if (definition !== from.definition.name) {
      const state = JSON.stringify(instance.state.snapshot['value'])
      note({ kind: instance.kind, state, reason: `still runs on ${definition}` })
      continue
    }
    const taken = takeOver(from, to, instance, at)
    if (!taken.ok) for (const one of taken.refusal.issues as Unplaced[]) note(one)
  }
  return [...troubles.values()]
}

async function* activeInstances(tx: Tx, campaign: string): AsyncGenerator<{ instance: Instance; definition: string }> {
  for (let after: string | null = null; ;) {
    const { rows }: { rows: InstanceRow[] } = await sql<InstanceRow>`
      SELECT * FROM instance
      WHERE campaign_id = ${campaign} AND status = 'active' AND (${after}::uuid IS NULL OR id > ${after}::uuid)
      ORDER BY id LIMIT ${PAGE}
    `.execute(tx)
    for (const row of rows) yield { instance: instanceOf(row), definition: row.definition }
    if (rows.length < PAGE) return
    after = rows.at(-1)?.id ?? null
  }
}

/** What the campaign runs on from now on; those who have not heard yet still run on what is kept beside it. */
async function keepFooting(
  tx: Tx,
  campaign: string,
  { definition, campaign: facts }: PinnedDefinition,
  now: Instant,
): Promise<void> {
  await noteUsed(tx, definition, now)
  await tx
    .insertInto('campaign_facts')
    .values({
      campaign_id: campaign,
      definition: definition.name,
      facts: JSON.stringify(facts),
    })
    .execute()
  await tx.updateTable('campaign').set({ definition: definition.name }).where('campaign_id', '=', campaign).execute()
}
