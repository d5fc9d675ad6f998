import t from 'tap'
import { cuttable } from './badInput/wire.ts'
import { objections } from './definitions/objections.ts'
import { beginDrill, countedIds, drillDatabase, playedOn, serveDrill, verdict } from './drill.ts'
import { sameRecords, worldOf } from './twinWorld.ts'

void t.test('a count that is lost again before its parent hears of it is not told', async (t) => {
  const { url } = await drillDatabase(t)
  const server = await serveDrill(t, url, { definitions: [objections], newId: countedIds() })
  const { json } = await server.call('organiser', 'POST', '/api/campaigns', {
    definition: objections.id,
    title: '公示',
    startsOn: '2026-04-01',
    units: ['u1'],
    assignments: [{ role: 'lead', person: 'lead' }],
  })
  const played = playedOn(server, json.id)
  const world = await worldOf(server, objections, json.id)
  const ask = async (instance: string, command: string, payload: object = {}): Promise<void> => {
    const path = `/api/campaigns/${json.id}/instances/${instance}/commands`
    const { status, text } = await server.call('lead', 'POST', path, { command, payload })
    t.equal(status, 200, text)
    await server.scheduler.catchUp()
    world.ask('lead', instance, command, { ...payload })
  }
  const objection = (): string => world.children(json.id, 'objection').at(-1)?.id ?? ''

  await ask(json.id, 'objection.file', { text: '得分有误' })
  await ask(objection(), 'objection.uphold')
  t.match(await played.row('root'), { state_value: 'revising' })
  // Public again, the old count still holds, and is told; but its child hears first that it has been dealt with.
  await ask(json.id, 'result.revise')
  t.match(await played.row('root'), { state_value: 'public', context: { revised: 1 } })

  // And the next one is told as the first.
  await ask(json.id, 'objection.file', { text: '单位名称有误' })
  await ask(objection(), 'objection.uphold')
  t.match(await played.row('root'), { state_value: 'revising' })
  await ask(json.id, 'result.revise')
  t.match(await played.row('root'), { state_value: 'public', context: { revised: 2 } })
  await sameRecords(t, server, world)
  t.match(await verdict(server, json.id), { ok: true, findings: [] })
})

void t.test('a parent that stops waiting while its count is reached waits no more', async (t) => {
  const { url } = await drillDatabase(t)
  const line = await cuttable(t, url)
  const [slow, other] = [await serveDrill(t, line.url), await serveDrill(t, url)]
  const drill = await beginDrill(slow)
  const submit = (unit: string) => drill.ask(`of-${unit}`, unit, 'report.submit', { findings: [] })
  for (const unit of ['u1', 'u2']) t.equal((await submit(unit)).status, 200)

  // The third of six is half of them; before that is written, the root ends.
  const hold = line.holdAt(/^\s*(?:INSERT INTO|UPDATE) "?watch/u)
  const third = submit('u3')
  await hold.held
  t.equal((await playedOn(other, drill.id).ask('lead', 'root', 'drill.end')).status, 200)
  hold.release()
  t.equal((await third).status, 200)
  await other.scheduler.catchUp()
  t.same(await other.db.selectFrom('watch').selectAll().execute(), [])
  t.match(await verdict(other, drill.id), { ok: true, findings: [] })
})
