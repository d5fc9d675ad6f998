import type { Definition } from '../../definition/compiled.ts'
import { issuesOf } from '../acts.ts'
import type { CommandEvent } from '../../campaign/event.ts'
import { plain } from '../../data/hash.ts'
import type { CampaignFacts, Instance, InstanceState } from '../../campaign/instance.ts'
import type { Json } from '../../data/json.ts'
import { getOwn } from '../../data/getOwn.ts'
import { unknownUnits } from '../../definition/participants.ts'
import { refuse } from '../../campaign/refusal.ts'
import { notStorable } from './attempt.ts'
import { move } from './move.ts'
import type { Stepped } from './stepped.ts'

/** What a person asks for: its payload as the schema reads it goes on record, and is what guards and updates see. */
export function command(
  definition: Definition,
  campaign: CampaignFacts,
  instance: Instance,
  event: CommandEvent,
): Stepped {
  const spec = getOwn(definition.commands, event.command)
  if (!spec) return refuse('unknown_command', { rule: event.command })
  const bad = notStorable(event.command, event.payload)
  if (bad) return bad
  const parsed = spec.payload.safeParse(event.payload)
  if (!parsed.success) {
    return refuse('invalid_payload', { rule: event.command, issues: issuesOf(parsed.error) })
  }
  const payload = plain((parsed.data ?? null) as Json)
  const unknown = unknownUnits(spec.payload, payload, campaign)
  if (unknown.length > 0) return refuse('unknown_unit', { rule: event.command, issues: unknown })
  const { person } = event.actor
  const moved = { type: event.command, payload, by: person, at: event.at }
  return move(definition, campaign, instance, { ...event, payload }, moved, (state) =>
    remember(definition, state, event),
  )
}

/** Four eyes: who did what, for the commands that some other is `notBy`. On behalf of somebody, both did it. */
function remember(definition: Definition, state: InstanceState, { command, actor }: CommandEvent): InstanceState {
  const watched = Object.values(definition.commands).some(({ notBy }) => notBy?.includes(command))
  if (!watched) return state
  const { person, authority } = actor
  const principal = authority.onBehalfOf === undefined ? [] : [authority.onBehalfOf]
  const performedBy = new Set([...(getOwn(state.performedBy, command) ?? []), person, ...principal])
  return { ...state, performedBy: { ...state.performedBy, [command]: [...performedBy].toSorted() } }
}
