import { definitions as shipped } from '@duban/definitions'
import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { buildApp } from './app.ts'
import { systemClock, type Clock } from './clock.ts'
import type { Config } from './config.ts'
import { isSuperuser, isUnavailable, openDatabase, READERS, type Db } from './database/open.ts'
import { migrate } from './database/migrate.ts'
import { createScheduler, type Scheduler } from './deadlines/scheduler.ts'
import { indexDefinitions, type Definitions } from './definitions.ts'
import { openDemoClock } from './demo/clock.ts'
import { demoKeys } from './demo/keys.ts'
import { demoRoutes } from './demo/routes.ts'
import { seedDemo } from './demo/seed.ts'
import { createExecutor, type Executor } from './execute/index.ts'
import { checkFingerprints } from './fingerprints.ts'
import { verifyByJwks, verifyByKey, type Verify } from './http/token.ts'

// One for each worker of the executor's queue.
const WRITERS = 2

export type ServerOptions = Pick<Config, 'port' | 'host' | 'demo' | 'jwks'> & {
  databaseUrl: string
  log: Logger
  /** The twelve, when absent. */
  definitions?: Definitions
  /** The system's, when absent; in demo mode one that can be set. */
  clock?: Clock
  newId?: () => string
  /** Whose tokens are believed; those of the provider at `jwks`, or the demo's own, when absent. */
  verify?: Verify
  /** After so many milliseconds no answer of the database is waited for. */
  silence?: number
  /** False: what falls due waits for the next request, or for `scheduler.catchUp`. */
  awake?: boolean
}

export type Server = {
  url: string
  app: FastifyInstance
  db: Db
  executor: Executor
  scheduler: Scheduler
  close: () => Promise<void>
}

/**
 * Everything between the process and its parts: migrate, check, catch up with what fell due while nobody
 * was there, and only then listen.
 */
export async function startServer(options: ServerOptions): Promise<Server> {
  const { databaseUrl, log, definitions = indexDefinitions(shipped), newId = randomUUID, awake = true } = options
  const db = openDatabase(databaseUrl, log, READERS, options.silence)
  const writer = openDatabase(databaseUrl, log, WRITERS, options.silence)
  const closeBoth = async (): Promise<void> => {
    await writer.destroy()
    await db.destroy()
  }
  try {
    for (const name of await migrate(db)) log.info({ name }, 'migrated')
    await checkFingerprints(db, definitions, options.demo !== false)
    if (await isSuperuser(db)) {
      log.warn('the database role is a superuser: the history is not protected from this server itself')
    }
    const demo = options.demo ? { clock: await openDemoClock(db, systemClock), keys: await demoKeys(db) } : undefined
    if (options.demo && demo) {
      await seedDemo(db)
      if (options.demo.clock) await demo.clock.set(options.demo.clock, demo.clock.running())
    }
    const clock = options.clock ?? demo?.clock ?? systemClock
    const executor = createExecutor(writer, definitions, clock, log)
    const scheduler = createScheduler(db, executor, clock, log)
    // A campaign that cannot be settled is looked at again once we run; the others shall not wait for it.
    await scheduler.catchUp().catch((error: unknown) => {
      if (isUnavailable(error)) throw error
      log.error({ err: error }, 'not all that is due could be taken')
    })

    const verify = options.verify ?? (demo ? verifyByKey(demo.keys.publicKey) : verifyByProvider(options.jwks))
    const app = await buildApp({
      context: { db, executor, scheduler, definitions, clock, newId },
      verify,
      log,
      ...(demo && { demo: demoRoutes(db, demo.clock, demo.keys, scheduler) }),
    })
    await app.listen({ port: options.port, host: options.host })
    if (awake) scheduler.start()
    const { address, port } = app.server.address() as AddressInfo
    const host = address.includes(':') ? `[${address}]` : address
    return {
      url: `http://${host}:${port}`,
      app,
      db,
      executor,
      scheduler,
      close: async () => {
        // Outside in: no new requests, those under way are answered, then the deadlines, then the database.
        await app.close()
        await scheduler.stop()
        await executor.idle()
        await closeBoth()
      },
    }
  } catch (error) {
    await closeBoth()
    throw error
  }
}

function verifyByProvider(jwks: Config['jwks']): Verify {
  if (!jwks) throw new Error('a server outside demo mode needs an OpenID provider')
  return verifyByJwks(jwks.url, jwks.issuer, jwks.audience)
}
