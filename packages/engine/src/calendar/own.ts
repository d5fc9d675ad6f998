import type { JsonObject } from '../data/json.ts'
import { isOwnDate, ruleOf } from './chain.ts'
import { readDay } from './day.ts'
import { settle, type Base } from './settle.ts'
import type { DateContext, DateSpecs, Instant, Resolved } from './spec.ts'

/**
 * Resolves a date that each instance has for itself, for one that entered the waiting state on the day `entered`
 * (YYYY-MM-DD) with such a context (`fields`). The day of entry is not counted (民法典 201). Where the chain passes a date that
 * the instance has already (`known`, perhaps extended), it counts from that; other dates in between are
 * computed from the same entry, and their steps come first. Undefined when the context holds no day (null or
 * nothing): it will be set later.
 *
 * Throws TypeError when the context holds something that is no day, and RangeError for a date that is not of
 * this sort, or specs that `checkDates` refuses: a bug.
 */
export function resolveOwn(
  name: string,
  specs: DateSpecs,
  context: DateContext,
  entered: string,
  known: { readonly [name: string]: { due: Instant; on: string; provisional?: boolean } },
  fields: JsonObject = {},
): Resolved | undefined {
  const rule = ruleOf(name, specs)
  const spec = specs[name]
  if (!spec || rule?.kind !== 'offset' || !isOwnDate(name, specs)) {
    throw new RangeError(`${name} is not a date that each instance has for itself`)
  }
  const base = baseOf(rule.base)
  if (!base) return undefined
  const found = settle(spec, rule, base, context)
  if ('problem' in found) throw new RangeError(`${name}: ${found.problem.en}`)
  return { ...found.ok, steps: [...base.steps, ...found.ok.steps] }

  function baseOf(from: string): (Base & Pick<Resolved, 'steps'>) | undefined {
    if (from === 'entry') {
      return { on: entered, provisional: false, steps: [] }
    }
    if (from.startsWith('context.')) {
      const on = setDay(fields, from.slice('context.'.length))
      return on === undefined ? undefined : { on, provisional: false, steps: [] }
    }
    const before = Object.hasOwn(known, from) ? known[from] : undefined
    return before
      ? { on: before.on, provisional: before.provisional ?? false, steps: [] }
      : resolveOwn(from, specs, context, entered, known, fields)
  }
}

function setDay(fields: JsonObject, name: string): string | undefined {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined
  if (value === undefined || value === null) return undefined
  if (typeof value === 'string' && readDay(value)) return value
  throw new TypeError(`context.${name} is no day, YYYY-MM-DD: ${JSON.stringify(value)}`)
}
