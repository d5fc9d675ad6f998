import type { Definition, Instant } from '@duban/engine'
import type { Tx } from '../database/open.ts'

/** From its first use on a definition never changes (law 7): what it is now is kept, and compared at each start. */
export async function noteUsed(tx: Tx, definition: Definition, now: Instant): Promise<void> {
  await tx
    .insertInto('definition')
    .values({
      name: definition.name,
      fingerprint: definition.fingerprint,
      document: JSON.stringify(definition.document),
      used_at: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
