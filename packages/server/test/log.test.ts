import t from 'tap'
import { sql } from 'kysely'
import { openDatabase } from '../src/database/open.ts'
import { createLog } from '../src/log.ts'
import { testDatabase } from './database.ts'

void t.test('an error of the database is logged by what it says, and nothing else', async (t) => {
  const lines: string[] = []
  const log = createLog('info', { write: (line) => void lines.push(line) })
  const { url } = await testDatabase(t)
  const db = openDatabase(url, log)
  t.teardown(() => db.destroy())
  await sql`CREATE TABLE office (id text CONSTRAINT one_office PRIMARY KEY)`.execute(db)
  await sql`INSERT INTO office VALUES ('a')`.execute(db)
  try {
    await sql`INSERT INTO office VALUES ('a')`.execute(db)
    t.fail('there are two offices of one name')
  } catch (error) {
    // As `pg` does when an idle connection breaks.
    log.warn({ err: Object.assign(error as Error, { client: { password: 'secret' } }) }, 'refused')
  }
  const [line = ''] = lines
  const { err } = JSON.parse(line)
  t.match(err, {
    code: '23505',
    severity: 'ERROR',
    message: /one_office/u,
    detail: 'Key (id)=(a) already exists.',
    table: 'office',
    constraint: 'one_office',
  })
  t.same(Object.keys(err).toSorted(), 'code constraint detail message schema severity stack table type'.split(' '))
  t.notMatch(line, /secret/u)
})

void t.test('an idle connection that breaks takes no client into the log', async (t) => {
  const lines: string[] = []
  const log = createLog('info', { write: (line) => void lines.push(line) })
  const { url, superuser } = await testDatabase(t)
  const db = openDatabase(url, log)
  const other = openDatabase(superuser, log)
  t.teardown(async () => {
    await db.destroy()
    await other.destroy()
  })
  const { rows } = await sql<{ pid: number }>`SELECT pg_backend_pid() AS pid`.execute(db)
  await sql`SELECT pg_terminate_backend(${rows[0]?.pid})`.execute(other)
  while (lines.length === 0) await new Promise((resolve) => setTimeout(resolve, 10))
  const { msg, err } = JSON.parse(lines[0] ?? '')
  t.equal(msg, 'an idle database connection broke')
  t.match(err, { code: '57P01' })
  t.notOk('client' in err)
})
