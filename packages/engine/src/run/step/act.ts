import type { Definition } from '../../definition/compiled.ts'
import type { PinnedDefinition } from '../../definition/pinned.ts'
import { acts, readAct } from '../acts.ts'
import type { Effect } from '../../campaign/effect.ts'
import type { ActEvent } from '../../campaign/event.ts'
import type { CampaignFacts, Instance } from '../../campaign/instance.ts'
import { getOwn } from '../../data/getOwn.ts'
import { refuse } from '../../campaign/refusal.ts'
import { notStorable } from './attempt.ts'
import { finish, type Stepped } from './stepped.ts'

/** An act of administration: a person's, or one that comes down from the instance above. */
export function act(
  definition: Definition,
  campaign: CampaignFacts,
  instance: Instance,
  event: ActEvent,
  from?: PinnedDefinition,
): Stepped {
  if (!event.actor === !event.cause) {
    throw new Error(`step: ${event.act} is asked for by a person or comes from above`)
  }
  const spec = getOwn(acts, event.act)
  const asked = event.actor !== undefined
  if (!spec || (asked && (!spec.asked || (spec.rootOnly && instance.parent !== null)))) {
    return refuse('unknown_command', { rule: event.act })
  }
  const bad = notStorable(event.act, event.payload)
  if (bad) return bad
  const read = readAct(event.act, event.payload)
  if (!read.ok) return read
  const recorded = { ...event, payload: read.payload }
  const applied = spec.apply({
    definition,
    campaign,
    instance,
    event: recorded,
    ...(from && { from }),
  })
  if (!applied.ok) return applied
  // Children that only the old version opens hear of it too.
  const opens = [definition, from?.definition].flatMap((one) => (one && getOwn(one.kinds, instance.kind)?.opens) ?? [])
  const goesDown = spec.down && opens.length > 0
  const down: Effect[] = goesDown ? [{ type: 'actOnChildren', act: event.act, payload: read.payload }] : []
  return finish(campaign, instance, instance, applied.state, recorded, [...applied.effects, ...down])
}
