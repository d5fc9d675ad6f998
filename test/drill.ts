import type { Instant } from '@duban/engine'
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { pino } from 'pino'
import type { Test } from 'tap'
import { migrate, migrations } from '../packages/server/src/database/migrate.ts'
import { openDatabase, type Db } from '../packages/server/src/database/open.ts'
import { runBatch } from '../packages/server/src/execute/batch.ts'
import type { Outcome } from '../packages/server/src/execute/request.ts'
import { putPeople } from '../packages/server/src/organisation/people.ts'
import { putUnits } from '../packages/server/src/organisation/units.ts'
import { testDatabase } from '../packages/server/test/database.ts'
import { brittle } from './definitions/brittle.ts'
import { drill } from './definitions/drill.ts'
import { serve, type Answer, type Options, type TestServer } from './harness.ts'

/** Instants of the drill. Its dates are days in Asia/Shanghai that end at 24:00. */
export const at = {
  start: '2026-04-01T01:00:00.000Z',
  beforeReports: '2026-04-18T15:59:59.999Z',
  reports: '2026-04-18T16:00:00.000Z',
  afterReports: '2026-04-18T16:00:00.001Z',
  checksOpen: '2026-04-20T16:00:00.000Z',
  mended: '2026-05-20T16:00:00.000Z',
  afterMended: '2026-05-20T16:00:00.001Z',
} as const satisfies { [name: string]: Instant }

export const units = ['u1', 'u2', 'u3', 'u4', 'u5', 'u6']
const title = (text: string): { zh: string; en: string } => ({ zh: text, en: text })

const organisation = {
  units: [
    { id: 'bureau', title: title('bureau'), parent: null },
    { id: 'elsewhere', title: title('elsewhere'), parent: null },
    ...units.map((id) => ({ id, title: title(id), parent: 'bureau' })),
  ],
  people: [
    { id: 'admin', name: 'Admin', unit: 'bureau', roles: ['administrator' as const] },
    { id: 'organiser', name: 'Organiser', unit: 'bureau', roles: ['organiser' as const] },
    { id: 'otherOrganiser', name: 'Other', unit: 'elsewhere', roles: ['organiser' as const] },
    { id: 'auditor', name: 'Auditor', unit: 'elsewhere', roles: ['auditor' as const] },
    { id: 'lead', name: 'Lead', unit: 'bureau', roles: [] },
    { id: 'checker', name: 'Checker', unit: 'elsewhere', roles: [] },
    { id: 'checkerOfU1', name: 'Checker of u1', unit: 'u1', roles: [] },
    { id: 'stranger', name: 'UnknownUnit', unit: 'elsewhere', roles: [] },
    ...units.map((unit) => ({ id: `of-${unit}`, name: `Of ${unit}`, unit, roles: [] })),
  ],
}

/** A migrated database with the drill's organisation in it. */
export function drillDatabase(t: Test): Promise<{ url: string; superuser: string }> {
  const version = createHash('sha256').update(JSON.stringify([migrations(), organisation]))
  return testDatabase(t, {
    key: `drill_${version.digest('hex').slice(0, 12)}`,
    prepare: async (url) => {
      const db = openDatabase(url, pino({ level: 'silent' }))
      await migrate(db)
      await putUnits(db, organisation.units)
      await putPeople(db, organisation.people)
      await db.destroy()
    },
  })
}

export type DrillServer = TestServer & { url: string; superuser: string }

/** A server for the drill on a database of its own, both gone with the test. */
export async function drillServer(t: Test, options: Options = {}): Promise<DrillServer> {
  const { url, superuser } = await drillDatabase(t)
  const server = await serveDrill(t, url, options)
  return { ...server, url, superuser }
}

/** One more server on a database. */
export async function serveDrill(t: Test, url: string, options: Options = {}): Promise<TestServer> {
  const server = await serve(url, { definitions: [drill, brittle], startAt: at.start, ...options })
  t.teardown(() => server.close())
  return server
}

