import type { Definition, Footing } from '@duban/engine'
import type { Access } from '../campaigns/access.ts'
import { footingOf } from '../campaigns/facts.ts'
import { DefinitionUnavailable } from '../definitions.ts'
import type { Context } from './context.ts'

/** The version that a campaign runs on now. Instances may be behind for a moment: `footingsIn` for them. */
export function definitionOf({ definitions }: Context, { facts }: Access): Definition {
  const definition = definitions.byName(facts.definition)
  if (!definition) throw new DefinitionUnavailable(facts.definition)
  return definition
}

/** What some instances of one campaign run on, by the name of the version. */
export async function footingsIn(
  { db, definitions }: Context,
  rows: { campaign_id: string; definition: string }[],
): Promise<(name: string) => Footing> {
  const footings = new Map<string, Footing>()
  for (const { campaign_id, definition } of rows) {
    if (footings.has(definition)) continue
    const footing = await footingOf(db, definitions, campaign_id, definition)
    if (footing) footings.set(definition, footing)
  }
  return (name) => {
    const footing = footings.get(name)
    if (!footing) throw new DefinitionUnavailable(name)
    return footing
  }
}
