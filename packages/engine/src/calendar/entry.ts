import { isEntryDate, ruleOf } from './chain.ts'
import { localDay } from './instant.ts'
import { settle, type Base } from './settle.ts'
import type { DateContext, DateSpecs, Instant, Resolved } from './spec.ts'

/**
 * Resolves a date that counts from the entry into a state, for an instance that entered it at `entered`.
 * The day of entry is not counted (民法典 201). Where the chain passes a date that the instance has already
 * (`known`, perhaps extended), it counts from that; other dates in between are computed from the same entry,
 * and their steps come first.
 *
 * Throws RangeError for a date that is not of this sort, or specs that `checkDates` refuses: a bug.
 */
export function resolveEntry(
  name: string,
  specs: DateSpecs,
  context: DateContext,
  entered: Instant,
  known: { readonly [name: string]: { due: Instant; on: string; provisional?: boolean } },
): Resolved {
  const rule = ruleOf(name, specs)
  const spec = specs[name]
  if (!spec || rule?.kind !== 'offset' || !isEntryDate(name, specs)) {
    throw new RangeError(`${name} does not count from the entry into a state`)
  }
  const before = rule.base === 'entry' ? undefined : own(known, rule.base)
  const between =
    rule.base === 'entry' || before
      ? undefined
      : resolveEntry(rule.base, specs, context, entered, known)
  const base: Base = between ?? {
    on: before?.on ?? localDay(entered, context.timezone),
    provisional: before?.provisional ?? false,
  }
  const found = settle(spec, rule, base, context)
  if ('problem' in found) throw new RangeError(`${name}: ${found.problem.en}`)
  return { ...found.ok, steps: [...(between?.steps ?? []), ...found.ok.steps] }
}

function own<Value>(table: { readonly [name: string]: Value }, name: string): Value | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined
}
