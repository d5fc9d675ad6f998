import type { Assignment } from './instance.ts'
import type { Json, JsonObject } from '../data/json.ts'
import type { Text } from '../data/text.ts'

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
