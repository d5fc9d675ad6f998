import { canonical, type Json } from '@duban/engine'
import type { Db } from './database/open.ts'
import type { Definitions } from './definitions.ts'

/** Somebody must mend the release, or the database is another's. */
export class DefinitionsChangedError extends Error {}

/**
 * Law 7: a definition that campaigns have used never changes, and may not be missing.
 *
 * @throws {DefinitionsChangedError} naming what differs
 */
export async function checkFingerprints(db: Db, definitions: Definitions, demo: boolean): Promise<void> {
  const used = await db.selectFrom('definition').selectAll().orderBy('name').execute()
  const wrong = used.flatMap(({ name, fingerprint, document }) => {
    const present = definitions.byName(name)
    if (!present) return [`${name}: campaigns use it, but this release does not have it`]
    if (present.fingerprint === fingerprint) return []
    const places = differences(document as Json, present.document, '').slice(0, 10)
    return [`${name}: campaigns use it as it was; it differs now at ${places.join(', ')}. Make a new version instead`]
  })
  if (wrong.length === 0) return
  const hint = demo ? '\nWhile you still write it, start with another data folder: DATA_DIR=./data-2' : ''
  throw new DefinitionsChangedError(`used definitions have changed:\n  ${wrong.join('\n  ')}${hint}`)
}

function differences(then: Json, now: Json, path: string): string[] {
  if (canonical(then) === canonical(now)) return []
  const both = [then, now].every((one) => typeof one === 'object' && one !== null)
  if (!both) return [path || '/']
  const [a, b] = [then, now] as [{ [key: string]: Json }, { [key: string]: Json }]
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((key) =>
    a[key] === undefined || b[key] === undefined ? [`${path}/${key}`] : differences(a[key], b[key], `${path}/${key}`),
  )
}
