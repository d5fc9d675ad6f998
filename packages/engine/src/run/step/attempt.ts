import { notJson } from '../../data/json.ts'
import { refuse, type Refused } from '../../campaign/refusal.ts'
import type { Stepped } from './stepped.ts'

/** An author's guard or update that throws refuses the event; it cannot take the server down. */
export function attempt(stepping: () => Stepped): Stepped {
  try {
    return stepping()
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return refuse('machine_failed', { detail: { zh: message, en: message } })
  }
}

/** The refusal of a payload that no record can hold, or undefined when one can. */
export function notStorable(rule: string, payload: unknown): Refused | undefined {
  const bad = notJson(payload)
  return bad === undefined
    ? undefined
    : refuse('invalid_payload', {
        rule,
        issues: [{ path: safe(bad), message: 'contains what cannot be kept as JSON text' }],
      })
}

// The path may itself hold the character that cannot be kept, and a refusal is kept too (law 6).
function safe(path: string): string {
  return path.toWellFormed().replaceAll('\u0000', '\uFFFD')
}
