import type { CompiledKind } from '../define.ts'
import type { Json } from '../json.ts'
import type { Locale } from '../text.ts'

/** The titles of the states in which a machine stands; regions of a parallel state joined by `+`. */
export function stateText(kind: CompiledKind | undefined, value: Json, locale: Locale): string {
  return titles(kind, leaves(value), locale)
}

/** Where it stood and where it stands now; of a parallel state only the regions that changed. */
export function changeText(
  kind: CompiledKind | undefined,
  from: Json,
  to: Json,
  locale: Locale,
): { before: string; after: string } {
  const [left, entered] = [leaves(from), leaves(to)]
  return {
    before: titles(
      kind,
      left.filter((id) => !entered.includes(id)),
      locale,
    ),
    after: titles(
      kind,
      entered.filter((id) => !left.includes(id)),
      locale,
    ),
  }
}

function titles(kind: CompiledKind | undefined, ids: string[], locale: Locale): string {
  return ids
    .map((id) => kind?.states.find((state) => state.id === id)?.spec.meta?.title[locale] ?? id)
    .join(' + ')
}

function leaves(value: Json, above = ''): string[] {
  const join = (name: string): string => (above === '' ? name : `${above}.${name}`)
  if (typeof value === 'string') return [join(value)]
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return []
  const entries = Object.entries(value)
  return entries.flatMap(([name, inside]) =>
    typeof inside === 'object' && inside !== null && Object.keys(inside).length === 0
      ? [join(name)]
      : leaves(inside, join(name)),
  )
}
