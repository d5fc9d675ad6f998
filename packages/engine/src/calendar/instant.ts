import { Temporal } from 'temporal-polyfill'
import { dayOf } from './day.ts'
import type { DateSpec, Instant } from './spec.ts'

const CLOSE_OF_BUSINESS = '17:30'

/**
 * The instant at which a day (YYYY-MM-DD) starts, ends or closes in a time zone. A day ends at 24:00, the
 * next day's first moment, or when an office's hours do (民法典 203). Days that a zone starts late, or that
 * have 23 or 25 hours, are as long as they are there.
 *
 * Throws RangeError for a day, zone or time that is none.
 *
 * @example instantOf('2026-04-18', 'end of day', 'Asia/Shanghai') // '2026-04-18T16:00:00.000Z'
 */
export function instantOf(
  day: string,
  at: DateSpec['at'],
  timezone: string,
  closeOfBusiness: string = CLOSE_OF_BUSINESS,
): Instant {
  const date = dayOf(day)
  if (at === 'close of business') return timeOn(day, closeOfBusiness, timezone)
  const begins = at === 'start of day' ? date : date.add({ days: 1 })
  return spelt(begins.toZonedDateTime(timezone).toInstant())
}

/** The instant of a wall-clock time, `'HH:MM'`, on a day (YYYY-MM-DD). */
export function timeOn(day: string, time: string, timezone: string): Instant {
  const plainTime = Temporal.PlainTime.from(time)
  return spelt(dayOf(day).toZonedDateTime({ timeZone: timezone, plainTime }).toInstant())
}

/** The day (YYYY-MM-DD) that an instant lies on in a time zone. */
export function localDay(instant: Instant, timezone: string): string {
  return local(instant, timezone).toPlainDate().toString()
}

/**
 * The day (YYYY-MM-DD) that a due instant was settled for, at the same edge of the day: 24:00 belongs to the
 * day that it ends. The inverse of `instantOf`.
 */
export function dueDay(due: Instant, at: DateSpec['at'], timezone: string): string {
  const zoned = local(due, timezone)
  return (at === 'start of day' ? zoned : zoned.subtract({ milliseconds: 1 })).toPlainDate().toString()
}

/** Moves an instant by calendar days, keeping the local time of day: a suspension of that many days. */
export function shiftDays(due: Instant, days: number, timezone: string): Instant {
  return spelt(local(due, timezone).add({ days }).toInstant())
}

/** How many local midnights lie between two instants; negative when `to` is the earlier. */
export function daysBetween(from: Instant, to: Instant, timezone: string): number {
  return local(from, timezone).toPlainDate().until(local(to, timezone).toPlainDate()).days
}

/**
 * An instant for people, `'2026-04-18 09:00'`. With `due`, the first moment of a day is told as the end of
 * the day before, `'2026-04-18 24:00'`, because that is the day that people were given.
 */
export function localText(instant: Instant, timezone: string, { due = false }: { due?: boolean } = {}): string {
  const zoned = local(instant, timezone)
  if (due && zoned.equals(zoned.startOfDay())) {
    return `${zoned.toPlainDate().subtract({ days: 1 }).toString()} 24:00`
  }
  return `${zoned.toPlainDate().toString()} ${zoned.toPlainTime().toString({ smallestUnit: 'minute' })}`
}

/** Whether a name is a time zone of this machine. */
export function isTimezone(timezone: string): boolean {
  try {
    return new Temporal.ZonedDateTime(0n, timezone).timeZoneId !== ''
  } catch {
    return false
  }
}

function local(instant: Instant, timezone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(timezone)
}

function spelt(instant: Temporal.Instant): Instant {
  return instant.toString({ smallestUnit: 'millisecond' })
}
