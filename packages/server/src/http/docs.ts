import swagger from '@fastify/swagger'
import scalar from '@scalar/fastify-api-reference'
import fp from 'fastify-plugin'
import { jsonSchemaTransform } from 'fastify-type-provider-zod'
import type { FastifyInstance } from 'fastify'

const problem = {
  type: 'object',
  required: ['type', 'title', 'status', 'code'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', description: 'stable; what programs decide on' },
    rule: { type: 'string', description: 'the rule, role, date or field that refused' },
    detail: { type: 'string' },
    issues: { description: 'what is to be corrected' },
  },
}

/** OpenAPI 3.1 at /api/openapi.json, made from the routes' zod schemas; a page to read it at /docs. */
export const docs = fp(async (app: FastifyInstance) => {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Duban (督办)',
        description:
          'Runs government inspection campaigns: dates that bind, roles that may and may not, a history that proves itself.',
        version: '1',
        license: { name: 'UNLICENSED', identifier: 'LicenseRef-UNLICENSED' },
      },
      servers: [{ url: '/' }],
      components: {
        securitySchemes: { token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
        schemas: { Problem: problem as never },
      },
    },
    transform: (given) => {
      const made = jsonSchemaTransform(given)
      const open = !made.url.startsWith('/api/') || made.url.startsWith('/api/demo')
      return {
        ...made,
        schema: {
          ...made.schema,
          security: open ? [] : [{ token: [] }],
          response: {
            '2xx': { description: 'Done', content: { 'application/json': { schema: {} } } },
            default: {
              description: 'Refused; nothing was changed (RFC 9457)',
              content: {
                'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
              },
            },
          },
        },
      }
    },
  })
  app.get('/api/openapi.json', { schema: { hide: true } }, async () => app.swagger())
  await app.register(scalar, {
    routePrefix: '/docs',
    configuration: { url: '/api/openapi.json', withDefaultFonts: false, telemetry: false },
  })
})
