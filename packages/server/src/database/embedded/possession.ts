import pg from 'pg'
import { pause } from './shutDown.ts'

/** `duban` in ASCII. Held in the maintenance database by the one server that the cluster serves. */
const LOCK = '431466111342'
const PATIENCE_MS = 30_000

/**
 * Takes the cluster for this process, as long as the returned connection lives: PostgreSQL itself
 * lets go of it when the process dies, however it dies. Undefined: another process has it.
 */
export async function takePossession(url: string): Promise<pg.Client | undefined> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'duban possession',
    connectionTimeoutMillis: 10_000,
  })
  client.on('error', () => {}) // told by 'end' too; without a listener it would end the process
  await client.connect()
  const { rows } = await client.query<{ taken: boolean }>(`SELECT pg_try_advisory_lock(${LOCK}) AS taken`)
  if (rows[0]!.taken) return client
  await client.end()
  return undefined
}

/**
 * Keeps possession. When one of PostgreSQL's processes crashes, it cuts all connections and is back
 * in a moment, so a broken connection is first replaced.
 *
 * @returns a function that lets go
 */
export function keepPossession(url: string, first: pg.Client, onLost: (error: Error) => void): () => Promise<void> {
  let current = first
  const released = new AbortController()

  const again = async (): Promise<void> => {
    let reason: unknown
    for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await pause(100)) {
      if (released.signal.aborted) return
      try {
        const client = await takePossession(url)
        if (client) return watch(client)
        reason = new Error('another server took it')
        break
      } catch (error) {
        reason = error
      }
    }
    onLost(new Error('lost possession of the embedded PostgreSQL', { cause: reason }))
  }
  const watch = (client: pg.Client): void => {
    current = client
    client.once('end', () => {
      if (!released.signal.aborted) void again()
    })
  }

  watch(first)
  return async () => {
    released.abort()
    await current.end().catch(() => {})
  }
}
