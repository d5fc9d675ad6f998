import t from 'tap'
import { beginDrill, drillDatabase, serveDrill, units, verdict } from '../drill.ts'
import { recordedLog } from './recorded.ts'
import { cuttable } from './wire.ts'

const none = { findings: [] }

void t.test('the database goes away in the middle of a request and comes back', async (t) => {
  const { url } = await drillDatabase(t)
  const line = await cuttable(t, url)
  const { log, lines } = recordedLog()
  const server = await serveDrill(t, line.url, { log })
  const direct = await serveDrill(t, url)
  const drill = await beginDrill(server)
  const paths = await Promise.all(
    units.map(async (unit) => `/api/campaigns/${drill.id}/instances/${await drill.find(unit)}`),
  )
  const submit = (n: number) =>
    server.call(
      `of-u${n + 1}`,
      'POST',
      `${paths[n]}/commands`,
      { command: 'report.submit', payload: none },
      { 'idempotency-key': `k${n}` },
    )

  await t.test('before the commit: nothing has happened', async (t) => {
    lines.length = 0
    line.cutAt(/INSERT INTO "transition"/u)
    const refused = await submit(0)
    t.match(refused.json, { status: 503, code: 'database_unavailable' })
    t.match(refused.headers['content-type'], /^application\/problem\+json/u)
    t.ok(refused.headers['retry-after'])
    t.notMatch(refused.text, /\.ts:|node_modules/u)
    const requests = lines.filter((one) => one.reqId !== undefined)
    t.equal(requests.length, 1, `logged once: ${JSON.stringify(lines)}`)
    t.match((await direct.call('auditor', 'GET', paths[0] ?? '')).json, { version: 1 })
  })

  await t.test('in the commit: it may have happened, and the retry finds out', async (t) => {
    line.restore()
    line.cutAt(/^commit$/iu, 'after')
    const refused = await submit(1)
    t.match(refused.json, { status: 503, code: 'database_unavailable' })
    t.match(
      (await direct.call('auditor', 'GET', paths[1] ?? '')).json,
      { version: 2 },
      'the commit went through, its answer was lost',
    )
  })

  await t.test('while it is away every request is told so, quickly, and the server lives', async (t) => {
    const began = Date.now()
    const answers = await Promise.all([
      ...units.map((_, n) => submit(n)),
      server.call('admin', 'GET', '/api/units'),
      server.call('admin', 'PUT', '/api/units', { units: [] }),
      server.call(null, 'GET', '/readyz'),
    ])
    for (const { json } of answers) t.match(json, { status: 503, code: 'database_unavailable' })
    t.ok(Date.now() - began < 45_000, 'no statement was waited for')
    t.equal((await server.call(null, 'GET', '/healthz')).status, 200)
    t.equal(lines.filter(({ level }) => level >= 50).length, 0, 'it is no error of ours')
  })

  await t.test('it recovers without a restart, and retries happen once', async (t) => {
    line.restore()
    const answers = await Promise.all(units.map((_, n) => submit(n)))
    t.same(
      answers.map(({ status }) => status),
      units.map(() => 200),
    )
    t.equal((await server.call(null, 'GET', '/readyz')).status, 200)
    await server.scheduler.catchUp()
    for (const [n] of units.entries()) {
      const { json } = await server.call('auditor', 'GET', `${paths[n]}/history`)
      const submitted = json.items.filter((one: any) => one.event.command === 'report.submit')
      t.equal(submitted.length, 1)
    }
    t.same((await verdict(server, drill.id)).findings, [])
  })
})

void t.test('a batch that loses its commit is not tried again behind the back of its clients', async (t) => {
  const { url } = await drillDatabase(t)
  const line = await cuttable(t, url)
  const server = await serveDrill(t, line.url)
  const direct = await serveDrill(t, url)
  const drill = await beginDrill(server)
  const paths = await Promise.all(
    units.map(async (unit) => `/api/campaigns/${drill.id}/instances/${await drill.find(unit)}`),
  )
  // Without keys: a second try would be refused, and the client would believe that it had failed.
  line.cutAt(/^commit$/iu, 'after', { once: true })
  const answers = await Promise.all(
    units.map((unit, n) =>
      server.call(`of-${unit}`, 'POST', `${paths[n]}/commands`, {
        command: 'report.submit',
        payload: none,
      }),
    ),
  )
  for (const [n, { status, json }] of answers.entries()) {
    t.ok(status === 200 || status === 503, `${status} ${json.code ?? ''}`)
    const { json: now } = await direct.call('auditor', 'GET', paths[n] ?? '')
    if (status === 200) t.ok(now.version >= 2)
  }
})
