import { canonical, step, type CampaignFacts, type Event, type Instance } from '@duban/engine'
import pg from 'pg'
import t, { type Test } from 'tap'
import { derivedColumns } from '../../packages/server/src/execute/rows.ts'
import { drill as definition } from '../definitions/drill.ts'
import { at, beginDrill, drillServer, verdict, type DrillServer, type Played } from '../drill.ts'

// Each lie is told by a superuser who has our code: every hash, chain and step of it is right, and every cause is
// a transition that is there. Only the other histories speak against it.

void t.test('a child that begins with something else than its parent gave it is named', async (t) => {
  const { server, drill, forge, eventsOf } = await begun(t)
  const finding = await drill.find('u1/0')
  const [open] = await eventsOf(finding)
  await forge(finding, [{ ...open, input: { what: 'b' } } as Event])
  t.match(await verdict(server, drill.id), {
    ok: false,
    findings: [{ instance: finding, version: 1, what: 'cause', detail: /opened it otherwise/u }],
  })
})

void t.test('a child that nobody opened is named', async (t) => {
  const { server, drill, db, forge, eventsOf } = await begun(t)
  const [finding, id] = [await drill.find('u1/0'), crypto.randomUUID()]
  const [open] = await eventsOf(finding)
  if (open?.type !== 'open') throw new Error('a history begins with its opening')
  const key = '2048.7'
  await db.query(
    `INSERT INTO instance (campaign_id, id, kind, key, parent_id, depth, unit_id, unit_path, version, at, head, status,
                           state, state_value, accepts, tags, cursor, definition)
     SELECT campaign_id, $2, kind, $3, parent_id, depth, unit_id, unit_path, version, at, head, status,
            state, state_value, accepts, tags, cursor, definition FROM instance WHERE id = $1`,
    [finding, id, key],
  )
  await forge(id, [{ ...open, instance: { ...open.instance, id, key } }])
  t.match(await verdict(server, drill.id), {
    ok: false,
    findings: [{ instance: id, version: 1, what: 'cause', detail: /did not open it/u }],
  })
})

void t.test('a child that is gone with all its history is named', async (t) => {
  const { server, drill, db } = await begun(t)
  const finding = await drill.find('u1/0')
  await db.query('DELETE FROM deadline WHERE instance_id = $1', [finding])
  await db.query('DELETE FROM transition WHERE instance_id = $1', [finding])
  await db.query('DELETE FROM instance WHERE id = $1', [finding])
  t.match(await verdict(server, drill.id), {
    ok: false,
    findings: [{ instance: finding, kind: 'finding', unit: 'u1', what: 'missing' }],
  })
})

void t.test('a message that was never sent is named where it was heard', async (t) => {
  const { server, drill, forge, eventsOf, causeFrom } = await begun(t)
  const events = await eventsOf(drill.id)
  const late = { type: 'message' as const, message: 'unit.late', payload: null, at: at.start }
  await forge(drill.id, [...events, { ...late, cause: await causeFrom('u1') }])
  t.match(await verdict(server, drill.id), {
    ok: false,
    findings: [
      {
        instance: drill.id,
        version: events.length + 1,
        what: 'cause',
        detail: /did not say unit\.late/u,
      },
    ],
  })
})

void t.test('an act that nobody handed down is named', async (t) => {
  const { server, drill, forge, eventsOf, causeFrom } = await begun(t)
  const unit = await drill.find('u3')
  const act = { type: 'act' as const, act: 'campaign.close', payload: {}, at: at.start }
  await forge(unit, [...(await eventsOf(unit)), { ...act, cause: await causeFrom('root') }])
  t.match(await verdict(server, drill.id), {
    ok: false,
    findings: [{ instance: unit, version: 2, what: 'cause', detail: /did not say campaign\.close/u }],
  })
})

void t.test('a count that is not that of the histories is named on the parent', async (t) => {
  const { server, drill, db } = await begun(t)
  await db.query(`UPDATE tally SET n = n + 1 WHERE tag = 'reported'`)
  t.match(await verdict(server, drill.id), {
    ok: false,
    findings: [{ instance: drill.id, what: 'tally', detail: /counts 2 of unit\.reported, .* 1/u }],
  })
  await db.query(`UPDATE tally SET n = n - 1 WHERE tag = 'reported'`)
  t.match(await verdict(server, drill.id), { ok: true, findings: [] })
})

