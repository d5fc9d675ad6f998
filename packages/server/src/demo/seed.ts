import { demoOrganisation } from '@duban/definitions'
import type { Db } from '../database/open.ts'
import { putPeople } from '../organisation/people.ts'
import { putUnits } from '../organisation/units.ts'

/** The demo organisation, put in at each start. */
export async function seedDemo(db: Db): Promise<void> {
  await putUnits(db, demoOrganisation.units)
  await putPeople(
    db,
    demoOrganisation.people.map(({ id, name, unit, builtIn }) => ({
      id,
      name,
      unit,
      roles: builtIn,
    })),
  )
}
