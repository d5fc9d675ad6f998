import type { Effect } from '../campaign/effect.ts'
import type { OpenEvent } from '../campaign/event.ts'
import { derivedId } from '../data/hash.ts'
import type { CampaignFacts, CampaignUnit } from '../campaign/instance.ts'
import type { Json, JsonObject } from '../data/json.ts'
import { getOwn } from '../data/getOwn.ts'

type Open = Extract<Effect, { type: 'open' }>

/** A child to be opened: who it is, and what its machine starts from. */
export type Child = { id: string; key: string; unit: string | null; path: string[]; input: Json }

/** The instance that opens, and the number of the effect among all of its effects, which makes keys unique. */
export type Opener = { id: string; unit: string | null; path: string[]; number: string }

/** Room for so many effects in one step: `version * EFFECTS_PER_STEP + index` numbers all effects of an instance. */
export const EFFECTS_PER_STEP = 1024

/** What children of one opening share: its instant and cause, and what they take over from their parent. */
export type Opening = Pick<OpenEvent, 'at' | 'cause' | 'adjustments' | 'performedBy'> & {
  campaign: string
  kind: string
}

/** The event with which a child begins. */
export function openEvent(
  { campaign, kind, at, cause, adjustments, performedBy }: Opening,
  { id, key, unit, input }: Child,
): OpenEvent {
  const instance = { campaign, id, kind, key, unit }
  return { type: 'open', at, instance, cause, input, adjustments, performedBy }
}

/** How many children an effect opens. */
export function childCount(effect: Open, facts: CampaignFacts, opener: Pick<Opener, 'unit'>): number {
  return Array.isArray(effect.items) ? effect.items.length : unitsOf(effect.items, facts, opener.unit).length
}

/**
 * The children that an effect opens, from the one numbered `from` to before the one numbered `to`. Ids are
 * derived from opener, kind and key, so that whoever opens them, and in whichever portions, gives the same.
 */
export function childrenOf(
  effect: Open,
  facts: CampaignFacts,
  opener: Opener,
  from = 0,
  to = Number.POSITIVE_INFINITY,
): Child[] {
  const child = (key: string, unit: string | null, path: string[], input: Json): Child => ({
    id: derivedId(opener.id, effect.kind, key),
    key,
    unit,
    path,
    input,
  })
  const withMore = (input: Json): Json => (effect.with ? { ...(input as JsonObject), ...effect.with } : input)
  if (!Array.isArray(effect.items)) {
    return unitsOf(effect.items, facts, opener.unit)
      .slice(from, to)
      .map((unit) => child(unit.id, unit.id, unit.path, withMore(unit as unknown as Json)))
  }
  return effect.items.slice(from, to).map((one, index) => {
    const item = withMore(one)
    const key = `${opener.number}.${from + index}`
    const named = effect.unit === undefined ? undefined : unitNamed(item, effect.unit, facts)
    return named ? child(key, named.id, named.path, item) : child(key, opener.unit, opener.path, item)
  })
}

/** The participating unit that an item names; undefined when it names none. */
function unitNamed(item: Json, member: string, { units }: CampaignFacts): CampaignUnit | undefined {
  const id = typeof item === 'object' && item !== null && !Array.isArray(item) && getOwn(item, member)
  return typeof id === 'string' ? units.find((unit) => unit.id === id) : undefined
}

function unitsOf(which: 'units' | 'unitsBelow', facts: CampaignFacts, unit: string | null): CampaignUnit[] {
  return which === 'units' ? facts.units : (below(facts.units).get(unit) ?? [])
}

// A campaign's units never change, so who is next below whom is found once.
const trees = new WeakMap<CampaignUnit[], Map<string | null, CampaignUnit[]>>()

function below(units: CampaignUnit[]): Map<string | null, CampaignUnit[]> {
  const known = trees.get(units)
  if (known) return known
  const taking = new Set(units.map(({ id }) => id))
  const made = Map.groupBy(units, ({ path }) => path.slice(0, -1).findLast((id) => taking.has(id)) ?? null)
  trees.set(units, made)
  return made
}
