import type { Test } from 'tap'
import { beginDrill, drillPlan, drillServer, type DrillServer, type Played } from '../drill.ts'
import { recordedLog, refusedWell, type Line, type Refusal } from './recorded.ts'

export const nobody = '00000000-0000-4000-8000-00000000dead'
export const none = { findings: [] }
export const plan = (change: object): object => ({ ...drillPlan(), ...change })

type Headers = { [name: string]: string }
type Call = [
  person: string | null,
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
  headers?: Headers,
]

/** A drill the morning after its reports were due, to send bad requests to. Paths are those of the API. */
export type Bench = {
  server: DrillServer
  drill: Played
  lines: Line[]
  campaign: string
  root: string
  /** Reported in time, with one finding; `u3` is overdue. */
  u1: string
  u3: string
  finding: string
  /** Each checks that a bad request is refused as every one must be (`refusedWell`). */
  check: (what: string, expected: Refusal, call: Call) => Promise<void>
  create: (what: string, expected: Refusal, body: unknown) => Promise<void>
  grant: (what: string, expected: Refusal, body: unknown) => Promise<void>
  ask: (
    what: string,
    expected: Refusal,
    person: string,
    path: string,
    command: unknown,
    payload?: unknown,
    headers?: Headers,
  ) => Promise<void>
}

export async function bench(t: Test): Promise<Bench> {
  const { log, lines } = recordedLog()
  const server = await drillServer(t, { log })
  const drill = await beginDrill(server)
  await drill.ask('of-u1', 'u1', 'report.submit', { findings: [{ what: 'a' }] })
  await drill.ask('of-u2', 'u2', 'report.submit', none, { 'idempotency-key': 'used' })
  server.clock.set('2026-04-19T00:00:00.000Z')
  await server.scheduler.catchUp()
  const campaign = `/api/campaigns/${drill.id}`
  const path = async (target: string): Promise<string> => `${campaign}/instances/${await drill.find(target)}`

  const check: Bench['check'] = (what, expected, [person, method, at, body, headers = {}]) =>
    refusedWell(
      t,
      server,
      lines,
      what,
      (more) => server.call(person, method, at, body, { ...headers, ...more }),
      expected,
    )
  return {
    server,
    drill,
    lines,
    campaign,
    root: await path('root'),
    u1: await path('u1'),
    u3: await path('u3'),
    finding: await path('u1/0'),
    check,
    create: (what, expected, body) => check(what, expected, ['organiser', 'POST', '/api/campaigns', body]),
    grant: (what, expected, body) => check(what, expected, ['organiser', 'POST', `${campaign}/assignments`, body]),
    ask: (what, expected, person, at, command, payload, headers = {}) =>
      check(what, expected, [person, 'POST', `${at}/commands`, { command, payload }, headers]),
  }
}
