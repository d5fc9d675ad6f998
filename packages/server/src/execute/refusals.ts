import type { Db, Tx } from '../database/open.ts'
import type { RefusalRecord } from './work.ts'

/** Law 6: who asked what in vain, and which rule refused it. */
export async function insertRefusals(db: Db | Tx, refusals: RefusalRecord[]): Promise<void> {
  if (refusals.length === 0) return
  await db
    .insertInto('refusal')
    .values(
      refusals.map(({ campaign, instance, at, person, event, refusal }) => ({
        campaign_id: campaign,
        instance_id: instance,
        at,
        person_id: person,
        event,
        code: refusal.code,
        rule: refusal.rule ?? null,
        detail: refusal.issues === undefined ? null : JSON.stringify(refusal.issues),
      })),
    )
    .execute()
}

/** The start of a campaign that was refused: there is no campaign to keep it with. */
export function refusedStart(at: string, person: string, refusal: RefusalRecord['refusal']): RefusalRecord {
  return { campaign: null, instance: null, at, person, event: 'campaign.start', refusal }
}
