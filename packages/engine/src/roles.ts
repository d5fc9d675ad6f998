/** Roles that exist in every campaign, held by people and not by assignment. */
export const builtInRoles = ['administrator', 'organiser', 'auditor'] as const
export type BuiltInRole = (typeof builtInRoles)[number]

/** Those that may do administrative acts. */
export const adminRoles: readonly BuiltInRole[] = ['organiser', 'administrator']

const prefixes = ['campaign.', 'assignment.']

/** Administrative acts have names that no definition's command may have. */
export function isAct(command: string): boolean {
  return prefixes.some((prefix) => command.startsWith(prefix))
}
