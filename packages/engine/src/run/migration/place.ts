import type { Takeover } from '../../definition/spec.ts'
import type { Json } from '../../data/json.ts'
import { getOwn } from '../../data/getOwn.ts'
import type { StateNode } from '../../definition/states.ts'

/** The innermost states of a machine's value, as dotted paths. */
export function leavesOf(value: Json, above = ''): string[] {
  const join = (name: string): string => (above === '' ? name : `${above}.${name}`)
  if (typeof value === 'string') return [join(value)]
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return []
  return Object.entries(value).flatMap(([name, inside]) =>
    typeof inside === 'object' && inside !== null && Object.keys(inside).length === 0
      ? [join(name)]
      : leavesOf(inside, join(name)),
  )
}

/** All states in which a machine stands: the innermost, those around them, and the machine itself (''). */
export function standsIn(value: Json): string[] {
  const around = leavesOf(value).flatMap((leaf) => {
    const parts = leaf.split('.')
    return parts.map((_, n) => parts.slice(0, n + 1).join('.'))
  })
  return ['', ...new Set(around)]
}

/** Where a state of the old version is in the new one: as named, or inside of what is named, else where it was. */
export function placeOf(state: string, { states }: Takeover): string {
  const parts = state.split('.')
  for (let n = parts.length; n > 0; n -= 1) {
    const target = getOwn(states, parts.slice(0, n).join('.'))
    if (target !== undefined) return [target, ...parts.slice(n)].join('.')
  }
  return state
}

/** A place in the new version, or what keeps a state of the old one from having one. */
export type Placed = { value: Json; leaves: string[] } | { state: string; reason: string }

/** Where somebody who stands in these states of the old version stands in the new one, nested and side by side alike. */
export function placed(old: Json, takeover: Takeover, before: StateNode[], after: StateNode[]): Placed {
  const ends = new Set(before.filter(({ spec }) => spec.type === 'final').map(({ id }) => id))
  const came = leavesOf(old).map((state) => ({ state, target: placeOf(state, takeover) }))
  for (const { state, target } of came) {
    const found = after.find(({ id }) => id === target)
    if (!found) return { state, reason: `there is no state «${target}»` }
    if (found.spec.type === 'history') return { state, reason: `«${target}» is a history` }
  }
  const targets = came.map(({ target }) => target)
  const torn = after.find(
    ({ id, spec }) =>
      spec.type !== 'parallel' &&
      after.filter((one) => one.parent === id && one.id !== '' && holds(one.id, targets)).length > 1,
  )
  if (torn) {
    return {
      state: leavesOf(old).join(' + '),
      reason: `«${torn.id}» cannot be in two states at once`,
    }
  }
  const value = valueIn('', targets, after)
  const leaves = leavesOf(value)
  // What ends by itself tells the states around it; what is put at an end would tell nobody.
  const ended = leaves.find(
    (leaf) =>
      after.find(({ id }) => id === leaf)?.spec.type === 'final' &&
      !came.some(({ state, target }) => target === leaf && ends.has(state)),
  )
  return ended === undefined
    ? { value, leaves }
    : { state: leavesOf(old).join(' + '), reason: `«${ended}» is an end: a migration ends nothing` }
}

function holds(id: string, targets: string[]): boolean {
  return targets.some((target) => target === id || target.startsWith(`${id}.`))
}

function nameOf({ id }: StateNode): string {
  return id.split('.').at(-1) ?? ''
}

/** xstate's value of what is inside a state; where nobody comes from, its first state. */
function valueIn(id: string, targets: string[], states: StateNode[]): Json {
  const inside = states.filter((one) => one.parent === id && one.spec.type !== 'history')
  const { spec } = states.find((one) => one.id === id) ?? {}
  if (inside.length === 0) return {}
  if (spec?.type === 'parallel') {
    return Object.fromEntries(inside.map((one) => [nameOf(one), valueIn(one.id, targets, states)]))
  }
  const stands =
    inside.find((one) => holds(one.id, targets)) ?? inside.find((one) => nameOf(one) === spec?.initial) ?? inside[0]
  if (!stands) return {}
  const deeper = valueIn(stands.id, targets, states)
  const alone = typeof deeper === 'object' && deeper !== null && Object.keys(deeper).length === 0
  return alone ? nameOf(stands) : { [nameOf(stands)]: deeper }
}
