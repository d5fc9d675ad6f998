import { setTimeout } from 'node:timers/promises'
import fc from 'fast-check'
import pg from 'pg'
import t, { type Test } from 'tap'
import type { Instant } from '@duban/engine'
import {
  at,
  beginDrill,
  countedIds,
  drillDatabase,
  drillServer,
  events,
  playedOn,
  records,
  sent,
  serveDrill,
  settleOnce,
  settleUntil,
  units,
  verdict,
  type DrillServer,
  type Played,
} from '../drill.ts'
import { cuttable } from '../badInput/wire.ts'
import { rollCallBelow } from '../definitions/rollCallBelow.ts'
import type { TestServer } from '../harness.ts'

const finding = { findings: [{ what: 'a lease without a date' }] }
const none = { findings: [] }

void t.test('a report one millisecond before the deadline is in time, at the deadline it is late', async (t) => {
  const server = await drillServer(t)
  const drill = await beginDrill(server)

  server.clock.set(at.beforeReports)
  t.equal((await drill.ask('of-u1', 'u1', 'report.submit', none)).status, 200)
  server.clock.set(at.reports)
  const late = await drill.ask('of-u2', 'u2', 'report.submit', none)
  t.equal(late.status, 409)
  t.equal(late.json.code, 'late')
  t.equal(late.json.rule, 'reports')
})

void t.test('a report one millisecond after the deadline is refused although no timer ran', async (t) => {
  const server = await drillServer(t)
  const drill = await beginDrill(server)

  server.clock.set(at.afterReports)
  const late = await drill.ask('of-u1', 'u1', 'report.submit', none)
  t.equal(late.status, 409)
  t.equal(late.json.code, 'late')
  const history = await events(server, drill.id, await drill.find('u1'))
  t.ok(history.includes(`${at.reports} reports`), 'the deadline stands at its own instant')
  const kept = await server.db
    .selectFrom('transition')
    .select(['at', 'recorded_at'])
    .where('instance_id', '=', await drill.find('u1'))
    .where('at', '=', at.reports)
    .executeTakeFirstOrThrow()
  t.equal(kept.recorded_at, at.afterReports, 'beside it, when it was written down')
  t.match(await drill.row('u1'), { state_value: 'overdue' })
})

void t.test('the refusal of a late report leaves the deadline fired, and only it', async (t) => {
  const server = await drillServer(t)
  const drill = await beginDrill(server)
  server.clock.set(at.afterReports)
  await drill.ask('of-u1', 'u1', 'report.submit', none)
  const before = await drill.row('u1')
  await drill.ask('of-u1', 'u1', 'report.submit', none)
  t.same(await drill.row('u1'), before)
})

void t.test('a deadline that falls due elsewhere reaches the instance before the next command', async (t) => {
  const server = await drillServer(t)
  const drill = await beginDrill(server)
  await drill.ask('of-u1', 'u1', 'report.submit', finding)

  // Nothing of u1 is due; that five others are late makes the root tell u1 to hurry.
  server.clock.set(at.afterReports)
  t.equal((await drill.ask('lead', 'u1', 'report.return', { reason: 'incomplete' })).status, 200)
  const history = await events(server, drill.id, await drill.find('u1'))
  const hurries = history.filter((one) => one === `${at.reports} all.hurry`)
  t.equal(hurries.length, 5)
  t.ok(history.indexOf(`${at.reports} all.hurry`) < history.indexOf(`${at.afterReports} report.return`))
})

void t.test(
  'what is on its way through the tree comes before a command, also when a server died in between',
  async (t) => {
    const server = await drillServer(t)
    const drill = await beginDrill(server)
    await drill.ask('of-u1', 'u1', 'report.submit', finding)

    // As far as a server may have come when it died: the root has heard of all five, and nobody of the root.
    server.clock.set(at.afterReports)
    await settleUntil(server, drill.id, at.reports, sent(5))
    await settleOnce(server, drill.id, at.reports)
    await drill.ask('lead', 'u1', 'report.return', { reason: 'incomplete' })
    const history = await events(server, drill.id, await drill.find('u1'))
    t.equal(history.filter((one) => one === `${at.reports} all.hurry`).length, 5)
  },
)

