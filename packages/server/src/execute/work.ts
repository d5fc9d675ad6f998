import type { Definition, Effect, Instance, Recorded } from '@duban/engine'
import type { Loaded } from './load.ts'
import type { Told } from './next.ts'
import type { Idempotency, ServerRefusal } from './request.ts'

/** One step that is to be written down, with what it started from. */
export type Step = {
  before: Instance | null
  after: Instance
  recorded: Recorded
  effects: Effect[]
  loaded: Loaded
  /** The version that it was made with; `from` is the one before, where it is a migration. */
  definition: Definition
  from?: Definition
}

/** `campaign` and `instance` are null when it was the start of a campaign that was refused. */
export type RefusalRecord = {
  campaign: string | null
  instance: string | null
  at: string
  person: string | null
  event: string
  refusal: Pick<ServerRefusal, 'rule' | 'issues'> & { code: string }
}

/** A child that could not be opened: it was counted, and shall not be waited for. */
export type Unopened = {
  campaign: string
  kind: string
  definition: Definition
  /** The step of the parent that wanted it. */
  by: { id: string; version: number; hash: string; at: string }
}

/** A tally that a guard refused. */
export type Unheard = { event: string; loaded: Loaded }

/** All that one batch wants to write; `append` writes it, each table in one statement. */
export type Work = {
  steps: Step[]
  refusals: RefusalRecord[]
  /** Messages that were taken, heard or not. */
  consumed: { campaign: string; to: string; from: string; version: number; n: number }[]
  /** Instances that heard broadcasts which changed nothing. */
  heard: { campaign: string; id: string; number: bigint }[]
  failed: { campaign: string; id: string; timer: string; failure: string; loaded: Loaded }[]
  answers: { person: string; idempotency: Idempotency; answer: string }[]
  /** Campaigns that were migrated: nothing else in them is decided in the same batch. */
  migrated: Set<string>
  opened: { campaign: string; from: string; number: string; next: number; finished: boolean }[]
  /** Broadcasts that all have heard. */
  told: Told[]
  unopened: Unopened[]
  unheard: Unheard[]
}

export function emptyWork(): Work {
  return {
    steps: [],
    refusals: [],
    consumed: [],
    heard: [],
    failed: [],
    answers: [],
    migrated: new Set(),
    opened: [],
    told: [],
    unopened: [],
    unheard: [],
  }
}
