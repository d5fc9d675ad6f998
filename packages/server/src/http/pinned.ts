import type { Definition, PinnedDefinition } from '@duban/engine'
import type { Access } from '../campaigns/access.ts'
import { pinnedDefinition } from '../execute/facts.ts'
import { DefinitionUnavailable } from '../definitions.ts'
import type { Context } from './context.ts'

/** The version that a campaign runs on now. Instances may be behind for a moment: `pinsIn` for them. */
export function definitionOf({ definitions }: Context, { facts }: Access): Definition {
  const definition = definitions.byName(facts.definition)
  if (!definition) throw new DefinitionUnavailable(facts.definition)
  return definition
}

/** What some instances of one campaign run on, by the name of the version. */
export async function pinsIn(
  { db, definitions }: Context,
  rows: { campaign_id: string; definition: string }[],
): Promise<(name: string) => PinnedDefinition> {
  const pins = new Map<string, PinnedDefinition>()
  for (const { campaign_id, definition } of rows) {
    if (pins.has(definition)) continue
    const pinned = await pinnedDefinition(db, definitions, campaign_id, definition)
    if (pinned) pins.set(definition, pinned)
  }
  return (name) => {
    const pinned = pins.get(name)
    if (!pinned) throw new DefinitionUnavailable(name)
    return pinned
  }
}
