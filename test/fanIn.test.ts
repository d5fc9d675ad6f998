import { sql } from 'kysely'
import t, { type Test } from 'tap'
import { rollCall } from './definitions/rollCall.ts'
import {
  at,
  countedIds,
  drillServer,
  events,
  playedOn,
  records,
  sent,
  settleOnce,
  settleUntil,
  verdict,
  type DrillServer,
  type Played,
} from './drill.ts'

// FAN_IN=10000 for the whole of it; the limit of messages a wake (execute/load.ts) is crossed five times.
const UNITS = Number(process.env['FAN_IN'] ?? 1_000)
const MOST = 200

void t.test(`${UNITS} late units tell their parent: each is heard once, in order, ${MOST} at a time`, async (t) => {
  const server = await begun(t, UNITS)
  server.clock.set(at.afterReports)
  const noted = await server.roll.ask('lead', 'root', 'roll.note')
  t.equal(noted.status, 200, 'a command waits for all of them')

  t.same(
    await events(server, server.roll.id, server.roll.id),
    [
      `${at.start} open`,
      ...Array.from({ length: UNITS }, () => `${at.reports} unit.late`),
      `${at.reports} reports`,
      `${at.afterReports} roll.note`,
    ],
    'the messages come before the root’s own date, and both before the command',
  )
  const heard = await causes(server)
  t.equal(new Set(heard).size, UNITS, 'no unit was heard twice')
  t.same(heard, heard.toSorted(), 'in the order of their ids')
  t.match(await server.roll.row('root'), { state_value: 'called', context: { late: UNITS, notes: 1 } })
  // The last of them share their transaction with the root's date.
  t.ok((await mostAtOnce(server)) <= MOST + 1, `not more than ${MOST} in one transaction`)
  t.match(await verdict(server, server.roll.id), { ok: true })
})

void t.test('a server that was interrupted between two wakes, and one that was not, write the same', async (t) => {
  const [one, other] = [await begun(t, 450), await begun(t, 450)]
  for (const server of [one, other]) server.clock.set(at.afterReports)
  await onlyUnits(other)
  await settleOnce(other, other.roll.id, at.reports)
  for (const server of [one, other]) await server.scheduler.catchUp()
  t.same(await records(other.db, other.roll.id), await records(one.db, one.roll.id))
})

void t.test('a command finds no message before it unheard, even by a clock set back', async (t) => {
  const server = await begun(t, 450)
  server.clock.set(at.reports)
  await onlyUnits(server)
  t.match(await settleOnce(server, server.roll.id, at.reports), { taken: MOST })
  t.match(await server.roll.row('root'), { state_value: 'calling', context: { late: MOST } })

  server.clock.set(at.beforeReports)
  t.equal((await server.roll.ask('lead', 'root', 'roll.note')).status, 200)
  t.equal(
    (await events(server, server.roll.id, server.roll.id)).at(-1),
    `${at.reports} roll.note`,
    'an instance’s time does not run backwards',
  )
  t.match(await server.roll.row('root'), { state_value: 'called', context: { late: 450, notes: 1 } })
  t.match(await verdict(server, server.roll.id), { ok: true })
})

void t.test('a deadline behind two hundred messages is not taken for a circle', async (t) => {
  const server = await begun(t, MOST)
  await server.advanceTo(at.afterReports)
  t.equal(await mostAtOnce(server), MOST + 1, 'it was taken behind them, in one wake')
  t.match(await server.roll.row('root'), { state_value: 'called', context: { late: MOST } })
  const { failed } = await server.db
    .selectFrom('instance')
    .select('failed')
    .where('id', '=', server.roll.id)
    .executeTakeFirstOrThrow()
  t.same(failed, [])
})

/** A roll call of so many units, all of them open. */
async function begun(t: Test, count: number): Promise<DrillServer & { roll: Played }> {
  const server = await drillServer(t, { definitions: [rollCall], newId: countedIds() })
  const ids = Array.from({ length: count }, (_, n) => `n${n}`)
  await server.call('admin', 'PUT', '/api/units', {
    units: ids.map((id) => ({ id, title: { zh: id, en: id }, parent: 'bureau' })),
  })
  const { json, status, text } = await server.call('organiser', 'POST', '/api/campaigns', {
    definition: 'roll-call',
    title: '点名',
    startsOn: '2026-04-01',
    units: ids,
    assignments: [{ role: 'lead', person: 'lead' }],
  })
  if (status !== 201) throw new Error(text)
  await server.scheduler.catchUp()
  return { ...server, roll: playedOn(server, json.id) }
}

/** As far as a server may have come when it died: every unit's date is taken, the root has heard of none. */
async function onlyUnits(server: DrillServer & { roll: Played }): Promise<void> {
  await settleUntil(server, server.roll.id, at.reports, sent(450))
}

/** The units that the root heard, in the order in which it did. */
async function causes({ db, roll }: DrillServer & { roll: Played }): Promise<string[]> {
  const all = await records(db, roll.id)
  return (all[roll.id] ?? [])
    .map((record) => JSON.parse(record).event)
    .filter(({ message }) => message === 'unit.late')
    .map(({ cause }) => cause.instance)
}

/** The most steps of the root in one transaction. */
async function mostAtOnce({ db, roll }: DrillServer & { roll: Played }): Promise<number> {
  const { rows } = await sql<{ most: string }>`
    SELECT max(n) AS most FROM (
      SELECT count(*) AS n FROM transition WHERE campaign_id = ${roll.id} AND instance_id = ${roll.id}
      GROUP BY xmin::text) AS wakes
  `.execute(db)
  return Number(rows[0]?.most)
}
