// Law 7: running campaigns stay on their version until they are migrated by a recorded act.
import { canonical, defineCampaign, step, type Definition } from '@duban/engine'
import pg from 'pg'
import { pino } from 'pino'
import t, { type Test } from 'tap'
import { z } from 'zod'
import { indexDefinitions } from '../../packages/server/src/definitions.ts'
import type { CommandRequest } from '../../packages/server/src/execute/request.ts'
import { startServer } from '../../packages/server/src/server.ts'
import { secondSurvey, survey } from '../definitions/survey.ts'
import {
  at,
  countedIds,
  drillDatabase,
  drillServer,
  events,
  playedOn,
  records,
  serveDrill,
  units,
  verdict,
  whole,
  type DrillServer,
  type Played,
} from '../drill.ts'
import type { Answer, TestServer } from '../harness.ts'

const both = [survey, secondSurvey()]
const migration = { version: 2, reason: '省厅补充通知' }
const items = (n: number): object => ({
  items: Array.from({ length: n }, (_, i) => ({ what: `事项${i + 1}` })),
})

async function ok(answer: Promise<Answer>): Promise<any> {
  const { status, json, text } = await answer
  if (status >= 300) throw new Error(text)
  return json
}

/** A survey of some units; `lead` reports for all of them, so that one person will do. */
async function begin(server: TestServer, its: readonly string[] = units): Promise<Played> {
  const { id } = await ok(
    server.call('organiser', 'POST', '/api/campaigns', {
      definition: 'survey',
      version: 1,
      title: '普查',
      startsOn: '2026-04-01',
      units: its,
      assignments: [
        { role: 'lead', person: 'lead' },
        { role: 'reporter', person: 'lead', unit: 'bureau' },
      ],
    }),
  )
  await server.scheduler.catchUp()
  return playedOn(server, id)
}

async function idsOf(server: TestServer, campaign: string, kind: string): Promise<string[]> {
  const rows = await server.db
    .selectFrom('instance')
    .select('id')
    .where('campaign_id', '=', campaign)
    .where('kind', '=', kind)
    .orderBy('key')
    .orderBy('unit_id')
    .execute()
  return rows.map(({ id }) => id)
}

const command = (server: TestServer, campaign: string, id: string, name: string, payload = {}) =>
  ok(
    server.call('lead', 'POST', `/api/campaigns/${campaign}/instances/${id}/commands`, {
      command: name,
      payload,
    }),
  )

async function runningOn(server: TestServer, campaign: string): Promise<object> {
  const rows = await server.db
    .selectFrom('instance')
    .select(({ fn }) => ['kind', 'definition', 'status', 'state_value', fn.countAll<string>().as('n')])
    .where('campaign_id', '=', campaign)
    .groupBy(['kind', 'definition', 'status', 'state_value'])
    .orderBy('kind')
    .orderBy('state_value')
    .execute()
  return rows.map((row) => [row.kind, row.definition, row.state_value, row.status, Number(row.n)].join(' '))
}

