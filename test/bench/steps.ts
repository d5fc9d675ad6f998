// How many durable steps a second the waist makes, beside what PostgreSQL does with the same three writes
// one transaction each. Both sides in one run, on one database with fsync on; prints ratios.
//   node test/bench/steps.ts [seconds]
import { defineCampaign, derivedId, open, planCampaign, type Asker } from '@duban/engine'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { pino } from 'pino'
import { z } from 'zod'
import { startEmbedded } from '../../packages/server/src/database/embedded/index.ts'
import { migrate } from '../../packages/server/src/database/migrate.ts'
import { openDatabase } from '../../packages/server/src/database/open.ts'
import { indexDefinitions } from '../../packages/server/src/definitions.ts'
import { createExecutor } from '../../packages/server/src/execute/index.ts'
import { putPeople } from '../../packages/server/src/organisation/people.ts'
import { putUnits } from '../../packages/server/src/organisation/units.ts'

const SECONDS = Number(process.argv[2] ?? 5)
const IN_FLIGHT = 128
const UNITS = 1_000

const title = { zh: '测', en: 'bench' }
const definition = defineCampaign({
  id: 'bench-steps',
  version: 1,
  title,
  roles: { reporter: { title, scope: 'unit' } },
  dates: { end: { title, due: '12-31' } },
  commands: {
    'step.on': { title, by: ['reporter'], payload: z.strictObject({ note: z.string() }) },
    'step.back': { title, by: ['reporter'], payload: z.strictObject({}) },
  },
  machines: ({ machine, on }) => ({
    campaign: machine().createMachine({
      meta: { title },
      initial: 'going',
      states: {
        going: { meta: { title }, entry: open('unit'), after: { end: 'over' } },
        over: { meta: { title }, type: 'final' },
      },
    }),
    unit: machine<{ notes: number }>({
      updates: { count: on('step.on', ({ context }) => ({ notes: context.notes + 1 })) },
    }).createMachine({
      meta: { title },
      context: { notes: 0 },
      initial: 'one',
      states: {
        one: {
          meta: { title },
          on: { 'step.on': { target: 'two', actions: 'count' } },
          after: { end: 'over' },
        },
        two: { meta: { title }, on: { 'step.back': 'one' }, after: { end: 'over' } },
        over: { meta: { title }, type: 'final' },
      },
    }),
  }),
})

const dir = mkdtempSync(join(tmpdir(), 'duban-bench-'))
const database = await startEmbedded({ dataDir: dir })
try {
  const bare = await bareWrites(database.url)
  const waist = await steps(database.url)
  console.log(`bare writes, one transaction each: ${bare.toFixed(0)} steps/s`)
  console.log(`the waist, ${IN_FLIGHT} in flight:        ${waist.toFixed(0)} steps/s`)
  console.log(`ratio:                             ${(waist / bare).toFixed(2)}`)
} finally {
  await database.stop()
  rmSync(dir, { recursive: true, force: true })
}

/** Update a row, append to a log, move a timer: what a step must write at the least. */
async function bareWrites(url: string): Promise<number> {
  const pool = new pg.Pool({ connectionString: url, max: 10 })
  await pool.query(`CREATE TABLE bare (id int PRIMARY KEY, version int, state text);
    CREATE TABLE bare_log (id int, version int, record text, PRIMARY KEY (id, version));
    CREATE TABLE bare_timer (id int PRIMARY KEY, due timestamptz);
    INSERT INTO bare SELECT n, 0, '' FROM generate_series(1, ${UNITS}) n;
    INSERT INTO bare_timer SELECT n, now() FROM generate_series(1, ${UNITS}) n`)
  const text = 'x'.repeat(1_000)
  const done = await during(async (turn) => {
    const id = (turn % UNITS) + 1
    const client = await pool.connect()
    await client.query('BEGIN')
    const { rows } = await client.query(
      'UPDATE bare SET version = version + 1, state = $2 WHERE id = $1 RETURNING version',
      [id, text],
    )
    await client.query('INSERT INTO bare_log VALUES ($1, $2, $3)', [id, rows[0].version, text])
    await client.query('UPDATE bare_timer SET due = now() WHERE id = $1', [id])
    await client.query('COMMIT')
    client.release()
  })
  await pool.end()
  return done / SECONDS
}

async function steps(url: string): Promise<number> {
  const log = pino({ level: 'silent' })
  const db = openDatabase(url, log)
  const writer = openDatabase(url, log, 2)
  await migrate(db)
  const ids = Array.from({ length: UNITS }, (_, n) => `u${n}`)
  await putUnits(db, [{ id: 'top', title }, ...ids.map((id) => ({ id, title, parent: 'top' }))])
  await putPeople(db, [{ id: 'p', name: 'p', unit: 'top', roles: ['organiser'] }])
  const clock = { now: () => '2026-04-01T00:00:00.000Z' }
  const executor = createExecutor(writer, indexDefinitions([definition]), clock, log)
  const campaign = derivedId('bench')
  const planned = planCampaign(definition, {
    id: campaign,
    title: 'bench',
    startsOn: '2026-04-01',
    timezone: 'Asia/Shanghai',
    organiser: { unit: 'top', path: ['top'] },
    units: ids.map((id) => ({ id, title, path: ['top', id] })),
    assignments: [{ id: derivedId('a'), role: 'reporter', person: 'p', home: ['top'], unit: 'top' }],
  })
  if (!planned.ok) throw new Error('the plan of the benchmark is refused')
  const asker: Asker = { person: 'p', home: ['top'], builtIn: ['organiser'] }
  const { facts, assignments } = planned
  await executor.create({ facts, assignments, asker })
  await executor.settle(campaign)
  const done = await during(async (turn) => {
    const on = Math.floor(turn / UNITS) % 2 === 0
    const answer = await executor.command({
      campaign,
      instance: derivedId(campaign, 'unit', ids[turn % UNITS] as string),
      command: on ? 'step.on' : 'step.back',
      payload: on ? { note: 'as reported' } : {},
      asker,
      idempotency: { key: `k${turn}`, request: '' },
    })
    if (!answer.ok) throw new Error(JSON.stringify(answer))
  })
  await writer.destroy()
  await db.destroy()
  return done / SECONDS
}

/** Runs one thing after another in so many lanes for a while; returns how many were done. */
async function during(once: (turn: number) => Promise<void>): Promise<number> {
  let turn = 0
  const end = performance.now() + SECONDS * 1_000
  await Promise.all(
    Array.from({ length: IN_FLIGHT }, async () => {
      while (performance.now() < end) await once(turn++)
    }),
  )
  return turn
}
