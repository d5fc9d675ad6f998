import type { Mistake } from './mistake.ts'
import type { StateNode } from '../states.ts'

/** What a state must have by itself: a title for people, a first state inside, arrows that do something. */
export function checkStructure(state: StateNode, states: StateNode[]): Mistake[] {
  return [...checkTitle(state), ...checkInside(state, states), ...checkDone(state, states), ...checkEffect(state)]
}

/** Only a state that holds a final state, a parallel one in each region, is ever done. */
function checkDone({ id, spec, path }: StateNode, states: StateNode[]): Mistake[] {
  if (spec.onDone === undefined) return []
  const holdsFinal = (around: string): boolean =>
    states.some((one) => one.parent === around && one.spec.type === 'final')
  const regions = states.filter((one) => one.parent === id)
  const ends = spec.type === 'parallel' ? regions.every((region) => holdsFinal(region.id)) : holdsFinal(id)
  if (id === '') return [{ path: `${path}.onDone`, reason: 'what is done as a whole is over' }]
  return ends ? [] : [{ path: `${path}.onDone`, reason: 'is never done: it has no final state in it' }]
}

function checkTitle({ spec, path }: StateNode): Mistake[] {
  return spec.type === 'history' || spec.meta?.title
    ? []
    : [{ path, reason: 'needs meta.title {zh, en}: people read it in tasks and transcripts' }]
}

function checkInside({ id, spec, path, arrows }: StateNode, states: StateNode[]): Mistake[] {
  const inside = states
    .filter((one) => one.parent === id)
    .map((one) => (id === '' ? one.id : one.id.slice(id.length + 1)))
  if (inside.length === 0) {
    if (spec.type === 'parallel') return [{ path, reason: 'a parallel state needs regions' }]
    return spec.type === 'final' && arrows.length > 0
      ? [{ path, reason: 'a final state has no arrows; what is done stays done' }]
      : []
  }
  if (spec.type === 'final' || spec.type === 'history') {
    return [{ path, reason: `a ${spec.type} state has no states inside` }]
  }
  if (spec.type === 'parallel') return []
  return spec.initial !== undefined && inside.includes(spec.initial)
    ? []
    : [{ path: `${path}.initial`, reason: `must be one of ${inside.join(', ')}` }]
}

/** An arrow on an event may be empty: it silences what a state around would do. Time cannot be silenced. */
function checkEffect({ arrows }: StateNode): Mistake[] {
  return arrows
    .filter(({ on, spec }) => !('event' in on) && spec.target === undefined && [spec.actions ?? []].flat().length === 0)
    .map(({ path }) => ({ path, reason: 'does nothing: it has neither target nor actions' }))
}
