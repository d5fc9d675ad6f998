import {
  appendFileSync,
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import pg from 'pg'
import t, { type Test } from 'tap'
import { canReach, isRoot } from '../src/database/embedded/account.ts'
import type { Embedded, EmbeddedOptions } from '../src/database/embedded/index.ts'
import { startEmbedded } from '../src/database/embedded/index.ts'
import { readLockFile } from '../src/database/embedded/lockFile.ts'
import { processesIn } from '../src/database/embedded/processes.ts'
import { takePossession } from '../src/database/embedded/possession.ts'
import { reachableCopy } from '../src/database/embedded/reachableCopy.ts'
import { socketUrl } from '../src/database/embedded/socket.ts'
import { kill, launchChild, startInChild } from './embeddedChild.ts'

const parent = mkdtempSync(join(realpathSync(tmpdir()), 'duban-embedded-test-')) // 0700, like root's home
t.teardown(() => rmSync(parent, { recursive: true, force: true }))
const dataDir = join(parent, 'data')
const cluster = join(dataDir, 'postgres')
const call = (directory = dataDir): string => `startEmbedded({ dataDir: ${JSON.stringify(directory)} })`
const onlyRoot = { skip: isRoot() ? false : 'hands files to other users, which only root can do' }

/** `daemon`, an account that is everywhere, and neither root nor the `nobody` we lend PostgreSQL. */
const DAEMON = 1
const asDaemon = {
  skip:
    onlyRoot.skip ||
    (canReach({ uid: DAEMON, gid: DAEMON }, import.meta.dirname) &&
    canReach({ uid: DAEMON, gid: DAEMON }, dirname(realpathSync(process.execPath)))
      ? false
      : 'an ordinary user cannot read this checkout'),
}

/** Stopped at the end of the test at the latest: one that lives on would hold the next ones up. */
async function start(t: Test, options: Partial<EmbeddedOptions> = {}): Promise<Embedded> {
  const embedded = await startEmbedded({ dataDir, ...options })
  t.teardown(embedded.stop)
  return embedded
}

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<unknown[]>({ text, rowMode: 'array' })).rows.flat()
  } finally {
    await client.end()
  }
}

async function until(condition: () => boolean): Promise<void> {
  for (let i = 0; i < 1000 && !condition(); i++) await new Promise((done) => setTimeout(done, 10))
  if (!condition()) throw new Error(`still not: ${String(condition)}`)
}

void t.test('a new data directory gets a durable database that its own role cannot rule', async (t) => {
  const { url, stop } = await start(t)
  t.same(
    await query(
      url,
      `SELECT current_user, current_database(), pg_get_userbyid(datdba), rolsuper,
              current_setting('fsync'), current_setting('synchronous_commit'),
              pg_encoding_to_char(encoding), datlocale
         FROM pg_database, pg_roles WHERE datname = 'duban' AND rolname = 'duban'`,
    ),
    ['duban', 'duban', 'duban', false, 'on', 'on', 'UTF8', 'C.UTF-8'],
  )
  t.same(await query(url, `SELECT to_char(now() AT TIME ZONE 'Asia/Shanghai', '"督办"')`), ['督办'])
  await query(url, 'CREATE TABLE kept (n int)')
  await stop()
  await stop()
  t.notOk(existsSync(join(cluster, 'postmaster.pid')), 'stopped in good order')
  t.equal(statSync(cluster).mode & 0o777, 0o700)
})

void t.test('a second server on the data directory is refused, the first goes on', async (t) => {
  const first = await start(t, { onLost: (error) => t.fail(error.message) })
  await t.rejects(startEmbedded({ dataDir }), {
    code: 'DataDirectoryInUse',
    message: new RegExp(`running on the data directory ${dataDir}`),
  })
  await t.rejects(startInChild(call()), { message: /DataDirectoryInUse/ })
  t.same(await query(first.url, 'SELECT count(*)::int FROM kept'), [0])
  await first.stop()
})

void t.test('after kill -9 of the server the next start finds what was committed', async (t) => {
  const killed = await startInChild(call())
  await query(killed.url, 'INSERT INTO kept VALUES (1)')
  await kill(killed.process)
  const orphan = readLockFile(cluster)!
  t.same(await query(killed.url, 'SELECT n FROM kept'), [1], 'its PostgreSQL lives on')

  const said: string[] = []
  const { url, stop } = await start(t, { log: (message) => said.push(message) })
  t.match(said, [`PostgreSQL (process ${orphan.pid}) outlived its server`])
  t.same(await query(url, 'SELECT n FROM kept'), [1])
  t.notOk(existsSync(orphan.socketDirectory!))
  await stop()
})

