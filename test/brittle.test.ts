import t from 'tap'
import { recordedLog } from './badInput/recorded.ts'
import { at, beginDrill, drillServer, playedOn, serveDrill, verdict, type DrillServer, type Played } from './drill.ts'

void t.test('a deadline on which the definition fails is put aside, and holds nobody up', async (t) => {
  const server = await drillServer(t)
  const brittle = await plan(server)
  const healthy = await beginDrill(server)
  server.clock.set(at.afterReports)
  await server.scheduler.catchUp()
  t.match(await healthy.row('u1'), { state_value: 'overdue' }, 'campaigns beside it went on')
  t.match(await brittle.row('root'), { state_value: 'waiting', version: 1 }, 'nothing was changed')
  t.match(await refusals(server), [{ code: 'machine_failed', person_id: null }], 'it is kept')
  await server.scheduler.catchUp()
  t.equal((await refusals(server)).length, 1, 'it is not tried again and again')
  const listed = await brittle.ask('lead', 'root', 'part.list', { parts: [] })
  t.equal(listed.status, 200, 'the campaign itself goes on')

  // Back in the state that waits for the date, which has passed; now the guard works.
  await brittle.ask('lead', 'root', 'part.repair')
  const back = await brittle.ask('lead', 'root', 'part.repair')
  t.match(back.json, { instance: { state: 'over' } }, 'a deadline armed anew is tried anew')
  t.match(await verdict(server, brittle.id), { ok: true })
})

void t.test('a campaign that cannot be settled keeps no server from starting', async (t) => {
  const server = await drillServer(t)
  const [damaged, healthy] = [await beginDrill(server), await beginDrill(server)]
  const u1 = await damaged.find('u1')
  await server.db.updateTable('instance').set({ state: '{' }).where('id', '=', u1).execute()
  const { log, lines } = recordedLog()
  const second = await serveDrill(t, server.url, { startAt: at.afterReports, log })
  t.match(await playedOn(second, healthy.id).row('u1'), { state_value: 'overdue' }, 'the others went on')
  t.equal((await second.call(null, 'GET', '/readyz')).status, 200)
  const told = lines.filter(({ level }) => level >= 50).map(({ err }) => err)
  t.match(told, [{ message: new RegExp(damaged.id, 'u') }], 'and somebody is told which')
})

void t.test('a failed deadline that is put on a new day is tried again on that day', async (t) => {
  const server = await drillServer(t)
  const brittle = await plan(server)
  server.clock.set(at.afterReports)
  await server.scheduler.catchUp()
  const extended = await brittle.ask('organiser', 'root', 'campaign.extend', {
    dates: { ends: '2026-05-21' },
    reason: 'x',
  })
  t.equal(extended.status, 200)
  server.clock.set('2026-05-25T00:00:00.000Z')
  await server.scheduler.catchUp()
  t.match(await verdict(server, brittle.id), { ok: true })
})

void t.test('a child that cannot be opened does not keep its brothers and sisters waiting', async (t) => {
  const server = await drillServer(t)
  const brittle = await plan(server)
  const parts = [{ name: 'first' }, { name: 'broken' }, { name: 'last' }]
  const { status, json } = await brittle.ask('lead', 'root', 'part.list', { parts })
  await server.scheduler.catchUp()
  if (status === 200) {
    const open = await server.db.selectFrom('instance').select('key').where('kind', '=', 'part').execute()
    t.equal(open.length, 2)
    t.match(await refusals(server), [{ code: 'machine_failed', person_id: null }])
  } else {
    t.match(json, { code: 'machine_failed' }, 'or the list is refused as a whole')
  }
  server.clock.set('2026-05-25T00:00:00.000Z')
  await server.scheduler.catchUp()
  t.match(await verdict(server, brittle.id), { ok: true })
})

void t.test('every part is every part that could be opened', async (t) => {
  const server = await drillServer(t)
  const brittle = await plan(server)
  const names = ['first', 'broken', 'last', ...Array.from({ length: 150 }, () => 'broken')]
  await brittle.ask('lead', 'root', 'part.share', { parts: names.map((name) => ({ name })) })
  await server.scheduler.catchUp()
  t.equal((await refusals(server)).length, 151)
  const [first = '', last = ''] = await parts(server)
  const finish = (id: string) =>
    server.call('lead', 'POST', `/api/campaigns/${brittle.id}/instances/${id}/commands`, {
      command: 'part.finish',
      payload: {},
    })
  t.equal((await finish(first)).status, 200)
  await server.scheduler.catchUp()
  t.match(await brittle.row('root'), { state_value: 'shared' }, 'one of two is not every one')
  t.equal((await finish(last)).status, 200)
  await server.scheduler.catchUp()
  t.match(await brittle.row('root'), { state_value: 'over', status: 'done' }, 'two of two are')
  t.match(await verdict(server, brittle.id), { ok: true })
})

void t.test('a plan whose parts all fail does not wait for them for ever', async (t) => {
  const server = await drillServer(t)
  const brittle = await plan(server)
  const broken = Array.from({ length: 101 }, () => ({ name: 'broken' }))
  const shared = await brittle.ask('lead', 'root', 'part.share', { parts: broken })
  t.match(shared.json, { instance: { state: 'shared' } })
  await server.scheduler.catchUp()
  t.match(await brittle.row('root'), { state_value: 'over', status: 'done' })
  t.match(await verdict(server, brittle.id), { ok: true }, 'caused by the step that asked for them, which is on record')
})

async function parts({ db }: DrillServer): Promise<string[]> {
  const rows = await db.selectFrom('instance').select('id').where('kind', '=', 'part').execute()
  return rows.map(({ id }) => id)
}

async function plan(server: DrillServer): Promise<Played> {
  const { json, status, text } = await server.call('organiser', 'POST', '/api/campaigns', {
    definition: 'brittle',
    title: '易错',
    startsOn: '2026-04-01',
    units: ['u1'],
    assignments: [{ role: 'lead', person: 'lead' }],
  })
  if (status !== 201) throw new Error(text)
  return playedOn(server, json.id)
}

function refusals({ db }: DrillServer): Promise<object[]> {
  return db.selectFrom('refusal').selectAll().orderBy('id').execute()
}
