import type { CompiledKind } from '../define.ts'
import type { Json } from '../json.ts'
import type { Locale } from '../text.ts'

/** The titles of the states in which a machine stands; regions of a parallel state joined by `+`. */
export function stateText(kind: CompiledKind | undefined, value: Json, locale: Locale): string {
  return leaves(value)
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
