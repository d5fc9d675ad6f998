import { chownSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { EmbeddedError } from './errors.ts'

/**
 * The operating-system account that PostgreSQL runs as: undefined is our own. PostgreSQL refuses to
 * run as root, so root lends it another.
 */
export type Account = { uid: number; gid: number } | undefined

/** `nobody`. initdb wants a user that /etc/passwd knows, and this one is everywhere. */
const NOBODY = 65534

export const isRoot = (): boolean => process.getuid?.() === 0

/** For a cluster that does not exist yet. */
export function accountForNew(): Account {
  if (!isRoot()) return undefined
  if (process.platform !== 'linux')
    throw new EmbeddedError(
      'DataDirectoryNotOurs',
      'PostgreSQL does not run as root. Start the server as an ordinary user, or set DATABASE_URL.',
    )
  return { uid: NOBODY, gid: NOBODY }
}

/** For a cluster that exists: its owner, the only one PostgreSQL accepts. */
export function accountOf(cluster: string): Account {
  const { uid, gid } = statSync(cluster)
  if (isRoot()) {
    if (uid !== 0) return { uid, gid }
    throw new EmbeddedError(
      'DataDirectoryNotOurs',
      `${cluster} belongs to root, and PostgreSQL does not run as root. ` +
        `Give it to another user: chown -R ${NOBODY}:${NOBODY} ${cluster}`,
    )
  }
  if (uid === process.getuid?.()) return undefined
  throw new EmbeddedError(
    'DataDirectoryNotOurs',
    `${cluster} belongs to another user (uid ${uid}), perhaps because the server was once started ` +
      'as root. Start it as that user or as root, or give the directory to yourself: ' +
      `sudo chown -R "$(id -u):$(id -g)" ${dirname(cluster)}`,
  )
}

/** Hands a file or directory over to the account. */
export function giveTo(account: Account, path: string): void {
  if (!account) return
  try {
    chownSync(path, account.uid, account.gid)
  } catch (cause) {
    throw new EmbeddedError(
      'DataDirectoryNotOurs',
      `PostgreSQL does not run as root, and root may not hand ${path} over to uid ${account.uid} ` +
        'here. Start the server as an ordinary user, or set DATABASE_URL.',
      { cause },
    )
  }
}

/** Whether the account can go through the directory and every one above it. */
export function canReach(account: Account, directory: string): boolean {
  if (!account) return true
  for (let here = directory; ; here = dirname(here)) {
    const { uid, mode } = statSync(here)
    if ((mode & (uid === account.uid ? 0o100 : 0o001)) === 0) return false
    if (here === dirname(here)) return true
  }
}

/**
 * How to spawn one of PostgreSQL's programs on a cluster.
 *
 * Root's own directories (a 0700 home) may be closed to the account. Node changes into `cwd` before
 * it gives up root, and /proc/self/cwd leads there without a walk through the parents; PostgreSQL's
 * processes all stay in that directory.
 */
export function standingIn(cluster: string, account: Account): { dataArg: string; options: Spawn } {
  const options = { cwd: cluster, env: { LC_ALL: 'C', PATH: '/usr/bin:/bin' } }
  return account ? { dataArg: '/proc/self/cwd', options: { ...options, ...account } } : { dataArg: cluster, options }
}

type Spawn = { cwd: string; env: NodeJS.ProcessEnv; uid?: number; gid?: number }
