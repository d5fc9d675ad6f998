import type { CompiledKind } from '../define.ts'
import type { Json } from '../json.ts'
import { leavesOf } from '../takeover/place.ts'
import type { Locale } from '../text.ts'

/** The titles of the states in which a machine stands; regions of a parallel state joined by `+`. */
export function stateText(kind: CompiledKind | undefined, value: Json, locale: Locale): string {
  return leavesOf(value)
    .map((id) => kind?.states.find((state) => state.id === id)?.spec.meta?.title[locale] ?? id)
    .join(' + ')
}
