import { spawn } from 'node:child_process'
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { join } from 'node:path'
import type { Account } from './account.ts'
import { giveTo, standingIn } from './account.ts'
import type { Binaries } from './binaries.ts'
import { EmbeddedError } from './errors.ts'
import { isAlive } from './processes.ts'

/** Removes what killed starts left behind: `postgres.new-<pid>-…` of a process that is no more. */
export function removeAbandoned(dataDir: string): void {
  const ourStart = Date.now() - process.uptime() * 1000
  for (const name of readdirSync(dataDir)) {
    const pid = Number(/^postgres\.new-(\d+)-/.exec(name)?.[1])
    const path = join(dataDir, name)
    if (Number.isNaN(pid)) continue
    // In a container every start may have the same process id.
    const ofOurPredecessor = pid === process.pid && statSync(path).mtimeMs < ourStart
    if (isAlive(pid) && !ofOurPredecessor) continue
    try {
      rmSync(path, { recursive: true, force: true, maxRetries: 5 })
    } catch {
      // Its initdb outlived it and still writes there: the next start finds it finished.
    }
  }
}

/** Whether a cluster stands there: complete, since it was renamed into place, and of our version. */
export function isInitialised(cluster: string, major: string): boolean {
  if (!existsSync(cluster) || readdirSync(cluster).length === 0) return false
  const versionFile = join(cluster, 'PG_VERSION')
  if (!existsSync(versionFile))
    throw new EmbeddedError(
      'DataDirectoryUnusable',
      `${cluster} is not empty, but holds no PostgreSQL database. Use another data directory.`,
    )
  const found = readFileSync(versionFile, 'utf8').trim()
  if (found === major) return true
  throw new EmbeddedError(
    'DataDirectoryUnusable',
    `${cluster} was made by PostgreSQL ${found}, but this version of Duban brings PostgreSQL ${major}, ` +
      `which cannot read it. Start the version of Duban that made it and carry the data over with ` +
      `pg_dump, or set DATABASE_URL to a PostgreSQL ${found} server that holds it.`,
  )
}

/**
 * Makes the cluster in `<dataDir>/postgres`. initdb works beside it and one rename puts it into
 * place, so a start that is killed half way leaves nothing that looks like a cluster.
 */
export async function initialise(
  binaries: Binaries,
  dataDir: string,
  account: Account,
  { durable }: { durable: boolean },
): Promise<void> {
  const fresh = mkdtempSync(join(dataDir, `postgres.new-${process.pid}-`))
  try {
    giveTo(account, fresh)
    await initdb(binaries, fresh, account, durable ? [] : ['--no-sync'])
    renameSync(fresh, join(dataDir, 'postgres'))
    if (durable) syncDirectory(dataDir)
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true })
    // A neighbour that started at the same time was first; who may have it is settled later.
    if (['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) return
    throw error
  }
}

const ARGUMENTS = [
  '--username=postgres',
  '--encoding=UTF8',
  // The same order and case rules on every machine, whatever its C library.
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  // Whoever can open the socket in its private directory is us.
  '--auth-local=trust',
  '--auth-host=reject',
]

function initdb(binaries: Binaries, cluster: string, account: Account, more: string[]): Promise<void> {
  const { dataArg, options } = standingIn(cluster, account)
  const child = spawn(binaries.initdb, ['-D', dataArg, ...ARGUMENTS, ...more], {
    ...options,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (said += chunk))
  return new Promise((resolve, reject) => {
    const fail = (why: string): void =>
      reject(new EmbeddedError('StartFailed', `PostgreSQL could not make a database in ${cluster}: ${why.trim()}`))
    // ENOENT for a program that is there: the C library it was built for (glibc) is not.
    child.on('error', (error) => fail(`${error.message}. Set DATABASE_URL to use another one.`))
    child.on('close', (code, signal) => (code === 0 ? resolve() : fail(said || `${signal}`)))
  })
}

function syncDirectory(directory: string): void {
  const fd = openSync(directory, 'r')
  fsyncSync(fd)
  closeSync(fd)
}
