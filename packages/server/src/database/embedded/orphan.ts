import pg from 'pg'
import { EmbeddedError, inUse } from './errors.ts'
import type { LockFile } from './lockFile.ts'
import { readLockFile, removeLockFile } from './lockFile.ts'
import { takePossession } from './possession.ts'
import { isAlive, processesIn } from './processes.ts'
import { pause, shutDown } from './shutDown.ts'
import { removeSocketDirectory, socketUrl } from './socket.ts'

const PATIENCE_MS = 30_000
/** A killed server's possession ends when PostgreSQL notices that its connection broke: at once, or soon when busy. */
const NOTICE_MS = 2_000

/**
 * Makes way on a cluster that a killed server left running: its PostgreSQL lives on as an orphan.
 * An orphan is one whose possession is free; a served one is left alone and refused as in use.
 */
export async function removeOrphan(dataDir: string, cluster: string, log: (message: string) => void): Promise<void> {
  let silentSince = Date.now()
  let servedSince: number | undefined
  for (;;) {
    const lockFile = readLockFile(cluster)
    if (!lockFile) return
    const present = processesIn(cluster, lockFile.pid)
    if (present.length === 0) return removeStale(cluster, lockFile)

    if (present.includes(lockFile.pid)) {
      // Possessing it first lets only one of several starts shut it down.
      const answer = await ask(lockFile)
      if (answer === 'served') {
        servedSince ??= Date.now()
        if (Date.now() - servedSince > NOTICE_MS) throw inUse(dataDir)
      }
      if (answer instanceof pg.Client) {
        log(`PostgreSQL (process ${lockFile.pid}) outlived its server; shutting it down`)
        const gone = await shutDown(lockFile.pid, () => isGone(cluster, lockFile.pid))
        await answer.end().catch(() => {})
        if (!gone) throw stuck(dataDir, lockFile, present)
        removeSocketDirectory(lockFile.socketDirectory!)
        return removeLockFile(cluster, lockFile)
      }
      if (answer === 'starting') silentSince = Date.now() // a recovery takes the time it takes
    }
    // Otherwise: backends whose postmaster was killed. They leave when they notice.
    if (Date.now() - silentSince > PATIENCE_MS) throw stuck(dataDir, lockFile, present)
    await pause(50)
  }
}

/** Its state, or the connection by which we now possess it. */
async function ask({ socketDirectory }: LockFile): Promise<'served' | 'starting' | 'silent' | pg.Client> {
  if (!socketDirectory) return 'silent'
  try {
    return (await takePossession(socketUrl(socketDirectory, 'postgres', 'postgres'))) ?? 'served'
  } catch (error) {
    // 57P03, cannot_connect_now: starting up, in recovery or shutting down.
    return (error as { code?: string }).code === '57P03' ? 'starting' : 'silent'
  }
}

const isGone = (cluster: string, pid: number): boolean => !processesIn(cluster, pid).includes(pid)

/**
 * PostgreSQL replaces a stale postmaster.pid by itself, unless the id in it is alive: then it takes
 * that program, whatever it is, for a postmaster and refuses. We know that none is there.
 */
function removeStale(cluster: string, lockFile: LockFile): void {
  if (isAlive(lockFile.pid)) removeLockFile(cluster, lockFile)
  // Else, since in a copy of a data directory in use, the socket named is a living server's.
  else if (lockFile.socketDirectory) removeSocketDirectory(lockFile.socketDirectory)
}

function stuck(dataDir: string, { pid }: LockFile, present: number[]): EmbeddedError {
  const pids = present.includes(pid) ? [pid] : present
  return new EmbeddedError(
    'DataDirectoryInUse',
    `A PostgreSQL runs on the data directory ${dataDir} (process ${pids.join(', ')}) and neither ` +
      `answers nor ends. Look at ${dataDir}/postgres.log, stop it (kill -INT ${pids.join(' ')}), start again.`,
  )
}
