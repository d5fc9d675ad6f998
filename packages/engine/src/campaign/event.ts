import type { Instant } from '../calendar/index.ts'
import type { Digest } from '../data/hash.ts'
import type { Adjustment, Assignment, CampaignFacts } from './instance.ts'
import type { Json, JsonObject } from '../data/json.ts'

/** By what right a person acts: a role of the definition through an assignment, or a built-in role. */
export type Authority = { role: string; assignment?: string; onBehalfOf?: string }

/** Who acts: the person, the path of their own unit, and the authority that `authorize` found. */
export type Actor = { person: string; home: string[]; authority: Authority }

/** A transition of another instance that caused this event. */
export type Cause = { instance: string; version: number; hash: Digest }

export type OpenEvent = {
  type: 'open'
  at: Instant
  instance: { campaign: string; id: string; kind: string; key: string; unit: string | null }
  cause: Cause | null
  input: Json
  adjustments: Adjustment[]
  performedBy: { [command: string]: string[] }
  /** On the root only. */
  campaign?: CampaignFacts
  assignments?: Assignment[]
  actor?: Actor
}

export type CommandEvent = {
  type: 'command'
  at: Instant
  command: string
  payload: Json
  actor: Actor
}
export type DeadlineEvent = { type: 'deadline'; at: Instant; timer: string; due: Instant }
export type MessageEvent = {
  type: 'message'
  at: Instant
  message: string
  payload: Json
  cause: Cause
}

/** Acts of administration, part of every campaign; see `acts.ts`. Those handed down carry a cause, no actor. */
export type ActEvent = {
  type: 'act'
  at: Instant
  act: string
  payload: JsonObject
  actor?: Actor
  cause?: Cause
}

/** The one input of `step`. */
export type Event = OpenEvent | CommandEvent | DeadlineEvent | MessageEvent | ActEvent
