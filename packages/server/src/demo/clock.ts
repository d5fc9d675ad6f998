import type { Instant } from '@duban/engine'
import type { Clock } from '../clock.ts'
import type { Db } from '../database/open.ts'

/** A clock that can be set, kept in the database, so that a restart goes on from there. */
export type DemoClock = Clock & {
  set: (now: Instant, running: boolean) => Promise<void>
  running: () => boolean
}

type StoredTransition = { offset: number } | { still: Instant }

export async function openDemoClock(db: Db, system: Clock): Promise<DemoClock> {
  const row = await db.selectFrom('demo').select('value').where('name', '=', 'clock').executeTakeFirst()
  let kept: StoredTransition = (row?.value as StoredTransition | undefined) ?? { offset: 0 }
  return {
    now: () => ('still' in kept ? kept.still : new Date(Date.parse(system.now()) + kept.offset).toISOString()),
    running: () => 'offset' in kept,
    set: async (now, running) => {
      kept = running ? { offset: Date.parse(now) - Date.parse(system.now()) } : { still: now }
      const value = JSON.stringify(kept)
      await db
        .insertInto('demo')
        .values({ name: 'clock', value })
        .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
        .execute()
    },
  }
}
