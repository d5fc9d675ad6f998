import { definitions as shipped } from '@duban/definitions'
import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { buildApp } from './app.ts'
import { systemClock } from './clock.ts'
import type { Config } from './config.ts'
import { isSuperuser, openDatabase, type Db } from './database/open.ts'
import { migrate } from './database/migrate.ts'
import { createScheduler } from './deadlines/scheduler.ts'
import { indexDefinitions, type Definitions } from './definitions.ts'
import { openDemoClock } from './demo/clock.ts'
import { demoKeys } from './demo/keys.ts'
import { demoRoutes } from './demo/routes.ts'
import { seedDemo } from './demo/seed.ts'
import { createExecutor } from './execute/index.ts'
import { checkFingerprints } from './fingerprints.ts'
import { verifyByJwks, verifyByKey } from './http/token.ts'

// One for each worker of the executor's queue.
const WRITERS = 2

export type Server = { url: string; app: FastifyInstance; db: Db; close: () => Promise<void> }

/**
 * Everything between the process and its parts: migrate, check, catch up with what fell due while nobody
 * was there, and only then listen.
 */
export async function startServer(
  config: Pick<Config, 'port' | 'host' | 'demo' | 'jwks'>,
  databaseUrl: string,
  log: Logger,
  definitions: Definitions = indexDefinitions(shipped),
): Promise<Server> {
  const db = openDatabase(databaseUrl, log)
  const writer = openDatabase(databaseUrl, log, WRITERS)
  const closeBoth = async (): Promise<void> => {
    await writer.destroy()
    await db.destroy()
  }
  try {
    for (const name of await migrate(db)) log.info({ name }, 'migrated')
    await checkFingerprints(db, definitions, config.demo !== false)
    if (await isSuperuser(db)) {
      log.warn('the database role is a superuser: the history is not protected from this server itself')
    }
    const demo = config.demo ? { clock: await openDemoClock(db, systemClock), keys: await demoKeys(db) } : undefined
    if (config.demo && demo) {
      await seedDemo(db)
      if (config.demo.clock) await demo.clock.set(config.demo.clock, demo.clock.running())
    }
    const clock = demo?.clock ?? systemClock
    const executor = createExecutor(writer, definitions, clock, log)
    const scheduler = createScheduler(db, executor, clock, log)
    await scheduler.catchUp()

    const verify = demo
      ? verifyByKey(demo.keys.publicKey)
      : verifyByJwks(config.jwks?.url ?? '', config.jwks?.issuer ?? '', config.jwks?.audience ?? '')
    const app = await buildApp({
      context: { db, executor, scheduler, definitions, clock, newId: randomUUID },
      verify,
      log,
      ...(demo && { demo: demoRoutes(db, demo.clock, demo.keys, scheduler) }),
    })
    await app.listen({ port: config.port, host: config.host })
    scheduler.start()
    const { address, port } = app.server.address() as AddressInfo
    const host = address.includes(':') ? `[${address}]` : address
    return {
      url: `http://${host}:${port}`,
      app,
      db,
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