void t.test('children that are still to be opened are not missed', async (t) => {
  const server = await drillServer(t)
  const drill = await beginDrill(server)
  await drill.ask('of-u1', 'u1', 'report.submit', { findings: [{ what: 'a' }, { what: 'b' }] })
  t.match(await verdict(server, drill.id), { ok: true, instances: 7 })
  await server.scheduler.catchUp()
  t.match(await verdict(server, drill.id), { ok: true, instances: 9 })
})

void t.test('a campaign that goes on while it is verified is found right', async (t) => {
  const server = await drillServer(t)
  const drill = await beginDrill(server)
  const work = async (): Promise<void> => {
    for (const unit of ['u1', 'u2', 'u3']) {
      await drill.ask(`of-${unit}`, unit, 'report.submit', { findings: [{ what: 'a' }] })
      await drill.ask('lead', unit, 'report.return', { reason: 'x' })
    }
    await server.scheduler.catchUp()
  }
  for (let turn = 1; turn <= 6; turn += 1) {
    const [found] = await Promise.all([verdict(server, drill.id), work()])
    t.match(found, { ok: true, findings: [] }, `turn ${turn}`)
  }
})

type Begun = {
  server: DrillServer
  drill: Played
  db: pg.Client
  eventsOf: (instance: string) => Promise<Event[]>
  /** Writes another history for an instance, made of these events, and all that the tables say of it. */
  forge: (instance: string, events: Event[]) => Promise<void>
  causeFrom: (target: string) => Promise<{ instance: string; version: number; hash: string }>
}

/** A drill in which u1 has reported one finding. */
async function begun(t: Test): Promise<Begun> {
  const server = await drillServer(t)
  const drill = await beginDrill(server)
  await drill.ask('of-u1', 'u1', 'report.submit', { findings: [{ what: 'a' }] })
  await server.scheduler.catchUp()
  const db = new pg.Client({ connectionString: server.superuser })
  await db.connect()
  t.teardown(() => db.end())
  await db.query('SET session_replication_role = replica')
  const { rows } = await db.query('SELECT facts FROM campaign_facts')
  const facts = JSON.parse(rows[0].facts) as CampaignFacts
  const historyOf = async (instance: string): Promise<{ record: string; hash: string }[]> => {
    const order = 'SELECT record, hash FROM transition WHERE instance_id = $1 ORDER BY version'
    return (await db.query(order, [instance])).rows
  }
  return {
    server,
    drill,
    db,
    eventsOf: async (instance) => (await historyOf(instance)).map(({ record }) => JSON.parse(record).event),
    causeFrom: async (target) => {
      const instance = await drill.find(target)
      const all = await historyOf(instance)
      return { instance, version: all.length, hash: all.at(-1)?.hash ?? '' }
    },
    forge: async (id, events) => {
      await db.query('DELETE FROM transition WHERE instance_id = $1', [id])
      let instance: Instance | null = null
      for (const event of events) {
        const stepped = step(definition, facts, instance, event)
        if (!stepped.ok) throw new Error(`a forger’s event is refused: ${stepped.refusal.code}`)
        ;({ instance } = stepped)
        await db.query(
          `INSERT INTO transition (campaign_id, instance_id, version, at, recorded_at, record, hash)
           VALUES ($1, $2, $3, $4, $4, $5, $6)`,
          [drill.id, id, instance.version, event.at, stepped.record, stepped.hash],
        )
      }
      if (!instance) return
      const { accepts, tags, state_value, due } = derivedColumns({ instance, definition })
      await db.query(
        `UPDATE instance SET version = $2, at = $3, head = $4, status = $5, state = $6, accepts = $7, tags = $8,
                             state_value = $9, due = $10 WHERE id = $1`,
        [
          id,
          instance.version,
          instance.at,
          instance.head,
          instance.state.status,
          canonical(instance.state),
          accepts,
          tags,
          state_value,
          due,
        ],
      )
    },
  }
}
