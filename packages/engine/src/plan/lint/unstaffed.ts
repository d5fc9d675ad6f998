import type { Text } from '../../data/text.ts'
import type { Finding, Rule } from './finding.ts'

/** Roles that nobody holds, and units for which nobody does. */
export const unstaffed: Rule = ({ definition, campaign, holders }) =>
  Object.entries(definition.roles).flatMap(([role, { scope, title }]) => {
    if (scope === 'campaign') {
      return holders.reaching(role, null).length > 0 ? [] : [nobody(role, title)]
    }
    return campaign.units
      .filter((unit) => holders.reaching(role, unit).length === 0)
      .map((unit) => nobody(`${role}@${unit.id}`, title, unit.title))
  })

function nobody(path: string, role: Text, unit?: Text): Finding {
  return {
    grade: 'warning',
    code: 'role_unstaffed',
    path: `assignments.${path}`,
    message: {
      zh: `${unit ? `${unit.zh}：` : ''}无人担任“${role.zh}”`,
      en: `nobody holds «${role.en}»${unit ? ` for ${unit.en}` : ''}`,
    },
  }
}
