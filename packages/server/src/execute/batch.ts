import type { Batch, BatchContext, BatchState } from './batchState.ts'
import { emptyWork, takeNext, type LoadedInstance, type UnitOfWork } from '@duban/engine'
import type { Clock } from '../clock.ts'
import type { Db } from '../database/open.ts'
import type { Definitions } from '../definitions.ts'
import { append } from './append.ts'
import { takeCommand } from './command.ts'
import { takeCreate } from './create.ts'
import { pinnedDefinition } from './facts.ts'
import { load } from './load.ts'
import { takeMigration } from './migrate.ts'
import { campaignOf, type Job, type Outcome } from './request.ts'

/**
 * One transaction: lock and load, decide each job as if it were alone, append, commit. Answers what came of each job,
 * and the campaigns in which there may be more to do now.
 */
export async function runBatch(
  db: Db,
  definitions: Definitions,
  clock: Clock,
  jobs: Job[],
): Promise<{ outcomes: Outcome[]; touched: Set<string> }> {
  const batch: Batch = { work: emptyWork(), answers: [], refusals: [], migrated: new Set() }
  const outcomes = new Map<Job, Outcome>()
  await db.transaction().execute(async (tx) => {
    const state = await load(tx, jobs, clock, (campaign, name) => pinnedDefinition(db, definitions, campaign, name, tx))
    const context: BatchContext = { tx, state, definitions }
    for (const job of migrationsFirst(jobs)) outcomes.set(job, await take(job, context, batch))
    await append(tx, batch, state.now)
  })
  return { outcomes: jobs.map((job) => outcomes.get(job) as Outcome), touched: touchedBy(batch.work) }
}

async function take(job: Job, context: BatchContext, batch: Batch): Promise<Outcome> {
  if (batch.migrated.has(campaignOf(job))) {
    // It was loaded before the campaign was migrated: ask again.
    return job.type === 'command' ? { type: 'unsettled' } : { type: 'settlement', taken: 0, settled: false }
  }
  switch (job.type) {
    case 'command':
      return isMigration(job) ? takeMigration(job, context, batch) : takeCommand(job, context.state, batch)
    case 'settle': {
      const next = context.state.next.get(job.campaign)
      if (!next) return { type: 'settlement', taken: 0, settled: true }
      const taken = takeNext(next, byId(context.state, job.campaign), batch.work)
      return { type: 'settlement', taken, settled: false }
    }
    case 'create':
      return takeCreate(job, context, batch)
  }
  return job satisfies never
}

function byId({ instances }: BatchState, campaign: string): Map<string, LoadedInstance> {
  const its = [...instances.values()].filter(({ instance }) => instance.campaign === campaign)
  return new Map(its.map((one) => [one.instance.id, one]))
}

function isMigration(job: Job): boolean {
  return job.type === 'command' && job.command === 'campaign.migrate'
}

/** A migration is tried on every instance as it is stored, so it is taken before anything has changed. */
function migrationsFirst(jobs: Job[]): Job[] {
  return [...jobs.filter(isMigration), ...jobs.filter((one) => !isMigration(one))]
}

/** Steps that may leave something due: they ask for something, tell a parent by their tags, or wait for a date. */
function touchedBy({ steps }: UnitOfWork): Set<string> {
  const leaving = steps.filter(
    ({ before, after, effects }) =>
      effects.length > 0 || before?.parent !== null || Object.keys(after.state.timers).length > 0,
  )
  return new Set(leaving.map(({ after }) => after.campaign))
}