void t.test('a deadline that falls due while a command waits for its turn binds it, wherever it is', async (t) => {
  const server = await drillServer(t)
  const drill = await beginDrill(server)
  await drill.ask('of-u1', 'u1', 'report.submit', finding)
  await server.scheduler.catchUp()
  server.clock.set(at.beforeReports)

  // Somebody holds u1; the command comes in time, and gets its turn when five others have become late.
  const holder = new pg.Client({ connectionString: server.superuser })
  await holder.connect()
  await holder.query('BEGIN')
  await holder.query('SELECT 1 FROM instance WHERE id = $1 FOR UPDATE', [await drill.find('u1')])
  const answer = drill.ask('lead', 'u1', 'report.return', { reason: 'incomplete' })
  await someoneWaits(holder)
  server.clock.set(at.afterReports)
  await holder.query('COMMIT')
  await holder.end()

  t.equal((await answer).status, 200)
  const history = await events(server, drill.id, await drill.find('u1'))
  t.equal(history.filter((one) => one === `${at.reports} all.hurry`).length, 5)
  t.equal(history.at(-2), `${at.afterReports} report.return`)
})

void t.test('what another server takes while a command is being decided binds it all the same', async (t) => {
  const { url } = await drillDatabase(t)
  const line = await cuttable(t, url)
  const [slow, other] = [await serveDrill(t, line.url), await serveDrill(t, url)]
  const drill = await beginDrill(slow)
  for (const server of [slow, other]) await server.advanceTo('2026-05-20T15:00:00.000Z')
  for (const server of [slow, other]) server.clock.set(at.afterMended)

  // The campaign ends for everybody at this instant: its root's deadline, and an act that its units will hear.
  const hold = line.holdAt(/WITH RECURSIVE asked/u)
  const asked = drill.ask('of-u1', 'u1', 'report.late', none)
  await hold.held
  await settleUntil(other, drill.id, at.mended, async () => (await drill.row('root')).status === 'done')
  hold.release()
  t.match((await asked).json, { code: 'campaign_over' })
  t.match(await verdict(other, drill.id), { ok: true })
})

void t.test('messages that wait come before a command that comes later', async (t) => {
  const server = await drillServer(t)
  const drill = await beginDrill(server)
  await drill.ask('of-u1', 'u1', 'report.submit', finding)
  server.clock.set(at.afterReports)
  // The units' deadlines are taken, their messages to the root are not.
  await settleUntil(server, drill.id, at.reports, sent(5))
  await drill.ask('lead', 'u1', 'report.return', { reason: 'incomplete' })
  const history = await events(server, drill.id, await drill.find('u1'))
  t.equal(history.filter((one) => one === `${at.reports} all.hurry`).length, 5)
})

void t.test('reminders fire before their deadline, at nine in the morning, and tell those who can act', async (t) => {
  const server = await drillServer(t)
  const drill = await beginDrill(server)
  server.clock.set(at.afterReports)
  await server.scheduler.catchUp()
  const history = await events(server, drill.id, await drill.find('u1'))
  // 18 April 2026 is a Saturday: three workdays before are Wednesday the 15th, one is Friday the 17th.
  t.same(history.slice(1, 4), [
    '2026-04-15T01:00:00.000Z reports -3 workdays',
    '2026-04-17T01:00:00.000Z reports -1 workday',
    `${at.reports} reports`,
  ])
  const { json } = await server.call('of-u1', 'GET', '/api/notices')
  t.same(
    json.items.map((one: { at: string }) => one.at).toReversed(),
    ['2026-04-15T01:00:00.000Z', '2026-04-17T01:00:00.000Z', at.reports],
    'two reminders and the escalation',
  )
})

void t.test('a state entered after its date is left by it at once', async (t) => {
  const server = await drillServer(t)
  const drill = await beginDrill(server)
  await drill.ask('of-u1', 'u1', 'report.submit', finding)
  server.clock.set('2026-04-22T02:00:00.000Z')
  const { status, json } = await drill.ask('lead', 'u1', 'report.return', { reason: 'incomplete' })
  t.equal(status, 200)
  t.equal(json.instance.state, 'overdue')
  const history = await events(server, drill.id, await drill.find('u1'))
  t.same(history.slice(-2), ['2026-04-22T02:00:00.000Z report.return', '2026-04-22T02:00:00.000Z reports'])
})

