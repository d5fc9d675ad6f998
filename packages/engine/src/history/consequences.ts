import type { PinnedDefinition } from '../definition/pinned.ts'
import { childrenOf, EFFECTS_PER_STEP, openEvent } from '../run/children.ts'
import type { Effect } from '../campaign/effect.ts'
import type { Cause, Event, OpenEvent } from '../campaign/event.ts'
import { digest } from '../data/hash.ts'
import type { Instance } from '../campaign/instance.ts'
import type { Json } from '../data/json.ts'
import { step } from '../run/step/index.ts'
import { readTally } from '../definition/tally.ts'

/** One step, as a replay computed it: what the instance runs on, the event, and what came of it. */
export type Noted = {
  pinned: PinnedDefinition
  event: Event
  instance: Instance
  hash: string
  effects: Effect[]
}

/** An event that its cause did not ask for, or asked for otherwise. */
export type Stray = { instance: string; version: number; cause: Cause; detail: string }

/** A child that a step opened, and that is not there. `number` and `index` are its place among all effects. */
export type Missing = {
  opener: string
  version: number
  number: number
  index: number
  child: OpenEvent['instance']
}

/**
 * What the steps of a campaign asked of each other, and what came of it. Note every step of every instance, in
 * any order; then ask. A child must begin with just what the step that opened it gives, and must be there; what
 * was told must have been said. (Tallies, `every.…`, are not said by one step: only that their cause is there
 * can be known.)
 */
export type Consequences = {
  note: (noted: Noted) => void
  strays: () => Stray[]
  missing: () => Missing[]
}

export function createConsequences(): Consequences {
  const owed = new Map<string, { event: OpenEvent; pinned: PinnedDefinition; missing: Missing }>()
  const begun = new Map<string, { event: string; stray: Stray }>()
  const said = new Set<string>()
  const heard: { keys: string[]; stray: Stray }[] = []

  const noteOpening = (
    { pinned, instance, event: { at }, hash }: Noted,
    effect: Effect & { type: 'open' },
    index: number,
  ): void => {
    const { campaign, id, unit, version, state } = instance
    const number = version * EFFECTS_PER_STEP + index
    const opener = { id, unit, path: [], number: String(number) }
    const cause = { instance: id, version, hash }
    const { adjustments, performedBy } = state
    const opening = { campaign, kind: effect.kind, at, cause, adjustments, performedBy }
    for (const [place, child] of childrenOf(effect, pinned.campaign, opener).entries()) {
      const event = openEvent(opening, child)
      if (begun.get(child.id)?.event === digest(event)) {
        begun.delete(child.id)
        continue
      }
      const missing = { opener: id, version, number, index: place, child: event.instance }
      owed.set(child.id, { event, pinned, missing })
    }
  }

  const note = (noted: Noted): void => {
    const { event, instance, effects } = noted
    const { id, version } = instance
    effects.forEach((effect, index) => {
      if (effect.type === 'open') noteOpening(noted, effect, index)
      const what = saidBy(effect, instance)
      if (what) said.add(key({ instance: id, version }, ...what))
    })
    if (!('cause' in event) || !event.cause) return
    const { cause } = event
    const stray = (detail: string): Stray => ({ instance: id, version, cause, detail })
    if (event.type === 'open') {
      const its = owed.get(id)
      const detail = 'the step that is named as its cause did not open it, or opened it otherwise'
      if (its && digest(its.event) === digest(event)) owed.delete(id)
      else begun.set(id, { event: digest(event), stray: stray(detail) })
      return
    }
    const [name, payload] = event.type === 'message' ? [event.message, event.payload] : [event.act, event.payload]
    if (event.type === 'message' && readTally(name)) return
    const targets = cause.instance === instance.parent ? ['*', `* ${instance.kind}`] : [id]
    const keys = targets.map((target) => key(cause, target, name, payload))
    heard.push({ keys, stray: stray(`the step that is named as its cause did not say ${name}`) })
  }

  return {
    note,
    strays: () => [
      ...[...begun.values()].map(({ stray }) => stray),
      ...heard.flatMap(({ keys, stray }) => (keys.some((one) => said.has(one)) ? [] : [stray])),
    ],
    missing: () =>
      [...owed.values()].flatMap(({ event, pinned: { definition, campaign }, missing }) =>
        // A child on which the definition fails is never there.
        begun.has(missing.child.id) || !step(definition, campaign, null, event).ok ? [] : [missing],
      ),
  }
}

type What = [target: string, name: string, payload: Json]

/** To whom: an instance by its id, all children (`*`), or those of a kind. */
function saidBy(effect: Effect, { parent }: Instance): What | undefined {
  switch (effect.type) {
    case 'tellParent':
      return parent === null ? undefined : [parent, effect.message, effect.payload]
    case 'tellChildren':
      return [`* ${effect.kind}`, effect.message, effect.payload]
    case 'actOnChildren':
      return ['*', effect.act, effect.payload]
    case 'open':
    case 'notify':
    case 'grant':
    case 'revoke':
      return undefined
  }
}

function key(
  { instance, version }: Pick<Cause, 'instance' | 'version'>,
  target: string,
  name: string,
  payload: Json,
): string {
  return `${instance} ${version} ${target} ${name} ${digest(payload)}`
}
