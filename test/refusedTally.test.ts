import t, { type Test } from 'tap'
import { rollCall } from './definitions/rollCall.ts'
import { at, drillServer, events, playedOn, settleOnce, verdict, type DrillServer, type Played } from './drill.ts'

// The root's arrow for `every.unit.there` has a guard: somebody must have taken a note.
void t.test('a count that a guard refused is told again after the parent’s next step', async (t) => {
  const server = await called(t, ['u1', 'u2', 'u3'])
  for (const unit of ['u1', 'u2', 'u3']) await report(server, unit)
  t.match(await server.roll.row('root'), { state_value: 'called' }, 'nobody has taken a note')
  await server.scheduler.catchUp()
  t.same(await waiting(server), { messages: 0, watches: 1 }, 'and nothing turns in a loop')

  t.equal((await server.roll.ask('lead', 'root', 'roll.note')).status, 200)
  await server.scheduler.catchUp()
  t.match(await server.roll.row('root'), { state_value: 'complete', status: 'done' })
  t.same((await events(server, server.roll.id, server.roll.id)).slice(-2), [
    `${at.afterReports} roll.note`,
    `${at.afterReports} every.unit.there`,
  ])
  t.same(await waiting(server), { messages: 0, watches: 0 })
  t.match(await verdict(server, server.roll.id), { ok: true })
})

void t.test('also when the step that lets it pass comes in the same batch', async (t) => {
  const server = await called(t, ['u1'])
  const [unit, root] = [await server.roll.find('u1'), server.roll.id]
  await report(server, 'u1')
  t.match(await server.roll.row('root'), { state_value: 'called' })
  // As another server's rows would lie there: the count once more, and behind it a message that changes the root.
  const row = { campaign_id: root, to_id: root, from_id: unit, from_version: 1, from_hash: 'x' }
  const rest = { at: at.afterReports, depth: 0, payload: 'null' }
  await server.db.updateTable('watch').set({ delivered: true }).execute()
  await server.db
    .insertInto('message')
    .values([
      { ...row, ...rest, n: 1, name: 'every.unit.there' },
      { ...row, ...rest, n: 2, name: 'unit.late' },
    ])
    .execute()
  const woken = await settleOnce(server, root, at.afterReports)
  t.match(woken, { taken: 2 })
  t.same(await waiting(server), { messages: 1, watches: 0 }, 'it was told again at once')
  await server.scheduler.catchUp()
  t.same(await waiting(server), { messages: 0, watches: 1 }, 'and refused again, for a third time')
})

/** A roll call whose day is over, with everybody late. */
async function called(t: Test, units: string[]): Promise<DrillServer & { roll: Played }> {
  const server = await drillServer(t, { definitions: [rollCall] })
  const { json, status, text } = await server.call('organiser', 'POST', '/api/campaigns', {
    definition: 'roll-call',
    title: '点名',
    startsOn: '2026-04-01',
    units,
    assignments: [
      { role: 'lead', person: 'lead' },
      ...units.map((unit) => ({ role: 'reporter', person: `of-${unit}`, unit })),
    ],
  })
  if (status !== 201) throw new Error(text)
  await server.scheduler.catchUp()
  await server.advanceTo(at.afterReports)
  return { ...server, roll: playedOn(server, json.id) }
}

async function report({ roll, scheduler }: DrillServer & { roll: Played }, unit: string): Promise<void> {
  const { status, text } = await roll.ask(`of-${unit}`, unit, 'unit.report')
  if (status !== 200) throw new Error(text)
  await scheduler.catchUp()
}

async function waiting({ db }: DrillServer): Promise<{ messages: number; watches: number }> {
  const messages = await db.selectFrom('message').select('n').execute()
  const watches = await db.selectFrom('watch').select('event').where('delivered', '=', false).execute()
  return { messages: messages.length, watches: watches.length }
}
