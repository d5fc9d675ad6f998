import { canonical, pinnedDefinitions, type CampaignFacts, type PinnedDefinition, type Transition } from '@duban/engine'
import type { Db } from '../database/open.ts'
import type { Definitions } from '../definitions.ts'
import { instanceHistory } from './history.ts'

/** `names` are the versions in order; `pins` has those that could be computed. */
export type RecordedFootings = {
  facts: CampaignFacts
  names: string[]
  pins: Map<string, PinnedDefinition>
}

/**
 * What the campaign ran on, as the root's history has it: the facts of its first transition, and each version
 * that it was migrated to, with the facts computed anew.
 */
export async function recordedFootings(db: Db, definitions: Definitions, campaign: string): Promise<RecordedFootings> {
  let facts: CampaignFacts | undefined
  const later: string[] = []
  for await (const { record } of instanceHistory(db, campaign, campaign)) {
    try {
      const { event, definition } = JSON.parse(record) as Transition
      if (event.type === 'open') facts ??= event.campaign
      if (event.type === 'act' && event.act === 'campaign.migrate') later.push(definition)
    } catch {
      // Somebody wrote into the record; the replay names it.
    }
  }
  facts ??= await oldestFacts(db, campaign)
  const names = [facts.definition, ...later]
  return { facts, names, pins: pinnedDefinitions(facts, later, definitions.byName) }
}

/** Where the root's first transition is not to be read, the replay says so; the rest is read by the table's facts. */
async function oldestFacts(db: Db, campaign: string): Promise<CampaignFacts> {
  const row = await db
    .selectFrom('campaign_facts')
    .innerJoin('definition', 'definition.name', 'campaign_facts.definition')
    .select('facts')
    .where('campaign_id', '=', campaign)
    .orderBy('definition.used_at')
    .orderBy('definition.name')
    .executeTakeFirstOrThrow()
  return JSON.parse(row.facts) as CampaignFacts
}

/** The versions for which the table keeps other facts than the history gives, or which the history does not know. */
export async function unlikeRecorded(
  db: Db,
  campaign: string,
  { names, pins }: Pick<RecordedFootings, 'names' | 'pins'>,
): Promise<string[]> {
  const rows = await db
    .selectFrom('campaign_facts')
    .select(['definition', 'facts'])
    .where('campaign_id', '=', campaign)
    .orderBy('definition')
    .execute()
  return rows.flatMap(({ definition, facts }) => {
    const its = pins.get(definition)?.campaign
    // Of a version that is not at hand nothing can be said; the replay names the transitions made with it.
    const unlike = its ? canonical(its) !== sorted(facts) : !names.includes(definition)
    return unlike ? [definition] : []
  })
}

function sorted(text: string): string {
  try {
    return canonical(JSON.parse(text))
  } catch {
    return ''
  }
}
