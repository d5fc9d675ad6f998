import { count } from './count.ts'
import { dayOf } from './day.ts'
import { timeOn } from './instant.ts'
import { parseReminder } from './rule.ts'
import type { DateSpec, Instant } from './spec.ts'

// When people begin to read what came in.
const MORNING = '09:00'

/**
 * When to remind of a date, in the order of the author's list: at 09:00 local of each day, counted back from
 * the due day (YYYY-MM-DD). Throws RangeError for a reminder that `checkDates` refuses: a bug.
 */
export function reminders(
  { remind = [] }: DateSpec,
  { on }: { on: string },
  { timezone, calendar }: { timezone: string; calendar: string },
): { offset: string; at: Instant }[] {
  return remind.map((offset) => {
    const parsed = parseReminder(offset)
    if ('problem' in parsed) throw new RangeError(parsed.problem.en)
    const { date } = count(dayOf(on), parsed.ok, calendar)
    return { offset, at: timeOn(date.toString(), MORNING, timezone) }
  })
}