void t.test('a campaign of 300 units passes to the next version in its middle, and goes on to its end', async (t) => {
  const server = await drillServer(t, { definitions: both })
  const many = Array.from({ length: 300 }, (_, n) => `m${String(n).padStart(3, '0')}`)
  await ok(
    server.call('admin', 'PUT', '/api/units', {
      units: many.map((id) => ({ id, title: { zh: id, en: id }, parent: 'bureau' })),
    }),
  )
  const played = await begin(server, many)
  const campaign = `/api/campaigns/${played.id}`
  const opened = await idsOf(server, played.id, 'unit')
  for (const id of opened.slice(0, 20)) await command(server, played.id, id, 'report.submit', items(1))
  await server.scheduler.catchUp()
  const [mended = '', ...open] = await idsOf(server, played.id, 'item')
  await command(server, played.id, mended, 'item.mend')
  await server.scheduler.catchUp()

  await server.advanceTo('2026-04-19T02:00:00.000Z')
  await ok(played.ask('organiser', 'root', 'campaign.migrate', migration, { 'idempotency-key': 'm' }))
  const again = await ok(played.ask('organiser', 'root', 'campaign.migrate', migration, { 'idempotency-key': 'm' }))
  t.match(again, {
    instance: { version: 2, stateTitle: { zh: '报送和整改' } },
    transition: { version: 2, event: { act: 'campaign.migrate', payload: migration } },
  })

  // Whoever comes first finds the new version, whatever has been told so far.
  const unit = opened[299] as string
  const before = await ok(server.call('lead', 'GET', `${campaign}/instances/${unit}`))
  t.match(before, { version: 3, state: 'overdue', stateTitle: { zh: '逾期' } }, 'not told yet')
  await command(server, played.id, unit, 'report.submit', items(1))
  t.strictSame(await events(server, played.id, unit), [
    '2026-04-01T01:00:00.000Z open',
    '2026-04-17T01:00:00.000Z reports -1 day',
    '2026-04-18T16:00:00.000Z reports',
    '2026-04-19T02:00:00.000Z campaign.migrate',
    '2026-04-19T02:00:00.000Z report.submit',
  ])
  await server.scheduler.catchUp()
  t.strictSame(await runningOn(server, played.id), [
    'campaign survey@2 collecting active 1',
    'item survey@1 mended done 1',
    'item survey@2 open active 20',
    'unit survey@2 late active 279',
    'unit survey@2 reported active 20',
    'unit survey@1 settled done 1',
  ])
  t.match(await ok(server.call('lead', 'GET', campaign)), {
    definition: 'survey@2',
    dates: { reports: { on: '2026-04-25' }, signed: { on: '2026-04-28' } },
    instance: { stateTitle: { zh: '报送和整改' } },
  })
  t.match(await ok(server.call('lead', 'GET', `${campaign}/instances/${opened[5]}`)), {
    context: { office: 'm005', signed: false },
    commands: [{ command: 'report.sign' }],
    deadlines: [{ date: 'signed', title: { zh: '签字' }, due: '2026-04-28T16:00:00.000Z' }],
  })
  t.match(
    await ok(server.call('lead', 'GET', `${campaign}/instances/${open[0]}`)),
    { deadlines: [{ date: 'mended', due: '2026-04-21T16:00:00.000Z' }] },
    'the day that was given stays',
  )

  // On it goes: a new command, a new date, children of the new version, and an end that is counted anew.
  await command(server, played.id, opened[5] as string, 'report.sign')
  await Promise.all(opened.slice(20, 299).map((id) => command(server, played.id, id, 'report.submit', items(0))))
  await server.advanceTo('2026-04-29T02:00:00.000Z')
  t.match(
    JSON.parse(
      (
        await server.db
          .selectFrom('instance')
          .select('state')
          .where('id', '=', opened[6] as string)
          .executeTakeFirstOrThrow()
      ).state,
    ),
    { snapshot: { context: { signed: true } } },
    'the new date came',
  )
  for (const id of await idsOf(server, played.id, 'item')) {
    if (id !== mended) await command(server, played.id, id, 'item.mend')
  }
  await server.scheduler.catchUp()
  t.match(await played.row('root'), { state_value: 'ended', status: 'done' })

  t.match(await verdict(server, played.id), { ok: true, findings: [] })
  const then = async (at: string): Promise<any> =>
    ok(server.call('auditor', 'GET', `${campaign}/instances/${unit}/replay?at=${at}`))
  t.match(await then('2026-04-19T01:59:59Z'), {
    matches: true,
    instance: { state: 'overdue', stateTitle: { zh: '逾期' }, context: { unit: 'm299' } },
  })
  t.match(await then('2026-04-19T02:00:00Z'), {
    matches: true,
    instance: { state: 'reported', stateTitle: { zh: '待签' }, context: { office: 'm299' } },
  })
  const { text } = await server.call('auditor', 'GET', `${campaign}/history`, undefined, {
    accept: 'text/plain',
    'accept-language': 'zh',
  })
  const lines = text.split('\n').filter((line) => line.includes('转用新版本'))
  t.equal(lines.length, 319, 'the root, 299 units and 19 items')
  t.match(
    lines[0],
    /〔转用新版本〕 Organiser（活动组织者）：《普查》第 2 版，理由：省厅补充通知：报送阶段 → 报送和整改/u,
  )
  t.match(text, /m299  〔转用新版本〕 随上级：.*：逾期 → 迟报/u)

  const start = (...definitions: typeof both): Promise<unknown> =>
    startServer({
      port: 0,
      host: '127.0.0.1',
      demo: {},
      jwks: undefined,
      databaseUrl: server.url,
      log: pino({ level: 'silent' }),
      definitions: indexDefinitions(definitions),
    })
  await t.rejects(start(secondSurvey()), /survey@1: campaigns use it/u, 'its history needs the old one')
  await t.rejects(start(survey), /survey@2: campaigns use it/u)
})

