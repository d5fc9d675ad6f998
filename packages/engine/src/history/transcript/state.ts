import type { CompiledKind } from '../../definition/compiled.ts'
import type { Json } from '../../data/json.ts'
import { leavesOf } from '../../run/migration/place.ts'
import type { Locale } from '../../data/text.ts'

/** The titles of the states in which a machine stands; regions of a parallel state joined by `+`. */
export function stateText(kind: CompiledKind | undefined, value: Json, locale: Locale): string {
  return titles(kind, leavesOf(value), locale)
}

/** Where it stood and where it stands now; of a parallel state only the regions that changed. */
export function changeText(
  was: CompiledKind | undefined,
  from: Json,
  is: CompiledKind | undefined,
  to: Json,
  locale: Locale,
): { before: string; after: string } {
  const [left, entered] = [leavesOf(from), leavesOf(to)]
  const stays = (id: string): boolean => was === is && left.includes(id) && entered.includes(id)
  const moved = (ids: string[]): string[] => ids.filter((id) => !stays(id))
  return { before: titles(was, moved(left), locale), after: titles(is, moved(entered), locale) }
}

function titles(kind: CompiledKind | undefined, ids: string[], locale: Locale): string {
  return ids.map((id) => kind?.states.find((state) => state.id === id)?.spec.meta?.title[locale] ?? id).join(' + ')
}
