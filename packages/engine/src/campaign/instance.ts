import type { Instant } from '../calendar/index.ts'
import type { Digest } from '../data/hash.ts'
import type { JsonObject } from '../data/json.ts'
import { text } from '../data/text.ts'
import { z } from 'zod'

/** ISO 8601 in UTC with milliseconds: the one spelling by which instants compare as strings. */
const instant = z.iso.datetime({ precision: 3 })
const day = z.iso.date()
const path = z.array(z.string())

/** A unit that takes part, with all units above it, outermost first, itself last. */
export const campaignUnit = z.strictObject({ id: z.string(), title: text, path })
export type CampaignUnit = z.infer<typeof campaignUnit>

const campaignDate = z.strictObject({
  due: instant,
  on: day,
  provisional: z.boolean(),
  /** Set when a superior authority's day replaced the rule. */
  override: z.strictObject({ reason: z.string() }).exactOptional(),
})
export type CampaignDate = z.infer<typeof campaignDate>

/** What was settled when the campaign was created and never changes; recorded in the root's first transition. */
export const campaignFacts = z.strictObject({
  id: z.string(),
  definition: z.string(),
  fingerprint: z.string(),
  title: z.string(),
  startsOn: day,
  timezone: z.string(),
  /** Version of the working-day calendar with which its dates are computed, now and in every replay. */
  calendar: z.string(),
  /** The unit that runs it, with the path to it. */
  organiser: z.strictObject({ unit: z.string(), path }),
  units: z.array(campaignUnit),
  dates: z.record(z.string(), campaignDate),
})
export type CampaignFacts = z.infer<typeof campaignFacts>

/** A role given to a person. `home` is the path of the person's own unit when it was granted, for recusal. */
export const assignment = z.strictObject({
  id: z.string().min(1),
  role: z.string().min(1),
  person: z.string().min(1),
  home: path,
  unit: z.string().min(1).exactOptional(),
  from: instant.exactOptional(),
  until: instant.exactOptional(),
  /** 代理: acts in the place of this person. */
  onBehalfOf: z.strictObject({ person: z.string().min(1), home: path }).exactOptional(),
})
export type Assignment = z.infer<typeof assignment>

/** A date moved for an instance: by an extension, or by the midnights (`days`) between `from` and `until` of a suspension. */
export const adjustment = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('extend'), date: z.string(), on: day, due: instant }),
  z.strictObject({ type: z.literal('shift'), from: instant, until: instant, days: z.int() }),
])
export type Adjustment = z.infer<typeof adjustment>

/** Who did the commands that some other command is `notBy`. */
export const performed = z.record(z.string(), z.array(z.string()))
export type Performed = z.infer<typeof performed>

/** A deadline, or a reminder before it, that waits on an instance. Its key is xstate's id of the delayed event. */
export type Timer = { date: string; due: Instant; reminder?: string }

export type Status = 'active' | 'suspended' | 'done' | 'closed' | 'cancelled'

/** All that `step` may depend on beside the definition and the campaign's facts. Hashed after each step. */
export type InstanceState = {
  status: Status
  snapshot: JsonObject
  timers: { [key: string]: Timer }
  adjustments: Adjustment[]
  performedBy: Performed
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