void t.test('if one has no place in the new version, nobody passes', async (t) => {
  const server = await drillServer(t, {
    definitions: [...both, secondSurvey({ lost: true, version: 3 })],
  })
  const played = await begin(server)
  const migrate = (version: number, person = 'organiser'): Promise<Answer> =>
    played.ask(person, 'root', 'campaign.migrate', { ...migration, version })
  for (const unit of units.slice(0, 4)) await ok(played.ask('lead', unit, 'report.submit', items(1)))
  await server.advanceTo(at.afterReports)
  const before = await whole(server.db)
  const refused = await migrate(3)
  t.match(refused, {
    status: 409,
    json: {
      code: 'cannot_migrate',
      rule: 'survey@1 → survey@3',
      issues: [{ kind: 'unit', state: 'overdue', reason: 'there is no state «overdue»', instances: 2 }],
    },
  })
  t.match(await migrate(4), {
    status: 409,
    json: { code: 'cannot_migrate', rule: 'survey@4', detail: '本服务器没有该版本' },
  })
  t.match(await migrate(1), {
    status: 409,
    json: { code: 'cannot_migrate', rule: 'survey@1', detail: '该版本不承接 survey@1' },
  })
  t.match(await migrate(2, 'lead'), { status: 403, json: { code: 'role_required' } })
  t.match(await played.ask('organiser', 'root', 'campaign.migrate', { version: 2 }), {
    status: 422,
    json: { code: 'invalid_payload' },
  })
  t.match(await played.ask('organiser', 'u1', 'campaign.migrate', migration), {
    status: 422,
    json: { code: 'unknown_command' },
  })
  t.strictSame(await whole(server.db), before, 'nothing was changed')
  t.strictSame(
    [
      ...new Set(
        (await server.db.selectFrom('campaign_facts').select('definition').execute()).map((row) => row.definition),
      ),
    ],
    ['survey@1'],
  )
  const root = await ok(server.call('organiser', 'GET', `/api/campaigns/${played.id}/instances/${played.id}`))
  t.ok(root.commands.some((one: { command: string }) => one.command === 'campaign.migrate'))

  await ok(played.ask('organiser', 'root', 'campaign.suspend', { reason: 'x' }))
  t.match(await migrate(2), { status: 409, json: { code: 'campaign_suspended' } })
  await ok(played.ask('organiser', 'root', 'campaign.resume'))
  await ok(migrate(2))
  t.match(await migrate(2), { status: 409, json: { code: 'cannot_migrate' } }, 'it is there already')
  const after = await ok(server.call('organiser', 'GET', `/api/campaigns/${played.id}/instances/${played.id}`))
  t.notOk(after.commands.some((one: { command: string }) => one.command === 'campaign.migrate'))
  await ok(played.ask('organiser', 'root', 'campaign.cancel', { reason: 'x' }))
  t.match(await migrate(3), { status: 409, json: { code: 'campaign_over' } })
  await server.scheduler.catchUp()
  t.match(await verdict(server, played.id), { ok: true })
})

