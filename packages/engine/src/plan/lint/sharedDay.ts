import type { Finding, Linted, Rule } from './finding.ts'

/**
 * Days that belong to two stages: one ends with the day on which another begins. A plan says so by dates
 * («start of day»), or in the phrase that a date was taken from: “1月10日前…”, “1月10至20日…”.
 */
export const sharedDay: Rule = (linted) => {
  const pairs = new Map<string, Finding>()
  for (const ends of endings(linted)) {
    for (const begins of [...beginnings(linted), ...phrases(linted)]) {
      if (begins.name === ends.name || begins.monthDay !== ends.on.slice(5)) continue
      if (begins.on !== undefined && begins.on !== ends.on) continue
      pairs.set(`${ends.name} ${begins.name}`, told(linted, ends.name, begins.name, ends.on))
    }
  }
  return [...pairs.values()]
}

type Begin = { name: string; monthDay: string; on?: string }

function endings({ definition, campaign }: Linted): { name: string; on: string }[] {
  return Object.entries(campaign.dates)
    .filter(([name]) => definition.dates[name]?.at !== 'start of day')
    .map(([name, { on }]) => ({ name, on }))
}

function beginnings({ definition, campaign }: Linted): Begin[] {
  return Object.entries(campaign.dates)
    .filter(([name]) => definition.dates[name]?.at === 'start of day')
    .map(([name, { on }]) => ({ name, on, monthDay: on.slice(5) }))
}

const range = /(?<month>\d{1,2})月(?<day>\d{1,2})日?\s*(?:至|到|[-–—－~～])\s*(?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}日/gu

/** Where the phrases of the plan have something begin that ends with a later day. */
function phrases({ definition }: Linted): Begin[] {
  return Object.entries(definition.dates).flatMap(([name, { source = '' }]) =>
    [...source.matchAll(range)].map(({ groups: { month = '', day = '' } = {} }) => ({
      name,
      monthDay: `${month.padStart(2, '0')}-${day.padStart(2, '0')}`,
    })),
  )
}

function told({ definition }: Linted, ends: string, begins: string, on: string): Finding {
  const [a, b] = [ends, begins].map((name) => definition.dates[name]?.title)
  return {
    grade: 'hint',
    code: 'shared_day',
    path: `dates.${begins}`,
    message: {
      zh: `${on} 既是“${a?.zh}”的最后一天，又是“${b?.zh}”的第一天`,
      en: `${on} is both the last day of «${a?.en}» and the first of «${b?.en}»`,
    },
  }
}
