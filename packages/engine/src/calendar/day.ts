import { Temporal } from 'temporal-polyfill'

// Beyond them a day or its end no longer has the four-digit year by which instants compare as strings.
const FIRST_YEAR = 1
const LAST_YEAR = 9998

/** A calendar day; undefined when the text is not YYYY-MM-DD, there is no such day, or it is out of range. */
export function readDay(text: string): Temporal.PlainDate | undefined {
  if (!/^\d{4}-\d\d-\d\d$/u.test(text)) return undefined
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number)
  if (month < 1 || month > 12 || day < 1) return undefined
  const nearest = Temporal.PlainDate.from({ year, month, day }, { overflow: 'constrain' })
  return nearest.day === day && inRange(nearest) ? nearest : undefined
}

/** A calendar day of which it is known that it is one. Throws RangeError otherwise: that is a bug. */
export function dayOf(text: string): Temporal.PlainDate {
  const day = readDay(text)
  if (!day) throw new RangeError(`not a day: ${text}`)
  return day
}

/** Whether a day is of the years 1 to 9998. */
export function inRange({ year }: Temporal.PlainDate): boolean {
  return year >= FIRST_YEAR && year <= LAST_YEAR
}
