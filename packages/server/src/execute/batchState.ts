import type { Assignment, Instant, LoadedInstance, Next, UnitOfWork } from '@duban/engine'
import type { Tx } from '../database/open.ts'
import type { Definitions } from '../definitions.ts'
import type { RefusalRow } from './refusals.ts'
import type { Answer, Idempotency } from './request.ts'

/** What a batch decides on, all of it read under the locks. */
export type BatchState = {
  /** When the batch decides. */
  now: Instant
  instances: Map<string, LoadedInstance>
  /** By campaign and person: what is not revoked. */
  assignments: Map<string, Assignment[]>
  answers: Map<string, { request: string; answer: string }>
  /** Of the assignments that somebody asks to revoke, those that are there to be revoked. */
  granted: Set<string>
  /** By campaign that is to be settled: what comes first there. */
  next: Map<string, Next>
  /** Instances that may not be asked anything yet: something else in their campaign is due before. */
  unsettled: Set<string>
}

/** All that one transaction writes. */
export type Batch = {
  work: UnitOfWork
  answers: { person: string; idempotency: Idempotency; answer: Answer }[]
  refusals: RefusalRow[]
  /** Campaigns that were migrated: nothing else in them is decided in the same batch. */
  migrated: Set<string>
}

/** What one batch is decided with. */
export type BatchContext = { tx: Tx; state: BatchState; definitions: Definitions }
