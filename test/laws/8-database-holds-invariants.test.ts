import pg from 'pg'
import t from 'tap'
import { beginDrill, drillServer } from '../drill.ts'

const hash = `repeat('a', 64)`
const check = '23514'
const unique = '23505'
const foreign = '23503'
const missing = '23502'

void t.test('what must never be, the database refuses, whoever asks as the server’s role', async (t) => {
  const server = await drillServer(t)
  const drill = await beginDrill(server)
  await drill.ask('of-u1', 'u1', 'report.submit', { findings: [{ what: 'a' }] })
  await server.scheduler.catchUp()
  const [c, u1, u2] = [drill.id, await drill.find('u1'), await drill.find('u2')]
  const fresh = '00000000-0000-4000-8000-0000000000ff'
  const other = '00000000-0000-4000-8000-0000000000fe'
  const transition = (instance: string, version: number | string, at = 'now()', h = hash) =>
    `INSERT INTO transition (campaign_id, instance_id, version, at, recorded_at, record, hash)
     VALUES ('${c}', '${instance}', ${version}, ${at}, now(), '{}', ${h})`
  const instance = (values: { [column: string]: string }) => {
    const row = {
      campaign_id: `'${c}'`,
      id: `'${fresh}'`,
      kind: `'unit'`,
      key: `'x'`,
      parent_id: `'${c}'`,
      depth: '1',
      unit_id: `'u1'`,
      unit_path: `'{bureau,u1}'`,
      version: '1',
      at: 'now()',
      head: hash,
      status: `'active'`,
      state: `'{}'`,
      definition: `(SELECT definition FROM campaign WHERE campaign_id = '${c}')`,
      state_value: `'reporting'`,
      accepts: `'{}'`,
      tags: `'{}'`,
      cursor: '0',
      ...values,
    }
    return `INSERT INTO instance (${Object.keys(row).join()}) VALUES (${Object.values(row).join()})`
  }
  const cases: [what: string, code: string, statement: string][] = [
    ['a gap in the versions', foreign, transition(u2, 3)],
    ['a version twice', unique, transition(u2, 1)],
    ['a version 0', check, transition(u2, 0)],
    ['a history without an instance', foreign, transition(fresh, 1)],
    ['a hash that is none', check, transition(u2, 2, 'now()', `'abc'`)],
    ['a transition without an instant', missing, transition(u2, 2, 'NULL')],
    ['a second root', check, instance({ parent_id: 'NULL', depth: '0' })],
    ['a root with a parent', check, instance({ id: `'${c}'`, parent_id: `'${u1}'` })],
    ['a child at the depth of a root', check, instance({ depth: '0' })],
    ['a child of no parent', foreign, instance({ parent_id: `'${fresh}'`, id: `'${other}'` })],
    ['a child of another campaign', foreign, instance({ campaign_id: `'${u1}'` })],
    ['a second child of the same key', unique, instance({ key: `'u1'` })],
    ['a status that is none', check, instance({ status: `'lost'` })],
    ['a head that is no hash', check, instance({ head: `'x'` })],
    ['an instance of a version that the campaign never ran on', foreign, instance({ definition: `'drill@99'` })],
    ['an instance without a state', missing, `UPDATE instance SET state = NULL`],
    ['an instance that goes while its history stays', foreign, `DELETE FROM instance WHERE id = '${u2}'`],
    ['a campaign that goes', foreign, `DELETE FROM campaign`],
    ['a definition that goes while campaigns use it', foreign, `DELETE FROM definition`],
    ['a definition of a bad name', check, `INSERT INTO definition VALUES ('Bad', ${hash}, '{}', now())`],
    ['a negative tally', check, `UPDATE tally SET n = -1`],
    ['a spawn beyond its end', check, `UPDATE spawn SET next = total + 1`],
    [
      'a broadcast of no known type',
      check,
      `INSERT INTO broadcast VALUES ('${c}', '${c}', 1, 1, ${hash}, now(), NULL, 'x', 'x', '{}')`,
    ],
    [
      'a deadline of nobody',
      foreign,
      `INSERT INTO deadline VALUES ('${c}', '${fresh}', 't', 'reports', NULL, now(), 1)`,
    ],
    [
      'a message to nobody',
      foreign,
      `INSERT INTO message VALUES ('${c}', '${fresh}', '${u1}', 1, 0, ${hash}, now(), 0, 'x', 'null')`,
    ],
    [
      'an assignment that ends before it begins',
      check,
      `UPDATE assignment SET from_at = now(), until_at = now() - interval '1 day'`,
    ],
    ['an assignment of nobody', foreign, `UPDATE assignment SET person_id = 'nobody'`],
    ['a person of no unit', foreign, `UPDATE person SET unit_id = 'nowhere'`],
    ['a person of an unknown built-in role', check, `UPDATE person SET roles = '{king}'`],
    ['a unit below itself', check, `UPDATE unit SET parent_id = id`],
    ['a unit below nothing', foreign, `UPDATE unit SET parent_id = 'nowhere' WHERE id = 'u1'`],
    ['a unit that goes while people are in it', foreign, `DELETE FROM unit WHERE id = 'u1'`],
    ['an id of a unit that is none', check, `INSERT INTO unit VALUES ('No Id', NULL, 'x', 'x')`],
    ['a person without a name', check, `UPDATE person SET name = ''`],
    ['an empty key', check, `INSERT INTO idempotency VALUES ('lead', '', 'x', 'x', now())`],
  ]
  const role = new pg.Client({ connectionString: server.url })
  await role.connect()
  t.teardown(() => role.end())
  for (const [what, code, statement] of cases) {
    await role.query('BEGIN')
    try {
      // Constraints that wait for the commit are asked for now.
      await role.query(statement)
      await role.query('SET CONSTRAINTS ALL IMMEDIATE')
      t.fail(`${what}: was accepted`)
    } catch (error) {
      t.equal((error as pg.DatabaseError).code, code, `${what}: ${(error as Error).message}`)
    }
    await role.query('ROLLBACK')
  }
})