/** A plan whose guard fails on its deadline in version 1; version 2 mends it, under the same names. */
function flawed(version: 1 | 2): Definition {
  return defineCampaign({
    id: 'flawed',
    version,
    title: { zh: '有误', en: 'Flawed' },
    roles: { lead: { title: { zh: '组长', en: 'Lead' }, scope: 'campaign' } },
    dates: { ends: { title: { zh: '结束', en: 'Ends' }, due: '04-18' } },
    commands: {
      'flawed.end': { title: { zh: '结束', en: 'End' }, by: ['lead'], payload: z.strictObject({}) },
    },
    machines: ({ machine }) => ({
      campaign: machine({
        guards: {
          ready: () => {
            if (version === 1) throw new Error('not thought of')
            return true
          },
        },
      }).createMachine({
        meta: { title: { zh: '有误', en: 'Flawed' } },
        initial: 'open',
        states: {
          open: {
            meta: { title: { zh: '开', en: 'Open' } },
            on: { 'flawed.end': 'ended' },
            after: { ends: { target: 'ended', guard: 'ready' } },
          },
          ended: { meta: { title: { zh: '结', en: 'Ended' } }, type: 'final' },
        },
      }),
    }),
    ...(version === 2 && { takesOver: { 1: {} } }),
  })
}

void t.test('a deadline on which the old version failed gets another chance in the new one', async (t) => {
  const server = await drillServer(t, { definitions: [flawed(1), flawed(2)] })
  const { id } = await ok(
    server.call('organiser', 'POST', '/api/campaigns', {
      definition: 'flawed',
      version: 1,
      title: 'x',
      startsOn: '2026-04-01',
      units: ['u1'],
    }),
  )
  await server.advanceTo(at.afterReports)
  const played = playedOn(server, id)
  t.match(await played.row('root'), { state_value: 'open', version: 1 }, 'it failed and was put aside')
  await ok(played.ask('organiser', 'root', 'campaign.migrate', migration))
  t.match(await played.row('root'), { state_value: 'ended', version: 3 })
  t.strictSame(await events(server, id, id), [
    `${at.start} open`,
    `${at.afterReports} campaign.migrate`,
    `${at.afterReports} ends`,
  ])
  const { failed } = await server.db
    .selectFrom('instance')
    .select('failed')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  t.strictSame(failed, [])
  t.match(await verdict(server, id), { ok: true })
})

/** Two reports, the migration, and what else is asked; `between` comes between the root's act and the others hearing of it. */
async function crossing(server: TestServer, between: () => Promise<TestServer>): Promise<object> {
  const played = await begin(server)
  for (const unit of ['u1', 'u2']) await ok(played.ask('lead', unit, 'report.submit', items(2)))
  await server.advanceTo(at.afterReports)
  await ok(played.ask('organiser', 'root', 'campaign.migrate', migration))
  const next = await between()
  await next.scheduler.catchUp()
  const later = playedOn(next, played.id)
  await ok(later.ask('lead', 'u1', 'report.sign'))
  await ok(later.ask('lead', 'u3', 'report.submit', items(1)))
  await next.scheduler.catchUp()
  t.match(await verdict(next, played.id), { ok: true })
  return records(next.db, played.id)
}

void t.test('a server that dies before the others have heard leaves it to the next one', async (t) => {
  const calm = await drillServer(t, { definitions: both, newId: countedIds() })
  const undisturbed = await crossing(calm, async () => calm)

  const { url } = await drillDatabase(t)
  const dying = await serveDrill(t, url, { definitions: both, newId: countedIds() })
  const disturbed = await crossing(dying, async () => {
    const next = await serveDrill(t, url, { definitions: both, newId: countedIds() })
    next.clock.set(at.afterReports)
    return next
  })
  t.strictSame(disturbed, undisturbed, 'the same history')
})

