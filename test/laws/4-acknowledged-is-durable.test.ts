import t, { type Test } from 'tap'
import {
  beginDrill,
  countedIds,
  drillPlan,
  drillServer,
  planDrill,
  playedOn,
  records,
  serveDrill,
  units,
  verdict,
  whole,
  type DrillServer,
} from '../drill.ts'

const none = { findings: [] }
const key = (name: string): { [header: string]: string } => ({ 'idempotency-key': name })

void t.test('a retried command gets the first answer, and happens once', async (t) => {
  const server = await drillServer(t)
  const drill = await beginDrill(server)
  const first = await drill.ask('of-u1', 'u1', 'report.submit', none, key('k'))
  t.equal(first.status, 200)
  await server.scheduler.catchUp()
  server.clock.set('2026-06-01T00:00:00.000Z')
  await server.scheduler.catchUp()
  const before = await whole(server.db)
  const second = await drill.ask('of-u1', 'u1', 'report.submit', none, key('k'))
  t.equal(second.status, 200)
  t.same(second.json, first.json, 'also long after, when it would be refused')
  t.same(second.headers['etag'], first.headers['etag'])
  t.same(await whole(server.db), before)
})

void t.test('a retried refusal is the same refusal, although the command would pass now', async (t) => {
  const server = await drillServer(t)
  const drill = await planDrill(server)
  const early = await drill.ask('lead', 'root', 'drill.end', {}, key('k'))
  t.match(early.json, { status: 409, code: 'wrong_state' })
  await drill.ask('lead', 'root', 'drill.begin')
  const again = await drill.ask('lead', 'root', 'drill.end', {}, key('k'))
  t.equal(again.status, 409)
  t.same(again.json, early.json)
  t.equal((await drill.ask('lead', 'root', 'drill.end', {}, key('other'))).status, 200)
})

void t.test('a retried creation is the same campaign', async (t) => {
  const server = await drillServer(t)
  const create = (headers: object, body = drillPlan()) =>
    server.call('organiser', 'POST', '/api/campaigns', body, { ...headers })
  const first = await create(key('k'))
  const second = await create(key('k'))
  t.same([first.status, second.status], [201, 201])
  t.equal(second.json.id, first.json.id)
  t.same(second.json, first.json)
  t.equal(second.headers['location'], first.headers['location'])
  t.match(await whole(server.db), { campaigns: '1' })
  const other = await create(key('k'), { ...drillPlan(), title: 'another' })
  t.match(other.json, { status: 422, code: 'idempotency_key_reused' })

  const grant = (person: string, name: string) =>
    server.call('organiser', 'POST', `/api/campaigns/${first.json.id}/assignments`, { role: 'lead', person }, key(name))
  const [granted, repeated] = [await grant('stranger', 'g'), await grant('stranger', 'g')]
  t.equal(granted.status, 201)
  t.same(repeated.json, granted.json)
  t.match((await grant('checker', 'g')).json, { code: 'idempotency_key_reused' })
})

void t.test('a key that was used for something else is refused, and the key is the caller’s own', async (t) => {
  const server = await drillServer(t)
  const drill = await beginDrill(server)
  const ask = (payload: object, headers: object) =>
    drill.ask('of-u1', 'u1', 'report.submit', payload, { ...key('k'), ...headers })
  t.equal((await ask(none, {})).status, 200)
  await server.scheduler.catchUp()
  const before = await whole(server.db)
  const otherBody = await ask({ findings: [], note: 'x' }, {})
  t.match(otherBody.json, { status: 422, code: 'idempotency_key_reused' })
  const otherVersion = await ask(none, { 'if-match': '"1"' })
  t.match(otherVersion.json, { status: 422, code: 'idempotency_key_reused' })
  const otherInstance = await drill.ask('of-u1', 'u2', 'report.submit', none, key('k'))
  t.match(otherInstance.json, { status: 404 }, 'u2 is none of their business anyway')
  t.same(await whole(server.db), before)
  const otherPerson = await drill.ask('of-u2', 'u2', 'report.submit', none, key('k'))
  t.equal(otherPerson.status, 200)
})

void t.test('the same key at the same moment, through two servers: once, and one answer', async (t) => {
  const server = await drillServer(t)
  const second = await serveDrill(t, server.url)
  const drill = await beginDrill(server)
  const there = playedOn(second, drill.id)
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      (n % 2 === 0 ? drill : there).ask('of-u1', 'u1', 'report.submit', none, key('k')),
    ),
  )
  t.same([...new Set(answers.map(({ status }) => status))], [200])
  t.equal(new Set(answers.map(({ text }) => text)).size, 1)

  const created = await Promise.all(
    Array.from({ length: 10 }, (_, n) =>
      (n % 2 === 0 ? server : second).call('organiser', 'POST', '/api/campaigns', drillPlan(), key('c')),
    ),
  )
  t.same([...new Set(created.map(({ status }) => status))], [201])
  t.equal(new Set(created.map(({ json }) => json.id)).size, 1)
  t.match(await whole(server.db), { campaigns: '2' })
})

