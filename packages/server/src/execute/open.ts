import {
  childrenOf,
  step,
  type Adjustment,
  type CampaignFacts,
  type Definition,
  type Effect,
} from '@duban/engine'
import type { OpeningRow } from '../database/schema.ts'
import { newborn, stepOf } from './take.ts'
import { takeWaiting } from './waiting.ts'
import type { Work } from './work.ts'

/** What children take over from their parent at the moment of the opening. */
export type Inherited = {
  depth: number
  unit: string | null
  unitPath: string[]
  adjustments: Adjustment[]
  doers: { [command: string]: string[] }
}

/**
 * Opens the next chunk of children. Their ids are derived from parent, kind and key, and all carry the
 * instant of the parent's transition, so it does not matter when or by which server a chunk is opened.
 */
export function takeOpening(
  opening: OpeningRow,
  chunk: number,
  definition: Definition,
  facts: CampaignFacts,
  work: Work,
): number {
  const inherited = JSON.parse(opening.inherited) as Inherited
  const end = Math.min(opening.next + chunk, opening.total)
  const children = childrenOf(
    JSON.parse(opening.effect) as Extract<Effect, { type: 'open' }>,
    facts,
    {
      id: opening.from_id,
      unit: inherited.unit,
      path: inherited.unitPath,
      number: opening.number,
    },
    opening.next,
    end,
  )
  for (const { id, key, unit, path, input } of children) {
    const stepped = step(definition, facts, null, {
      type: 'open',
      at: opening.at,
      instance: {
        campaign: opening.campaign_id,
        id,
        kind: opening.kind,
        key,
        unit,
      },
      cause: { instance: opening.from_id, version: opening.from_version, hash: opening.from_hash },
      input,
      adjustments: inherited.adjustments,
      doers: inherited.doers,
    })
    if (!stepped.ok) {
      // The definition fails on this one item; the others shall not wait for it.
      work.refusals.push({
        campaign: opening.campaign_id,
        instance: opening.from_id,
        at: opening.at,
        person: null,
        event: `open ${opening.kind} ${key}`,
        refusal: stepped.refusal,
      })
      work.unopened.push({
        campaign: opening.campaign_id,
        kind: opening.kind,
        definition,
        by: {
          id: opening.from_id,
          version: opening.from_version,
          hash: opening.from_hash,
          at: opening.at,
        },
      })
      continue
    }
    const heard = BigInt(opening.number)
    const loaded = newborn(definition, facts, stepped.instance, inherited.depth, path, heard)
    work.steps.push({ ...stepOf(stepped), loaded, definition })
    takeWaiting(loaded, opening.at, work)
  }
  work.opened.push({
    campaign: opening.campaign_id,
    from: opening.from_id,
    number: opening.number,
    next: end,
    finished: end === opening.total,
  })
  return children.length
}
