import { isOwnDate, ruleOf } from './chain.ts'
import { settle } from './settle.ts'
import type { DateContext, DateSpecs, Resolved } from './spec.ts'

/**
 * The dates that count, directly or through others, from dates which were moved to other days (`moved`):
 * each as it is counted from there. Left out are the moved dates themselves, those that each instance has for
 * itself (they count from what the instance holds when it enters), and those in `fixed`, whose day a
 * superior authority published.
 */
export function followers(
  specs: DateSpecs,
  context: DateContext,
  moved: { readonly [name: string]: { on: string } },
  fixed: ReadonlySet<string>,
): { [name: string]: Resolved } {
  const found = new Map<string, Resolved>()
  const reach = (name: string): { on: string; provisional?: boolean } | undefined => {
    if (Object.hasOwn(moved, name)) return moved[name]
    const known = found.get(name)
    if (known) return known
    const rule = ruleOf(name, specs)
    const spec = specs[name]
    if (!spec || rule?.kind !== 'offset' || fixed.has(name) || isOwnDate(name, specs)) {
      return undefined
    }
    const base = reach(rule.base)
    if (!base) return undefined
    const { on, provisional = false } = base
    const settled = settle(spec, rule, { on, provisional }, context)
    if ('ok' in settled) found.set(name, settled.ok)
    return found.get(name)
  }
  for (const name of Object.keys(specs)) reach(name)
  return Object.fromEntries(found)
}
