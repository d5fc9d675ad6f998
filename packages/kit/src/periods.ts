import { shiftDays } from '@duban/engine'

/** One turn of a recurring duty. Days are YYYY-MM-DD, both included. */
export type Period = {
  /** From 1, in order of time. */
  no: number
  title: { zh: string; en: string }
  from: string
  to: string
  /** Null when the day is announced later. */
  due: string | null
}

/** How often: by the calendar year, or so many times in each. */
export type Every = 'month' | 'quarter' | 'half-year' | 'year' | `${number} a year`

export type PeriodsOptions = {
  /** First and last day in which the duty lies. A period counts as soon as it has a day among them. */
  from: string
  to: string
  every: Every
  /**
   * `end` (the default): the period's last day. `end + 10 days`: so long after it. `day 20`: the 20th of its
   * last month. `announced`: set later, by a command; what happens `2 a year` is always announced.
   */
  due?: string
}

/** How many months each lasts. */
export const months = { month: 1, quarter: 3, 'half-year': 6, year: 12 } as const

/**
 * The turns of a recurring duty (每月、每季度、每半年、每年、每年n次), by the calendar year (公历年度). The first and
 * the last are cut to `from` and `to`; a due day is never cut.
 *
 * @throws {RangeError} for an order, a frequency or a rule that cannot be, saying what to write
 * @example
 * periods({ from: '2026-10-12', to: '2027-03-31', every: 'quarter' }).map(({ due }) => due)
 * // ['2026-12-31', '2027-03-31']
 */
export function periods({ from, to, every, due = 'end' }: PeriodsOptions): Period[] {
  if (!isDay(from) || !isDay(to) || to < from) {
    throw new RangeError(`periods: from ${from} to ${to}: write two days, YYYY-MM-DD, in order`)
  }
  const spans = spansOf(every, yearOf(from), yearOf(to)).filter((span) => span.from <= to && span.to >= from)
  return spans.map(({ title, ...span }, index) => ({
    no: index + 1,
    title,
    from: span.from < from ? from : span.from,
    to: span.to > to ? to : span.to,
    due: dueOf(due, every, span.to, span.to > to ? to : span.to),
  }))
}

type Span = Pick<Period, 'title' | 'from' | 'to'>

function spansOf(every: Every, first: number, last: number): Span[] {
  const years = Array.from({ length: last - first + 1 }, (_, n) => first + n)
  const times = /^(?<times>[1-9]\d?) a year$/u.exec(every)?.groups?.['times']
  if (times !== undefined) {
    return years.flatMap((year) =>
      Array.from({ length: Number(times) }, (_, n) => ({
        title: { zh: `${year}年第${n + 1}次`, en: `${year}, no. ${n + 1}` },
        from: `${year}-01-01`,
        to: `${year}-12-31`,
      })),
    )
  }
  if (!Object.hasOwn(months, every)) {
    throw new RangeError(`periods: every: «${every}»: write month, quarter, half-year, year, or 2 a year`)
  }
  const each = months[every as keyof typeof months]
  return years.flatMap((year) =>
    Array.from({ length: 12 / each }, (_, n) => ({
      title: titleOf(every, year, n + 1),
      from: day(year, n * each + 1, 1),
      to: lastDay(year, (n + 1) * each),
    })),
  )
}

function titleOf(every: Every, year: number, n: number): Period['title'] {
  if (every === 'month') return { zh: `${year}年${n}月`, en: `${year}-${two(n)}` }
  if (every === 'quarter') return { zh: `${year}年第${n}季度`, en: `${year} Q${n}` }
  if (every === 'year') return { zh: `${year}年`, en: String(year) }
  return { zh: `${year}年${n === 1 ? '上' : '下'}半年`, en: `${year} H${n}` }
}

/** `whole` is the period's own last day, `last` the one that is left of it. */
function dueOf(rule: string, every: Every, whole: string, last: string): string | null {
  if (rule === 'announced' || every.endsWith(' a year')) return null
  if (rule === 'end') return last
  const offset = /^end (?<sign>[+-]) (?<days>[1-9]\d{0,2}) days?$/u.exec(rule)?.groups
  if (offset) {
    const days = Number(offset['days']) * (offset['sign'] === '-' ? -1 : 1)
    return shiftDays(`${last}T00:00:00.000Z`, days, 'UTC').slice(0, 10)
  }
  const nth = Number(/^day (?<nth>[1-9]|[12]\d|3[01])$/u.exec(rule)?.groups?.['nth'] ?? 0)
  if (nth > 0) return `${whole.slice(0, 8)}${two(Math.min(nth, Number(whole.slice(8))))}`
  throw new RangeError(`periods: due: «${rule}»: write end, end + 10 days, end - 5 days, day 20, or announced`)
}

/** So many months after a day; where the month is shorter, its last day (08-31 and six months: 02-28). */
export function monthsAfter(from: string, count: number): string {
  const [year = 0, month = 0, date = 0] = from.split('-').map(Number)
  const all = year * 12 + (month - 1) + count
  const last = lastDay(Math.floor(all / 12), (all % 12) + 1)
  return day(Number(last.slice(0, 4)), Number(last.slice(5, 7)), Math.min(date, Number(last.slice(8))))
}

export function isDay(text: string): boolean {
  const [year = 0, month = 0, date = 0] = text.split('-').map(Number)
  return /^\d{4}-\d\d-\d\d$/u.test(text) && month >= 1 && month <= 12 && date >= 1 && text <= lastDay(year, month)
}

function yearOf(text: string): number {
  return Number(text.slice(0, 4))
}

function lastDay(year: number, month: number): string {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  return day(year, month, month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31)
}

function day(year: number, month: number, date: number): string {
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(date)}`
}

function two(n: number): string {
  return String(n).padStart(2, '0')
}
