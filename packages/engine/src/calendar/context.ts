import { isOwnDate } from './chain.ts'
import { readDay } from './day.ts'
import { isTimezone } from './instant.ts'
import type { DateContext, DateProblem, DateSpecs } from './spec.ts'
import { isCalendar, latestCalendar } from './workdays.ts'

/** What is wrong with the start day, zone, calendar or office hours of a campaign. */
export function checkContext(context: DateContext): DateProblem[] {
  const { startsOn, timezone, calendar, closeOfBusiness } = context
  const problems: DateProblem[] = []
  if (!readDay(startsOn)) {
    const message = { zh: `启动日“${startsOn}”无效`, en: `«${startsOn}» is not a start day` }
    problems.push({ path: 'startsOn', code: 'bad_start', message })
  }
  if (!isTimezone(timezone)) {
    const message = { zh: `没有时区“${timezone}”`, en: `there is no time zone «${timezone}»` }
    problems.push({ path: 'timezone', code: 'bad_timezone', message })
  }
  if (!isCalendar(calendar)) {
    const message = {
      zh: `没有工作日历“${calendar}”，最新为 ${latestCalendar}`,
      en: `there is no working-day calendar «${calendar}»; the newest is ${latestCalendar}`,
    }
    problems.push({ path: 'calendar', code: 'bad_calendar', message })
  }
  if (closeOfBusiness !== undefined && !/^(?:[01]\d|2[0-3]):[0-5]\d$/u.test(closeOfBusiness)) {
    const message = {
      zh: `下班时间“${closeOfBusiness}”应如“17:30”`,
      en: `write the close of business «${closeOfBusiness}» like «17:30»`,
    }
    problems.push({ path: 'closeOfBusiness', code: 'bad_close_of_business', message })
  }
  return problems
}

/** What is wrong with the day that replaces a date's rule. */
export function checkOverride(name: string, specs: DateSpecs, { overrides = {} }: DateContext): DateProblem[] {
  const bad = (zh: string, en: string): DateProblem[] => [
    { path: `overrides.${name}`, code: 'bad_override', message: { zh, en } },
  ]
  if (!Object.hasOwn(specs, name)) {
    return bad(`没有名为“${name}”的日期`, `there is no date «${name}»`)
  }
  if (isOwnDate(name, specs)) {
    return bad(`“${name}”每件不同，不能统一改为一天`, `«${name}» differs for each instance: no one day can replace it`)
  }
  const { on = '', reason = '' } = overrides[name] ?? {}
  if (!readDay(on)) return bad(`“${on}”没有这一天`, `there is no such day as «${on}»`)
  if (reason.trim() === '') return bad('须说明理由', 'a reason is needed')
  return []
}
