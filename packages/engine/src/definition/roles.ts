import type { Text } from '../data/text.ts'

/** Roles that exist in every campaign, held by people and not by assignment. */
export const builtInRoles = ['administrator', 'organiser', 'auditor'] as const
export type BuiltInRole = (typeof builtInRoles)[number]

export const builtInTitles: { readonly [role in BuiltInRole]: Text } = {
  administrator: { zh: '系统管理员', en: 'Administrator' },
  organiser: { zh: '活动组织者', en: 'Organiser' },
  auditor: { zh: '审计员', en: 'Auditor' },
}

/** Those that may do administrative acts. */
export const adminRoles: readonly BuiltInRole[] = ['organiser', 'administrator']

const actPrefixes = ['campaign.', 'assignment.']

/** Administrative acts have names that no definition's command may have. */
export function isAct(command: string): boolean {
  return actPrefixes.some((prefix) => command.startsWith(prefix))
}

// Tallies, and what the machine's library calls its own events.
const reserved = ['every.', 'atLeast.', 'xstate.']

/** Names of events that no command and no message may have. */
export function isReserved(event: string): boolean {
  return reserved.some((prefix) => event.startsWith(prefix))
}
