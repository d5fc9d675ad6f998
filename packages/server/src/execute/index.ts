import { CHUNK } from '@duban/engine'
import type { Logger } from 'pino'
import type { Clock } from '../clock.ts'
import { isRetryable, isUnavailable, type Db } from '../database/open.ts'
import type { Definitions } from '../definitions.ts'
import { runBatch } from './batch.ts'
import { createQueue } from './queue.ts'
import { keyOf, type Answer, type CommandRequest, type CreateRequest, type Job, type Outcome } from './request.ts'

export type Executor = {
  /** A person's command or administrative act. What is due in the campaign is settled first (law 3). */
  command: (request: CommandRequest) => Promise<Answer>
  /** A person starts a campaign. */
  create: (request: CreateRequest) => Promise<Answer>
  /** Takes everything that is due in a campaign by now, a batch at a time, in the campaign's own order. */
  settle: (campaign: string) => Promise<void>
  /** Resolves when nothing is in flight. */
  idle: () => Promise<void>
  /** Calls back after each commit that may have left something to do: deadlines, messages, children. */
  onCommit: (listener: () => void) => void
  /** Requests that wait for the next batch. */
  waiting: () => number
}

const TRIES = 5
const MOST_IDLE = 10

/**
 * THE WAIST. Every change of every instance comes through here (law 1) and is answered after commit (law 4). Requests
 * that wait are committed together (queue.ts, batch.ts).
 */
export function createExecutor(db: Db, definitions: Definitions, clock: Clock, log: Logger): Executor {
  const listeners: (() => void)[] = []

  const once = async (jobs: Job[]): Promise<Outcome[]> => {
    const { outcomes, touched } = await runBatch(db, definitions, clock, jobs)
    if (touched.size > 0) for (const listener of listeners) listener()
    return outcomes
  }
  const withRetries = async (jobs: Job[]): Promise<Outcome[]> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await once(jobs)
      } catch (error) {
        // Deadlocks and serialization failures are the database's way of asking to try again.
        if (attempt >= TRIES || !isRetryable(error)) throw error
        log.debug({ err: error, attempt }, 'a batch is tried again')
      }
    }
  }
  const queue = createQueue(withRetries, (error) => !isUnavailable(error))

  const settleAll = async (campaign: string): Promise<void> => {
    for (let idle = 0; idle <= MOST_IDLE;) {
      const job: Job = { type: 'settle', campaign, upTo: clock.now() }
      const outcome = await queue.push(job, `settle ${campaign}`, CHUNK)
      if (outcome.type !== 'settlement') throw new Error('a settlement answers how much it took')
      if (outcome.settled) return
      idle = outcome.taken > 0 ? 0 : idle + 1
    }
    throw new Error(`campaign ${campaign}: what is due there cannot be taken`)
  }
  const settle = onceAtATime(settleAll)

  const answer = async (job: Job, campaign: string, target: string): Promise<Answer> => {
    for (;;) {
      const outcome = await queue.push(job, target)
      if (outcome.type === 'answer') return outcome.answer
      await settle(campaign)
    }
  }
  return {
    command: (request) =>
      answer({ type: 'command', ...request }, request.campaign, keyOf(request.campaign, request.instance)),
    create: (request) =>
      answer({ type: 'create', ...request }, request.facts.id, keyOf(request.facts.id, request.facts.id)),
    settle,
    idle: queue.idle,
    waiting: queue.size,
    onCommit: (listener) => void listeners.push(listener),
  }
}

/** One run a key at a time in this process, however many ask; asked for in between, it runs once more. */
function onceAtATime(run: (key: string) => Promise<void>): (key: string) => Promise<void> {
  const running = new Map<string, Promise<void>>()
  const again = new Set<string>()
  return (key) => {
    const current = running.get(key)
    if (current) {
      again.add(key)
      return current
    }
    const runs = (async () => {
      do {
        again.delete(key)
        await run(key)
      } while (again.has(key))
    })().finally(() => running.delete(key))
    running.set(key, runs)
    return runs
  }
}
