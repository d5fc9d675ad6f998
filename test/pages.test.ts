import t from 'tap'
import { at, beginDrill, drillPlan, drillServer, units } from './drill.ts'

void t.test('the cursors of every list walk over everything exactly once, in order', async (t) => {
  const server = await drillServer(t)
  const drill = await beginDrill(server)
  for (const unit of units) {
    const payload = { findings: Array.from({ length: 3 }, (_, n) => ({ what: `${n}` })) }
    if (unit !== 'u6') await drill.ask(`of-${unit}`, unit, 'report.submit', payload)
  }
  // Several campaigns of one instant, and deadlines of many instances at one instant.
  for (let n = 0; n < 4; n += 1) await server.call('organiser', 'POST', '/api/campaigns', drillPlan())
  server.clock.set('2026-05-01T00:00:00.000Z')
  await server.scheduler.catchUp()
  for (const unit of ['u1', 'u2']) await drill.ask(`of-${unit}`, `${unit}/0`, 'finding.mend', { how: 'x' })
  server.clock.set(at.afterMended)
  await server.scheduler.catchUp()

  const base = `/api/campaigns/${drill.id}`
  const u1 = `${base}/instances/${await drill.find('u1')}`
  const history = ['instance', 'version']
  const lists: [path: string, person: string, key: string[], least: number][] = [
    ['/api/units', 'admin', ['id'], 8],
    ['/api/people', 'admin', ['id'], 14],
    ['/api/campaigns', 'admin', ['id'], 5],
    [`${base}/instances`, 'admin', ['id'], 22],
    [`${base}/instances?kind=finding`, 'admin', ['id'], 15],
    [`${base}/history`, 'auditor', history, 60],
    [`${base}/history`, 'of-u1', history, 20],
    [`${u1}/history`, 'auditor', history, 5],
    ['/api/notices', 'lead', ['instance', 'at', 'text'], 1],
  ]
  for (const [path, person, key, least] of lists) {
    const whole = await walk(path, person, 500, key)
    t.ok(whole.length >= least, `${path} has ${whole.length}`)
    t.equal(new Set(whole).size, whole.length, `${path} lists nothing twice`)
    for (const limit of [1, 2, 7]) t.same(await walk(path, person, limit, key), whole, `${path} by ${limit}`)
  }

  async function walk(path: string, person: string, limit: number, key: string[]): Promise<string[]> {
    const keys: string[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const query = `${path.includes('?') ? '&' : '?'}limit=${limit}${cursor && `&cursor=${cursor}`}`
      const { json, status, text } = await server.call(person, 'GET', `${path}${query}`)
      if (status !== 200) throw new Error(text)
      if (json.items.length > limit) throw new Error(`${path}: more than ${limit}`)
      keys.push(...json.items.map((one: any) => JSON.stringify(key.map((name) => one[name]))))
      cursor = json.next
    }
    return keys
  }
})

void t.test('tasks and deadlines are listed by due date, each once, however small the page', async (t) => {
  const server = await drillServer(t)
  const first = await beginDrill(server)
  await beginDrill(server)
  await first.ask('of-u1', 'u1', 'report.submit', { findings: [{ what: 'a' }, { what: 'b' }] })
  await server.scheduler.catchUp()
  const grant = (unit: string) =>
    server.call('organiser', 'POST', `/api/campaigns/${first.id}/assignments`, {
      role: 'reporter',
      person: 'of-u1',
      unit,
    })
  await grant('bureau')
  for (const [path, person, key] of [
    ['/api/tasks', 'of-u1', ['campaign', 'instance', 'command']],
    ['/api/tasks', 'lead', ['campaign', 'instance', 'command']],
    [`/api/campaigns/${first.id}/deadlines`, 'admin', ['instance', 'date', 'reminder']],
  ] as const) {
    const all: { [limit: number]: any[] } = {}
    for (const limit of [500, 1, 3]) {
      const items: any[] = []
      for (let cursor: string | null = ''; cursor !== null;) {
        const { json } = await server.call(person, 'GET', `${path}?limit=${limit}${cursor && `&cursor=${cursor}`}`)
        items.push(...json.items)
        cursor = json.next
      }
      all[limit] = items
    }
    t.ok((all[500]?.length ?? 0) > 3, `${path} has ${all[500]?.length}`)
    const keys = all[500]?.map((one) => JSON.stringify(key.map((name) => one[name])))
    t.equal(new Set(keys).size, keys?.length, `${path}: nothing twice`)
    t.same(all[1], all[500], `${path} by 1`)
    t.same(all[3], all[500], `${path} by 3`)
  }
  const { json } = await server.call('admin', 'GET', `/api/campaigns/${first.id}/deadlines?limit=500`)
  const dues = json.items.map((one: { due: string }) => one.due)
  t.same(dues, dues.toSorted())
  const tasks = await server.call('of-u1', 'GET', `/api/tasks?campaign=${first.id}`)
  t.ok(tasks.json.items.every((one: { campaign: string }) => one.campaign === first.id))
})
