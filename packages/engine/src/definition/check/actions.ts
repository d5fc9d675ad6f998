import type { LooseSpec } from '../compiled.ts'
import { unknownPlaceholders } from '../placeholders.ts'
import type { Mistake } from './mistake.ts'
import type { EngineAction } from '../actions.ts'
import type { Kind } from '../spec.ts'
import { opensOf, type StateNode } from '../states.ts'

type All = Map<string, StateNode[]>

/** Updates exist; what is opened, told and notified exists on the other side; every kind is opened by somebody. */
export function checkActions(name: string, states: StateNode[], kind: Kind, spec: LooseSpec, all: All): Mistake[] {
  const parents = [...all].filter(([, its]) => kindsOpened(its).includes(name)).map(([parent]) => parent)
  return [
    ...(!openedFrom('campaign', all).has(name) ? [{ path: `machines.${name}`, reason: 'nobody opens this kind' }] : []),
    ...(name === 'campaign' && parents.length > 0
      ? [{ path: 'machines.campaign', reason: 'the root cannot be opened by a machine' }]
      : []),
    ...states.flatMap((state) =>
      state.actions.flatMap(({ action, path }) => {
        if (typeof action === 'string') {
          return Object.hasOwn(kind.updates, action) ? [] : [{ path, reason: `there is no update «${action}»` }]
        }
        return checkEngineAction(action, path, name, parents, kindsOpened(states), spec, all, kind)
      }),
    ),
    ...counted(states, kindsOpened(states)),
  ]
}

function kindsOpened(states: StateNode[]): string[] {
  return opensOf(states).map(({ kind }) => kind)
}

/** The kinds that a campaign can come to have: the root, what it opens, and so on. */
function openedFrom(root: string, all: All): Set<string> {
  const found = new Set([root])
  for (const kind of found) for (const one of kindsOpened(all.get(kind) ?? [])) found.add(one)
  return found
}

function counted(states: StateNode[], children: string[]): Mistake[] {
  return states.flatMap((state) =>
    state.arrows.flatMap(({ on, path }) => {
      const parts = 'event' in on ? on.event.split('.') : []
      const kind = parts[0] === 'every' ? parts[1] : parts[0] === 'atLeast' ? parts[2] : undefined
      return kind === undefined || children.includes(kind)
        ? []
        : [{ path, reason: `counts «${kind}», but this machine opens none` }]
    }),
  )
}

function checkEngineAction(
  action: EngineAction,
  path: string,
  name: string,
  parents: string[],
  children: string[],
  spec: LooseSpec,
  all: All,
  kind: Kind,
): Mistake[] {
  switch (action.type) {
    case 'duban.open': {
      const { kind: opened } = action.params
      return [
        ...(all.has(opened) ? [] : [{ path, reason: `there is no kind «${opened}» to open` }]),
        ...(openedFrom(opened, all).has(name)
          ? [{ path, reason: 'a kind cannot open itself, nor through others: it would never end' }]
          : []),
      ]
    }
    case 'duban.tell': {
      const { to, message } = action.params
      const targets = to === 'parent' ? parents : [to.children]
      return [
        ...(Object.hasOwn(spec.messages, message) ? [] : [{ path, reason: `there is no message «${message}»` }]),
        ...(to === 'parent' && name === 'campaign' ? [{ path, reason: 'the root has no parent to tell' }] : []),
        ...(to !== 'parent' && !children.includes(to.children)
          ? [{ path, reason: `tells children «${to.children}», but this machine opens none` }]
          : []),
        ...targets
          .filter((target) => all.has(target) && !hears(all.get(target) ?? [], message))
          .map((target) => ({ path, reason: `no state of «${target}» hears «${message}»` })),
      ]
    }
    case 'duban.notify':
      return [
        ...action.params.to
          .filter((role) => !Object.hasOwn(spec.roles, role))
          .map((role) => ({ path, reason: `there is no role «${role}» to notify` })),
        ...unknownPlaceholders(action.params.text).map((placeholder) => ({
          path,
          reason: `nothing fills «{${placeholder}}»; there are {unit}, {campaign} and {due}`,
        })),
      ]
    case 'duban.keep':
    case 'duban.append':
    case 'duban.count':
      return checkMember(action.params.into, path, kind)
  }
}

/** A context that is written down as it begins shows its members; one that is made from input cannot be looked into. */
function checkMember(into: string, path: string, { spec }: Kind): Mistake[] {
  const [top = ''] = into.split('.')
  const { context = {} } = spec
  return typeof context === 'function' || Object.hasOwn(context, top)
    ? []
    : [{ path, reason: `the context has no «${top}»; it begins with ${Object.keys(context).join(', ') || 'nothing'}` }]
}

function hears(states: StateNode[], message: string): boolean {
  return states.some(({ arrows }) => arrows.some(({ on }) => 'event' in on && on.event === message))
}
