import type { Given } from '../subcommand.ts'

/** The options that are whole numbers, as numbers; or the first that is none. */
export function numbers<Name extends string>(
  { values }: Given,
  names: readonly Name[],
): { ok: { [N in Name]?: number } } | { bad: Name } {
  const found: { [N in Name]?: number } = {}
  for (const name of names) {
    const value = values[name]
    if (value === undefined) continue
    if (typeof value !== 'string' || !/^\d{1,9}$/u.test(value)) return { bad: name }
    found[name] = Number(value)
  }
  return { ok: found }
}
