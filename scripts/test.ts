// Type-checks, brings up one real PostgreSQL, runs tap against it, tears it down.
//   pnpm test [--coverage] [tap's arguments, such as test files]
// TEST_DATABASE_URL: a superuser's URL of another PostgreSQL (15 or later) to test against.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { startThrowaway } from '../packages/server/src/database/embedded/index.ts'

const given = process.env['TEST_DATABASE_URL']
const tapArguments = process.argv
  .slice(2)
  .map((argument) => (argument === '--coverage' ? '--no-disable-coverage' : argument))

// Each test file is a process of its own: what the others compiled need not be compiled again (0.6 s of processor each).
const NODE_COMPILE_CACHE = join(import.meta.dirname, '../node_modules/.cache/compiled')

// A signal ends what runs (a Ctrl-C reaches it anyway, a SIGTERM does not); we end after it.
const stopped = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopped.abort())

function run(command: string, argv: string[], env = process.env): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(command, argv, { stdio: 'inherit', env, signal: stopped.signal })
    child.on('error', (error) => {
      if (error.name !== 'AbortError') console.error(`${command}: ${error.message}`)
      if (child.pid === undefined) resolve(1)
    })
    child.on('exit', (code) => resolve(code ?? 1))
  })
}

async function main(): Promise<number> {
  const typed = await run('tsc', [])
  if (typed !== 0) return typed
  const cluster = given ? { url: given, stop: async () => {} } : await startThrowaway()
  try {
    return await run('tap', tapArguments, { ...process.env, TEST_DATABASE_URL: cluster.url, NODE_COMPILE_CACHE })
  } finally {
    await cluster.stop()
  }
}

process.exitCode = await main()
