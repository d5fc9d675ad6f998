import { parseRule, type Rule } from './rule.ts'
import type { DateSpecs } from './spec.ts'

/**
 * Bases that are not dates: the campaign's start day, the day an instance enters the waiting state, and the
 * day that its context holds then.
 */
export type Anchor = 'start' | 'entry' | `context.${string}`

/**
 * A date, the date it counts from, and so on. `ends` says where that leads: to an anchor, to a day that needs
 * no other (`day`), to a name that is no date or a rule that cannot be read (`nowhere`), or round in a
 * `cycle`, whose dates `loop` lists.
 */
export type Chain = {
  names: string[]
  ends: Anchor | 'day' | 'nowhere' | 'cycle'
  loop: string[]
}

/** The rule of a date; undefined when there is no such date or its rule cannot be read. */
export function ruleOf(name: string, specs: DateSpecs): Rule | undefined {
  const spec = Object.hasOwn(specs, name) ? specs[name] : undefined
  const parsed = spec && parseRule(spec.due)
  return parsed && 'ok' in parsed ? parsed.ok : undefined
}

export function isAnchor(base: string): base is Anchor {
  return base === 'start' || base === 'entry' || base.startsWith('context.')
}

export function chainOf(name: string, specs: DateSpecs): Chain {
  const names: string[] = []
  for (let at = name; ;) {
    if (names.includes(at)) return { names, ends: 'cycle', loop: names.slice(names.indexOf(at)) }
    const rule = ruleOf(at, specs)
    if (!rule) return { names, ends: 'nowhere', loop: [] }
    names.push(at)
    if (rule.kind !== 'offset') return { names, ends: 'day', loop: [] }
    if (isAnchor(rule.base)) return { names, ends: rule.base, loop: [] }
    at = rule.base
  }
}

/** Whether a date counts, in the end, from the entry into a state or from a context: then each instance has its own. */
export function isOwnDate(name: string, specs: DateSpecs): boolean {
  const { ends } = chainOf(name, specs)
  return ends === 'entry' || ends.startsWith('context.')
}
