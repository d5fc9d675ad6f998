import { catalogue, definitions as shipped } from '@duban/definitions'
import type { Definition, Instant } from '@duban/engine'
import type { FastifyInstance } from 'fastify'
import { generateKeyPair, type CryptoKey } from 'jose'
import { pino, type Logger } from 'pino'
import type { Test } from 'tap'
import { testDatabase } from '../packages/server/test/database.ts'
import { buildApp } from '../packages/server/src/app.ts'
import { migrate } from '../packages/server/src/database/migrate.ts'
import { openDatabase, type Db } from '../packages/server/src/database/open.ts'
import { createScheduler, type Scheduler } from '../packages/server/src/deadlines/scheduler.ts'
import { indexDefinitions, type Definitions } from '../packages/server/src/definitions.ts'
import { planBody } from '../packages/server/src/demo/plan.ts'
import { seedDemo } from '../packages/server/src/demo/seed.ts'
import { createExecutor, type Executor } from '../packages/server/src/execute/index.ts'
import { sign, verifyByKey, type Verify } from '../packages/server/src/http/token.ts'

export type TestClock = { now: () => Instant; set: (now: Instant) => void }

export type Answer = {
  status: number
  headers: { [name: string]: unknown }
  json: any
  text: string
}

/** A server on a database: several may share one. */
export type TestServer = {
  app: FastifyInstance
  db: Db
  executor: Executor
  scheduler: Scheduler
  clock: TestClock
  definitions: Definitions
  /** A request as a person; null signs nobody in. */
  call: (
    person: string | null,
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    body?: unknown,
    headers?: { [name: string]: string },
  ) => Promise<Answer>
  /** Sets the clock and takes everything that fell due, like a server that woke on time. */
  advanceTo: (now: Instant) => Promise<void>
  close: () => Promise<void>
}

export type Options = {
  definitions?: Definition[]
  startAt?: Instant
  /** Ids in a fixed order, so that two runs are the same. */
  newId?: () => string
  log?: Logger
  /** Whose tokens are believed; those of `testKeys` when absent. */
  verify?: Verify
  /** After so many milliseconds no answer of the database is waited for. */
  silence?: number
}

/** A migrated database with the demo bureau in it, for one test file. */
export async function bureauDatabase(t: Test): Promise<{ url: string; superuser: string }> {
  return testDatabase(t, {
    key: 'bureau',
    prepare: async (url) => {
      const db = openDatabase(url, pino({ level: 'silent' }))
      await migrate(db)
      await seedDemo(db)
      await db.destroy()
    },
  })
}

let keys: Promise<{ publicKey: CryptoKey; privateKey: CryptoKey }> | undefined

/** The signing key of all test servers of this process. */
export function testKeys(): Promise<{ publicKey: CryptoKey; privateKey: CryptoKey }> {
  return (keys ??= generateKeyPair('EdDSA', { extractable: true }))
}

export function testClock(startAt: Instant = '2026-04-01T01:00:00.000Z'): TestClock {
  let current = startAt
  return { now: () => current, set: (now) => void (current = now) }
}

/** The real parts on a real database; only the clock is ours, and nothing listens on a port. */
export async function serve(url: string, options: Options = {}): Promise<TestServer> {
  const log = options.log ?? pino({ level: 'silent' })
  const clock = testClock(options.startAt)
  const definitions = indexDefinitions(options.definitions ?? shipped)
  const db = openDatabase(url, log, undefined, options.silence)
  await migrate(db)
  const executor = createExecutor(db, definitions, clock, log)
  const scheduler = createScheduler(db, executor, clock, log)
  await scheduler.catchUp()
  const { publicKey, privateKey } = await testKeys()
  const app = await buildApp({
    context: {
      db,
      executor,
      scheduler,
      definitions,
      clock,
      newId: options.newId ?? (() => crypto.randomUUID()),
    },
    verify: options.verify ?? verifyByKey(publicKey),
    log,
  })
  const tokens = new Map<string, string>()
  const tokenOf = async (person: string): Promise<string> => {
    const known = tokens.get(person) ?? (await sign(privateKey, person, 3600))
    tokens.set(person, known)
    return known
  }
  return {
    app,
    db,
    executor,
    definitions,
    scheduler,
    clock,
    call: async (person, method, path, body, headers = {}) => {
      const response = await app.inject({
        method,
        url: path,
        headers: {
          ...(person !== null && { authorization: `Bearer ${await tokenOf(person)}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && {
          payload: typeof body === 'string' ? body : JSON.stringify(body),
        }),
      })
      const text = response.body
      let json: unknown
      try {
        json = JSON.parse(text)
      } catch {
        json = undefined
      }
      return { status: response.statusCode, headers: response.headers, json, text }
    },
    advanceTo: async (now) => {
      clock.set(now)
      await scheduler.catchUp()
    },
    close: async () => {
      await app.close()
      await scheduler.stop()
      await executor.idle()
      await db.destroy()
    },
  }
}

/** Like `serve`, on a database of its own, closed with the test. */
export async function bureauServer(
  t: Test,
  options: Options = {},
): Promise<TestServer & { url: string; superuser: string }> {
  const { url, superuser } = await bureauDatabase(t)
  const server = await serve(url, options)
  t.teardown(() => server.close())
  return { ...server, url, superuser }
}

/** The body that starts a campaign in the demo organisation, with everybody in the duties they would have. */
export function bureauPlan(definition = 'legal-health-check', startsOn?: string): object {
  const entry = catalogue.find((one) => one.definition.id === definition)
  if (!entry) throw new Error(`no definition ${definition}`)
  return { ...planBody(definition, entry.demo), ...(startsOn !== undefined && { startsOn }) }
}
