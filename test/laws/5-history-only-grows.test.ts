import { canonical, digestText } from '@duban/engine'
import pg from 'pg'
import t, { type Test } from 'tap'
import { beginDrill, drillServer, verdict, type DrillServer } from '../drill.ts'

void t.test('the server’s role can add to the history, and neither change nor delete it', async (t) => {
  const server = await played(t)
  const role = await connect(t, server.url)
  for (const [statement, what] of [
    ['UPDATE transition SET record = record', 'update'],
    ['UPDATE transition SET hash = hash', 'update the hash'],
    ['UPDATE transition SET recorded_at = now()', 'update the time of recording'],
    ['DELETE FROM transition', 'delete'],
    ['TRUNCATE transition', 'truncate'],
    ['TRUNCATE transition CASCADE', 'truncate all'],
    ['UPDATE refusal SET code = code', 'update refusals'],
    ['DELETE FROM refusal', 'delete refusals'],
  ] as const) {
    await t.rejects(role.query(statement), { code: '42501' }, what)
  }
})

void t.test('an untouched campaign is found right', async (t) => {
  const server = await played(t)
  t.match(await verdict(server, server.campaign), { ok: true, instances: 8, findings: [] })
})

// Each is done as a superuser, who can. `version` is the row that the verdict must name.
const edits: {
  what: string
  edit: (db: pg.Client, unit: string) => Promise<unknown>
  version: number
}[] = [
  {
    what: 'a word in a record',
    edit: (db, unit) =>
      db.query(
        `UPDATE transition SET record = replace(record, 'report.submit', 'report.late') WHERE instance_id = $1 AND version = 2`,
        [unit],
      ),
    version: 2,
  },
  {
    what: 'a record together with its hash',
    edit: (db, unit) =>
      rewrite(db, unit, 2, (record) => {
        record.event.payload.note = 'never said'
      }),
    version: 2,
  },
  {
    what: 'who did it, with the hash',
    edit: (db, unit) =>
      rewrite(db, unit, 2, (record) => {
        record.event.actor.person = 'of-u2'
      }),
    version: 2,
  },
  {
    what: 'a record that is no longer a record, with its hash',
    edit: (db, unit) => replaceRecord(db, unit, 2, 'null'),
    version: 2,
  },
  {
    what: 'a record without its event, with its hash',
    edit: (db, unit) =>
      rewrite(db, unit, 2, (record) => {
        delete record.event
      }),
    version: 2,
  },
  {
    what: 'a record that is no JSON, with its hash',
    edit: (db, unit) => replaceRecord(db, unit, 2, 'something else'),
    version: 2,
  },
  {
    what: 'a record with a deeper lie: an event of another shape',
    edit: (db, unit) =>
      rewrite(db, unit, 2, (record) => {
        record.event = { type: 'command', at: record.event.at, command: 'report.submit' }
      }),
    version: 2,
  },
  {
    what: 'a hash',
    edit: (db, unit) =>
      db.query(`UPDATE transition SET hash = repeat('0', 64) WHERE instance_id = $1 AND version = 3`, [unit]),
    version: 3,
  },
  {
    what: 'the instant in its column',
    edit: (db, unit) =>
      db.query(`UPDATE transition SET at = at - interval '1 day' WHERE instance_id = $1 AND version = 2`, [unit]),
    version: 2,
  },
  {
    what: 'a row that is gone from the middle',
    edit: (db, unit) => db.query(`DELETE FROM transition WHERE instance_id = $1 AND version = 2`, [unit]),
    version: 2,
  },
  {
    what: 'the first row gone',
    edit: (db, unit) => db.query(`DELETE FROM transition WHERE instance_id = $1 AND version = 1`, [unit]),
    version: 1,
  },
  {
    what: 'the last row gone',
    edit: (db, unit) => db.query(`DELETE FROM transition WHERE instance_id = $1 AND version = 4`, [unit]),
    version: 4,
  },
  {
    what: 'rows that changed places',
    edit: async (db, unit) => {
      for (const [from, to] of [
        [2, 99],
        [3, 2],
        [99, 3],
      ]) {
        await db.query(`UPDATE transition SET version = $3 WHERE instance_id = $1 AND version = $2`, [unit, from, to])
      }
    },
    version: 2,
  },
  {
    what: 'a row of another instance put in its place',
    edit: async (db, unit) => {
      const { rows } = await db.query(
        `SELECT record, hash FROM transition WHERE version = 2 AND instance_id <> $1 AND instance_id <> campaign_id LIMIT 1`,
        [unit],
      )
      await db.query(`UPDATE transition SET record = $2, hash = $3 WHERE instance_id = $1 AND version = 2`, [
        unit,
        rows[0].record,
        rows[0].hash,
      ])
    },
    version: 2,
  },
  {
    what: 'the present state',
    edit: (db, unit) =>
      db.query(`UPDATE instance SET state = replace(state, '"hurried":0', '"hurried":9') WHERE id = $1`, [unit]),
    version: 4,
  },
  ...[
    `head = repeat('0', 64)`,
    `version = 3`,
    `status = 'cancelled'`,
    `unit_id = 'u2'`,
    `kind = 'finding'`,
    `key = 'u9'`,
    `state_value = 'settled'`,
    `accepts = '{report.late}'`,
    `tags = '{settled}'`,
    `at = at - interval '1 day'`,
    `due = now()`,
  ].map((column) => ({
    what: `instance.${column}`,
    edit: (db: pg.Client, unit: string) => db.query(`UPDATE instance SET ${column} WHERE id = $1`, [unit]),
    version: 4,
  })),
]

