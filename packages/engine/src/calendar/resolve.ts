import { isOwnDate, ruleOf } from './chain.ts'
import { checkDates } from './check.ts'
import { checkContext, checkOverride } from './context.ts'
import { settle, settleByOverride, type Base } from './settle.ts'
import type { DateContext, DateProblem, DateSpecs, Resolved } from './spec.ts'

/**
 * Resolves every date of a campaign, except those that count from the entry into a state, which each
 * instance has for itself (`resolveOwn`). A date with a problem, and what counts from it, is left out.
 *
 * All problems together: those of `checkDates`, then the context's, then what only the start day shows.
 */
export function resolveDates(
  specs: DateSpecs,
  context: DateContext,
): { dates: Record<string, Resolved>; problems: DateProblem[] } {
  const overrides = Object.keys(context.overrides ?? {})
  const wrong = checkContext(context)
  const problems = [...checkDates(specs), ...wrong, ...overrides.flatMap((name) => checkOverride(name, specs, context))]
  if (wrong.length > 0) return { dates: {}, problems }

  // A date reaches its base first; `null` marks one that is left out, and so breaks cycles.
  const settled = new Map<string, Resolved | null>()
  const reach = (name: string): Resolved | null => {
    const before = settled.get(name)
    if (before !== undefined) return before
    settled.set(name, null)
    const resolved = resolveOne(name)
    settled.set(name, resolved)
    return resolved
  }
  const resolveOne = (name: string): Resolved | null => {
    const rule = ruleOf(name, specs)
    const spec = specs[name]
    if (!rule || !spec || isOwnDate(name, specs)) return null
    const override = own(context.overrides, name)
    if (override) {
      const bad = checkOverride(name, specs, context).length > 0
      return bad ? null : settleByOverride(spec, override, context)
    }
    const base = rule.kind === 'offset' ? baseDay(rule.base) : undefined
    if (base === null) return null
    const found = settle(spec, rule, base, context)
    if ('ok' in found) return found.ok
    problems.push({ path: `dates.${name}.due`, code: 'bad_rule', message: found.problem })
    return null
  }
  const baseDay = (base: string): Base | null =>
    base === 'start' ? { on: context.startsOn, provisional: false } : reach(base)

  const dates = Object.fromEntries(
    Object.keys(specs).flatMap((name) => {
      const resolved = reach(name)
      return resolved ? [[name, resolved] as const] : []
    }),
  )
  return { dates, problems: [...problems, ...checkOrder(specs, dates, context)] }
}

function checkOrder(
  specs: DateSpecs,
  dates: { readonly [name: string]: Resolved },
  { startsOn }: DateContext,
): DateProblem[] {
  return Object.entries(dates).flatMap(([name, { on, due, override }]): DateProblem[] => {
    const problems: DateProblem[] = []
    if (on < startsOn && !override) {
      const message = {
        zh: `${on} 早于启动日 ${startsOn}`,
        en: `${on} is before the start day ${startsOn}`,
      }
      problems.push({ path: `dates.${name}.due`, code: 'before_start', message })
    }
    const after = specs[name]?.notBefore
    const earlier = after === undefined ? undefined : own(dates, after)
    if (earlier && due < earlier.due) {
      const message = {
        zh: `${on} 早于“${after}”的 ${earlier.on}`,
        en: `${on} is before «${after}», ${earlier.on}`,
      }
      problems.push({ path: `dates.${name}.notBefore`, code: 'out_of_order', message })
    }
    return problems
  })
}

function own<Value>(table: { readonly [name: string]: Value } | undefined, name: string): Value | undefined {
  return table && Object.hasOwn(table, name) ? table[name] : undefined
}
