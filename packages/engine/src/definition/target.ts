import type { StateNode } from './states.ts'

/**
 * Where an arrow leads, as a state's id: xstate's targets are a sibling, `.child`, or `#machine.path`.
 * Undefined when there is no such state.
 */
export function targetOf(
  kind: string,
  target: string,
  from: Pick<StateNode, 'id' | 'parent'>,
  states: { has: (id: string) => boolean },
): string | undefined {
  const id = target.startsWith('#')
    ? target.replace(new RegExp(`^#${kind}(\\.|$)`, 'u'), '')
    : target.startsWith('.')
      ? under(from.id, target.slice(1))
      : under(from.parent ?? '', target)
  return states.has(id) ? id : undefined
}

/** The id of a state inside another. */
export function under(around: string, name: string): string {
  return around === '' ? name : `${around}.${name}`
}
