import type { Instant } from '../calendar/index.ts'
import type { Effect } from '../campaign/effect.ts'
import type { Cause } from '../campaign/event.ts'
import type { Instance } from '../campaign/instance.ts'
import type { Refusal } from '../campaign/refusal.ts'
import type { Definition } from '../definition/compiled.ts'
import type { Recorded } from '../run/transition.ts'
import type { Broadcast, LoadedInstance, Message, Spawn } from './loaded.ts'

/** One step that was taken. */
export type StepTaken = {
  loaded: LoadedInstance
  before: Instance | null
  after: Instance
  recorded: Recorded
  effects: Effect[]
  /** The version that it was made with; `from` is the one before, where it is a migration. */
  definition: Definition
  from?: Definition
}

/** What was refused, to whom, and which rule refused it (law 6). */
export type RefusalRecord = {
  campaign: string
  instance: string
  /** The version at which the instance stood. */
  version: number
  at: Instant
  person: string | null
  event: string
  refusal: Refusal
}

/** What a count comes from: a child's step, or the parent's own. */
export type Source = { cause: Cause; at: Instant }

/** A child that could not be opened: it was counted, and shall not be waited for. */
export type Unopened = {
  campaign: string
  parent: string
  depth: number
  kind: string
  definition: Definition
  source: Source
}

/** How an instance was when the unit of work met it. */
export type Before = { instance: Instance | null; failed: string[] }

/** All that one batch changes; a store writes it in one transaction, each table in one statement. */
export type UnitOfWork = {
  steps: StepTaken[]
  /** Every instance that is not what it was. */
  touched: Map<LoadedInstance, Before>
  refusals: RefusalRecord[]
  /** Messages that were taken, whatever came of them. */
  consumed: Message[]
  /** How far the opening of children has come. */
  spawned: { spawn: Spawn; next: number }[]
  unopened: Unopened[]
  /** Broadcasts that all have taken for whom they are. */
  delivered: Broadcast[]
  /** Counts that a guard refused: the parent waits for them again. */
  guardRefused: { loaded: LoadedInstance; event: string }[]
}

export function emptyWork(): UnitOfWork {
  return {
    steps: [],
    touched: new Map(),
    refusals: [],
    consumed: [],
    spawned: [],
    unopened: [],
    delivered: [],
    guardRefused: [],
  }
}

/** Notes how an instance was before it changes for the first time. */
export function touch(work: UnitOfWork, loaded: LoadedInstance, instance: Instance | null = loaded.instance): void {
  if (!work.touched.has(loaded)) work.touched.set(loaded, { instance, failed: loaded.failed })
}

export function sourceOf({ after: { id, version }, recorded }: Pick<StepTaken, 'after' | 'recorded'>): Source {
  return { cause: { instance: id, version, hash: recorded.hash }, at: recorded.transition.event.at }
}

export function later(a: Instant, b: Instant): Instant {
  return a > b ? a : b
}
