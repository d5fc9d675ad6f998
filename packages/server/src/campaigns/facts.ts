import type { CampaignFacts, CampaignUnit } from '@duban/engine'
import type { Db, Tx } from '../database/open.ts'

// A campaign's facts never change once they are committed, and those of 10,000 units take milliseconds to
// parse: the last few are kept.
const MOST = 200
const caches = new WeakMap<Db, Map<string, CampaignFacts>>()

/**
 * The facts of a campaign, or undefined when there is none. Within a transaction they are read `on` it: to
 * ask for a second connection while holding one is how a small pool starves.
 */
export async function factsOf(
  db: Db,
  campaign: string,
  on: Db | Tx = db,
): Promise<CampaignFacts | undefined> {
  const cache = caches.get(db) ?? new Map<string, CampaignFacts>()
  caches.set(db, cache)
  const known = cache.get(campaign)
  if (known) return known
  const row = await on
    .selectFrom('campaign')
    .select('facts')
    .where('campaign_id', '=', campaign)
    .executeTakeFirst()
  if (!row) return undefined
  const facts = JSON.parse(row.facts) as CampaignFacts
  const oldest = cache.size >= MOST ? cache.keys().next().value : undefined
  if (oldest !== undefined) cache.delete(oldest)
  cache.set(campaign, facts)
  return facts
}

const indexes = new WeakMap<CampaignFacts, Map<string, CampaignUnit>>()

/** A participating unit. */
export function unitOf(facts: CampaignFacts, id: string | null): CampaignUnit | undefined {
  if (id === null) return undefined
  const index = indexes.get(facts) ?? new Map(facts.units.map((unit) => [unit.id, unit]))
  indexes.set(facts, index)
  return index.get(id)
}