void t.test('an extension recorded before the deadline wins, delivered or not', async (t) => {
  const server = await drillServer(t)
  const drill = await beginDrill(server)
  await drill.ask('of-u1', 'u1', 'report.submit', finding)
  await server.scheduler.catchUp()
  server.clock.set(at.beforeReports)
  const dates = { reports: '2026-04-24', mended: '2026-06-01', ends: '2026-06-01' }
  const extended = await drill.ask('organiser', 'root', 'campaign.extend', {
    dates,
    reason: 'flood',
  })
  t.equal(extended.status, 200, extended.text)

  // No scheduler ran: units and findings have not heard of it.
  server.clock.set('2026-04-24T15:59:59.999Z')
  t.equal((await drill.ask('of-u2', 'u2', 'report.submit', none)).status, 200)
  server.clock.set(at.afterMended)
  t.equal((await drill.ask('of-u1', 'u1/0', 'finding.mend', { how: 'dated' })).status, 200)
  const history = await events(server, drill.id, await drill.find('u1/0'))
  t.same(
    history.filter((one) => one.endsWith('mended')),
    [],
    'two levels below the root the old date did not fire',
  )
  t.match(await drill.row('u3'), { state_value: 'overdue' }, 'the new date did')
})

void t.test('what a suspension finds still to come moves by the days it lasted', async (t) => {
  const server = await drillServer(t)
  const drill = await beginDrill(server)
  server.clock.set('2026-04-10T02:00:00.000Z')
  const reason = 'flood'
  t.equal((await drill.ask('organiser', 'root', 'campaign.suspend', { reason })).status, 200)
  const refused = await drill.ask('of-u1', 'u1', 'report.submit', none)
  t.equal(refused.json.code, 'campaign_suspended')

  server.clock.set('2026-04-20T02:00:00.000Z')
  await server.scheduler.catchUp()
  t.match(await drill.row('u1'), { state_value: 'reporting' }, 'nothing falls due meanwhile')
  t.equal((await drill.ask('organiser', 'root', 'campaign.resume', {})).status, 200)

  server.clock.set('2026-04-28T15:59:59.999Z')
  t.equal((await drill.ask('of-u1', 'u1', 'report.submit', none)).status, 200)
  server.clock.set('2026-04-28T16:00:00.000Z')
  t.equal((await drill.ask('of-u2', 'u2', 'report.submit', none)).json.code, 'late')
  t.match(await verdict(server, drill.id), { ok: true })
})

void t.test('what falls due in one instant is taken from the leaves to the root, however many there are', async (t) => {
  const many = Array.from({ length: 120 }, (_, n) => `n${n}`)
  const server = await drillServer(t)
  await server.call('admin', 'PUT', '/api/units', {
    units: many.map((id) => ({ id, title: { zh: id, en: id }, parent: 'bureau' })),
  })
  const drill = await beginDrill(server, many)
  server.clock.set(at.afterReports)
  await server.scheduler.catchUp()
  const root = (await events(server, drill.id, drill.id)).filter((one) => one.startsWith(at.reports))
  t.same(
    root,
    [...many.map(() => `${at.reports} unit.late`), `${at.reports} reports`],
    'the root hears of every unit before its own date',
  )
})

void t.test('a server that slept and one that woke on time write the same records', async (t) => {
  const [awake, slept] = await twins(t)
  for (const { server, drill } of [awake, slept]) {
    for (const unit of ['u1', 'u2']) await drill.ask(`of-${unit}`, unit, 'report.submit', finding)
    await server.scheduler.catchUp()
  }
  await onTime(awake.server, '2026-05-31T00:00:00.000Z')
  slept.server.clock.set('2026-05-31T00:00:00.000Z')
  await slept.server.scheduler.catchUp()
  await sameRecords(t, awake, slept)
  t.match(await awake.drill.row('u1/0'), { status: 'closed' })
  t.match(await awake.drill.row('root'), { state_value: 'ended', context: { late: 4 } })
})

