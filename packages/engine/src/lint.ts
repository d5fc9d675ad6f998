import type { Definition } from './define.ts'
import type { Assignment, CampaignFacts } from './instance.ts'
import type { Text } from './text.ts'

export type Warning = { code: string; path: string; message: Text }

/** What will go wrong with a plan that is not wrong: roles nobody holds, units nobody reports for, days not yet official. */
export function lintPlan(
  definition: Definition,
  campaign: CampaignFacts,
  assignments: Assignment[],
): Warning[] {
  return [
    ...Object.entries(definition.roles).flatMap(([role, { scope, title }]) => {
      const holders = assignments.filter((one) => one.role === role)
      if (scope === 'campaign') return holders.length > 0 ? [] : [unstaffed(role, title)]
      const covered = new Set(holders.map(({ unit }) => unit))
      return campaign.units
        .filter(({ path }) => !path.some((unit) => covered.has(unit)))
        .map((unit) => unstaffed(`${role}@${unit.id}`, title, unit.title))
    }),
    ...recusedEverywhere(definition, campaign, assignments),
    ...Object.entries(campaign.dates)
      .filter(([, { provisional }]) => provisional)
      .map(([name, { on }]) => ({
        code: 'provisional_date',
        path: `dates.${name}`,
        message: {
          zh: `${on} 为暂定：该年度放假安排尚未公布`,
          en: `${on} is provisional: that year’s official calendar is not published yet`,
        },
      })),
  ]
}

function unstaffed(path: string, role: Text, unit?: Text): Warning {
  return {
    code: 'role_unstaffed',
    path: `assignments.${path}`,
    message: {
      zh: `${unit ? `${unit.zh}：` : ''}无人担任“${role.zh}”`,
      en: `nobody holds «${role.en}»${unit ? ` for ${unit.en}` : ''}`,
    },
  }
}

/** A unit from which all holders of a role who reach it are recused. */
function recusedEverywhere(
  definition: Definition,
  campaign: CampaignFacts,
  assignments: Assignment[],
): Warning[] {
  return Object.entries(definition.roles).flatMap(([role, { recused, scope, title }]) => {
    if (recused !== 'ownUnit') return []
    const holders = assignments.filter((one) => one.role === role)
    return campaign.units.flatMap(({ id, path, title: unit }) => {
      const reaching = holders.filter(
        (one) => scope === 'campaign' || (one.unit !== undefined && path.includes(one.unit)),
      )
      const free = reaching.some(
        ({ home, onBehalfOf }) => ![...home, ...(onBehalfOf?.home ?? [])].includes(id),
      )
      return reaching.length === 0 || free ? [] : [allRecused(role, title, id, unit)]
    })
  })
}

function allRecused(role: string, title: Text, id: string, unit: Text): Warning {
  return {
    code: 'all_recused',
    path: `assignments.${role}@${id}`,
    message: {
      zh: `${unit.zh}：“${title.zh}”全部须回避`,
      en: `every «${title.en}» is recused from ${unit.en}`,
    },
  }
}
