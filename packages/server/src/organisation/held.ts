import type { Db } from '../database/open.ts'

export type Held = {
  campaign: string
  role: string
  unit: string | null
  from: string | null
  until: string | null
}

/** The assignments of a person, in all campaigns. */
export async function assignmentsHeld(db: Db, person: string): Promise<Held[]> {
  const rows = await db
    .selectFrom('assignment')
    .select(['campaign_id', 'role', 'unit_id', 'from_at', 'until_at'])
    .where('person_id', '=', person)
    .where('revoked_at', 'is', null)
    .orderBy('campaign_id')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    campaign: row.campaign_id,
    role: row.role,
    unit: row.unit_id,
    from: row.from_at,
    until: row.until_at,
  }))
}
