import {
  childrenOf,
  openEvent,
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
  performedBy: { [command: string]: string[] }
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
  const { campaign_id: campaign, kind, at, from_id: id, from_version: version } = opening
  const by = { id, version, hash: opening.from_hash, at }
  const cause = { instance: id, version, hash: opening.from_hash }
  const { adjustments, performedBy } = inherited
  const shared = { campaign, kind, at, cause, adjustments, performedBy }
  for (const child of children) {
    const stepped = step(definition, facts, null, openEvent(shared, child))
    if (!stepped.ok) {
      // The definition fails on this one item; the others shall not wait for it.
      const event = `open ${kind} ${child.key}`
      const { refusal } = stepped
      work.refusals.push({ campaign, instance: id, at, person: null, event, refusal })
      work.unopened.push({ campaign, kind, definition, by })
      continue
    }
    const heard = BigInt(opening.number)
    const loaded = newborn(definition, facts, stepped.instance, inherited.depth, child.path, heard)
    work.steps.push({ ...stepOf(stepped), loaded, definition })
    takeWaiting(loaded, at, work)
  }
  work.opened.push({
    campaign,
    from: id,
    number: opening.number,
    next: end,
    finished: end === opening.total,
  })
  return children.length
}
