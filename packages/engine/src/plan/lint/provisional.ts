import type { Rule } from './finding.ts'

/** Days that no official calendar has settled yet. */
export const provisional: Rule = ({ campaign }) =>
  Object.entries(campaign.dates)
    .filter(([, date]) => date.provisional)
    .map(([name, { on }]) => ({
      grade: 'hint',
      code: 'provisional_date',
      path: `dates.${name}`,
      message: {
        zh: `${on} 为暂定：该年度放假安排尚未公布`,
        en: `${on} is provisional: that year’s official calendar is not published yet`,
      },
    }))
