import { mkdtempSync, realpathSync, rmdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { Account } from './account.ts'
import { canReach, giveTo } from './account.ts'
import { EmbeddedError } from './errors.ts'

const PREFIX = 'duban-socket-'
const SOCKET = '.s.PGSQL.5432'
/** A Unix socket's path has 104 bytes on macOS, 108 on Linux. */
const LONGEST = 100

/** A directory that only PostgreSQL's account (and root) can enter. */
export function makeSocketDirectory(account: Account): string {
  const home = [tmpdir(), '/tmp'].find(
    (directory) =>
      canReach(account, realpathSync(directory)) &&
      Buffer.byteLength(join(directory, `${PREFIX}XXXXXX`, SOCKET)) < LONGEST,
  )
  if (!home) throw new EmbeddedError('StartFailed', `Neither ${tmpdir()} nor /tmp can hold a Unix socket.`)
  const directory = mkdtempSync(join(home, PREFIX)) // mode 0700
  giveTo(account, directory)
  return directory
}

/** Removes one of ours, by name, since the path may come from a file; never recursively. */
export function removeSocketDirectory(directory: string): void {
  if (!basename(directory).startsWith(PREFIX)) return
  for (const name of [SOCKET, `${SOCKET}.lock`]) rmSync(join(directory, name), { force: true })
  try {
    rmdirSync(directory)
  } catch {
    // Gone already, or not ours to remove: an empty directory in /tmp harms nobody.
  }
}

/** Says everything that node-postgres would otherwise take from PGPORT and PGSSLMODE. */
export function socketUrl(directory: string, role: string, database: string): string {
  const host = encodeURIComponent(directory)
  return `postgres://${role}@/${database}?host=${host}&port=5432&sslmode=disable`
}
