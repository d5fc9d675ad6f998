import type { Assignment } from './instance.ts'
import type { Json, JsonObject } from './json.ts'
import type { Text } from './text.ts'

/** A condition over the children of a kind that the present state waits for. */
export type Watch = {
  /** The event that it becomes, `every.unit.submitted` or `atLeast.80%.unit.submitted`. */
  event: string
  kind: string
  tag: string
  /** All of them, so many of them, or so many per cent of them. */
  need: { every: true } | { count: number } | { percent: number }
}

/** What a step wants done beside its own instance; carried out in the same transaction. */
export type Effect =
  | {
      type: 'open'
      kind: string
      items: Json[] | 'units' | 'unitsBelow'
      unit?: string
      with?: JsonObject
    }
  | { type: 'tellParent'; message: string; payload: Json }
  | { type: 'tellChildren'; kind: string; message: string; payload: Json }
  | { type: 'actOnChildren'; act: string; payload: JsonObject }
  | { type: 'notify'; to: string[]; unit: string | null; text: Text }
  | { type: 'grant'; assignment: Assignment }
  | { type: 'revoke'; assignment: string }
