import type { Temporal } from 'temporal-polyfill'
import type { Text } from '../data/text.ts'
import { dayOf } from './day.ts'
import { firstNotice, lastNotice, specialDays } from './notices.ts'

/** What a day is to an office. `provisional`: no notice that the calendar may use has settled it yet. */
export type DayKind = {
  kind: 'workday' | 'weekend' | 'holiday' | 'make-up workday'
  name?: Text
  provisional: boolean
}

/** The newest calendar of the data, `'CN-2026'`. */
export const latestCalendar = `CN-${lastNotice}`

// The earliest days that a notice for the next year has claimed: 2007-12-29 and 2018-12-29.
const NEXT_NOTICE_REACHES = '12-29'

const newYear = { zh: '元旦', en: 'New Year’s Day' }
const labour = { zh: '劳动节', en: 'Labour Day' }
const national = { zh: '国庆节', en: 'National Day' }

/**
 * Days off that are known before any notice, because they are the same in every year (全国年节及纪念日放假办法, as
 * amended from 2025). The others follow the moon or the sun, and make-up days are each year's own.
 */
const everyYear: ReadonlyMap<string, Text> = new Map([
  ['01-01', newYear],
  ['05-01', labour],
  ['05-02', labour],
  ['10-01', national],
  ['10-02', national],
  ['10-03', national],
])
const EVERY_YEAR_SINCE = 2025

/**
 * What a day (YYYY-MM-DD) is by a calendar. `CN-2025` uses the State Council's notices up to the one for
 * 2025 whatever the data has learnt since, so that an old campaign's dates never change. Days that those
 * notices do not reach go by the holidays of every year and by their weekday, and are provisional.
 *
 * Throws RangeError for a calendar that the data does not have, or a day that is none.
 */
export function dayKind(day: string, calendar: string): DayKind {
  return kindOfDay(dayOf(day), calendar)
}

/** `dayKind` for a day that is already read. */
export function kindOfDay(date: Temporal.PlainDate, calendar: string): DayKind {
  const last = lastNoticeOf(calendar)
  const day = date.toString()
  const special = specialDays.get(day)
  if (special && special.notice <= last) {
    return { kind: special.kind, name: special.name, provisional: false }
  }
  const provisional = date.year < firstNotice || day >= `${last}-${NEXT_NOTICE_REACHES}`
  const name = date.year >= EVERY_YEAR_SINCE ? everyYear.get(day.slice(5)) : undefined
  if (provisional && name) return { kind: 'holiday', name, provisional }
  return { kind: date.dayOfWeek > 5 ? 'weekend' : 'workday', provisional }
}

/** Whether offices work on a day (YYYY-MM-DD), make-up workdays (调休) included. Throws as `dayKind` does. */
export function isWorkday(day: string, calendar: string): boolean {
  return works(dayKind(day, calendar))
}

export function works({ kind }: DayKind): boolean {
  return kind === 'workday' || kind === 'make-up workday'
}

/** Whether the data has a calendar. */
export function isCalendar(calendar: string): boolean {
  if (!/^CN-\d{4}$/u.test(calendar)) return false
  const last = Number(calendar.slice(3))
  return last >= firstNotice && last <= lastNotice
}

function lastNoticeOf(calendar: string): number {
  if (isCalendar(calendar)) return Number(calendar.slice(3))
  throw new RangeError(`no calendar ${calendar}: there are CN-${firstNotice} to ${latestCalendar}`)
}
