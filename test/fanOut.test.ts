import { sql } from 'kysely'
import t from 'tap'
import { bureauServer, bureauPlan, type TestServer } from './harness.ts'

// FAN_OUT=10000 for the whole of it; CI takes a tenth.
const UNITS = Number(process.env['FAN_OUT'] ?? 1_000)

void t.test(`${UNITS} units open without one giant transaction or a rewritten parent`, async (t) => {
  const server = await bureauServer(t)
  const ids = Array.from({ length: UNITS }, (_, n) => `office-${n}`)
  const units = ids.map((id) => ({ id, title: { zh: id, en: id }, parent: 'county' }))
  t.equal((await server.call('he-zhengming', 'PUT', '/api/units', { units })).status, 200)

  const { assignments } = bureauPlan() as { assignments: { unit?: string }[] }
  const campaign = await start(server, {
    ...bureauPlan(),
    units: ids,
    assignments: [
      ...assignments.filter(({ unit }) => unit === undefined),
      { role: 'reporter', person: 'chen-siyu', unit: 'county' },
    ],
  })
  const neighbour = await start(server, bureauPlan())
  const command = (id: string, person: string, name: string, payload: object): Promise<unknown> =>
    server
      .call(person, 'POST', `/api/campaigns/${id}/instances/${id}/commands`, {
        command: name,
        payload,
      })
      .then(({ status, json }) => t.equal(status, 200, JSON.stringify(json)))

  await command(campaign, 'sun-lihua', 'scheme.submit', { title: '方案', text: '方案' })
  await command(campaign, 'wang-jianguo', 'scheme.approve', {})
  const began = performance.now()
  // Somebody else's campaign goes on meanwhile.
  await Promise.all([
    server.executor.settle(campaign),
    command(neighbour, 'sun-lihua', 'scheme.submit', { title: '方案', text: '方案' }),
  ])
  t.comment(`${UNITS} units in ${Math.round(performance.now() - began)} ms`)

  const opened = await count(server, campaign)
  t.equal(opened.units, UNITS, 'every unit is open')
  t.equal(opened.firsts, UNITS, 'each with its first transition')
  t.ok(opened.transactions >= UNITS / 100, `in ${opened.transactions} transactions`)
  t.ok(opened.most <= 200, `none of more than ${opened.most} units`)
  const root = await server.call('shao-jingyuan', 'GET', `/api/campaigns/${campaign}/instances/${campaign}`)
  t.equal(root.json.version, 3, 'the root has only its own transitions')

  await server.advanceTo('2026-04-18T16:00:00.000Z')
  const board = await server.call('shao-jingyuan', 'GET', `/api/campaigns/${campaign}`)
  t.match(
    board.json.tallies.find(({ kind }: { kind: string }) => kind === 'unit'),
    { state: 'overdue', count: UNITS },
    'and all of them are overdue at the same instant',
  )
})

async function start(server: TestServer, plan: object): Promise<string> {
  const { status, json } = await server.call('lin-shuwen', 'POST', '/api/campaigns', plan)
  if (status !== 201) throw new Error(JSON.stringify(json))
  return json.id
}

async function count(
  server: TestServer,
  campaign: string,
): Promise<{ units: number; firsts: number; transactions: number; most: number }> {
  const { rows } = await sql<{
    units: string
    firsts: string
    transactions: string
    most: string
  }>`
    SELECT (SELECT count(*) FROM instance WHERE campaign_id = ${campaign} AND kind = 'unit') AS units,
           sum(n) AS firsts, count(*) AS transactions, max(n) AS most
    FROM (SELECT count(*) AS n FROM transition t
          JOIN instance i ON i.campaign_id = t.campaign_id AND i.id = t.instance_id
          WHERE t.campaign_id = ${campaign} AND i.kind = 'unit' AND t.version = 1
          GROUP BY t.xmin::text) AS chunks
  `.execute(server.db)
  const [row] = rows
  return {
    units: Number(row?.units),
    firsts: Number(row?.firsts),
    transactions: Number(row?.transactions),
    most: Number(row?.most),
  }
}
