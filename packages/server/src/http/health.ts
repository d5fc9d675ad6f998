import { sql } from 'kysely'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Api, Context } from './context.ts'

/** For whoever keeps the server running: is the process there, is the database there, how late is it. */
export async function health(app: Api, { db, executor, clock }: Context): Promise<void> {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const requests = new Histogram({
    name: 'duban_http_request_seconds',
    help: 'Time to answer, by route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
    registers: [registry],
  })
  registry.registerMetric(
    new Gauge({
      name: 'duban_execute_waiting',
      help: 'Requests that wait for the next batch',
      registers: [],
      collect() {
        this.set(executor.waiting())
      },
    }),
  )
  registry.registerMetric(
    new Gauge({
      name: 'duban_deadline_late_seconds',
      help: 'How long the most overdue deadline has been waiting to be fired; 0 when none is',
      registers: [],
      async collect() {
        const { rows } = await sql<{
          due: string | null
        }>`SELECT min(due) AS due FROM deadline`.execute(db)
        const due = rows[0]?.due
        this.set(due ? Math.max(0, (Date.parse(clock.now()) - Date.parse(due)) / 1000) : 0)
      },
    }),
  )
  app.addHook('onResponse', async (request, reply) => {
    requests.observe(
      { method: request.method, route: request.routeOptions.url ?? '-', status: reply.statusCode },
      reply.elapsedTime / 1000,
    )
  })

  app.get('/healthz', { schema: { tags: ['operation'], summary: 'The process answers' } }, async () => ({
    status: 'ok',
  }))
  app.get('/readyz', { schema: { tags: ['operation'], summary: 'The database answers' } }, async () => {
    await sql`SELECT 1`.execute(db)
    return { status: 'ok' }
  })
  app.get('/metrics', { schema: { tags: ['operation'], summary: 'Prometheus' } }, async (_, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  )
}
