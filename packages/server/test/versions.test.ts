import { sql } from 'kysely'
import { pino } from 'pino'
import t from 'tap'
import { migrate, migrations } from '../src/database/migrate.ts'
import { openDatabase } from '../src/database/open.ts'
import { testDatabase } from './database.ts'

void t.test('campaigns of an older release keep their facts, and their instances their version', async (t) => {
  const { url } = await testDatabase(t)
  const db = openDatabase(url, pino({ level: 'silent' }))
  t.teardown(() => db.destroy())
  const older = migrations().filter(({ name }) => name < '0003')
  await sql`CREATE TABLE migration (name text PRIMARY KEY, text text NOT NULL)`.execute(db)
  for (const { name, text } of older) {
    await sql.raw(text).execute(db)
    await sql`INSERT INTO migration VALUES (${name}, ${text})`.execute(db)
  }
  const hash = 'a'.repeat(64)
  const id = '00000000-0000-4000-8000-000000000001'
  await sql`INSERT INTO definition VALUES ('drill@1', ${hash}, '{}', now())`.execute(db)
  await sql`INSERT INTO unit VALUES ('u1', NULL, '一', 'one')`.execute(db)
  await sql`INSERT INTO campaign (campaign_id, definition, title, starts_on, organiser, organiser_path, facts, created_at)
            VALUES (${id}, 'drill@1', 'x', '2026-04-01', 'u1', '{u1}', '{"id":"x"}', now())`.execute(db)
  await sql`INSERT INTO instance (campaign_id, id, kind, key, depth, unit_path, version, at, head, status, state, place,
                                  accepts, tags, heard)
            VALUES (${id}, ${id}, 'campaign', '', 0, '{}', 1, now(), ${hash}, 'active', '{}', 'open', '{}', '{}', 0)`.execute(
    db,
  )
  t.ok((await migrate(db)).includes('0003-versions.sql'))
  t.strictSame(await db.selectFrom('campaign_facts').selectAll().execute(), [
    { campaign_id: id, definition: 'drill@1', facts: '{"id":"x"}' },
  ])
  t.strictSame(await db.selectFrom('instance').select(['id', 'definition']).execute(), [{ id, definition: 'drill@1' }])
  await t.rejects(
    db.updateTable('instance').set({ definition: 'drill@2' }).execute(),
    /foreign key/u,
    'no instance runs on a version that its campaign never had',
  )
})