void t.test('a possession that ends a moment after the server was killed is waited for', async (t) => {
  await kill((await startInChild(call())).process)
  const { socketDirectory } = readLockFile(cluster)!
  const url = socketUrl(socketDirectory!, 'postgres', 'postgres')
  let lingering: pg.Client | undefined
  while (!lingering) lingering = await takePossession(url)
  const starting = start(t)
  await new Promise((done) => setTimeout(done, 300))
  await lingering.end()
  await (await starting).stop()
})

void t.test('after kill -9 of PostgreSQL the server is told and the next start recovers', async (t) => {
  const lost = new Promise<Error>((onLost) => {
    void startEmbedded({ dataDir, onLost }).then(async ({ url }) => {
      await query(url, 'INSERT INTO kept VALUES (2)')
      process.kill(readLockFile(cluster)!.pid, 'SIGKILL')
    })
  })
  t.match(await lost, { message: 'the embedded PostgreSQL has ended' })
  const { url, stop } = await start(t)
  t.same(await query(url, 'SELECT n FROM kept ORDER BY n'), [1, 2])
  await stop()
})

void t.test('when one connection crashes PostgreSQL restarts and stays ours', async (t) => {
  const { url, stop } = await start(t, { onLost: (error) => t.fail(error.message) })
  const victim = new pg.Client({ connectionString: url })
  victim.on('error', () => {})
  await victim.connect()
  const { rows } = await victim.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  process.kill(rows[0]!.pid, 'SIGKILL')
  const possessed = `SELECT count(*)::int FROM pg_locks WHERE locktype = 'advisory'`
  let held: unknown
  for (let i = 0; i < 100 && held !== 1; i++) {
    await new Promise((done) => setTimeout(done, 50))
    held = (await query(url, possessed).catch(() => [undefined]))[0]
  }
  t.equal(held, 1)
  await t.rejects(startEmbedded({ dataDir }), { code: 'DataDirectoryInUse' })
  await stop()
})

void t.test('of several starts at one moment exactly one goes through', async (t) => {
  await kill((await startInChild(call())).process) // all of them also meet an orphan
  const results = await Promise.allSettled([1, 2, 3].map(() => startInChild(call())))
  const started = results.filter((result) => result.status === 'fulfilled')
  const refused = results.filter((result) => result.status === 'rejected')
  t.equal(started.length, 1)
  for (const { reason } of refused) t.match(reason, { message: /^DataDirectoryInUse/ })
  for (const { value } of started) await kill(value.process)
})

void t.test('a postmaster.pid that names another living program is no obstacle', async (t) => {
  await (await startEmbedded({ dataDir })).stop()
  const stale = join(cluster, 'postmaster.pid')
  writeFileSync(stale, `${process.pid}\n/proc/self/cwd\n1795526593\n5432\n/tmp/gone\n\n0 0\nready\n`)
  const { uid, gid } = statSync(cluster)
  chownSync(stale, uid, gid)
  const { url, stop } = await start(t)
  t.same(await query(url, 'SELECT count(*)::int FROM kept'), [2])
  await stop()
})

void t.test('a copy of a data directory in use starts and leaves the original alone', async (t) => {
  const original = await start(t)
  const copy = join(parent, 'copy')
  cpSync(dataDir, copy, { recursive: true, preserveTimestamps: true })
  const { uid, gid } = statSync(cluster)
  for (const name of ['', ...(readdirSync(copy, { recursive: true }) as string[])])
    chownSync(join(copy, name), uid, gid)
  chmodSync(join(copy, 'postgres'), 0o700)
  await (await startEmbedded({ dataDir: copy })).stop()
  t.same(await query(original.url, 'SELECT count(*)::int FROM kept'), [2])
  await original.stop()
})

void t.test('an interrupted first start leaves nothing that the next takes for complete', async (t) => {
  const fresh = join(parent, 'interrupted')
  const child = launchChild(call(fresh))
  await until(() => existsSync(fresh) && readdirSync(fresh).some((name) => existsSync(join(fresh, name, 'PG_VERSION'))))
  await kill(child)
  const [abandoned] = readdirSync(fresh)
  t.match(abandoned, /^postgres\.new-/)
  // Its initdb is an orphan now and goes on for half a second.
  await until(() => processesIn(join(fresh, abandoned!), 0).length === 0)
  await (await startEmbedded({ dataDir: fresh })).stop()
  t.same(readdirSync(fresh), ['postgres', 'postgres.log'])
})

