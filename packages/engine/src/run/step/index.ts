import type { Definition } from '../../definition/compiled.ts'
import type { PinnedDefinition } from '../../definition/pinned.ts'
import type { Event } from '../../campaign/event.ts'
import { isOver, type CampaignFacts, type Instance } from '../../campaign/instance.ts'
import { refuse } from '../../campaign/refusal.ts'
import { act } from './act.ts'
import { command } from './command.ts'
import { deadline } from './deadline.ts'
import { message } from './message.ts'
import { open } from './open.ts'
import type { Stepped } from './stepped.ts'

export type { Stepped } from './stepped.ts'

/**
 * The pure core: what an event makes of an instance. Reads no clock, no randomness, no I/O; time, actor
 * and drawn seeds are in the event, so the same arguments give the same bytes for ever (law 2).
 *
 * `instance` is null for the event that opens it. Permission has been decided before (`authorize`).
 * A refusal leaves the instance as it was. `from` is given with `campaign.migrate`: the definition and the
 * campaign are then those of the new version, and `from` is what the instance ran on before.
 *
 * @throws for what only a bug of the caller can ask: an instance that was never opened, a kind or a campaign
 *   that is another's, an act that neither a person nor an instance above asked for.
 */
export function step(
  definition: Definition,
  campaign: CampaignFacts,
  instance: Instance | null,
  event: Event,
  from?: PinnedDefinition,
): Stepped {
  if (event.type === 'open') return open(definition, campaign, instance, event)
  if (!instance) throw new Error(`step: ${event.type} on an instance that was never opened`)
  if (instance.state.status === 'suspended' && event.type !== 'act') {
    return refuse('campaign_suspended')
  }
  if (isOver(instance.state.status)) return refuse('campaign_over')
  switch (event.type) {
    case 'command':
      return command(definition, campaign, instance, event)
    case 'deadline':
      return deadline(definition, campaign, instance, event)
    case 'message':
      return message(definition, campaign, instance, event)
    case 'act':
      return act(definition, campaign, instance, event, from)
    default:
      throw new Error(`step: no event is called ${String((event as { type: unknown }).type)}`)
  }
}
