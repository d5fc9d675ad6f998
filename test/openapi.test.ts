import { Validator } from '@seriousme/openapi-schema-validator'
import t from 'tap'
import { bureauServer } from './harness.ts'

void t.test('the API describes itself', async (t) => {
  const server = await bureauServer(t)
  const routes: string[] = []

  await t.test('in OpenAPI 3.1 that validates', async (t) => {
    const { status, json } = await server.call(null, 'GET', '/api/openapi.json')
    t.equal(status, 200)
    t.equal(json.openapi, '3.1.0')
    const result = await new Validator().validate(json)
    t.ok(result.valid, JSON.stringify(result))
    routes.push(...Object.keys(json.paths))
  })

  await t.test(
    'with every route of the design in it, and the schema of what each takes',
    async (t) => {
      for (const path of [
        '/healthz',
        '/readyz',
        '/metrics',
        '/api/me',
        '/api/definitions',
        '/api/definitions/{id}',
        '/api/units',
        '/api/people',
        '/api/campaigns',
        '/api/campaigns/{campaign}',
        '/api/campaigns/{campaign}/instances',
        '/api/campaigns/{campaign}/instances/{instance}',
        '/api/campaigns/{campaign}/instances/{instance}/commands',
        '/api/campaigns/{campaign}/instances/{instance}/history',
        '/api/campaigns/{campaign}/instances/{instance}/replay',
        '/api/campaigns/{campaign}/history',
        '/api/campaigns/{campaign}/verify',
        '/api/campaigns/{campaign}/assignments',
        '/api/campaigns/{campaign}/deadlines',
        '/api/tasks',
      ]) {
        t.ok(routes.includes(path), path)
      }
      const { json } = await server.call(null, 'GET', '/api/openapi.json')
      const start = json.paths['/api/campaigns'].post
      t.match(start.requestBody.content['application/json'].schema, {
        type: 'object',
        required: ['definition', 'title', 'startsOn', 'units'],
      })
      t.same(start.security, [{ token: [] }])
      t.same(json.paths['/healthz'].get.security, [])
    },
  )

  await t.test('on a page that loads nothing from elsewhere', async (t) => {
    const { status, headers, text } = await server.call(null, 'GET', '/docs/')
    t.equal(status, 200)
    t.match(headers['content-type'], /text\/html/u)
    const loaded = [...text.matchAll(/(?:src|href)="([^"]+)"/gu)].map(([, url]) => url ?? '')
    t.ok(loaded.length > 0)
    t.same(
      loaded.filter((url) => /^(?:https?:)?\/\//u.test(url)),
      [],
    )
  })
})
