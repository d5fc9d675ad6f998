import type { Temporal } from 'temporal-polyfill'
import type { Unit } from './rule.ts'
import type { DateSpec } from './spec.ts'
import { kindOfDay, works, type DayKind } from './workdays.ts'

/**
 * A day (YYYY-MM-DD; `weekday` 1 is Monday) that was looked up on the way. `nth` is its number among the
 * working days counted; 0 when it was not.
 */
export type Visit = { day: string; weekday: number; is: DayKind; nth: number }
/** The day found, and the days whose kind decided it, in the order of looking. */
export type Found = { date: Temporal.PlainDate; visits: Visit[] }

/**
 * Counts from a day, back when `count` is negative. The day itself is not counted (民法典 201): 5 days from
 * the 1st is the 6th. A month ends on the corresponding day, or on the last day of a month that has none
 * (民法典 202). Working days are the statutory ones.
 */
export function count(from: Temporal.PlainDate, amount: { count: number; unit: Unit }, calendar: string): Found {
  if (amount.unit !== 'workdays') {
    return { date: from.add({ [amount.unit]: amount.count }), visits: [] }
  }
  const days = Math.sign(amount.count)
  const visits: Visit[] = []
  let date = from
  let counted = 0
  while (counted < Math.abs(amount.count)) {
    date = date.add({ days })
    const is = kindOfDay(date, calendar)
    if (works(is)) counted += 1
    visits.push(visit(date, is, works(is) ? counted : 0))
  }
  return { date, visits }
}

/** The day itself when offices work on it, else the nearest working day on the side that the author named. */
export function roll(from: Temporal.PlainDate, how: DateSpec['roll'], calendar: string): Found {
  if (how === undefined || how === 'none') return { date: from, visits: [] }
  const days = how === 'next workday' ? 1 : -1
  const visits: Visit[] = []
  for (let date = from; ; date = date.add({ days })) {
    const is = kindOfDay(date, calendar)
    visits.push(visit(date, is, 0))
    if (works(is)) return { date, visits }
  }
}

function visit(date: Temporal.PlainDate, is: DayKind, nth: number): Visit {
  return { day: date.toString(), weekday: date.dayOfWeek, is, nth }
}
