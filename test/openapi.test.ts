import { Validator } from '@seriousme/openapi-schema-validator'
import t from 'tap'
import { drillServer } from './drill.ts'

type Operation = { summary?: string; tags?: string[]; responses: object; security: object[] }

void t.test('the description of the API is OpenAPI 3.1, complete, and describes every route', async (t) => {
  const server = await drillServer(t)
  const { json, status, headers } = await server.call(null, 'GET', '/api/openapi.json')
  t.equal(status, 200)
  t.match(headers['content-type'], /^application\/json/u)
  t.match(json.openapi, /^3\.1\./u)
  const { valid, errors } = await new Validator().validate(json)
  t.equal(valid, true, JSON.stringify(errors))

  const described = Object.entries<{ [method: string]: Operation }>(json.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method} ${path}`),
  )
  const routes = routesOf(server.app.printRoutes({ commonPrefix: false }))
  const unlisted = ['get /docs', 'get /api/openapi.json']
  t.same(described.toSorted(), routes.filter((one) => !unlisted.some((known) => one.startsWith(known))).toSorted())
  for (const [path, operations] of Object.entries<{ [method: string]: Operation }>(json.paths)) {
    for (const [method, { summary, tags, responses, security }] of Object.entries(operations)) {
      const where = `${method} ${path}`
      t.ok(summary, `${where} has a summary`)
      t.equal(tags?.length, 1, `${where} has a tag`)
      t.match(responses, { default: { content: { 'application/problem+json': {} } } }, where)
      t.equal(security.length, path.startsWith('/api/') ? 1 : 0, `${where} wants a token`)
    }
  }
})

void t.test('bodies and headers are described as they are checked', async (t) => {
  const server = await drillServer(t)
  const { json } = await server.call(null, 'GET', '/api/openapi.json')
  const command = json.paths['/api/campaigns/{campaign}/instances/{instance}/commands'].post
  t.match(command.requestBody.content['application/json'].schema, {
    type: 'object',
    required: ['command'],
    additionalProperties: false,
  })
  const names = command.parameters.map((one: { in: string; name: string }) => `${one.in} ${one.name}`)
  t.same(names.toSorted(), ['header idempotency-key', 'header if-match', 'path campaign', 'path instance'])
})

void t.test('the reference is a page that loads nothing from elsewhere', async (t) => {
  const server = await drillServer(t)
  const first = await server.call(null, 'GET', '/docs')
  const page = first.status === 200 ? first : await server.call(null, 'GET', String(first.headers['location']))
  t.equal(page.status, 200)
  t.match(page.headers['content-type'], /^text\/html/u)
  const loaded = [...page.text.matchAll(/(?:src|href)="([^"]+)"/gu)].map(([, url = '']) => url)
  t.ok(loaded.length > 0)
  for (const url of loaded) t.notMatch(url, /^(https?:)?\/\//u, url)
  t.notMatch(page.text, /https?:\/\/(?!www\.w3\.org)[\w.-]+\.(com|org|net|dev|io)\b/u)
  for (const url of loaded.filter((one) => one.endsWith('.js'))) {
    const script = await server.call(null, 'GET', new URL(url, 'http://x/docs/').pathname)
    t.equal(script.status, 200, url)
    t.match(script.headers['content-type'], /javascript/u)
  }
})

/** From the tree that Fastify prints: `├── /api/units (GET, HEAD, PUT)`; parameters as OpenAPI writes them. */
function routesOf(printed: string): string[] {
  const stack: string[] = []
  return printed.split('\n').flatMap((line) => {
    const found = /^(?<indent>[│ ]*)[├└]── (?<part>\S+)(?: \((?<methods>[A-Z, ]+)\))?/u.exec(line)?.groups
    if (!found) return []
    stack.length = (found['indent'] ?? '').length / 4
    stack.push(found['part'] ?? '')
    const path = stack.join('').replaceAll(/:(\w+)/gu, '{$1}')
    const methods = (found['methods'] ?? '').split(', ').filter((one) => one && one !== 'HEAD')
    return methods.map((method) => `${method.toLowerCase()} ${path}`)
  })
}
