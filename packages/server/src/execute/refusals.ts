import type { Json } from '@duban/engine'
import { insertAll } from '../database/bulk.ts'
import type { Db } from '../database/open.ts'

/** `campaign` and `instance` are null where the very start of a campaign was refused. */
export type RefusalRow = {
  campaign: string | null
  instance: string | null
  at: string
  person: string | null
  event: string
  refusal: { code: string; rule?: string; issues?: Json }
}

/** Law 6: who asked what in vain, and which rule refused it. */
export async function insertRefusals(db: Db, refusals: RefusalRow[]): Promise<void> {
  await insertAll(
    db,
    'refusal',
    refusals.map(({ campaign, instance, at, person, event, refusal: { code, rule = null, issues } }) => {
      const detail = issues === undefined ? null : JSON.stringify(issues)
      return { campaign_id: campaign, instance_id: instance, at, person_id: person, event, code, rule, detail }
    }),
  )
}

/** The start of a campaign that was refused: there is no campaign to keep it with. */
export function refusedStart(at: string, person: string, refusal: RefusalRow['refusal']): RefusalRow {
  return { campaign: null, instance: null, at, person, event: 'campaign.start', refusal }
}
