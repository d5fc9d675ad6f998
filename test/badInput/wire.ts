import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import type { Test } from 'tap'

export type Cuttable = {
  url: string
  /** Cuts all connections when a statement comes by: before it arrives, or when PostgreSQL has answered. */
  cutAt: (statement: RegExp, when?: 'before' | 'after', options?: { once: boolean }) => void
  /** Keeps the next such statement back until it is released; whoever asked waits. */
  holdAt: (statement: RegExp) => { held: Promise<void>; release: () => void }
  /** From now on nothing comes through, either way, and nobody is told: a network that swallows packets. */
  hush: () => void
  restore: () => void
}

/** A wire to PostgreSQL that can be cut. */
export async function cuttable(t: Test, url: string): Promise<Cuttable> {
  const target = targetOf(url)
  const sockets = new Set<Socket>()
  let away = false
  let silent = false
  let trap: { statement: RegExp; when: 'before' | 'after'; once: boolean } | undefined
  let hold: { statement: RegExp; reached: () => void; released: Promise<void> } | undefined
  const cut = (): void => {
    away = trap?.once !== true
    trap = undefined
    for (const socket of sockets) socket.destroy()
  }
  const server = createServer((client) => {
    if (away) return void client.destroy()
    const database = connect(target)
    let caught = false
    for (const socket of [client, database]) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        sockets.delete(socket)
        client.destroy()
        database.destroy()
      })
    }
    client.on('data', (bytes: Buffer) => {
      if (silent) return
      if (trap && statementsIn(bytes).some((one) => trap?.statement.test(one))) {
        if (trap.when === 'before') return cut()
        caught = true
      }
      const held = statementsIn(bytes).some((one) => hold?.statement.test(one)) ? hold : undefined
      if (!held) return void database.write(bytes)
      hold = undefined
      client.pause()
      held.reached()
      void held.released.then(() => {
        database.write(bytes)
        client.resume()
      })
    })
    database.on('data', (bytes: Buffer) => {
      if (caught) cut()
      else if (!silent) client.write(bytes)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const { user, database, password } = target
  const secret = password === undefined ? '' : `:${password}`
  return {
    url: `postgres://${user}${secret}@127.0.0.1:${port}/${database}?sslmode=disable`,
    cutAt: (statement, when = 'before', { once } = { once: false }) => {
      trap = { statement, when, once }
    },
    holdAt: (statement) => {
      const { promise: held, resolve: reached } = Promise.withResolvers<void>()
      const { promise: released, resolve: release } = Promise.withResolvers<void>()
      hold = { statement, reached, released }
      return { held, release }
    },
    hush: () => {
      silent = true
    },
    restore: () => {
      away = false
      silent = false
    },
  }
}

/** The texts of `Query` and `Parse` messages; a message split over packets is not found, which no short one is. */
function statementsIn(bytes: Buffer): string[] {
  const found: string[] = []
  for (let at = 0; at + 5 <= bytes.length;) {
    const length = bytes.readInt32BE(at + 1)
    const type = String.fromCharCode(bytes[at] ?? 0)
    const body = bytes.subarray(at + 5, at + 1 + length).toString('latin1')
    if (type === 'Q') found.push(body.split('\0')[0] ?? '')
    if (type === 'P') found.push(body.split('\0')[1] ?? '')
    if (length < 4) break
    at += 1 + length
  }
  return found
}

type Target = { user: string; password?: string; database: string } & (
  | { path: string }
  | { host: string; port: number }
)

/** `new URL` refuses the empty host that stands before `?host=/socket/directory`. */
function targetOf(url: string): Target {
  const parts =
    /^\w+:\/\/(?<user>[^:@/]+)(:(?<password>[^@/]*))?@(?<host>[^:/]*)(:(?<port>\d+))?\/(?<database>[^?]*)(\?(?<query>.*))?$/u.exec(
      url,
    )?.groups ?? {}
  const query = new URLSearchParams(parts['query'])
  const directory = query.get('host')
  const port = Number(parts['port'] ?? query.get('port') ?? 5432)
  return {
    user: parts['user'] ?? '',
    ...(parts['password'] !== undefined && { password: parts['password'] }),
    database: parts['database'] ?? '',
    ...(directory?.startsWith('/')
      ? { path: `${directory}/.s.PGSQL.${port}` }
      : { host: directory ?? parts['host'] ?? 'localhost', port }),
  }
}
