import { demoBureau } from '@duban/definitions'
import type { Db } from '../database/open.ts'
import { putPeople } from '../organisation/people.ts'
import { putUnits } from '../organisation/units.ts'

/** A county justice bureau with its sections and people, put in at each start. */
export async function seedDemo(db: Db): Promise<void> {
  await putUnits(db, demoBureau.units)
  await putPeople(
    db,
    demoBureau.people.map(({ id, name, unit, builtIn }) => ({ id, name, unit, roles: builtIn })),
  )
}
