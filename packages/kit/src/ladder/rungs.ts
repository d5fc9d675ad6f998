/** The rungs, from the lowest; each presupposes those below it that the plan has. */
export const rungs = {
  remind: { zh: '提醒', en: 'Reminder' },
  urge: { zh: '督促', en: 'Urging' },
  circular: { zh: '通报', en: 'Circular' },
  interview: { zh: '约谈', en: 'Interview' },
  account: { zh: '问责', en: 'Accountability' },
} as const
export type Rung = keyof typeof rungs

export const order = Object.keys(rungs) as Rung[]

/** `pressure` and `urge` → `pressureUrge`: a date, and the update of a step. */
export function dateName(name: string, rung: Rung): string {
  return `${name}${capital(rung)}`
}

/** The guard that says where the ladder stood. */
export function stoodName(name: string, rung: Rung): string {
  return `${name}Stood${capital(rung)}`
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
