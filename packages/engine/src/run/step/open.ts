import type { Definition } from '../../definition/compiled.ts'
import type { OpenEvent } from '../../campaign/event.ts'
import { plain } from '../../data/hash.ts'
import type { CampaignFacts, Instance, InstanceState } from '../../campaign/instance.ts'
import { startMachine } from '../../definition/machine.ts'
import { getOwn } from '../../data/getOwn.ts'
import { effectsOf } from './effects.ts'
import { attempt, notStorable } from './attempt.ts'
import { settle } from './move.ts'
import { finish, type Stepped } from './stepped.ts'

/** A campaign's root begins, or a child that another instance opened. */
export function open(
  definition: Definition,
  campaign: CampaignFacts,
  instance: Instance | null,
  event: OpenEvent,
): Stepped {
  const { kind } = event.instance
  const compiled = getOwn(definition.kinds, kind)
  if (instance) throw new Error(`step: instance ${instance.id} is open already`)
  if (!compiled) throw new Error(`step: ${definition.name} has no kind ${kind}`)
  if (event.instance.campaign !== campaign.id) {
    throw new Error(`step: an instance of campaign ${event.instance.campaign}, not ${campaign.id}`)
  }
  const bad = notStorable(kind, event.input)
  if (bad) return bad
  const input = plain(event.input)
  const blank: InstanceState = {
    status: 'active',
    snapshot: {},
    timers: {},
    adjustments: event.adjustments,
    performedBy: event.performedBy,
  }
  const shell: Instance = {
    ...event.instance,
    parent: event.cause?.instance ?? null,
    version: 0,
    at: event.at,
    head: '',
    state: blank,
  }
  return attempt(() => {
    // The root starts from the campaign's facts, which its event records beside the input.
    const given = event.campaign ? plain(event.campaign) : input
    const moved = startMachine(compiled.machine, { input: given, at: event.at })
    const state = settle(definition, campaign, blank, moved, event)
    const effects = effectsOf(definition, campaign, { ...shell, state }, moved, {
      payload: input,
      by: event.actor?.person ?? null,
      at: event.at,
    })
    return finish(campaign, null, shell, state, { ...event, input }, effects)
  })
}
