import { chainOf, isAnchor, isOwnDate } from './chain.ts'
import { parseReminder, parseRule } from './rule.ts'
import type { DateProblem, DateSpec, DateSpecs } from './spec.ts'

/**
 * Everything that is wrong with a definition's dates whatever the start day: grammar, names of dates that
 * are not there, cycles, reminders. All problems together, in the order of the dates.
 */
export function checkDates(specs: DateSpecs): DateProblem[] {
  return Object.entries(specs).flatMap(([name, spec]) => [
    ...checkName(name),
    ...checkRule(name, spec, specs),
    ...checkOrder(name, spec, specs),
    ...checkReminders(name, spec),
  ])
}

function checkName(name: string): DateProblem[] {
  if (/^[A-Za-z]\w*$/u.test(name) && !isAnchor(name)) return []
  return [
    {
      path: `dates.${name}`,
      code: 'bad_name',
      message: {
        zh: `“${name}”不能用作日期名：用字母和数字，且不得为 start、entry`,
        en: `«${name}» cannot name a date: use letters and digits, and neither start nor entry`,
      },
    },
  ]
}

function checkRule(name: string, spec: DateSpec, specs: DateSpecs): DateProblem[] {
  const path = `dates.${name}.due`
  const parsed = parseRule(spec.due)
  if ('problem' in parsed) return [{ path, code: 'bad_rule', message: parsed.problem }]
  const rule = parsed.ok
  if (rule.kind !== 'offset' || isAnchor(rule.base)) return []
  if (!Object.hasOwn(specs, rule.base)) return [unknown(path, rule.base)]
  const { loop } = chainOf(name, specs)
  // A cycle is told once, at the first of its dates.
  if (Object.keys(specs).find((other) => loop.includes(other)) !== name) return []
  const round = [...loop, name].join(' → ')
  const message = {
    zh: `日期互相起算：${round}`,
    en: `these dates count from each other: ${round}`,
  }
  return [{ path, code: 'cycle', message }]
}

/** The order can only be kept between dates that a campaign has once, so neither may be an instance's own. */
function checkOrder(name: string, { notBefore }: DateSpec, specs: DateSpecs): DateProblem[] {
  if (notBefore === undefined) return []
  const path = `dates.${name}.notBefore`
  if (!Object.hasOwn(specs, notBefore)) return [unknown(path, notBefore)]
  if (notBefore === name) {
    const message = { zh: '日期不能以自己为先', en: 'a date cannot be ordered against itself' }
    return [{ path, code: 'bad_rule', message }]
  }
  const own = [name, notBefore].find((one) => isOwnDate(one, specs))
  if (own === undefined) return []
  return [
    {
      path,
      code: 'bad_rule',
      message: {
        zh: `“${own}”每件不同，不能与其他日期比较先后`,
        en: `«${own}» differs for each instance: it has no order`,
      },
    },
  ]
}

function checkReminders(name: string, { remind = [] }: DateSpec): DateProblem[] {
  return remind.flatMap((one, index) => {
    const parsed = parseReminder(one)
    if ('ok' in parsed) return []
    return [{ path: `dates.${name}.remind.${index}`, code: 'bad_remind', message: parsed.problem }]
  })
}

function unknown(path: string, name: string): DateProblem {
  const message = { zh: `没有名为“${name}”的日期`, en: `there is no date «${name}»` }
  return { path, code: 'unknown_date', message }
}
