import { CompiledQuery, Kysely, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'
import type { Logger } from 'pino'
import type { Database } from './schema.ts'

export type Db = Kysely<Database>
export type Tx = Transaction<Database>

const TIMESTAMPTZ = 1184
const DATE = 1082
const types = new pg.TypeOverrides()
types.setTypeParser(TIMESTAMPTZ, (value) => new Date(value).toISOString())
types.setTypeParser(DATE, (value) => value)

/** For reading; the executor has connections of its own, so that readers never keep it waiting. */
export const READERS = 10
const CONNECT_TIMEOUT = 5_000
/** PostgreSQL ends a statement that takes longer: no transaction of ours needs a tenth of it. */
const STATEMENT_TIMEOUT = 60_000
/** After it we believe no longer that an answer will come; later than PostgreSQL’s own, so that it comes first. */
const SILENCE = 65_000

/** Opens the pool. Connections that break are logged and replaced; callers see the error of their own query. */
export function openDatabase(url: string, log: Logger, connections = READERS, silence = SILENCE): Db {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: CONNECT_TIMEOUT,
    // A server that hangs must not hold its locks for ever, nor callers their sockets.
    idle_in_transaction_session_timeout: 30_000,
    statement_timeout: STATEMENT_TIMEOUT,
    query_timeout: silence,
    keepAlive: true,
    application_name: 'duban',
    types,
  })
  // Without a listener an idle connection that breaks would end the process.
  pool.on('error', (error) => log.warn({ err: error }, 'an idle database connection broke'))
  // So would one that breaks between two statements of a transaction; the next statement meets the error.
  pool.on('connect', (client) => {
    client.on('error', () => {})
    leaveWhenSilent(client)
  })
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool }) })
}

/**
 * `pg` gives up on a query, but leaves the connection in the pool, where it would answer the next one with
 * the same silence. Such a connection is closed.
 */
function leaveWhenSilent(client: pg.PoolClient): void {
  const query = client.query.bind(client) as (...given: unknown[]) => unknown
  const watched = (...given: unknown[]): unknown => {
    const answer = query(...given)
    if (answer instanceof Promise) {
      answer.catch((error: unknown) => {
        if (isSilence(error)) (client as unknown as Wired).connection.stream.destroy()
      })
    }
    return answer
  }
  client.query = watched as typeof client.query
}

// What `@types/pg` does not tell.
type Wired = { connection: { stream: { destroy: () => void } } }

function isSilence(error: unknown): boolean {
  return error instanceof Error && error.message === 'Query read timeout'
}

/** Whether this database role could change the history in spite of the REVOKE. */
export async function isSuperuser(db: Db): Promise<boolean> {
  const { rows } = await db.executeQuery<{ is: boolean }>(
    CompiledQuery.raw(`SELECT rolsuper AS is FROM pg_roles WHERE rolname = current_user`),
  )
  return rows[0]?.is ?? false
}

const unreachable = new Set(
  'ECONNREFUSED ECONNRESET ECONNABORTED EHOSTUNREACH ENETUNREACH ENOENT ENOTFOUND EAI_AGAIN EPIPE ETIMEDOUT'.split(' '),
)

/** SQLSTATE classes and node errors that mean «the database is not there», not «the statement is wrong». */
export function isUnavailable(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: string; message?: string }
  // 08P01 is a statement that breaks the protocol: ours to mend. 25006 is a server that became a standby.
  if (code !== undefined) {
    return code !== '08P01' && (/^(08|57P|53|25006)/u.test(code) || unreachable.has(code))
  }
  return /query read timeout|connection terminated|timeout exceeded when trying to connect|client has encountered a connection error|not queryable/iu.test(
    message ?? '',
  )
}

/** PostgreSQL ended the statement: it took too long, or an operator cancelled it. Nothing of it was done. */
export function isTooSlow(error: unknown): boolean {
  return ((error ?? {}) as { code?: string }).code === '57014'
}

/** Serialization failure, deadlock, and a unique key that somebody took first: the same batch may pass now. */
export function isRetryable(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: string }
  return code === '40001' || code === '40P01' || code === '23505'
}
