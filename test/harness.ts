import { catalogue, definitions as shipped } from '@duban/definitions'
import type { Definition, Instant } from '@duban/engine'
import { generateKeyPair, type CryptoKey } from 'jose'
import { pino } from 'pino'
import type { Test } from 'tap'
import { testDatabase } from '../packages/server/test/database.ts'
import { migrate } from '../packages/server/src/database/migrate.ts'
import { openDatabase } from '../packages/server/src/database/open.ts'
import { indexDefinitions, type Definitions } from '../packages/server/src/definitions.ts'
import { planBody } from '../packages/server/src/demo/plan.ts'
import { seedDemo } from '../packages/server/src/demo/seed.ts'
import { sign, verifyByKey } from '../packages/server/src/http/token.ts'
import { startServer, type Server, type ServerOptions } from '../packages/server/src/server.ts'

export type TestClock = { now: () => Instant; set: (now: Instant) => void }

export type Answer = {
  status: number
  headers: { [name: string]: unknown }
  json: any
  text: string
}

/** A server on a database: several may share one. */
export type TestServer = Omit<Server, 'url'> & {
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
}

/** Those of `testKeys` are believed, unless `verify` says otherwise; ids in a fixed order make two runs the same. */
export type Options = Partial<Pick<ServerOptions, 'newId' | 'log' | 'verify' | 'silence'>> & {
  definitions?: Definition[]
  startAt?: Instant
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

/** The server itself on a real database; only the clock is ours, and it wakes when `advanceTo` says so. */
export async function serve(url: string, options: Options = {}): Promise<TestServer> {
  const { startAt, ...given } = options
  const clock = testClock(startAt)
  const definitions = indexDefinitions(options.definitions ?? shipped)
  const { publicKey, privateKey } = await testKeys()
  const server = await startServer({
    port: 0,
    host: '127.0.0.1',
    demo: false,
    jwks: undefined,
    databaseUrl: url,
    log: pino({ level: 'silent' }),
    verify: verifyByKey(publicKey),
    awake: false,
    ...given,
    definitions,
    clock,
  })
  const tokens = new Map<string, string>()
  const tokenOf = async (person: string): Promise<string> => {
    const known = tokens.get(person) ?? (await sign(privateKey, person, 3600))
    tokens.set(person, known)
    return known
  }
  return {
    ...server,
    definitions,
    clock,
    call: async (person, method, path, body, headers = {}) => {
      const response = await server.app.inject({
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
      await server.scheduler.catchUp()
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
