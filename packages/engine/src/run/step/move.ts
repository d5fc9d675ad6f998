import type { CompiledKind, Definition } from '../../definition/compiled.ts'
import { enteredBy } from '../entered.ts'
import type { CommandEvent, DeadlineEvent, Event, MessageEvent } from '../../campaign/event.ts'
import type { CampaignFacts, Instance, InstanceState } from '../../campaign/instance.ts'
import { notJson, type Json, type JsonObject } from '../../data/json.ts'
import { advance, type MachineEvent, type Moved } from '../../definition/machine.ts'
import { getOwn } from '../../data/getOwn.ts'
import { refuse } from '../../campaign/refusal.ts'
import { rearm } from '../timers.ts'
import { attempt } from './attempt.ts'
import { effectsOf } from './effects.ts'
import { finish, type Stepped } from './stepped.ts'

/** One event through the machine: the next state, its deadlines, its effects. */
export function move(
  definition: Definition,
  campaign: CampaignFacts,
  instance: Instance,
  event: CommandEvent | DeadlineEvent | MessageEvent,
  told: MachineEvent,
  also: (state: InstanceState) => InstanceState = (state) => state,
): Stepped {
  const kind = getOwn(definition.kinds, instance.kind)
  if (!kind) throw new Error(`step: ${definition.name} has no kind ${instance.kind}`)
  return attempt(() => {
    const moved = advance(kind.machine, instance.state.snapshot, told)
    if ('refused' in moved) {
      // A message for which the author wrote `{}` was expected, and is meant for others.
      const expected = moved.silenced && event.type === 'message'
      const code = expected ? 'guard_refused' : moved.refused
      return refuse(code, { rule: ruleOf(kind, moved.refused, told) })
    }
    const state = also(settle(definition, campaign, instance.state, moved, event))
    const effects = effectsOf(definition, campaign, { ...instance, state }, moved, {
      payload: (told.payload ?? null) as Json,
      by: told.by ?? null,
      at: event.at,
    })
    return finish(campaign, instance, instance, state, event, effects)
  })
}

/** What refused: the guards that stand before the event, where there are some. */
function ruleOf(kind: CompiledKind, refused: string, { type }: MachineEvent): string {
  const guards = kind.states.flatMap(({ arrows }) =>
    arrows.flatMap(({ on, spec }) => ('event' in on && on.event === type ? (spec.guard ?? []) : [])),
  )
  return refused === 'guard_refused' && guards.length > 0 ? [...new Set(guards)].join(' | ') : type
}

/** The state after a move of the machine. */
export function settle(
  definition: Definition,
  campaign: CampaignFacts,
  state: InstanceState,
  { snapshot, asked }: Moved,
  event: Event,
): InstanceState {
  const bad = notJson(snapshot['context'])
  if (bad !== undefined) throw new TypeError(`the context is no longer plain JSON at ${bad}`)
  const over = snapshot['status'] === 'done'
  return {
    ...state,
    status: over ? 'done' : state.status,
    snapshot,
    timers: over
      ? {}
      : rearm(state.timers, asked, definition, campaign, state.adjustments, {
          entered: enteredBy(definition, campaign, state.adjustments, event),
          fields: snapshot['context'] as JsonObject,
        }),
  }
}