void t.test('on two servers, amid everybody’s reports: each report is of one version or of the other', async (t) => {
  const first = await drillServer(t, { definitions: both })
  const second = await serveDrill(t, first.url, { definitions: both })
  const played = await begin(first, [...units])
  const ids = await idsOf(first, played.id, 'unit')
  const answers = await Promise.all([
    ...ids.slice(0, 3).map((id) => command(first, played.id, id, 'report.submit', items(3))),
    ok(played.ask('organiser', 'root', 'campaign.migrate', migration)),
    ...ids.slice(3).map((id) => command(second, played.id, id, 'report.submit', items(3))),
  ])
  t.equal(answers.length, 7)
  await second.scheduler.catchUp()
  t.strictSame(await runningOn(second, played.id), [
    'campaign survey@2 collecting active 1',
    'item survey@2 open active 18',
    'unit survey@2 reported active 6',
  ])
  await second.scheduler.catchUp()
  t.match(await verdict(first, played.id), { ok: true, findings: [] })
})

void t.test('what is asked in the same batch is decided after the migration, in the new version', async (t) => {
  const server = await drillServer(t, { definitions: both })
  const played = await begin(server)
  const unit = await played.find('u1')
  const campaign = played.id
  const submit: CommandRequest = {
    campaign,
    instance: unit,
    command: 'report.submit',
    payload: items(1),
    asker: { person: 'lead', home: ['bureau'], builtIn: [] },
  }
  const migrate: CommandRequest = {
    campaign,
    instance: campaign,
    command: 'campaign.migrate',
    payload: migration,
    asker: { person: 'organiser', home: ['bureau'], builtIn: ['organiser'] },
  }
  // Asked within one turn, they share a batch, the report first.
  const [report, act] = await Promise.all([server.executor.command(submit), server.executor.command(migrate)])
  t.match(act, { ok: true, transition: { definition: 'survey@2' } })
  t.match(report, { ok: true, transition: { definition: 'survey@2', version: 3, from: 'drafting' } })
})

type Migrated = { server: DrillServer; other: TestServer; played: Played; db: pg.Client }

/**
 * A migrated campaign, and a superuser to write into its history. The other server, of another release, runs since
 * before any definition was used: later it would not start.
 */
async function migrated(t: Test, release = both): Promise<Migrated> {
  const server = await drillServer(t, { definitions: both })
  const other = await serveDrill(t, server.url, { definitions: release })
  const played = await begin(server)
  await ok(played.ask('lead', 'u1', 'report.submit', items(1)))
  await ok(played.ask('organiser', 'root', 'campaign.migrate', migration))
  await server.scheduler.catchUp()
  await ok(played.ask('lead', 'u1', 'report.sign'))
  t.match(await verdict(server, played.id), { ok: true })
  const db = new pg.Client(server.superuser)
  await db.connect()
  t.teardown(() => db.end())
  return { server, other, played, db }
}

void t.test('whoever touches the migration afterwards is found out', async (t) => {
  const { server, played, db } = await migrated(t)
  const unit = await played.find('u2')
  const found = async (): Promise<string[]> => {
    const { findings } = await verdict(server, played.id)
    return findings.map((one: any) => `${one.kind} ${one.unit} ${one.version} ${one.what}`)
  }
  await db.query('CREATE TEMP TABLE kept AS SELECT campaign_id, instance_id, version, record, hash FROM transition')
  const restore = (): Promise<unknown> =>
    db.query(`UPDATE transition t SET record = k.record, hash = k.hash FROM kept k
              WHERE (t.instance_id, t.version) = (k.instance_id, k.version)`)
  const edit = (instance: string, version: number, sql: string): Promise<unknown> =>
    db.query(
      `UPDATE transition SET record = ${sql}, hash = encode(sha256(convert_to(${sql}, 'UTF8')), 'hex')
       WHERE campaign_id = $1 AND instance_id = $2 AND version = $3`,
      [played.id, instance, version],
    )

  await edit(unit, 2, `replace(record, '省厅补充通知', '口头通知')`)
  t.strictSame(await found(), ['unit u2 2 step'], 'another reason, hashed anew: it would have told others another one')
  await restore()
  await edit(unit, 2, `replace(record, 'drafting', 'late')`)
  t.strictSame(await found(), ['unit u2 2 step'], 'another place')
  await restore()
  await edit(unit, 2, `replace(record, 'survey@2', 'survey@1')`)
  t.strictSame(await found(), ['unit u2 2 definition'], 'another version')
  await restore()
  await edit(played.id, 2, `replace(record, '"version":2', '"version":3')`)
  t.ok((await found())[0]?.startsWith('campaign null 2'), 'the root’s own')
  await restore()
  await edit(played.id, 2, `replace(record, '"organiser"', '"stranger"')`)
  t.ok((await found()).includes('campaign null 2 permission'), 'by whom nobody had permitted')
  await restore()
  t.strictSame(await found(), [])

  await db.query(
    `UPDATE campaign_facts SET facts = replace(facts, '2026-04-28', '2026-05-28') WHERE definition = 'survey@2'`,
  )
  t.strictSame(await found(), ['campaign null null facts'], 'the new version’s facts can be computed')
  await db.query(
    `UPDATE campaign_facts SET facts = replace(facts, '2026-05-28', '2026-04-28') WHERE definition = 'survey@2'`,
  )
  await db.query(`SET session_replication_role = replica`)
  await db.query(`UPDATE instance SET definition = 'survey@1' WHERE id = $1`, [unit])
  t.strictSame(await found(), ['unit u2 2 current'])
})

