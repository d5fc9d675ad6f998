import type { LooseSpec } from '../compiled.ts'
import type { Mistake } from './mistake.ts'
import { getOwn } from '../../data/getOwn.ts'
import { statesOf } from '../states.ts'

/**
 * What a version takes over from earlier ones: into kinds and states that it has. Whether the old version has
 * the states that are named shows only beside it, when a campaign is migrated.
 */
export function checkTakesOver(spec: LooseSpec): Mistake[] {
  return Object.entries(spec.takesOver ?? {}).flatMap(([version, kinds]) => {
    const path = `takesOver.${version}`
    return [
      ...(Number(version) < spec.version
        ? []
        : [{ path, reason: `version ${spec.version} can take over only from earlier ones` }]),
      ...Object.entries(kinds).flatMap(([kind, { states = {} }]) => checkStates(`${path}.${kind}`, kind, states, spec)),
    ]
  })
}

function checkStates(
  path: string,
  kind: string,
  states: { readonly [old: string]: string },
  spec: LooseSpec,
): Mistake[] {
  const machine = getOwn(spec.kinds, kind)
  if (!machine) return [{ path, reason: `there is no kind «${kind}»` }]
  const known = new Map(statesOf(kind, machine.spec).map((state) => [state.id, state]))
  return Object.entries(states).flatMap(([old, target]) => {
    const state = known.get(target)
    const where = `${path}.states.${old}`
    if (!state) return [{ path: where, reason: `«${kind}» has no state «${target}»` }]
    if (state.spec.type === 'history') {
      return [{ path: where, reason: `nobody can stand in «${target}», a history` }]
    }
    // Who is over is not migrated, so nobody comes from the old version's end.
    return state.spec.type === 'final' && state.parent === ''
      ? [{ path: where, reason: `«${target}» is the end: a migration ends nothing` }]
      : []
  })
}
