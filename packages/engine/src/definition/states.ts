import type { EngineAction, OpenParams } from './actions.ts'
import type { Actions, KindSpec, StateSpec, TransitionSpec } from './spec.ts'

/** One transition as written: from which state, on what, whereto. */
export type Arrow = {
  from: string
  on: { event: string } | { after: string } | { always: true } | { done: true }
  spec: Exclude<TransitionSpec, string>
  /** Path for messages: `machines.unit.selfCheck.on.report.submit`. */
  path: string
}

export type StateNode = {
  /** Dotted path inside the machine, '' for its root. */
  id: string
  path: string
  spec: StateSpec
  parent: string | null
  arrows: Arrow[]
  actions: { action: string | EngineAction; path: string }[]
}

/** All states of a machine, outermost first, each with its arrows and actions. Total: takes what authors write. */
export function statesOf(kind: string, spec: KindSpec): StateNode[] {
  return walk(spec, '', `machines.${kind}`, null)
}

/** What the actions of a machine open. */
export function opensOf(states: StateNode[]): OpenParams[] {
  return states.flatMap(({ actions }) =>
    actions.flatMap(({ action }) =>
      typeof action === 'object' && action.type === 'duban.open' ? [action.params] : [],
    ),
  )
}

function walk(spec: StateSpec, id: string, path: string, parent: string | null): StateNode[] {
  const arrows = arrowsOf(spec, id, path)
  const actions = [
    ...list(spec.entry, `${path}.entry`),
    ...list(spec.exit, `${path}.exit`),
    ...arrows.flatMap((arrow) => list(arrow.spec.actions, `${arrow.path}.actions`)),
  ]
  const children = Object.entries(spec.states ?? {}).flatMap(([name, child]) =>
    walk(child, id === '' ? name : `${id}.${name}`, `${path}.${name}`, id),
  )
  return [{ id, path, spec, parent, arrows, actions }, ...children]
}

function list(actions: Actions | undefined, path: string): StateNode['actions'] {
  return [actions ?? []].flat().map((action) => ({ action, path }))
}

function arrowsOf(spec: StateSpec, from: string, path: string): Arrow[] {
  const arrows: Arrow[] = []
  const add = (on: Arrow['on'], specs: unknown, where: string): void => {
    for (const one of [specs].flat()) {
      if (one === undefined || one === null) continue
      const spec = typeof one === 'string' ? { target: one } : (one as Arrow['spec'])
      arrows.push({ from, on, spec, path: where })
    }
  }
  for (const [event, specs] of Object.entries(spec.on ?? {})) {
    add({ event }, specs, `${path}.on.${event}`)
  }
  for (const [after, specs] of Object.entries(spec.after ?? {})) {
    add({ after }, specs, `${path}.after.${after}`)
  }
  add({ always: true }, spec.always, `${path}.always`)
  add({ done: true }, spec.onDone, `${path}.onDone`)
  return arrows
}
