import type { Mistake } from './mistake.ts'
import type { StateNode } from '../states.ts'
import { targetOf, under } from '../target.ts'

type Tree = { kind: string; byId: Map<string, StateNode>; inside: (id: string) => StateNode[] }

/**
 * Arrows that lead nowhere; if there are none, states that cannot be entered, and states that nobody can leave. Leaving is what an arrow of the state, of a
 * state around it, or of a region beside it does. The machine's end is meant to be kept; a final state that
 * ends only a part of the machine is not the end.
 */
export function checkReach(kind: string, states: StateNode[]): Mistake[] {
  const tree: Tree = {
    kind,
    byId: new Map(states.map((state) => [state.id, state])),
    inside: (id) => states.filter(({ parent }) => parent === id),
  }
  const lost = states.flatMap((state) =>
    state.arrows.flatMap(({ spec: { target }, path }) =>
      target === undefined || resolve(target, state, tree) !== undefined
        ? []
        : [{ path, reason: `there is no state «${target}» to go to from here` }],
    ),
  )
  if (lost.length > 0) return lost
  const reached = reachable(tree)
  const ends = endsOf('', tree)
  return states.flatMap(({ id, path, spec }) => {
    if (!reached.has(id)) return [{ path, reason: 'no arrow leads to this state' }]
    const leaf = spec.type !== 'history' && tree.inside(id).length === 0
    if (!leaf || ends.has(id) || states.some((from) => leaves(id, from, tree))) return []
    const reason =
      spec.type === 'final'
        ? 'this ends a part of the machine only, and nobody can leave it; give a state around it an arrow'
        : 'nobody can leave this state; give it an arrow or type: final'
    return [{ path, reason }]
  })
}

/** The states that can be entered: those around and first inside what an arrow, or the start, leads to. */
function reachable(tree: Tree): Set<string> {
  const reached = new Set<string>()
  const targeted = new Set<string>()
  const follow = (state: StateNode): void => {
    reached.add(state.id)
    // Around the state; of a parallel one around it all other regions begin too.
    if (state.parent !== null) surround(state.parent, state.id)
    for (const { spec } of state.arrows) {
      const target = spec.target === undefined ? undefined : resolve(spec.target, state, tree)
      if (target !== undefined) enter(target)
    }
  }
  const enter = (id: string): void => {
    const state = tree.byId.get(id)
    if (!state || targeted.has(id)) return
    targeted.add(id)
    follow(state)
    for (const first of firstInside(state, tree)) enter(first)
  }
  const surround = (id: string, from: string): void => {
    const state = tree.byId.get(id)
    if (!state) return
    if (state.spec.type === 'parallel') {
      for (const one of tree.inside(id)) if (one.id !== from) enter(one.id)
    }
    if (!reached.has(id)) follow(state)
  }
  enter('')
  return reached
}

/** Where an entered state goes on inside: all regions, the initial state, or what a history falls back to. */
function firstInside({ id, parent, spec }: StateNode, tree: Tree): string[] {
  if (spec.type === 'parallel') return tree.inside(id).map((one) => one.id)
  const around = spec.type === 'history' ? (parent ?? '') : id
  const name = spec.type === 'history' ? spec.target : undefined
  const first = name ?? tree.byId.get(around)?.spec.initial
  return first === undefined || under(around, first) === id ? [] : [under(around, first)]
}

/** The final states that, reached in every region, end the machine. */
function endsOf(id: string, tree: Tree): Set<string> {
  const state = tree.byId.get(id)
  const inside = tree.inside(id)
  return state?.spec.type === 'parallel'
    ? new Set(inside.flatMap((region) => [...endsOf(region.id, tree)]))
    : new Set(inside.flatMap((one) => (one.spec.type === 'final' ? [one.id] : [])))
}

/** Whether an arrow of `from` takes a machine out of a state that it stands in. */
function leaves(id: string, from: StateNode, tree: Tree): boolean {
  if (!together(id, from.id, tree)) return false
  return from.arrows.some(({ spec }) => {
    const target = spec.target === undefined ? undefined : resolve(spec.target, from, tree)
    if (target === undefined) return false
    return isInside(id, domain(from.id, target, spec.reenter)) && !beginsIn(target, tree).has(id)
  })
}

/** Whether a machine can stand in both at once: one holds the other, or regions of one state part them. */
function together(a: string, b: string, tree: Tree): boolean {
  if (a === b || isInside(a, b) || isInside(b, a)) return true
  return tree.byId.get(shared(a, b))?.spec.type === 'parallel'
}

/** What an arrow leaves is inside this (SCXML's transition domain). */
function domain(from: string, target: string, reenter = false): string {
  if (!reenter && (target === from || isInside(target, from))) return from
  const around = shared(from, target)
  return around === from || around === target ? parentOf(around) : around
}

/** A state, and all that is entered with it. */
function beginsIn(id: string, tree: Tree): Set<string> {
  const state = tree.byId.get(id)
  const inside = state ? firstInside(state, tree) : []
  return new Set([id, ...inside.flatMap((one) => [...beginsIn(one, tree)])])
}

function shared(a: string, b: string): string {
  const [left, right] = [a.split('.'), b.split('.')]
  const differs = left.findIndex((part, n) => part !== right[n])
  return (differs < 0 ? left : left.slice(0, differs)).join('.')
}

function parentOf(id: string): string {
  return id.split('.').slice(0, -1).join('.')
}

function isInside(inner: string, outer: string): boolean {
  return outer === '' ? inner !== '' : inner.startsWith(`${outer}.`)
}

function resolve(target: string, from: StateNode, { kind, byId }: Tree): string | undefined {
  return targetOf(kind, target, from, byId)
}
