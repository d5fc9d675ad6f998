import type { StateNode } from '../states.ts'
import type { Mistake } from './index.ts'

/**
 * States that cannot be entered, and states that nobody can leave. A leaf state is left by an arrow of its
 * own or of a state around it; a final state ends its machine and is meant to be kept.
 */
export function checkReach(states: StateNode[]): Mistake[] {
  const byId = new Map(states.map((state) => [state.id, state]))
  const reached = new Set<string>()
  const enter = (id: string): void => {
    const state = byId.get(id)
    if (!state || reached.has(id)) return
    reached.add(id)
    // Entering a state enters the states around it, …
    if (state.parent !== null) around(state.parent)
    // … the initial one inside it, or all regions of a parallel one.
    const inside = childrenOf(state)
    const first =
      state.spec.type === 'parallel' ? inside : inside.filter((one) => one.id === initialOf(state))
    for (const one of first) enter(one.id)
    follow(state)
  }
  const around = (id: string): void => {
    const state = byId.get(id)
    if (!state || reached.has(id)) return
    reached.add(id)
    if (state.spec.type === 'parallel') for (const one of childrenOf(state)) enter(one.id)
    if (state.parent !== null) around(state.parent)
    follow(state)
  }
  const follow = (state: StateNode): void => {
    for (const { spec } of state.arrows) {
      const target = spec.target === undefined ? undefined : resolve(spec.target, state, byId)
      if (target !== undefined) enter(target)
    }
  }
  const childrenOf = (state: StateNode): StateNode[] =>
    states.filter((one) => one.parent === state.id && one.id !== '')
  enter('')

  return states.flatMap((state) => {
    if (state.spec.type === 'history') return []
    if (!reached.has(state.id)) return [{ path: state.path, reason: 'no arrow leads to this state' }]
    const leaf = childrenOf(state).length === 0
    return leaf && state.spec.type !== 'final' && !leaves(state, byId)
      ? [{ path: state.path, reason: 'nobody can leave this state; give it an arrow or type: final' }]
      : []
  })
}

function initialOf(state: StateNode): string {
  const initial = state.spec.initial ?? ''
  return state.id === '' ? initial : `${state.id}.${initial}`
}

/** xstate's targets: a sibling, `.child`, or `#machine.path`; the longest reading that exists. */
function resolve(
  target: string,
  from: StateNode,
  byId: Map<string, StateNode>,
): string | undefined {
  if (target.startsWith('#')) return target.slice(1).split('.').slice(1).join('.')
  if (target.startsWith('.')) return join(from.id, target.slice(1))
  const sibling = join(from.parent ?? '', target)
  if (byId.has(sibling)) return sibling
  return byId.has(join(from.id, target)) ? join(from.id, target) : undefined
}

function join(base: string, rest: string): string {
  return base === '' ? rest : `${base}.${rest}`
}

function leaves(state: StateNode, byId: Map<string, StateNode>): boolean {
  for (let one: StateNode | undefined = state; one; ) {
    const here: StateNode = one
    if (
      here.arrows.some(({ spec }) => {
        const target = spec.target === undefined ? undefined : resolve(spec.target, here, byId)
        return target !== undefined && target !== state.id
      })
    ) {
      return true
    }
    one = here.parent === null ? undefined : byId.get(here.parent)
  }
  return false
}
