// Type-checks, brings up one real PostgreSQL, runs tap against it, tears it down.
//   pnpm test [--coverage] [tap's arguments, such as test files]
// TEST_DATABASE_URL: a superuser's URL of another PostgreSQL (15 or later) to test against.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { startThrowaway } from '../packages/server/src/database/embedded/index.ts'

const given = process.env['TEST_DATABASE_URL']
const asked = process.argv.slice(2)
const coverage = asked.includes('--coverage')

// Each test file is a process that loads the same few hundred modules, and so are the servers and commands that it
// starts: with what was compiled kept, and without tap's record of every loaded module (it is for coverage, and
// looks up a source map each), a file that needs a server takes 1.6 s of a processor less, of 3.1 s.
const lean = coverage ? [] : ['--test-env=_TAPJS_PROCESSINFO_EXCLUDE_=/./']
const cache = coverage ? {} : { NODE_COMPILE_CACHE: join(import.meta.dirname, '../node_modules/.cache/compiled') }
const tapArguments = [
  ...lean,
  ...asked.map((argument) => (argument === '--coverage' ? '--no-disable-coverage' : argument)),
]

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
    return await run('tap', tapArguments, { ...process.env, ...cache, TEST_DATABASE_URL: cluster.url })
  } finally {
    await cluster.stop()
  }
}

process.exitCode = await main()
