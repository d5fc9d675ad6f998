import { accessSync, constants, existsSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Account } from './account.ts'
import { accountForNew, accountOf } from './account.ts'
import type { Binaries } from './binaries.ts'
import { findBinaries } from './binaries.ts'
import { EmbeddedError, inUse } from './errors.ts'
import { initialise, isInitialised, removeAbandoned } from './initialise.ts'
import type { Postmaster } from './launch.ts'
import { launch } from './launch.ts'
import { removeOrphan } from './orphan.ts'
import { keepPossession, takePossession } from './possession.ts'
import { ensureRoleAndDatabase } from './roles.ts'
import { durable } from './settings.ts'

export type EmbeddedOptions = {
  /** The cluster is `<dataDir>/postgres`, its log `<dataDir>/postgres.log`. Made when missing. */
  dataDir: string
  /** Told in a sentence what takes time or was repaired. */
  log?: (message: string) => void
  /** The database is gone for good while we run: fatal, the process should end and be restarted. */
  onLost?: (error: Error) => void
}

export type Embedded = {
  /** Connects as the role `duban`, owner of the database `duban`, no superuser. */
  url: string
  /** Close the pools first: whoever is connected is cut off. Repeatable. */
  stop: () => Promise<void>
}

/**
 * Starts a real PostgreSQL of our own on the data directory, making its cluster the first time.
 * A start after any kind of crash, ours or PostgreSQL's, needs nobody's help.
 *
 * @throws {EmbeddedError} with a message for people; see EmbeddedCode
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const { log = () => {}, onLost = () => {} } = options
  const dataDir = resolve(options.dataDir)
  const cluster = join(dataDir, 'postgres')

  openDirectory(dataDir)
  const account = existsSync(cluster) ? accountOf(cluster) : accountForNew()
  const binaries = findBinaries(account)
  removeAbandoned(dataDir)
  if (!isInitialised(cluster, binaries.major)) {
    log(`making a PostgreSQL ${binaries.major} database in ${cluster}`)
    await initialise(binaries, dataDir, account, { durable: true })
  }
  await removeOrphan(dataDir, cluster, log)
  const postmaster = await launchAlone(binaries, dataDir, account)
  return possess(postmaster, dataDir, onLost)
}

function openDirectory(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (cause) {
    throw new EmbeddedError(
      'DataDirectoryNotOurs',
      `The data directory ${dataDir} cannot be used: ${(cause as Error).message}. ` +
        'Choose another one, or make it writable for the user that starts the server.',
      { cause },
    )
  }
}

// What PostgreSQL logs when another start came first, or took ours for an orphan.
const ANOTHER_START = /lock file "postmaster.pid" already exists|received fast shutdown request/

/** Of several starts at the same moment exactly one goes through; to the others it is in use. */
async function launchAlone(binaries: Binaries, dataDir: string, account: Account): Promise<Postmaster> {
  try {
    return await launch(binaries, dataDir, account, durable)
  } catch (error) {
    if (ANOTHER_START.test((error as Error).message)) throw inUse(dataDir, error)
    throw error
  }
}

async function possess(postmaster: Postmaster, dataDir: string, onLost: (error: Error) => void): Promise<Embedded> {
  const url = postmaster.url('postgres', 'postgres')
  try {
    // Taken, or cut off: another start took ours, not yet possessed, for an orphan.
    const client = await takePossession(url).catch((cause: unknown) => {
      throw inUse(dataDir, cause)
    })
    if (!client) throw inUse(dataDir)
    await ensureRoleAndDatabase(client)

    let over = false
    const lose = (error: Error): void => {
      if (!over) onLost(error)
      over = true
    }
    const release = keepPossession(url, client, lose)
    void postmaster.ended.then(async () => {
      lose(new Error('the embedded PostgreSQL has ended'))
      await release() // no use in trying again
    })
    return {
      url: postmaster.url('duban', 'duban'),
      stop: async () => {
        over = true
        await release()
        await postmaster.stop()
      },
    }
  } catch (error) {
    await postmaster.stop()
    throw error
  }
}
