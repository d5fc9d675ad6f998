import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { accountForNew } from './account.ts'
import { findBinaries } from './binaries.ts'
import { initialise } from './initialise.ts'
import type { Postmaster } from './launch.ts'
import { launch } from './launch.ts'
import { ensureRole } from './roles.ts'
import { throwaway } from './settings.ts'

/** A PostgreSQL for tests: fast, forgetful, gone afterwards. `url` connects as superuser. */
export async function startThrowaway(): Promise<{ url: string; stop: () => Promise<void> }> {
  const account = accountForNew()
  const binaries = findBinaries(account)
  const directory = mkdtempSync(join(tmpdir(), 'duban-throwaway-'))
  const stops = [async (): Promise<void> => rmSync(directory, { recursive: true, force: true })]
  const stop = async (): Promise<void> => {
    for (const next of stops.splice(0).toReversed()) await next()
  }
  try {
    await initialise(binaries, directory, account, { durable: false })
    const postmaster = await launch(binaries, directory, account, throwaway)
    stops.push(postmaster.stop, cleanUpAfterUs(postmaster, directory))
    const url = postmaster.url('postgres', 'postgres')
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    await ensureRole(client, 'LOGIN CREATEDB')
    await client.end()
    return { url, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

// Waits for the end of its input, which comes when this process ends, however it ends.
const WATCH = `
read -r never
kill -INT "$1"
tries=0
while kill -0 "$1" && [ $tries -lt 100 ]; do sleep 0.1; tries=$((tries + 1)); done
rm -rf "$2" "$3"
`

/** A test run that is killed leaves no PostgreSQL and no directory behind either. */
function cleanUpAfterUs(postmaster: Postmaster, directory: string): () => Promise<void> {
  const watch = spawn('/bin/sh', ['-c', WATCH, 'sh', String(postmaster.pid), directory, postmaster.socketDirectory], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  watch.unref()
  ;(watch.stdin as Socket).unref()
  return async () => {
    watch.kill('SIGKILL')
  }
}
