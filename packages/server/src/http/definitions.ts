import type { Definition } from '@duban/engine'
import { z } from 'zod'
import type { Api, Context } from './context.ts'
import { ProblemError } from './problem.ts'

const params = z.object({ id: z.string().max(128) })
const query = z.object({ version: z.coerce.number().int().positive().optional() })

/** The plans that this server can run, as data: dates, roles, machines, and JSON Schema for each command. */
export async function definitions(app: Api, context: Context): Promise<void> {
  app.get(
    '/definitions',
    { schema: { tags: ['definitions'], summary: 'What campaigns can be started' } },
    async () => ({ items: context.definitions.all.map(brief) }),
  )
  app.get(
    '/definitions/:id',
    {
      schema: {
        tags: ['definitions'],
        summary: 'One definition, whole',
        params,
        querystring: query,
      },
    },
    (request) => {
      const definition = context.definitions.find(request.params.id, request.query.version)
      if (!definition) throw new ProblemError('not_found', { rule: request.params.id })
      return { ...brief(definition), ...definition.document }
    },
  )
}

function brief({ id, version, name, title, fingerprint }: Definition): object {
  return { id, version, name, title, fingerprint }
}
