import { sql } from 'kysely'
import type { Logger } from 'pino'
import { pinnedDefinition } from '../campaigns/facts.ts'
import type { Clock } from '../clock.ts'
import { isRetryable, isUnavailable, type Db, type Tx } from '../database/open.ts'
import type { Definitions } from '../definitions.ts'
import { append } from './append.ts'
import { loadUnsettled } from './barrier.ts'
import { load, place, type Ground } from './load.ts'
import { isMigration, takeMigration } from './migrate.ts'
import { CHUNK } from './next.ts'
import { createQueue } from './queue.ts'
import type { CreateRequest, Outcome, Request } from './request.ts'
import { takeNext } from './settle.ts'
import { takeCommand, takeCreate } from './take.ts'
import { noteUsed } from './used.ts'
import { emptyWork, type Work } from './work.ts'

export type Execute = {
  /** The one way to change an instance (law 1). Answers after commit (law 4). */
  (request: Request): Promise<Outcome>
  /** Resolves when nothing is in flight. */
  idle: () => Promise<void>
  /** Calls back with the campaigns in which a commit may have left something to do: deadlines, messages, children. */
  onCommit: (listener: (campaigns: Set<string>) => void) => void
  waiting: () => number
}

const TRIES = 5

/**
 * THE WAIST. Every change of every instance comes through here: lock → take what is due → authorize →
 * step → append → commit → answer. Requests that wait are committed together.
 */
export function createExecute(db: Db, definitions: Definitions, clock: Clock, log: Logger): Execute {
  const listeners: ((campaigns: Set<string>) => void)[] = []

  const once = async (requests: Request[]): Promise<Outcome[]> => {
    const work = emptyWork()
    const outcomes = await db.transaction().execute(async (tx) => {
      const ground = await load(tx, requests, (campaign, name) => pinnedDefinition(db, definitions, campaign, name, tx))
      // Read once the locks are held, so that what waited for them is not dated before them.
      const now = clock.now()
      ground.unsettled = await loadUnsettled(tx, requests, now)
      const taken = new Map<Request, Outcome>()
      for (const request of migrationsFirst(requests)) {
        taken.set(request, await take(tx, request, ground, now, work))
      }
      await append(tx, work, now)
      return requests.map((request) => taken.get(request) as Outcome)
    })
    const touched = touchedBy(work)
    if (touched.size > 0) for (const listener of listeners) listener(touched)
    return outcomes
  }

  const take = async (tx: Tx, request: Request, ground: Ground, now: string, work: Work): Promise<Outcome> => {
    if (work.migrated.has(request.campaign)) {
      // It was loaded before the campaign was migrated: ask again.
      return request.type === 'command' ? { ok: 'unsettled' } : { ok: true, taken: 0, settled: false }
    }
    switch (request.type) {
      case 'command':
        return isMigration(request)
          ? takeMigration(tx, request, ground, definitions, now, work)
          : takeCommand(request, ground, now, work)
      case 'settle':
        return takeNext(request, ground, work)
      case 'create':
        return create(tx, request, ground, now, work)
    }
    return request satisfies never
  }

  const create = async (tx: Tx, request: CreateRequest, ground: Ground, now: string, work: Work): Promise<Outcome> => {
    const { facts } = request
    const definition = definitions.byName(facts.definition)
    if (!definition) throw new Error(`no definition ${facts.definition}`)
    const outcome = takeCreate(request, ground, now, definition, work)
    if (!outcome.ok || work.steps.every(({ after }) => after.id !== facts.id)) return outcome
    await noteUsed(tx, definition, now)
    await tx
      .insertInto('campaign')
      .values({
        campaign_id: facts.id,
        definition: facts.definition,
        title: facts.title,
        starts_on: facts.startsOn,
        organiser: facts.organiser.unit,
        organiser_path: facts.organiser.path,
        created_at: now,
      })
      .execute()
    await tx
      .insertInto('campaign_facts')
      .values({
        campaign_id: facts.id,
        definition: facts.definition,
        facts: JSON.stringify(facts),
      })
      .execute()
    await sql`
      INSERT INTO campaign_unit (campaign_id, unit_id, path)
      SELECT ${facts.id}, unit_id, ARRAY(SELECT json_array_elements_text(path))
      FROM unnest(${facts.units.map(({ id }) => id)}::text[], ${facts.units.map(({ path }) => JSON.stringify(path))}::json[])
        AS u(unit_id, path)
    `.execute(tx)
    return outcome
  }

  const runBatch = async (requests: Request[]): Promise<Outcome[]> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await once(requests)
      } catch (error) {
        // Deadlocks and serialization failures are the database's way of asking to try again.
        if (attempt >= TRIES || !isRetryable(error)) throw error
        log.debug({ err: error, attempt }, 'a batch is tried again')
      }
    }
  }

  const queue = createQueue(runBatch, (error) => !isUnavailable(error))
  return Object.assign(
    (request: Request) =>
      request.type === 'settle'
        ? queue.push(request, `settle ${request.campaign}`, CHUNK)
        : queue.push(request, place(request.campaign, request.instance)),
    {
      idle: queue.idle,
      waiting: queue.size,
      onCommit: (listener: (campaigns: Set<string>) => void) => void listeners.push(listener),
    },
  )
}

/** A migration is tried on every instance as it is stored, so it is taken before anything has changed. */
function migrationsFirst(requests: Request[]): Request[] {
  return [...requests.filter(isMigration), ...requests.filter((one) => !isMigration(one))]
}

function touchedBy({ steps }: Work): Set<string> {
  return new Set(
    steps
      .filter(
        ({ before, after, effects }) =>
          effects.length > 0 || before?.parent !== null || Object.keys(after.state.timers).length > 0,
      )
      .map(({ after }) => after.campaign),
  )
}
