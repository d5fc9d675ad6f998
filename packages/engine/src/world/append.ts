import { childCount, EFFECTS_PER_STEP } from '../run/children.ts'
import type { Effect } from '../campaign/effect.ts'
import { post } from './post.ts'
import type { Node, Stage } from './stage.ts'
import type { Step } from './take.ts'
import { appendTallies, type Unopened } from './tallies.ts'

/** Writes a batch down: history, deadlines, what the steps asked for, and the counts of children, in this order. */
export function append(stage: Stage, steps: Step[], unopened: Unopened[] = []): void {
  if (steps.length === 0 && unopened.length === 0 && stage.unheard.length === 0) return
  for (const { recorded, effects } of steps) stage.log.push({ ...recorded, effects })
  indexTimers(stage, steps)
  for (const step of steps) carryOut(stage, step)
  appendTallies(stage, steps, unopened)
}

/** New deadlines of all that changed; old entries of the index are seen to be out of date when they come up. */
function indexTimers(stage: Stage, steps: Step[]): void {
  const firsts = new Map<Node, Step>()
  for (const step of steps) if (!firsts.has(step.node)) firsts.set(step.node, step)
  for (const [node, { before }] of firsts) {
    const { id, state } = node.instance
    const was = before?.state.status === 'active' ? before.state.timers : {}
    if (state.status !== 'active') continue
    for (const [timer, { due }] of Object.entries(state.timers)) {
      if (was[timer]?.due !== due) {
        stage.deadlines.push({ at: due, depth: node.depth, id, timer })
      }
    }
    // Its messages had been kept.
    if (before?.state.status === 'suspended') {
      for (const { at } of node.inbox) stage.posts.push({ at, depth: node.depth, id })
    }
  }
}

function carryOut(stage: Stage, step: Step): void {
  const { event } = step.recorded.transition
  if (event.type === 'open') {
    for (const one of event.assignments ?? []) stage.assignments.set(one.id, one)
  }
  step.effects.forEach((effect, n) => carryOutOne(stage, step, effect, n))
}

function carryOutOne(stage: Stage, { node, after, recorded }: Step, effect: Effect, n: number): void {
  const { at } = recorded.transition.event
  const number = after.version * EFFECTS_PER_STEP + n
  const cause = { instance: after.id, version: after.version, hash: recorded.hash }
  switch (effect.type) {
    case 'open': {
      const total = childCount(effect, stage.facts, after)
      if (total === 0) break
      const inherited = {
        depth: node.depth + 1,
        unit: after.unit,
        unitPath: node.unitPath,
        adjustments: after.state.adjustments,
        performedBy: after.state.performedBy,
      }
      stage.openings.push({ cause, at, number, effect, total, next: 0, inherited })
      break
    }
    case 'tellChildren':
    case 'actOnChildren': {
      const told =
        effect.type === 'tellChildren'
          ? { kind: effect.kind, type: 'message' as const, name: effect.message }
          : { kind: null, type: 'act' as const, name: effect.act }
      const broadcast = { cause, at, number, ...told, payload: effect.payload }
      node.told.push(broadcast)
      stage.broadcasts.push(broadcast)
      break
    }
    case 'tellParent':
      if (after.parent !== null) {
        const { message: name, payload } = effect
        post(stage, after.parent, { cause, at, n, name, payload })
      }
      break
    case 'notify':
      stage.notices.push({
        instance: after.id,
        at,
        to: effect.to,
        unit: effect.unit,
        text: effect.text,
      })
      break
    case 'grant':
      stage.assignments.set(effect.assignment.id, effect.assignment)
      break
    case 'revoke':
      stage.assignments.delete(effect.assignment)
      break
  }
}