void t.test('what cannot start says why', async (t) => {
  const broken = join(parent, 'broken')
  mkdirSync(join(broken, 'postgres'), { recursive: true })
  if (isRoot()) chownSync(join(broken, 'postgres'), DAEMON, DAEMON)
  writeFileSync(join(broken, 'postgres/PG_VERSION'), '17\n')
  await t.rejects(startEmbedded({ dataDir: broken }), {
    code: 'DataDirectoryUnusable',
    message: /made by PostgreSQL 17, .* brings PostgreSQL 18/,
  })
  rmSync(join(broken, 'postgres/PG_VERSION'))
  writeFileSync(join(broken, 'postgres/letter.txt'), '')
  await t.rejects(startEmbedded({ dataDir: broken }), { message: /holds no PostgreSQL database/ })
  await t.rejects(startEmbedded({ dataDir: join(broken, 'postgres/letter.txt') }), {
    code: 'DataDirectoryNotOurs',
  })

  const auto = join(cluster, 'postgresql.auto.conf')
  const before = readFileSync(auto, 'utf8')
  appendFileSync(auto, 'nonsense = 1\n')
  await t.rejects(startEmbedded({ dataDir }), {
    code: 'StartFailed',
    message: /unrecognized configuration parameter "nonsense"/,
  })
  writeFileSync(auto, before)
})

void t.test('an ordinary user starts it; root later runs it as that user', asDaemon, async (t) => {
  const theirs = mkdtempSync(join(tmpdir(), 'duban-embedded-test-'))
  t.teardown(() => rmSync(theirs, { recursive: true, force: true }))
  chownSync(theirs, DAEMON, DAEMON)
  await kill((await startInChild(call(theirs), DAEMON)).process)

  const { url, stop } = await start(t, { dataDir: theirs })
  t.equal(statSync(`/proc/${readLockFile(join(theirs, 'postgres'))!.pid}`).uid, DAEMON)
  t.same(await query(url, 'SELECT 1'), [1])
  await stop()
  await kill((await startInChild(call(theirs), DAEMON)).process)
  await (await startEmbedded({ dataDir: theirs })).stop() // ends the orphan
})

void t.test("an ordinary user is told whose root's data directory is", asDaemon, async (t) => {
  await t.rejects(startInChild(call(), DAEMON), {
    message: /^DataDirectoryNotOurs: The data directory .* cannot be used: EACCES/,
  })
  const shared = mkdtempSync(join(tmpdir(), 'duban-embedded-test-'))
  t.teardown(() => rmSync(shared, { recursive: true, force: true }))
  chmodSync(shared, 0o777)
  mkdirSync(join(shared, 'postgres'), { mode: 0o700 })
  await t.rejects(startInChild(call(shared), DAEMON), {
    message: /belongs to another user \(uid 0\).*chown/,
  })
})

void t.test('the copy of the programs is made once, closed to writers, repaired', onlyRoot, async (t) => {
  const native = join(parent, 'native')
  mkdirSync(join(native, 'bin'), { recursive: true, mode: 0o700 })
  writeFileSync(join(native, 'bin/postgres'), 'program', { mode: 0o700 })
  writeFileSync(join(native, 'data'), 'data', { mode: 0o666 })
  symlinkSync('data', join(native, 'link'))
  const account = { uid: DAEMON, gid: DAEMON }
  const copy = reachableCopy(native, `test-${process.pid}`, account)
  t.teardown(() => rmSync(copy, { recursive: true, force: true }))
  const { ino } = statSync(copy)
  t.ok(canReach(account, join(copy, 'bin')))
  t.equal(statSync(join(copy, 'bin/postgres')).mode & 0o777, 0o755)
  t.equal(statSync(join(copy, 'data')).mode & 0o777, 0o644)
  t.ok(lstatSync(join(copy, 'link')).isSymbolicLink())

  t.equal(reachableCopy(native, `test-${process.pid}`, account), copy)
  t.equal(statSync(copy).ino, ino, 'not copied again')
  chmodSync(join(copy, 'data'), 0o666)
  reachableCopy(native, `test-${process.pid}`, account)
  t.equal(statSync(join(copy, 'data')).mode & 0o777, 0o644, 'copied again')

  chownSync(copy, DAEMON, DAEMON)
  t.throws(() => reachableCopy(native, `test-${process.pid}`, account), {
    message: /is in the way.*cannot be trusted/,
  })
})

void t.test('a throwaway vanishes with the process that started it, even by kill -9', async (t) => {
  const { process: child, url } = await startInChild('startThrowaway()')
  t.same(await query(url, "SELECT rolcreatedb, rolsuper FROM pg_roles WHERE rolname = 'duban'"), [true, false])
  const socketDirectory = decodeURIComponent(/host=([^&]+)/.exec(url)![1]!)
  await kill(child)
  await until(() => !existsSync(socketDirectory))
  t.pass()
})
