import type { Instant } from '../calendar/index.ts'
import type { Digest } from '../data/hash.ts'
import type { JsonObject } from '../data/json.ts'
import type { Text } from '../data/text.ts'

/** A unit that takes part, with all units above it, outermost first, itself last. */
export type CampaignUnit = { id: string; title: Text; path: string[] }

export type CampaignDate = {
  due: Instant
  on: string
  provisional: boolean
  /** Set when a superior authority's day replaced the rule. */
  override?: { reason: string }
}

/** What was settled when the campaign was created and never changes; recorded in the root's first transition. */
export type CampaignFacts = {
  id: string
  definition: string
  fingerprint: Digest
  title: string
  startsOn: string
  timezone: string
  /** Version of the working-day calendar with which its dates are computed, now and in every replay. */
  calendar: string
  /** The unit that runs it, with the path to it. */
  organiser: { unit: string; path: string[] }
  units: CampaignUnit[]
  dates: { [name: string]: CampaignDate }
}

/** A role given to a person. `home` is the path of the person's own unit when it was granted, for recusal. */
export type Assignment = {
  id: string
  role: string
  person: string
  home: string[]
  unit?: string
  from?: Instant
  until?: Instant
  /** 代理: acts in the place of this person. */
  onBehalfOf?: { person: string; home: string[] }
}

/** A date moved for an instance: by an extension, or by the midnights (`days`) between `from` and `until` of a suspension. */
export type Adjustment =
  | { type: 'extend'; date: string; on: string; due: Instant }
  | { type: 'shift'; from: Instant; until: Instant; days: number }

/** A deadline, or a reminder before it, that waits on an instance. Its key is xstate's id of the delayed event. */
export type Timer = { date: string; due: Instant; reminder?: string }

export type Status = 'active' | 'suspended' | 'done' | 'closed' | 'cancelled'

/** All that `step` may depend on beside the definition and the campaign's facts. Hashed after each step. */
export type InstanceState = {
  status: Status
  snapshot: JsonObject
  timers: { [key: string]: Timer }
  adjustments: Adjustment[]
  /** Who did the commands that some other command is `notBy`. */
  performedBy: { [command: string]: string[] }
  suspendedAt?: Instant
}

/** One running machine. `version` counts its transitions; `head` is the hash of the last. */
export type Instance = {
  campaign: string
  id: string
  kind: string
  key: string
  parent: string | null
  unit: string | null
  version: number
  at: Instant
  head: Digest
  state: InstanceState
}

export function isOver(status: Status): boolean {
  return status === 'done' || status === 'closed' || status === 'cancelled'
}
