import type { Text } from '../data/text.ts'

/**
 * A moment: ISO 8601, UTC, with milliseconds, `'2026-04-18T16:00:00.000Z'`. All instants have this one
 * spelling, so comparing the strings compares the moments.
 */
export type Instant = string

/** A date as an author writes it in a definition. */
export type DateSpec = {
  title: Text
  /** A rule; `parseRule` has the grammar. */
  due: string
  /**
   * Where in the due day it ends; default `end of day`, 24:00, so that "4月18日前" includes the 18th.
   * `close of business` is the end of an office's hours (民法典 203).
   */
  at?: 'start of day' | 'end of day' | 'close of business'
  /**
   * What happens on a day that is not a working day; default `none`. Named by the author and never
   * guessed: 民法典 203 is `next workday`.
   */
  roll?: 'none' | 'next workday' | 'previous workday'
  /** Another date of the campaign, which this one must not precede. */
  notBefore?: string
  /** `'-3 workdays'`, `'-1 day'`: counted from the due day, at 09:00 local of the day found. */
  remind?: readonly string[]
  /** The phrase of the plan it comes from. */
  source?: string
}

export type DateSpecs = { readonly [name: string]: DateSpec }

/** What a campaign adds to its definition's dates. */
export type DateContext = {
  /** YYYY-MM-DD. */
  startsOn: string
  /** IANA name, `'Asia/Shanghai'`. */
  timezone: string
  /** A version of the working-day calendar, `'CN-2026'`. */
  calendar: string
  /** `'HH:MM'`, default `'17:30'`. */
  closeOfBusiness?: string
  /** Days (YYYY-MM-DD) that a superior authority published in place of the rule. */
  overrides?: { readonly [name: string]: { on: string; reason: string } }
}

/** A date settled for a campaign or an instance, with all that is needed to explain it. */
export type Resolved = {
  due: Instant
  /** The due day, YYYY-MM-DD. */
  on: string
  /** True when a day whose official calendar is not published yet influenced the result. */
  provisional: boolean
  calendar: string
  /** `due` as the author wrote it. */
  rule: string
  steps: Text[]
  /** Set when a superior authority's day replaced the rule. */
  override?: { reason: string }
}

/** Something wrong with dates. `path` is like `dates.unitReports.due`, `overrides.unitReports`, `startsOn`. */
export type DateProblem = {
  path: string
  code:
    | 'bad_name'
    | 'bad_rule'
    | 'bad_remind'
    | 'unknown_date'
    | 'cycle'
    | 'before_start'
    | 'out_of_order'
    | 'bad_override'
    | 'bad_start'
    | 'bad_timezone'
    | 'bad_calendar'
    | 'bad_close_of_business'
  message: Text
}
