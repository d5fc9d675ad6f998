import type { FastifyInstance, FastifyBaseLogger, RawServerDefault } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Clock } from '../clock.ts'
import type { Db } from '../database/open.ts'
import type { Scheduler } from '../deadlines/scheduler.ts'
import type { Definitions } from '../definitions.ts'
import type { Executor } from '../execute/index.ts'

/** What routes work with; handed to each plugin by `app.ts`. */
export type Context = {
  db: Db
  executor: Executor
  scheduler: Scheduler
  definitions: Definitions
  clock: Clock
  /** A fresh random id; an argument, so that tests can repeat a run. */
  newId: () => string
}

export type Api = FastifyInstance<RawServerDefault, IncomingMessage, ServerResponse, FastifyBaseLogger, ZodTypeProvider>
