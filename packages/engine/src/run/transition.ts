import type { Effect } from '../campaign/effect.ts'
import type { Event } from '../campaign/event.ts'
import { digestText, canonical, digest, type Digest } from '../data/hash.ts'
import type { CampaignFacts, Instance, InstanceState, Status } from '../campaign/instance.ts'
import type { Json } from '../data/json.ts'

/**
 * The record of one step. Its canonical JSON (RFC 8785) is what is stored and hashed (SHA-256), so the
 * same step gives the same bytes for ever. When it was written down is kept beside it, not in it:
 * a server that slept and one that did not write the same history (law 3).
 */
export type Transition = {
  campaign: string
  instance: string
  version: number
  definition: string
  fingerprint: Digest
  event: Event
  from: Json
  to: Json
  status: Status
  /** Hash of the instance's whole state after the step. */
  state: Digest
  /** Hash of the list of effects. */
  effects: Digest
  previous: Digest | null
}

export type Recorded = { transition: Transition; record: string; hash: Digest }

export function record(
  campaign: CampaignFacts,
  before: Instance | null,
  after: { campaign: string; id: string; state: InstanceState; stateText: string },
  event: Event,
  effects: Effect[],
): Recorded {
  const transition: Transition = {
    campaign: after.campaign,
    instance: after.id,
    version: (before?.version ?? 0) + 1,
    definition: campaign.definition,
    fingerprint: campaign.fingerprint,
    event,
    from: before?.state.snapshot['value'] ?? null,
    to: after.state.snapshot['value'] ?? null,
    status: after.state.status,
    state: digestText(after.stateText),
    effects: digest(effects),
    previous: before?.head ?? null,
  }
  const text = canonical(transition)
  return { transition, record: text, hash: digestText(text) }
}
