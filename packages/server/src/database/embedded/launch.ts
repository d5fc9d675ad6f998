import { spawn } from 'node:child_process'
import { closeSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import type { Account } from './account.ts'
import { standingIn } from './account.ts'
import type { Binaries } from './binaries.ts'
import { EmbeddedError } from './errors.ts'
import { openLog } from './logFile.ts'
import type { Settings } from './settings.ts'
import { pause, shutDown } from './shutDown.ts'
import { makeSocketDirectory, removeSocketDirectory, socketUrl } from './socket.ts'

export type Postmaster = {
  pid: number
  socketDirectory: string
  url: (role: string, database: string) => string
  /** Resolves when the process has ended, for whatever reason. */
  ended: Promise<void>
  stop: () => Promise<void>
}

/** Starts PostgreSQL on `<dataDir>/postgres` and waits until it takes connections. */
export async function launch(
  binaries: Binaries,
  dataDir: string,
  account: Account,
  settings: Settings,
): Promise<Postmaster> {
  const logPath = join(dataDir, 'postgres.log')
  const log = openLog(logPath, account)
  const socketDirectory = makeSocketDirectory(account)
  const { dataArg, options } = standingIn(join(dataDir, 'postgres'), account)
  const flags = Object.entries({ ...settings, unix_socket_directories: socketDirectory })
  const child = spawn(
    binaries.postgres,
    ['-D', dataArg, ...flags.flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    {
      ...options,
      // Its own process group: a Ctrl-C in the terminal is for us, who first finish what is in flight.
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
    },
  )
  closeSync(log.fd)

  let ending: string | undefined
  const ended = new Promise<void>((resolve) => {
    const end = (how: string) => (): void => {
      ending ??= how
      removeSocketDirectory(socketDirectory)
      resolve()
    }
    child.on('error', (error) => end(error.message)())
    child.on('exit', (code, signal) => end(`it ended with ${signal ?? `status ${code}`}`)())
  })
  const stop = async (): Promise<void> => {
    if (child.pid !== undefined) await shutDown(child.pid, () => ending !== undefined)
    await ended
  }
  const url = (role: string, database: string): string => socketUrl(socketDirectory, role, database)

  try {
    await accepting(url('postgres', 'postgres'), () => ending)
  } catch (error) {
    await stop()
    throw new EmbeddedError(
      'StartFailed',
      `PostgreSQL did not start on ${dataDir}: ${(error as Error).message}. ` +
        `The end of its log (${logPath}):\n${log.lastLines()}`,
      { cause: error },
    )
  }
  return { pid: child.pid!, socketDirectory, url, ended, stop }
}

// Not listening yet, or starting up: 57P03 lasts as long as the recovery from a crash takes.
const NOT_YET = ['ENOENT', 'ECONNREFUSED', '57P03']

async function accepting(url: string, ending: () => string | undefined): Promise<void> {
  for (;;) {
    const client = new pg.Client({ connectionString: url })
    client.on('error', () => {})
    try {
      await client.connect()
      await client.end()
      return
    } catch (error) {
      const how = ending()
      if (how) throw new Error(how, { cause: error })
      if (!NOT_YET.includes((error as NodeJS.ErrnoException).code ?? '')) throw error
    }
    await pause(20)
  }
}
