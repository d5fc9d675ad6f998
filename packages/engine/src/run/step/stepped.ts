import type { Effect } from '../../campaign/effect.ts'
import type { Event } from '../../campaign/event.ts'
import { canonical } from '../../data/hash.ts'
import type { CampaignFacts, Instance, InstanceState } from '../../campaign/instance.ts'
import type { Refused } from '../../campaign/refusal.ts'
import { record, type Recorded } from '../transition.ts'

export type Stepped = ({ ok: true; instance: Instance; effects: Effect[] } & Recorded) | Refused

/** Puts a step on record. `shell` is the instance apart from its state: the one before, or the newborn. */
export function finish(
  campaign: CampaignFacts,
  before: Instance | null,
  shell: Instance,
  state: InstanceState,
  event: Event,
  effects: Effect[],
): Stepped {
  // The next step starts from what a reader of the stored state would find, down to the order of its keys.
  const stateText = canonical(state)
  const kept = JSON.parse(stateText) as InstanceState
  const after = { campaign: shell.campaign, id: shell.id, state: kept, stateText }
  const recorded = record(campaign, before, after, event, effects)
  const instance: Instance = {
    ...shell,
    version: recorded.transition.version,
    at: event.at,
    head: recorded.hash,
    state: kept,
  }
  return { ok: true, instance, effects, ...recorded }
}