void t.test('two servers that wake at the same instant fire nothing twice and agree with one', async (t) => {
  const [one, two] = await twins(t)
  const second = await serveDrill(t, two.server.url, { newId: countedIds() })
  for (const { server, drill } of [one, two]) {
    for (const unit of ['u1', 'u2']) await drill.ask(`of-${unit}`, unit, 'report.submit', finding)
    await server.scheduler.catchUp()
    server.clock.set(at.afterMended)
  }
  second.clock.set(at.afterMended)
  await one.server.scheduler.catchUp()
  await Promise.all([two.server.scheduler.catchUp(), second.scheduler.catchUp()])
  await Promise.all([two.server.scheduler.catchUp(), second.scheduler.catchUp()])
  await sameRecords(t, one, two)
})

void t.test(
  'hundreds in one instant: three servers at once, or one that dies after any batch, write what one writes',
  async (t) => {
    const [alone, together, dying] = [await below(t), await below(t), await below(t)]
    const another = (url: string) => serveDrill(t, url, { definitions: [rollCallBelow] })
    const others = [await another(together.server.url), await another(together.server.url)]
    for (const { server } of [alone, together, dying]) server.clock.set(at.afterReports)
    for (const other of others) other.clock.set(at.afterReports)
    await alone.server.scheduler.catchUp()
    await Promise.all([together.server, ...others].map(({ scheduler }) => scheduler.catchUp()))
    // Each batch by another server than the one before, which knows nothing of it.
    const pair = [dying.server, await another(dying.server.url)] as const
    for (let turn = 0, settled = false; !settled; turn += 1) {
      settled = (await settleOnce(pair[turn % 2 ? 1 : 0], dying.drill.id, at.afterReports)).settled
    }
    t.match(await alone.drill.row('root'), { state_value: 'over', version: 4 })
    await sameRecords(t, alone, together)
    await sameRecords(t, alone, dying)
  },
)

void t.test('random commands and deadlines: sleeping or awake, the records are the same', async (t) => {
  const pair = await twins(t)
  await fc.assert(
    fc.asyncProperty(fc.array(move, { minLength: 5, maxLength: 25 }), async (moves) => {
      const [awake, slept] = await Promise.all([anew(pair[0].server), anew(pair[1].server)])
      let now = Date.parse(at.start)
      for (const [hours, person, target, command, payload] of moves) {
        now += hours * 3_600_000
        const instant = new Date(now).toISOString()
        await onTime(awake.server, instant)
        slept.server.clock.set(instant)
        const id = await awake.drill.find(target).catch(() => undefined)
        if (id === undefined) continue
        const answer = await asked(awake, id, person, command, payload)
        await awake.server.scheduler.catchUp()
        const what = `${instant} ${person} ${command} ${target}`
        t.same(await asked(slept, id, person, command, payload), answer, what)
      }
      await onTime(awake.server, '2026-07-01T00:00:00.000Z')
      slept.server.clock.set('2026-07-01T00:00:00.000Z')
      await slept.server.scheduler.catchUp()
      await sameRecords(t, awake, slept)
      return t.passing()
    }),
    { numRuns: Number(process.env['RUNS'] ?? 7), endOnFailure: true },
  )
})

/** Resolves when some connection of the server waits for a lock. */
async function someoneWaits(holder: pg.Client): Promise<void> {
  for (;;) {
    const { rowCount } = await holder.query(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    )
    if (rowCount) return
    await setTimeout(10)
  }
}

type Twin = { server: DrillServer; drill: Played }

/** The same drill on two databases, begun the same way. */
async function twins(t: Test): Promise<[Twin, Twin]> {
  const newId = countedIds
  return [await anew(await drillServer(t, { newId: newId() })), await anew(await drillServer(t, { newId: newId() }))]
}

async function anew(server: DrillServer): Promise<Twin> {
  server.clock.set(at.start)
  return { server, drill: await beginDrill(server) }
}

/** A campaign of many units, each with a desk below it, that has begun. */
async function below(t: Test): Promise<Twin> {
  const server = await drillServer(t, { definitions: [rollCallBelow], newId: countedIds() })
  const ids = Array.from({ length: 130 }, (_, n) => `n${n}`)
  await server.call('admin', 'PUT', '/api/units', {
    units: ids.map((id) => ({ id, title: { zh: id, en: id }, parent: 'bureau' })),
  })
  const { json, status, text } = await server.call('organiser', 'POST', '/api/campaigns', {
    definition: rollCallBelow.id,
    title: '点名',
    startsOn: '2026-04-01',
    units: ids,
    assignments: [{ role: 'lead', person: 'lead' }],
  })
  if (status !== 201) throw new Error(text)
  await server.scheduler.catchUp()
  return { server, drill: playedOn(server, json.id) }
}

