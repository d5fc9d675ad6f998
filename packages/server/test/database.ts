import { randomBytes } from 'node:crypto'
import pg from 'pg'

/** What tests that share a key also share: the same schema, made once and then copied. */
export type Template = {
  /** Names the template database; with a lasting TEST_DATABASE_URL, let it change with the schema. */
  key: string
  /** Fills it. Close every connection: PostgreSQL copies only a database that nobody is using. */
  prepare: (url: string, superuser: string) => Promise<void>
}

/**
 * A database for one test file, dropped at its end. A copy costs about 30 ms.
 *
 * `url` connects as the role `duban`, owner of the database but no superuser, like the server.
 */
export async function testDatabase(
  t: { teardown: (end: () => Promise<void>) => unknown },
  template?: Template,
): Promise<{ url: string; superuser: string }> {
  const admin = await connectAdmin()
  await alone(admin, () => ensureRole(admin))
  const source = template ? await ensureTemplate(admin, template) : 'template1'
  const name = `duban_test_${process.pid}_${randomBytes(4).toString('hex')}`
  await admin.query(`CREATE DATABASE ${name} TEMPLATE ${source} OWNER duban`)
  t.teardown(async () => {
    await admin.query(`DROP DATABASE ${name} WITH (FORCE)`)
    await admin.end()
  })
  return { url: urlOf(name, 'duban'), superuser: urlOf(name) }
}

async function ensureTemplate(admin: pg.Client, { key, prepare }: Template): Promise<string> {
  const name = `duban_template_${key.toLowerCase().replaceAll(/[^a-z0-9]/g, '_')}`.slice(0, 58)
  const exists = async (): Promise<boolean> =>
    (await admin.query('SELECT FROM pg_database WHERE datname = $1', [name])).rowCount === 1
  if (await exists()) return name
  await alone(admin, async () => {
    if (await exists()) return
    // Renamed when it is ready, so that an interrupted one is never copied.
    await admin.query(`DROP DATABASE IF EXISTS ${name}_new WITH (FORCE)`)
    await admin.query(`CREATE DATABASE ${name}_new OWNER duban`)
    await prepare(urlOf(`${name}_new`, 'duban'), urlOf(`${name}_new`))
    await admin.query(`ALTER DATABASE ${name}_new RENAME TO ${name}`)
  })
  return name
}

/** scripts/test.ts made it; on a server given by TEST_DATABASE_URL it may be missing. */
async function ensureRole(admin: pg.Client): Promise<void> {
  const { rowCount } = await admin.query(`SELECT FROM pg_roles WHERE rolname = 'duban'`)
  if (rowCount === 1) return
  const password = decodeURIComponent(partsOfGiven()['password'] ?? '')
  await admin.query(`CREATE ROLE duban LOGIN CREATEDB ${password && `PASSWORD ${admin.escapeLiteral(password)}`}`)
}

/** One at a time among all test processes: the lock is the server's, so it needs no file. */
async function alone(admin: pg.Client, work: () => Promise<void>): Promise<void> {
  const lock = `hashtext('duban test database')`
  await admin.query(`SELECT pg_advisory_lock(${lock})`)
  try {
    await work()
  } finally {
    await admin.query(`SELECT pg_advisory_unlock(${lock})`)
  }
}

async function connectAdmin(): Promise<pg.Client> {
  const admin = new pg.Client({ connectionString: given() })
  await admin.connect()
  return admin
}

function given(): string {
  const url = process.env['TEST_DATABASE_URL']
  if (url) return url
  throw new Error('TEST_DATABASE_URL is not set: run the tests by `pnpm test`, which sets it')
}

/** The given server's URL, for another database and perhaps another role (of the same password). */
function urlOf(database: string, role?: string): string {
  const { scheme, user, password, host, query } = partsOfGiven()
  const secret = password === undefined ? '' : `:${password}`
  return `${scheme}${role ?? user}${secret}@${host}/${database}${query ?? ''}`
}

/** By hand, since `new URL` refuses the empty host that stands before `?host=/socket/directory`. */
function partsOfGiven(): Record<string, string | undefined> {
  const form = /^(?<scheme>\w+:\/\/)(?<user>[^:@/]+)(:(?<password>[^@/]*))?@(?<host>[^/]*)\/[^?]*(?<query>\?.*)?$/
  const parts = form.exec(given())?.groups
  if (parts) return parts
  throw new Error('TEST_DATABASE_URL should look like postgres://user:password@host/database')
}
