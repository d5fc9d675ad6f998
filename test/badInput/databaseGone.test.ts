import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { once } from 'node:events'
import t, { type Test } from 'tap'
import { beginDrill, drillDatabase, serveDrill, units, verdict } from '../drill.ts'
import { recordedLog } from './recorded.ts'

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
    line.cutAt(/INSERT INTO transition/u)
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

  await t.test(
    'while it is away every request is told so, quickly, and the server lives',
    async (t) => {
      const began = Date.now()
      const answers = await Promise.all([
        ...units.map((_, n) => submit(n)),
        server.call('admin', 'GET', '/api/units'),
        server.call('admin', 'PUT', '/api/units', { units: [] }),
        server.call(null, 'GET', '/readyz'),
      ])
      for (const { json } of answers) t.match(json, { status: 503, code: 'database_unavailable' })
      t.ok(Date.now() - began < 5_000)
      t.equal((await server.call(null, 'GET', '/healthz')).status, 200)
      t.equal(lines.filter(({ level }) => level >= 50).length, 0, 'it is no error of ours')
    },
  )

  await t.test('it recovers without a restart, and retries happen once', async (t) => {
    line.restore()
    const answers = await Promise.all(units.map((_, n) => submit(n)))
    t.same(
      answers.map(({ status }) => status),
      units.map(() => 200),
    )
    t.equal((await server.call(null, 'GET', '/readyz')).status, 200)
    await server.waker.catchUp()
    for (const [n] of units.entries()) {
      const { json } = await server.call('auditor', 'GET', `${paths[n]}/history`)
      const submitted = json.items.filter((one: any) => one.event.command === 'report.submit')
      t.equal(submitted.length, 1)
    }
    t.same((await verdict(server, drill.id)).findings, [])
  })
})

void t.test(
  'a batch that loses its commit is not tried again behind the back of its clients',
  async (t) => {
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
  },
)

type Cuttable = {
  url: string
  /** Cuts all connections when a statement comes by: before it arrives, or when PostgreSQL has answered. */
  cutAt: (statement: RegExp, when?: 'before' | 'after', options?: { once: boolean }) => void
  restore: () => void
}

/** A wire to PostgreSQL that can be cut. */
async function cuttable(t: Test, url: string): Promise<Cuttable> {
  const target = targetOf(url)
  const sockets = new Set<Socket>()
  let away = false
  let trap: { statement: RegExp; when: 'before' | 'after'; once: boolean } | undefined
  const cut = (): void => {
    away = trap?.once !== true
    trap = undefined
    for (const socket of sockets) socket.destroy()
  }
  const server = createServer((client) => {
    if (away) return void client.destroy()
    const database = connect(target)
    let caught = false
    for (const socket of [client, database]) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        sockets.delete(socket)
        client.destroy()
        database.destroy()
      })
    }
    client.on('data', (bytes: Buffer) => {
      if (trap && statementsIn(bytes).some((one) => trap?.statement.test(one))) {
        if (trap.when === 'before') return cut()
        caught = true
      }
      database.write(bytes)
    })
    database.on('data', (bytes: Buffer) => {
      if (caught) cut()
      else client.write(bytes)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const { user, database, password } = target
  const secret = password === undefined ? '' : `:${password}`
  return {
    url: `postgres://${user}${secret}@127.0.0.1:${port}/${database}?sslmode=disable`,
    cutAt: (statement, when = 'before', { once } = { once: false }) => {
      trap = { statement, when, once }
    },
    restore: () => {
      away = false
    },
  }
}

/** The texts of `Query` and `Parse` messages; a message split over packets is not found, which no short one is. */
function statementsIn(bytes: Buffer): string[] {
  const found: string[] = []
  for (let at = 0; at + 5 <= bytes.length;) {
    const length = bytes.readInt32BE(at + 1)
    const type = String.fromCharCode(bytes[at] ?? 0)
    const body = bytes.subarray(at + 5, at + 1 + length).toString('latin1')
    if (type === 'Q') found.push(body.split('\0')[0] ?? '')
    if (type === 'P') found.push(body.split('\0')[1] ?? '')
    if (length < 4) break
    at += 1 + length
  }
  return found
}

type Target = { user: string; password?: string; database: string } & (
  | { path: string }
  | { host: string; port: number }
)

/** `new URL` refuses the empty host that stands before `?host=/socket/directory`. */
function targetOf(url: string): Target {
  const parts =
    /^\w+:\/\/(?<user>[^:@/]+)(:(?<password>[^@/]*))?@(?<host>[^:/]*)(:(?<port>\d+))?\/(?<database>[^?]*)(\?(?<query>.*))?$/u.exec(
      url,
    )?.groups ?? {}
  const query = new URLSearchParams(parts['query'])
  const directory = query.get('host')
  const port = Number(parts['port'] ?? query.get('port') ?? 5432)
  return {
    user: parts['user'] ?? '',
    ...(parts['password'] !== undefined && { password: parts['password'] }),
    database: parts['database'] ?? '',
    ...(directory?.startsWith('/')
      ? { path: `${directory}/.s.PGSQL.${port}` }
      : { host: directory ?? parts['host'] ?? 'localhost', port }),
  }
}