/** Lives through the time, awake at each instant at which something is due. */
async function onTime(server: TestServer, until: Instant): Promise<void> {
  for (;;) {
    const { due } = await server.db
      .selectFrom('deadline')
      .select((build) => build.fn.min('due').as('due'))
      .executeTakeFirstOrThrow()
    if (!due || due > until) break
    await server.advanceTo(due)
  }
  await server.advanceTo(until)
}

async function sameRecords(t: Test, one: Twin, other: Twin): Promise<void> {
  const ours = await records(one.server.db, one.drill.id)
  const theirs = await records(other.server.db, other.drill.id)
  if (JSON.stringify(ours) !== JSON.stringify(theirs)) {
    // A difference is easier to read in short; only if that shows none, the whole records.
    const short = (all: typeof ours): object =>
      Object.fromEntries(Object.entries(all).map(([id, its]) => [id, its.map(brief)]))
    if (t.same(short(theirs), short(ours))) t.same(theirs, ours)
  }
  for (const { server, drill } of [one, other]) {
    t.same((await verdict(server, drill.id)).findings, [])
  }
}

function brief(record: string): string {
  const { event, from, to } = JSON.parse(record)
  return `${event.at} ${event.command ?? event.message ?? event.act ?? event.timer ?? event.type} ${JSON.stringify(from)} → ${JSON.stringify(to)}`
}

const unit = fc.constantFrom(...units.slice(0, 3))
const item = fc.tuple(unit, fc.nat(1)).map(([one, n]) => `${one}/${n}`)
const reported = fc.integer({ min: 0, max: 2 }).map((n) => ({
  findings: Array.from({ length: n }, (_, i) => ({ what: `finding ${i}` })),
}))
type Move = [hours: number, person: string, target: string, command: string, payload: object]
const hours = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 240 }))
const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 4, arbitrary: moveOf(unit, ['report.submit', 'report.late'], reported) },
  { weight: 2, arbitrary: moveOf(unit, ['report.return'], fc.constant({ reason: 'x' })) },
  { weight: 3, arbitrary: moveOf(item, ['finding.mend'], fc.constant({ how: 'x' })) },
  { weight: 3, arbitrary: moveOf(item, ['finding.check'], fc.record({ good: fc.boolean() })) },
  { weight: 1, arbitrary: moveOf(fc.constant('root'), ['drill.hurry'], fc.constant({})) },
  {
    weight: 1,
    arbitrary: moveOf(
      fc.constant('root'),
      ['campaign.extend'],
      fc.record({
        dates: fc.constantFrom<object>(
          { reports: '2026-04-25' },
          { mended: '2026-06-01', ends: '2026-06-03' },
          { ends: '2026-05-25' },
        ),
        reason: fc.constant('flood'),
      }),
    ),
  },
  {
    weight: 1,
    arbitrary: moveOf(fc.constant('root'), ['campaign.suspend', 'campaign.resume'], fc.constant({ reason: 'flood' })),
  },
)

function moveOf(target: fc.Arbitrary<string>, commands: string[], payload: fc.Arbitrary<object>): fc.Arbitrary<Move> {
  return fc
    .tuple(hours, target, fc.constantFrom(...commands), payload)
    .map(([after, whom, command, what]) => [after, personFor(command, whom), whom, command, what])
}

function personFor(command: string, target: string): string {
  if (command.startsWith('campaign.')) return 'organiser'
  if (command === 'finding.check') return 'checker'
  if (command === 'drill.hurry' || command === 'report.return') return 'lead'
  return `of-${target.split('/')[0]}`
}

async function asked(
  { server, drill }: Twin,
  id: string,
  person: string,
  command: string,
  payload: object,
): Promise<[number, string]> {
  const path = `/api/campaigns/${drill.id}/instances/${id}/commands`
  const { status, json } = await server.call(person, 'POST', path, { command, payload })
  return [status, json.code ?? json.transition.hash]
}