void t.test('who begins on another version than the instance above is found out', async (t) => {
  const { server, played, db } = await migrated(t)
  await ok(played.ask('lead', 'u2', 'report.submit', items(1)))
  await server.scheduler.catchUp()
  const { rows: found } = await db.query(`SELECT id FROM instance WHERE kind = 'item' AND unit_id = 'u2'`)
  const item = found[0].id as string
  const { rows } = await db.query(
    `SELECT t.record, f.facts FROM transition t JOIN campaign_facts f USING (campaign_id)
     WHERE t.instance_id = $1 AND f.definition = 'survey@1'`,
    [item],
  )
  // Everything is as the engine would make it; only, it would not have been made so at that time.
  const { event } = JSON.parse(rows[0].record)
  const forged = step(survey, JSON.parse(rows[0].facts), null, event)
  if (!forged.ok) throw new Error(forged.refusal.code)
  const { state, head } = forged.instance
  const [timer] = Object.values(state.timers)
  await db.query(`UPDATE transition SET record = $2, hash = $3 WHERE instance_id = $1`, [
    item,
    forged.record,
    forged.hash,
  ])
  await db.query(`UPDATE instance SET state = $2, head = $3, due = $4, definition = 'survey@1' WHERE id = $1`, [
    item,
    canonical(state),
    head,
    timer?.due,
  ])
  t.match(await verdict(server, played.id), {
    ok: false,
    findings: [{ kind: 'item', unit: 'u2', version: 1, what: 'cause' }],
  })
})

void t.test('a server without the new version says so, and changes nothing', async (t) => {
  const { server, other: older, played } = await migrated(t, [survey])
  const before = await whole(server.db)
  const root = `/api/campaigns/${played.id}`
  const unit = `${root}/instances/${await played.find('u1')}`
  for (const [method, path, body] of [
    ['GET', root, undefined],
    ['GET', unit, undefined],
    ['POST', `${unit}/commands`, { command: 'unit.report', payload: {} }],
  ] as const) {
    const { status, headers, json } = await older.call('of-u1', method, path, body)
    t.match(json, { code: 'definition_unavailable', rule: 'survey@2' }, `${method} ${path}`)
    t.equal(status, 503)
    t.equal(headers['retry-after'], '1')
  }
  t.same(await whole(server.db), before)
})

void t.test('who no longer has the old version is told what cannot be recomputed', async (t) => {
  const { other: without, played } = await migrated(t, [secondSurvey()])
  t.match(await verdict(without, played.id), {
    ok: false,
    findings: [{ kind: 'campaign', version: 1, what: 'definition', detail: /survey@1.*not at hand/u }],
  })
  const unit = await played.find('u1')
  t.match(await ok(without.call('auditor', 'GET', `/api/campaigns/${played.id}/instances/${unit}/replay`)), {
    matches: false,
    mismatch: { version: 1, what: 'definition' },
  })
})
