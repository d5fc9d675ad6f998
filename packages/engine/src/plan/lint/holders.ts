import type { Definition } from '../../definition/compiled.ts'
import type { Assignment, CampaignUnit } from '../../campaign/instance.ts'
import { getOwn } from '../../data/getOwn.ts'

/** Who can use a role on a unit's instances; `null` is an instance without a unit, such as the root. */
export type Holders = {
  /** All whom the role reaches there. */
  reaching: (role: string, unit: CampaignUnit | null) => Assignment[]
  /** Those of them who need not stay away from it (回避). */
  free: (role: string, unit: CampaignUnit | null) => Assignment[]
}

/** Indexed once, so that thousands of units cost one look-up for each unit above them. */
export function holdersOf({ roles }: Definition, assignments: Assignment[]): Holders {
  const byRole = Map.groupBy(assignments, ({ role }) => role)
  const byUnit = Map.groupBy(assignments, ({ role, unit = '' }) => `${role} ${unit}`)
  const reaching: Holders['reaching'] = (role, unit) => {
    if (getOwn(roles, role)?.scope === 'campaign') return byRole.get(role) ?? []
    return (unit?.path ?? []).flatMap((id) => byUnit.get(`${role} ${id}`) ?? [])
  }
  return {
    reaching,
    free: (role, unit) => {
      const all = reaching(role, unit)
      if (unit === null || getOwn(roles, role)?.recused !== 'ownUnit') return all
      return all.filter(({ home, onBehalfOf }) => ![...home, ...(onBehalfOf?.home ?? [])].includes(unit.id))
    },
  }
}
