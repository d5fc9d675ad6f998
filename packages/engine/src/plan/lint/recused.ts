import type { Rule } from './finding.ts'

/** Units from which all who reach them by a role are recused (回避). */
export const recused: Rule = ({ definition, campaign, holders }) =>
  Object.entries(definition.roles).flatMap(([role, { recused: recusal, title }]) =>
    recusal === undefined
      ? []
      : campaign.units
          .filter((unit) => holders.reaching(role, unit).length > 0 && holders.free(role, unit).length === 0)
          .map((unit) => ({
            grade: 'warning',
            code: 'all_recused',
            path: `assignments.${role}@${unit.id}`,
            message: {
              zh: `${unit.title.zh}：“${title.zh}”全部须回避`,
              en: `every «${title.en}» is recused from ${unit.title.en}`,
            },
          })),
  )
