import type { Definition } from '../../definition/compiled.ts'
import type { MessageEvent } from '../../campaign/event.ts'
import { plain } from '../../data/hash.ts'
import type { CampaignFacts, Instance } from '../../campaign/instance.ts'
import { notStorable } from './attempt.ts'
import { move } from './move.ts'
import type { Stepped } from './stepped.ts'

/** What another instance tells, or a tally that was reached. */
export function message(
  definition: Definition,
  campaign: CampaignFacts,
  instance: Instance,
  event: MessageEvent,
): Stepped {
  const bad = notStorable(event.message, event.payload)
  if (bad) return bad
  const payload = plain(event.payload)
  const told = { type: event.message, payload, at: event.at }
  return move(definition, campaign, instance, { ...event, payload }, told)
}
