import type { CampaignFacts, CampaignUnit, PinnedDefinition } from '@duban/engine'
import type { Db, Tx } from '../database/open.ts'
import type { Definitions } from '../definitions.ts'

// A campaign's facts for a version never change once they are committed, and those of 10,000 units take
// milliseconds to parse: the last few are kept.
const MOST = 200
const caches = new WeakMap<Db, Map<string, CampaignFacts>>()

/**
 * The facts of a campaign for one of the versions that it ran on, or undefined when it did not. Within a
 * transaction they are read `on` it: to ask for a second connection while holding one is how a small pool starves.
 */
export async function factsOf(
  db: Db,
  campaign: string,
  definition: string,
  on: Db | Tx = db,
): Promise<CampaignFacts | undefined> {
  const cache = caches.get(db) ?? new Map<string, CampaignFacts>()
  caches.set(db, cache)
  const key = `${campaign} ${definition}`
  const known = cache.get(key)
  if (known) return known
  const row = await on
    .selectFrom('campaign_facts')
    .select('facts')
    .where('campaign_id', '=', campaign)
    .where('definition', '=', definition)
    .executeTakeFirst()
  if (!row) return undefined
  const facts = JSON.parse(row.facts) as CampaignFacts
  const oldest = cache.size >= MOST ? cache.keys().next().value : undefined
  if (oldest !== undefined) cache.delete(oldest)
  cache.set(key, facts)
  return facts
}

/** What an instance runs on: a version of the definition by its name, and the campaign's facts for it. */
export async function pinnedDefinition(
  db: Db,
  definitions: Definitions,
  campaign: string,
  name: string,
  on: Db | Tx = db,
): Promise<PinnedDefinition | undefined> {
  const definition = definitions.byName(name)
  const facts = definition && (await factsOf(db, campaign, name, on))
  return facts && { definition, campaign: facts }
}

const indexes = new WeakMap<CampaignFacts, Map<string, CampaignUnit>>()

/** A participating unit. */
export function unitOf(facts: CampaignFacts, id: string | null): CampaignUnit | undefined {
  if (id === null) return undefined
  const index = indexes.get(facts) ?? new Map(facts.units.map((unit) => [unit.id, unit]))
  indexes.set(facts, index)
  return index.get(id)
}