/** Ids in a fixed order: two servers that are asked the same make the same records. */
export function countedIds(): () => string {
  let n = 0
  return () => {
    n += 1
    return `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
  }
}

export function drillPlan(its: readonly string[] = units): object {
  return {
    definition: 'drill',
    title: '演练',
    startsOn: '2026-04-01',
    units: its,
    assignments: [
      { role: 'lead', person: 'lead' },
      { role: 'checker', person: 'checker' },
      { role: 'checker', person: 'checkerOfU1' },
      ...its.filter((unit) => units.includes(unit)).map((unit) => ({ role: 'reporter', person: `of-${unit}`, unit })),
    ],
  }
}

export type Played = {
  id: string
  /** Sends a command to the root, to a unit (by its id), or to a finding (`u1/0`). */
  ask: (
    person: string,
    target: string,
    command: string,
    payload?: unknown,
    headers?: { [name: string]: string },
  ) => Promise<Answer>
  /** The id of an instance; throws when it has not been opened. */
  find: (target: string) => Promise<string>
  /** Its row as it is stored. */
  row: (target: string) => Promise<{ state_value: string; version: number; status: string; context: any }>
}

/** Plans a drill. */
export async function planDrill(server: TestServer, its: readonly string[] = units): Promise<Played> {
  const { status, json, text } = await server.call('organiser', 'POST', '/api/campaigns', drillPlan(its))
  if (status !== 201) throw new Error(text)
  return playedOn(server, json.id)
}

/** Plans a drill and begins it: its units are open. */
export async function beginDrill(server: TestServer, its: readonly string[] = units): Promise<Played> {
  const played = await planDrill(server, its)
  const { status, text } = await played.ask('lead', 'root', 'drill.begin')
  if (status !== 200) throw new Error(text)
  await server.scheduler.catchUp()
  return played
}

/** A drill through one of several servers. */
export function playedOn(server: TestServer, id: string): Played {
  const read = async (target: string) => {
    const [unit, item] = target.split('/')
    let query = server.db.selectFrom('instance').selectAll().where('campaign_id', '=', id)
    if (unit === 'root') query = query.where('id', '=', id)
    else if (item === undefined) query = query.where('kind', '=', 'unit').where('key', '=', unit ?? '')
    else query = query.where('kind', '=', 'finding').where('unit_id', '=', unit ?? '')
    const rows = await query.orderBy('at').execute()
    const sorted = rows.toSorted((a, b) => (ordinal(a.key) < ordinal(b.key) ? -1 : 1))
    const row = sorted[Number(item ?? 0)]
    if (!row) throw new Error(`${target} is not open`)
    return row
  }
  return {
    id,
    find: async (target) => (await read(target)).id,
    row: async (target) => {
      const { state_value, version, status, state } = await read(target)
      return { state_value, version, status, context: JSON.parse(state).snapshot.context }
    },
    ask: async (person, target, command, payload = {}, headers) => {
      const instance = target === 'root' ? id : (await read(target)).id
      const path = `/api/campaigns/${id}/instances/${instance}/commands`
      return server.call(person, 'POST', path, { command, payload }, headers)
    },
  }
}

// `<number of the opening>.<index>`
function ordinal(key: string): string {
  return key
    .split('.')
    .map((part) => part.padStart(12, '0'))
    .join('.')
}

/** All histories of a campaign as their records: what two servers must agree on. */
export async function records(db: Db, campaign: string): Promise<{ [instance: string]: string[] }> {
  const rows = await db
    .selectFrom('transition')
    .select(['instance_id', 'record'])
    .where('campaign_id', '=', campaign)
    .orderBy('instance_id')
    .orderBy('version')
    .execute()
  return Object.fromEntries(
    Map.groupBy(rows, (row) => row.instance_id)
      .entries()
      .map(([instance, its]) => [instance, its.map(({ record }) => record)]),
  )
}

/** The names of what happened to an instance: commands, messages, dates, acts, in order. */
export async function events(server: { db: Db }, campaign: string, instance: string): Promise<string[]> {
  const all = await records(server.db, campaign)
  return (all[instance] ?? []).map((record) => {
    const { event } = JSON.parse(record)
    const name = event.command ?? event.message ?? event.act ?? event.timer?.split('.')[2] ?? 'open'
    const reminder = event.timer?.includes(' ') ? ` ${event.timer.split(' ').slice(1).join(' ')}` : ''
    return `${event.at} ${name}${reminder}`
  })
}

/** How many rows each table has, and every instance's head: for «nothing was changed». */
export async function whole(db: Db): Promise<object> {
  const { rows } = await sql<object>`
    SELECT (SELECT count(*) FROM campaign) AS campaigns, (SELECT count(*) FROM transition) AS transitions,
           (SELECT count(*) FROM unit) AS units, (SELECT count(*) FROM person) AS people,
           (SELECT count(*) FROM assignment WHERE revoked_at IS NULL) AS assignments,
           (SELECT count(*) FROM deadline) AS deadlines, (SELECT count(*) FROM message) AS messages,
           (SELECT md5(string_agg(head || version, ',' ORDER BY campaign_id, id)) FROM instance) AS heads
  `.execute(db)
  return rows[0] ?? {}
}

/** The verdict of an auditor on a campaign. */
export async function verdict(server: TestServer, campaign: string): Promise<any> {
  const { status, json, text } = await server.call('auditor', 'GET', `/api/campaigns/${campaign}/verify`)
  if (status !== 200) throw new Error(text)
  return json
}

type Settlement = Extract<Outcome, { type: 'settlement' }>

/** What a server that dies after one batch has taken of a campaign. */
export async function settleOnce(server: TestServer, campaign: string, upTo: Instant): Promise<Settlement> {
  const { db, definitions, clock } = server
  const { outcomes } = await runBatch(db, definitions, clock, [{ type: 'settle', campaign, upTo }])
  const [outcome] = outcomes
  if (outcome?.type !== 'settlement') throw new Error('a settlement answers how much it took')
  return outcome
}

/** As far as a server may have come when it died: batch after batch, until something is so. */
export async function settleUntil(
  server: TestServer,
  campaign: string,
  upTo: Instant,
  isSo: (server: TestServer) => Promise<boolean>,
): Promise<void> {
  while (!(await isSo(server))) {
    if ((await settleOnce(server, campaign, upTo)).settled) throw new Error('it never came to that')
  }
}

/** That so many messages have been sent, and none of them heard. */
export function sent(count: number): (server: TestServer) => Promise<boolean> {
  return async ({ db }) => {
    const { n } = await db
      .selectFrom('message')
      .select((build) => build.fn.countAll<string>().as('n'))
      .executeTakeFirstOrThrow()
    return Number(n) === count
  }
}