void t.test('one key used for two instances at the same moment: one happens, the other is told', async (t) => {
  const server = await drillServer(t)
  const drill = await beginDrill(server)
  await server.call('organiser', 'POST', `/api/campaigns/${drill.id}/assignments`, {
    role: 'reporter',
    person: 'lead',
    unit: 'bureau',
  })
  const answers = await Promise.all(units.map((unit) => drill.ask('lead', unit, 'report.submit', none, key('k'))))
  t.same(answers.map(({ status, json }) => String(json.code ?? status)).toSorted(), [
    '200',
    ...units.slice(1).map(() => 'idempotency_key_reused'),
  ])
})

void t.test('If-Match: only who saw the present version decides', async (t) => {
  const server = await drillServer(t)
  const drill = await beginDrill(server)
  const { headers } = await server.call(
    'of-u1',
    'GET',
    `/api/campaigns/${drill.id}/instances/${await drill.find('u1')}`,
  )
  t.equal(headers['etag'], '"1"')
  const stale = await drill.ask('of-u1', 'u1', 'report.submit', none, { 'if-match': '"2"' })
  t.match(stale.json, { status: 412, code: 'stale', issues: { version: 1 } })
  const fresh = await drill.ask('of-u1', 'u1', 'report.submit', none, { 'if-match': '"1"' })
  t.equal(fresh.status, 200)
  t.equal(fresh.headers['etag'], '"2"')

  const both = await Promise.all(
    ['all', 'none'].map((note) => drill.ask('of-u2', 'u2', 'report.submit', { ...none, note }, { 'if-match': '"1"' })),
  )
  t.same(both.map(({ status }) => String(status)).toSorted(), ['200', '412'])
})

void t.test('requests together and one at a time give each instance the same records', async (t) => {
  const many = Array.from({ length: 90 }, (_, n) => `n${n}`)
  const play = async (t: Test, together: boolean) => {
    const server = await drillServer(t, { newId: countedIds() })
    await putUnits(server, many)
    const drill = await beginDrill(server, many)
    for (const [index, unit] of many.entries()) {
      const body = { role: 'reporter', person: `of-u${(index % 6) + 1}`, unit }
      const path = `/api/campaigns/${drill.id}/assignments`
      const { status, text } = await server.call('organiser', 'POST', path, body)
      if (status !== 201) throw new Error(text)
    }
    // Good ones, refused ones and broken ones side by side.
    const asks = many.map(async (unit, n) => {
      const path = `/api/campaigns/${drill.id}/instances/${await drill.find(unit)}/commands`
      const payload = n % 7 === 0 ? { findings: 'none' } : { findings: [{ what: unit }] }
      const command = n % 5 === 0 ? 'report.late' : 'report.submit'
      return () => server.call(`of-u${(n % 6) + 1}`, 'POST', path, { command, payload })
    })
    const answers: number[] = []
    for (const ask of together ? [] : await Promise.all(asks)) answers.push((await ask()).status)
    if (together) {
      const ready = await Promise.all(asks)
      answers.push(...(await Promise.all(ready.map((ask) => ask()))).map(({ status }) => status))
    }
    await server.scheduler.catchUp()
    t.same((await verdict(server, drill.id)).findings, [])
    const all = await records(server.db, drill.id)
    // Which unit was the last to report is a matter of chance when they come together.
    delete all[drill.id]
    return { answers, all }
  }
  const [together, alone] = [await play(t, true), await play(t, false)]
  t.same(together.answers, alone.answers)
  t.same(together.all, alone.all)
})

void t.test('two servers on one database take turns on the same instances and lose nothing', async (t) => {
  const server = await drillServer(t)
  const second = await serveDrill(t, server.url)
  const drill = await beginDrill(server)
  const there = playedOn(second, drill.id)
  const answers = await Promise.all(
    Array.from({ length: 60 }, (_, n) => {
      const unit = units[n % 3] as string
      const command = n % 6 < 3 ? 'report.submit' : 'report.return'
      const person = command === 'report.submit' ? `of-${unit}` : 'lead'
      const payload = command === 'report.submit' ? { findings: [{ what: `${n}` }] } : { reason: 'x' }
      return (n % 2 === 0 ? drill : there).ask(person, unit, command, payload)
    }),
  )
  await Promise.all([server.scheduler.catchUp(), second.scheduler.catchUp()])
  const accepted = answers.filter(({ status }) => status === 200)
  t.same([...new Set(answers.map(({ status, json }) => String(json.code ?? status)))].toSorted(), [
    '200',
    'wrong_state',
  ])
  const all = await records(server.db, drill.id)
  const commands = Object.values(all)
    .flat()
    .filter((record) => JSON.parse(record).event.command?.startsWith('report.'))
  t.equal(commands.length, accepted.length, 'each that was acknowledged, once')
  t.same(
    accepted.map(({ json }) => String(json.transition.hash)).toSorted(),
    (
      await server.db
        .selectFrom('transition')
        .select('hash')
        .where(
          'hash',
          'in',
          accepted.map(({ json }) => json.transition.hash),
        )
        .execute()
    )
      .map(({ hash }) => hash)
      .toSorted(),
  )
  t.same((await verdict(server, drill.id)).findings, [])
})

async function putUnits(server: DrillServer, ids: string[]): Promise<void> {
  const { status, text } = await server.call('admin', 'PUT', '/api/units', {
    units: ids.map((id) => ({ id, title: { zh: id, en: id }, parent: 'bureau' })),
  })
  if (status !== 200) throw new Error(text)
}
