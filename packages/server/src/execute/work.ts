import type { Definition, Effect, Instance, Recorded, Refusal } from '@duban/engine'
import type { Loaded } from './load.ts'
import type { Idempotency, ServerRefusal } from './request.ts'

/** One step that is to be written down, with what it started from. */
export type Step = {
  before: Instance | null
  after: Instance
  recorded: Recorded
  effects: Effect[]
  loaded: Loaded
}

export type KeptRefusal = {
  campaign: string
  instance: string
  at: string
  person: string | null
  event: string
  refusal: Refusal | ServerRefusal
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
  refusals: KeptRefusal[]
  /** Messages that were taken, heard or not. */
  consumed: { campaign: string; to: string; from: string; version: number; n: number }[]
  /** Instances that heard broadcasts which changed nothing. */
  heard: { campaign: string; id: string; number: bigint }[]
  failed: { campaign: string; id: string; timer: string; failure: string; loaded: Loaded }[]
  answers: { person: string; idempotency: Idempotency; answer: string }[]
  opened: { campaign: string; from: string; number: string; next: number; finished: boolean }[]
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
    opened: [],
    unopened: [],
    unheard: [],
  }
}
