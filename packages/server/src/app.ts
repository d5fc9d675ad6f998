import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify'
import { validatorCompiler } from 'fastify-type-provider-zod'
import { assignments } from './http/assignments.ts'
import { caller } from './http/caller.ts'
import { campaigns } from './http/campaigns.ts'
import type { Context } from './http/context.ts'
import { deadlines } from './http/deadlines.ts'
import { definitions } from './http/definitions.ts'
import { docs } from './http/docs.ts'
import { errors, frameworkErrors } from './http/errors.ts'
import { health } from './http/health.ts'
import { history } from './http/history.ts'
import { instances } from './http/instances.ts'
import { organisation } from './http/organisation.ts'
import { plain } from './http/plain.ts'
import { tasks } from './http/tasks.ts'
import type { Verify } from './http/token.ts'

const MiB = 1_048_576

export type AppOptions = {
  context: Context
  verify: Verify
  log: FastifyBaseLogger
  /** Routes of demo mode; absent in production. */
  demo?: (app: FastifyInstance) => Promise<void>
}

/** The HTTP server, in the order in which a request meets it. */
export async function buildApp({ context, verify, log, demo }: AppOptions): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: log,
    bodyLimit: MiB,
    // Requests are logged when something is refused or breaks (http/errors.ts), once.
    logController: new LogController({ disableRequestLogging: true }),
    // Who waits for an answer gets it; connections on which nothing is under way are closed.
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 200 },
    frameworkErrors,
  })
  app.setValidatorCompiler(validatorCompiler)
  // Answers are made by our own hand, not by clients: no need to check them on the way out.
  app.setSerializerCompiler(() => (data) => JSON.stringify(data))

  app.removeContentTypeParser('text/plain')
  await app.register(errors)
  await app.register(plain)
  await app.register(docs)
  await app.register(health, context)
  await app.register(
    async (api) => {
      if (demo) await api.register(demo, { prefix: '/demo' })
      await api.register(async (known) => {
        await known.register(caller, { db: context.db, verify })
        await known.register(organisation, context)
        await known.register(definitions, context)
        await known.register(campaigns, context)
        await known.register(assignments, context)
        await known.register(instances, context)
        await known.register(tasks, context)
        await known.register(deadlines, context)
        await known.register(history, context)
      })
    },
    { prefix: '/api' },
  )
  return app
}
