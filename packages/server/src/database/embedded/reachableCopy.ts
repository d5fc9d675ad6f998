import {
  accessSync,
  chmodSync,
  constants,
  cpSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Account } from './account.ts'
import { canReach } from './account.ts'
import { EmbeddedError } from './errors.ts'

/**
 * A copy (60 MB) of the programs outside root's closed directories, made once for each version.
 * Only root comes here. Other users may read the copy and never write it: it belongs to root, and
 * what is found in a shared directory is checked before it is believed.
 */
export function reachableCopy(native: string, version: string, account: Account): string {
  const kept = join(home(account), `duban-postgres-${version}`)
  if (isFaithful(native, kept)) return kept

  const fresh = mkdtempSync(`${kept}-`)
  try {
    cpSync(native, fresh, { recursive: true, verbatimSymlinks: true })
    openForReading(fresh)
    moveInto(kept, fresh)
  } catch (error) {
    // A neighbour that started at the same time may have put the same copy there first.
    if (!isFaithful(native, kept)) throw error
  } finally {
    rmSync(fresh, { recursive: true, force: true })
  }
  return kept
}

/** /var/cache first: the cleaners of /tmp would take files from under a server that runs for weeks. */
function home(account: Account): string {
  const found = ['/var/cache', tmpdir(), '/tmp'].find((directory) => {
    if (!existsSync(directory) || !canReach(account, directory)) return false
    try {
      accessSync(directory, constants.W_OK)
      return true
    } catch {
      return false
    }
  })
  if (found) return found
  throw new EmbeddedError(
    'NoBinaries',
    'PostgreSQL runs as another user than root, who can reach neither the installed programs nor ' +
      'a place for a copy (/var/cache, /tmp). Start as an ordinary user, or set DATABASE_URL.',
  )
}

/** Every file is there in its full size, belongs to root, and nobody else can write it. */
function isFaithful(native: string, copy: string): boolean {
  if (!existsSync(copy)) return false
  return ['', ...(readdirSync(native, { recursive: true }) as string[])].every((path) => {
    const original = lstatSync(join(native, path))
    const copied = lstatSync(join(copy, path), { throwIfNoEntry: false })
    if (!copied || copied.uid !== 0) return false
    if (original.isSymbolicLink()) return copied.isSymbolicLink()
    if ((copied.mode & 0o022) !== 0) return false
    return original.isDirectory() ? copied.isDirectory() : copied.isFile() && copied.size === original.size
  })
}

function openForReading(tree: string): void {
  chmodSync(tree, 0o755)
  for (const entry of readdirSync(tree, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isSymbolicLink()) continue
    chmodSync(path, entry.isDirectory() || lstatSync(path).mode & 0o100 ? 0o755 : 0o644)
  }
}

/** One rename: whoever looks sees the old tree, none, or the whole new one. */
function moveInto(kept: string, fresh: string): void {
  const old = lstatSync(kept, { throwIfNoEntry: false })
  if (old && old.uid !== 0)
    throw new EmbeddedError(
      'NoBinaries',
      `${kept} is in the way: it should hold a copy of PostgreSQL's programs, but belongs to ` +
        `uid ${old.uid}, so it cannot be trusted. Remove it and start again.`,
    )
  if (!old) return renameSync(fresh, kept)
  const discarded = mkdtempSync(`${kept}-old-`)
  renameSync(kept, join(discarded, 'tree'))
  renameSync(fresh, kept)
  rmSync(discarded, { recursive: true, force: true })
}
