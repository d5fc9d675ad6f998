// Duban over HTTP: as much of it as a program needs that acts for people. It imports nothing of Duban.
import { setTimeout as pause } from 'node:timers/promises'

export type Text = { zh: string; en: string }
export type Instance = {
  id: string
  kind: string
  unit: string | null
  version: number
  status: string
  state: unknown
  stateTitle: Text
  context: { [name: string]: unknown }
}
/** RFC 9457. Programs decide on `code`; `title` is for people. */
export type Problem = { status: number; code: string; title: string; rule?: string }

/** The server said no; nothing was changed. */
export class Refused extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(`${problem.code}: ${problem.title}`)
    this.problem = problem
  }
}

/** Somebody who is signed in. */
export type Person = {
  name: string
  get: <Answer>(path: string) => Promise<Answer>
  /** The history of a campaign as text. */
  transcript: (campaign: string) => Promise<string>
  start: (plan: object) => Promise<{ id: string; warnings: { message: Text }[] }>
  do: (instance: Where, command: string, payload: object) => Promise<Instance>
  /** All instances of a kind that belong to a unit (or to a unit below it). */
  find: (campaign: string, kind: string, unit: string) => Promise<Instance[]>
}
export type Where = { campaign: string; instance: string }

/** @param language what problems and transcripts are written in */
export async function signIn(url: string, person: string, language = 'zh'): Promise<Person> {
  const known = await send(url, { method: 'POST', path: '/api/demo/sign-in', body: { person } })
  const { token, name } = (await known.json()) as { token: string; name: string }
  const headers = { authorization: `Bearer ${token}`, 'accept-language': language }
  const get = async <Answer>(path: string): Promise<Answer> => {
    const answer = await send(url, { method: 'GET', path, headers })
    return (await answer.json()) as Answer
  }
  const post = async <Answer>(path: string, body: object): Promise<Answer> => {
    // One key for one intent, however often it has to be sent: it happens once.
    const keyed = { ...headers, 'idempotency-key': crypto.randomUUID() }
    const answer = await send(url, { method: 'POST', path, body, headers: keyed })
    return (await answer.json()) as Answer
  }
  return {
    name,
    get,
    transcript: async (campaign) => {
      const path = `/api/campaigns/${campaign}/history`
      const plain = { ...headers, accept: 'text/plain' }
      return (await send(url, { method: 'GET', path, headers: plain })).text()
    },
    start: (plan) => post('/api/campaigns', plan),
    do: async ({ campaign, instance }, command, payload) => {
      const path = `/api/campaigns/${campaign}/instances/${instance}/commands`
      return (await post<{ instance: Instance }>(path, { command, payload })).instance
    },
    find: async (campaign, kind, unit) => {
      const query = new URLSearchParams({ kind, unit, limit: '500' })
      const path = `/api/campaigns/${campaign}/instances?${query.toString()}`
      return (await get<{ items: Instance[] }>(path)).items
    },
  }
}

/** Sets the demo's clock and lets it stand still; answers when all that fell due has been taken. */
export async function setClock(url: string, now: string, running = false): Promise<void> {
  await send(url, { method: 'PUT', path: '/api/demo/clock', body: { now, running } })
}

export async function readClock(url: string): Promise<{ now: string; running: boolean }> {
  const answer = await send(url, { method: 'GET', path: '/api/demo/clock' })
  return (await answer.json()) as { now: string; running: boolean }
}

type Request = {
  method: string
  path: string
  body?: object
  headers?: { [name: string]: string }
}

const TRIES = 5

/** Tries again when the server or its database is away for a moment; the key makes that safe. */
async function send(url: string, { method, path, body, headers }: Request): Promise<Response> {
  for (let attempt = 1; ; attempt += 1) {
    const last = attempt === TRIES
    const answer = await fetch(new URL(path, url), {
      method,
      headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    }).catch((error: unknown) => {
      if (last) throw new Error(`${url} does not answer; is the server running?`, { cause: error })
      return undefined
    })
    if (answer?.ok) return answer
    if (answer && (last || answer.status !== 503)) {
      throw new Refused((await answer.json()) as Problem)
    }
    await pause(100 * 2 ** attempt)
  }
}