void t.test('what a superuser edits by hand, the verdict names', async (t) => {
  const server = await played(t)
  const db = await connect(t, server.superuser)
  await db.query(`SET session_replication_role = replica`)
  const unit = await server.drill.find('u1')
  t.equal((await server.drill.row('u1')).version, 4)
  for (const { what, edit, version } of edits) {
    await db.query('CREATE TEMP TABLE kept_t AS SELECT * FROM transition')
    await db.query('CREATE TEMP TABLE kept_i AS SELECT * FROM instance')
    await edit(db, unit)
    const { ok, findings } = await verdict(server, server.campaign)
    t.equal(ok, false, what)
    t.match(findings[0], { instance: unit, version }, `${what}: named`)
    t.equal(
      findings.every((one: { instance: string }) => one.instance === unit),
      true,
      'no other',
    )
    await restore(db)
  }
  t.match(await verdict(server, server.campaign), { ok: true })
})

void t.test('a grant that was never made, and facts that were changed, are named on the root', async (t) => {
  const server = await played(t)
  const db = await connect(t, server.superuser)
  await db.query(`UPDATE campaign_facts SET facts = replace(facts, '2026-04-18', '2026-04-30')`)
  const { ok, findings } = await verdict(server, server.campaign)
  t.equal(ok, false)
  t.ok(findings.some((one: { what: string }) => one.what === 'facts' || one.what === 'step'))
})

void t.test('rows without an instance, and an instance without rows, are named', async (t) => {
  const server = await played(t)
  const db = await connect(t, server.superuser)
  await db.query(`SET session_replication_role = replica`)
  const unit = await server.drill.find('u2')
  await db.query('CREATE TEMP TABLE kept_t AS SELECT * FROM transition')
  await db.query('CREATE TEMP TABLE kept_i AS SELECT * FROM instance')
  await db.query('DELETE FROM instance WHERE id = $1', [unit])
  const orphans = await verdict(server, server.campaign)
  t.match(orphans.findings, [{ instance: unit }], 'the instance was deleted, its history is there')
  await restore(db)

  await db.query('CREATE TEMP TABLE kept_t AS SELECT * FROM transition')
  await db.query('CREATE TEMP TABLE kept_i AS SELECT * FROM instance')
  await db.query('DELETE FROM transition WHERE instance_id = $1', [unit])
  const bare = await verdict(server, server.campaign)
  t.match(bare.findings[0], { instance: unit }, 'its history was deleted')
  await restore(db)
})

type Played = DrillServer & { campaign: string; drill: Awaited<ReturnType<typeof beginDrill>> }

/** A drill in which u1 was opened, reported, was returned, and became overdue: four versions. */
async function played(t: Test): Promise<Played> {
  const server = await drillServer(t)
  const drill = await beginDrill(server)
  await drill.ask('of-u1', 'u1', 'report.submit', { findings: [{ what: 'a' }] })
  await server.scheduler.catchUp()
  await drill.ask('lead', 'u1', 'report.return', { reason: 'x' })
  await drill.ask('of-u2', 'u2', 'report.submit', { findings: [] })
  server.clock.set('2026-04-15T01:00:00.000Z')
  await server.scheduler.catchUp()
  return { ...server, campaign: drill.id, drill }
}

async function connect(t: Test, url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  t.teardown(() => client.end())
  return client
}

async function rewrite(db: pg.Client, instance: string, version: number, change: (record: any) => void): Promise<void> {
  const { rows } = await db.query('SELECT record FROM transition WHERE instance_id = $1 AND version = $2', [
    instance,
    version,
  ])
  const record = JSON.parse(rows[0].record)
  change(record)
  await replaceRecord(db, instance, version, canonical(record))
}

async function replaceRecord(db: pg.Client, instance: string, version: number, record: string): Promise<void> {
  await db.query('UPDATE transition SET record = $3, hash = $4 WHERE instance_id = $1 AND version = $2', [
    instance,
    version,
    record,
    digestText(record),
  ])
}

async function restore(db: pg.Client): Promise<void> {
  await db.query('DELETE FROM transition')
  await db.query('DELETE FROM instance')
  await db.query('INSERT INTO instance SELECT * FROM kept_i')
  const columns = 'campaign_id, instance_id, version, at, recorded_at, record, hash, seq'
  await db.query(`INSERT INTO transition (${columns}) OVERRIDING SYSTEM VALUE SELECT ${columns} FROM kept_t`)
  await db.query('DROP TABLE kept_t, kept_i')
}
