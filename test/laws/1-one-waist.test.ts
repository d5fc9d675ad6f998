import { readdirSync, readFileSync } from 'node:fs'
import { sql } from 'kysely'
import t from 'tap'
import { at, beginDrill, drillServer, events, type DrillServer } from '../drill.ts'

const sources = new URL('../../packages/server/src/', import.meta.url)
const none = { findings: [] }

void t.test('every kind of change leaves exactly one row of history', async (t) => {
  const server = await drillServer(t)
  const drill = await beginDrill(server)
  const u1 = await drill.find('u1')
  t.equal(await grownBy(server, async () => {}), 0)

  const submit = () => drill.ask('of-u1', 'u1', 'report.submit', none)
  t.equal(await grownBy(server, submit), 1, 'a command')
  const settle = () => server.scheduler.catchUp()
  t.equal(await grownBy(server, settle), 1, 'a message: every finding of u1 is closed, there are none')
  t.match((await events(server, drill.id, u1)).at(-1), / every\.finding\.closed$/u)
  t.equal(await grownBy(server, submit), 0, 'a refused command leaves none')

  const { json } = await server.call('organiser', 'GET', `/api/campaigns/${drill.id}/assignments`)
  const path = `/api/campaigns/${drill.id}/assignments/${json.items[0].id}?reason=left`
  t.equal(await grownBy(server, () => server.call('organiser', 'DELETE', path)), 1, 'an act')

  const reason = 'flood'
  const extend = () => drill.ask('organiser', 'root', 'campaign.extend', { dates: { mended: '2026-05-21' }, reason })
  t.equal(await grownBy(server, extend), 1, 'an extension, of the root')
  t.equal(await grownBy(server, settle), 5, 'and of each unit that is not over')

  server.clock.set('2026-04-15T01:00:00.000Z')
  t.equal(await grownBy(server, settle), 6, 'a reminder: the root and five units')
  server.clock.set('2026-04-17T01:00:00.000Z')
  await settle()
  server.clock.set(at.reports)
  // Five deadlines of units, five messages to the root, the root's own, and each message told to five units.
  t.equal(await grownBy(server, settle), 5 + 5 + 1 + 25, 'deadlines and what they lead to')

  t.equal(await grownBy(server, () => drill.ask('organiser', 'root', 'campaign.cancel', { reason })), 1)
  t.equal(await grownBy(server, settle), 5, 'the units that were not over')
})

void t.test('every version of every instance has its row, and no other rows are there', async (t) => {
  const server = await drillServer(t)
  const drill = await beginDrill(server)
  for (const unit of ['u1', 'u2']) {
    await drill.ask(`of-${unit}`, unit, 'report.submit', {
      findings: [{ what: 'a' }, { what: 'b' }],
    })
  }
  server.clock.set(at.afterMended)
  await server.scheduler.catchUp()
  const { rows } = await sql<object>`
    SELECT i.id FROM instance i FULL JOIN (
      SELECT instance_id, count(*) AS n, max(version) AS last, min(version) AS first FROM transition GROUP BY 1
    ) AS h ON h.instance_id = i.id
    WHERE i.version IS DISTINCT FROM h.n OR h.last IS DISTINCT FROM i.version OR h.first <> 1
  `.execute(server.db)
  t.same(rows, [])
})

void t.test('what is derived for searching agrees with the states, whatever happened', async (t) => {
  const server = await drillServer(t)
  const drill = await beginDrill(server)
  await drill.ask('of-u1', 'u1', 'report.submit', { findings: [{ what: 'a' }, { what: 'b' }] })
  await drill.ask('of-u2', 'u2', 'report.submit', none)
  server.clock.set('2026-05-01T00:00:00.000Z')
  await drill.ask('of-u1', 'u1/0', 'finding.mend', { how: 'x' })
  await drill.ask('checker', 'u1/0', 'finding.check', { good: true })
  await drill.ask('organiser', 'root', 'campaign.suspend', { reason: 'flood' })
  await server.scheduler.catchUp()
  const suspended = await sql`SELECT 1 FROM deadline`.execute(server.db)
  t.equal(suspended.rows.length, 0, 'nothing is armed while it is suspended')
  server.clock.set('2026-05-03T00:00:00.000Z')
  await drill.ask('organiser', 'root', 'campaign.resume')
  await server.scheduler.catchUp()

  const { rows } = await sql<object>`
    WITH timers AS (
      SELECT i.id, t.key AS timer, (t.value ->> 'due')::timestamptz AS due
      FROM instance i, jsonb_each(i.state::jsonb -> 'timers') AS t WHERE i.status = 'active'
    )
    SELECT * FROM timers t FULL JOIN deadline d ON d.instance_id = t.id AND d.timer = t.timer
    WHERE t.due IS DISTINCT FROM d.due
  `.execute(server.db)
  t.same(rows, [], 'the table of deadlines')
  const tallies = await sql<object>`
    WITH counted AS (
      SELECT parent_id, kind, tag, count(*)::int AS n FROM instance, unnest(tags || '*'::text) AS tag
      WHERE parent_id IS NOT NULL GROUP BY 1, 2, 3
    )
    SELECT * FROM tally t LEFT JOIN counted c USING (parent_id, kind, tag) WHERE t.n <> coalesce(c.n, 0)
  `.execute(server.db)
  t.same(tallies.rows, [], 'the tallies')
})

void t.test('no code but execute writes instances and their history', async (t) => {
  const writes =
    /(insert\s+into|update|delete\s+from|truncate|merge\s+into|copy)\s+(instance|transition)\b|(insertInto|updateTable|deleteFrom|mergeInto|insertAll|updateAll|deleteAll)\(\s*(\w+,\s*)?['"`](instance|transition)\b/iu
  const writers = readdirSync(sources, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .filter((name) => writes.test(readFileSync(new URL(name, sources), 'utf8')))
  t.same(writers, ['execute/append.ts'])
})

/** By how many rows the history grows. */
async function grownBy({ db }: DrillServer, act: () => Promise<unknown>): Promise<number> {
  const count = async (): Promise<number> => {
    const { rows } = await sql<{ n: string }>`SELECT count(*) AS n FROM transition`.execute(db)
    return Number(rows[0]?.n)
  }
  const before = await count()
  await act()
  return (await count()) - before
}
