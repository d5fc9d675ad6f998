import type { Kind } from '../definition.ts'
import type { LooseSpec } from '../define.ts'
import { notJson } from '../json.ts'
import { buildMachine, startMachine } from '../machine.ts'
import { statesOf, type StateNode } from '../states.ts'
import { readTally } from '../tally.ts'
import { checkActions } from './actions.ts'
import { checkReach } from './reach.ts'
import type { Mistake } from './index.ts'

/** Each machine by itself, then the machines together: what they open, tell and count. */
export function checkMachines(spec: LooseSpec): Mistake[] {
  if (!Object.hasOwn(spec.kinds, 'campaign')) {
    return [{ path: 'machines', reason: 'there must be a machine «campaign», the root' }]
  }
  const all = new Map(
    Object.entries(spec.kinds).map(([name, kind]) => [name, statesOf(name, kind.spec)]),
  )
  return [...all].flatMap(([name, states]) => {
    const kind = spec.kinds[name] as Kind
    const mistakes = [
      ...states.flatMap((state) => [...checkTitle(state), ...checkArrows(state, kind, spec, all)]),
      ...checkActions(name, states, kind, spec, all),
      ...checkReach(states),
    ]
    // xstate's own objections (a target that is no state, a missing initial) come last, and only once.
    return mistakes.length > 0 ? mistakes : [...checkBuild(name, kind, spec)]
  })
}

function checkTitle({ spec, path }: StateNode): Mistake[] {
  return spec.type === 'history' || spec.meta?.title
    ? []
    : [{ path, reason: 'needs meta.title {zh, en}: people read it in tasks and transcripts' }]
}

function checkArrows(
  state: StateNode,
  kind: Kind,
  spec: LooseSpec,
  all: Map<string, StateNode[]>,
): Mistake[] {
  return state.arrows.flatMap(({ on, spec: arrow, path }) => [
    ...('event' in on ? checkEvent(on.event, path, spec, all) : []),
    ...('after' in on && !Object.hasOwn(spec.dates, on.after)
      ? [{ path, reason: `there is no date «${on.after}»; only named dates can be waited for` }]
      : []),
    ...(arrow.guard !== undefined && !Object.hasOwn(kind.guards, arrow.guard)
      ? [{ path: `${path}.guard`, reason: `there is no guard «${arrow.guard}»` }]
      : []),
  ])
}

function checkEvent(
  event: string,
  path: string,
  spec: LooseSpec,
  all: Map<string, StateNode[]>,
): Mistake[] {
  if (Object.hasOwn(spec.commands, event) || Object.hasOwn(spec.messages, event)) return []
  const tally = readTally(event)
  if (!tally) return [{ path, reason: `«${event}» is no command, message or tally of this plan` }]
  const children = all.get(tally.kind)
  if (!children) return [{ path, reason: `there is no kind «${tally.kind}»` }]
  const tags = children.flatMap((child) => [child.spec.tags ?? []].flat())
  return tags.includes(tally.tag)
    ? []
    : [{ path, reason: `no state of «${tally.kind}» carries the tag «${tally.tag}»` }]
}

function checkBuild(name: string, kind: Kind, spec: LooseSpec): Mistake[] {
  const path = `machines.${name}`
  try {
    const machine = buildMachine(name, kind, Object.keys(spec.dates))
    // Reading the definition resolves every target.
    void machine.definition
    if (typeof kind.spec.context === 'function') return []
    const bad = notJson(startMachine(machine, undefined).snapshot['context'])
    return bad === undefined
      ? []
      : [{ path: `${path}.context`, reason: `must be plain JSON; it is not at ${bad}` }]
  } catch (error) {
    return [{ path, reason: (error as Error).message }]
  }
}
