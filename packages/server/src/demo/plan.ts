import type { DemoPlan } from '@duban/definitions'

/** The body of `POST /api/campaigns` that starts a campaign in the demo organisation. */
export function planBody(
  definition: string,
  { title, startsOn, units, duties }: DemoPlan,
): { [member: string]: unknown } {
  return { definition, title, startsOn, units, assignments: duties }
}
