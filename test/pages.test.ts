import t from 'tap'
import { bureauPlan, bureauServer, type TestServer } from './harness.ts'

async function walk(server: TestServer, path: string, limit: number): Promise<unknown[]> {
  const items: unknown[] = []
  let cursor: string | null = null
  do {
    const query: string = `limit=${limit}${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`
    const { status, json } = await server.call(
      'he-zhengming',
      'GET',
      `${path}${path.includes('?') ? '&' : '?'}${query}`,
    )
    if (status !== 200) throw new Error(JSON.stringify(json))
    if (json.items.length > limit)
      throw new Error(`a page of ${json.items.length}, asked for ${limit}`)
    items.push(...json.items)
    cursor = json.next
  } while (cursor !== null)
  return items
}

void t.test('pages, put together, are the whole list, each item once', async (t) => {
  const server = await bureauServer(t)
  const plan = bureauPlan()
  const ids: string[] = []
  for (let n = 0; n < 3; n += 1) {
    const { json } = await server.call('lin-shuwen', 'POST', '/api/campaigns', plan)
    ids.push(json.id)
  }
  const [campaign] = ids
  for (const [person, command, payload] of [
    ['sun-lihua', 'scheme.submit', { title: '方案', text: '方案' }],
    ['wang-jianguo', 'scheme.approve', {}],
  ] as const) {
    const path = `/api/campaigns/${campaign}/instances/${campaign}/commands`
    t.equal((await server.call(person, 'POST', path, { command, payload })).status, 200)
  }
  await server.advanceTo('2026-04-18T16:00:00.000Z')

  for (const [path, atLeast] of [
    ['/api/campaigns', 3],
    ['/api/units', 12],
    ['/api/people', 22],
    [`/api/campaigns/${campaign}/instances`, 10],
    [`/api/campaigns/${campaign}/instances?kind=unit`, 9],
    [`/api/campaigns/${campaign}/history`, 20],
    [`/api/campaigns/${campaign}/instances/${campaign}/history`, 4],
    [`/api/campaigns/${campaign}/deadlines`, 1],
  ] as const) {
    const whole = await walk(server, path, 500)
    t.ok(whole.length >= atLeast, `${path}: ${whole.length}`)
    for (const limit of [1, 2, 7]) {
      t.same(await walk(server, path, limit), whole, `${path} by ${limit}`)
    }
  }

  const tasks = await server.call('sun-lihua', 'GET', '/api/tasks?limit=1')
  t.equal(tasks.status, 200)
  const bad = await server.call('sun-lihua', 'GET', '/api/tasks?cursor=nonsense')
  t.match(bad, { status: 400, json: { code: 'bad_cursor' } })
})
