import type { Text } from '../data/text.ts'
import { readDay } from './day.ts'

export type Unit = 'days' | 'workdays' | 'weeks' | 'months'
export type Third = 'early' | 'mid' | 'late'

/** A rule, read. `years` counts from the campaign's start year; a negative `count` goes back. */
export type Rule =
  | { kind: 'day'; day: string }
  | { kind: 'yearDay'; month: number; day: number; years: number }
  | { kind: 'third'; month: number; third: Third; years: number }
  | { kind: 'offset'; base: string; count: number; unit: Unit }

export type Offset = Extract<Rule, { kind: 'offset' }>

type Read<Value> = { ok: Value } | { problem: Text }

const YEARS = String.raw`(?: next year| ?\+ ?(?<years>[1-9]) years?)?`
const YEAR_DAY = new RegExp(String.raw`^(?<month>\d\d)-(?<day>\d\d)(?<later>${YEARS})$`, 'u')
const THIRD = new RegExp(String.raw`^(?<month>\d\d) (?<third>early|mid|late|上旬|中旬|下旬)(?<later>${YEARS})$`, 'u')
const AMOUNT = String.raw`(?<sign>[+-]) ?(?<count>\d{1,4}) (?<unit>day|workday|week|month)s?`
const SET = /^(?:entry|context\.[A-Za-z]\w*)$/u
const OFFSET = new RegExp(String.raw`^(?<base>context\.[A-Za-z]\w*|[A-Za-z]\w*) ${AMOUNT}$`, 'u')
const REMINDER = new RegExp(`^${AMOUNT}$`, 'u')

const thirds: { readonly [word: string]: Third } = {
  early: 'early',
  上旬: 'early',
  mid: 'mid',
  中旬: 'mid',
  late: 'late',
  下旬: 'late',
}
// Generous for any campaign, and small enough that a typing error does not count for seconds.
const most: { readonly [U in Unit]: number } = {
  days: 9999,
  workdays: 999,
  weeks: 999,
  months: 999,
}

/**
 * Reads a rule:
 *
 * - `2026-04-18`, a day
 * - `04-18`, `04-18 next year`, `01-10 +2 years`: a day counted from the campaign's start year
 * - `04 early` (上旬, ends on the 10th), `04 mid` (中旬, the 20th), `04 late` (下旬, the last day)
 * - `unitReports + 5 workdays`, `start - 1 month`, `entry + 10 days`: an offset from another date, from the
 *   campaign's start day, or from the day on which an instance enters the state that waits
 * - `entry`: that day itself (当日), to its end
 * - `context.heldOn`, `context.leftOn + 5 days`: the day (YYYY-MM-DD) that the instance's context holds when it
 *   enters the state that waits, or an offset from it; an offset of 0 days is the day itself
 *
 * @example parseRule('04-18') // { ok: { kind: 'yearDay', month: 4, day: 18, years: 0 } }
 */
export function parseRule(rule: string): Read<Rule> {
  const text = rule.trim().replaceAll(/\s+/gu, ' ')
  if (/^\d{4}-\d\d-\d\d$/u.test(text)) {
    return readDay(text) ? { ok: { kind: 'day', day: text } } : noSuchDay(rule)
  }
  if (SET.test(text)) return { ok: { kind: 'offset', base: text, count: 0, unit: 'days' } }
  return yearDay(text) ?? third(text) ?? offset(text) ?? unreadable(rule)
}

/** Reads a reminder, `-3 workdays`: always back from the due day, so `count` is negative. */
export function parseReminder(remind: string): Read<{ count: number; unit: Unit }> {
  const found = REMINDER.exec(remind.trim().replaceAll(/\s+/gu, ' '))?.groups
  const amount = found && readAmount(found)
  if (!amount || amount.count >= 0) {
    return problem(
      `看不懂提醒“${remind}”，应如“-3 workdays”、“-1 day”`,
      `cannot read the reminder «${remind}»; write it like «-3 workdays» or «-1 day»`,
    )
  }
  return { ok: amount }
}

function yearDay(text: string): Read<Rule> | undefined {
  const found = YEAR_DAY.exec(text)?.groups
  if (!found) return undefined
  // 2000 was a leap year: 02-29 is a day of some years, so it is judged when the year is known.
  if (!readDay(`2000-${found['month']}-${found['day']}`)) return noSuchDay(text)
  const [month, day] = [Number(found['month']), Number(found['day'])]
  return { ok: { kind: 'yearDay', month, day, years: readYears(found) } }
}

function third(text: string): Read<Rule> | undefined {
  const found = THIRD.exec(text)?.groups
  const third = found && thirds[found['third'] ?? '']
  if (!found || !third) return undefined
  const month = Number(found['month'])
  if (month < 1 || month > 12) return noSuchDay(text)
  return { ok: { kind: 'third', month, third, years: readYears(found) } }
}

function offset(text: string): Read<Rule> | undefined {
  const found = OFFSET.exec(text)?.groups
  if (!found) return undefined
  const amount = readAmount(found)
  if (amount) return { ok: { kind: 'offset', base: found['base'] ?? '', ...amount } }
  return problem(
    `“${text}”的数目应在 1 至 ${most.workdays}（days 至 ${most.days}）之间；当日写作“entry”或“context.…”`,
    `the number in «${text}» must be from 1 to ${most.workdays} (days: ${most.days}); the day itself is «entry» or «context.…»`,
  )
}

type Groups = { [name: string]: string | undefined }

function readYears(found: Groups): number {
  return Number(found['years'] ?? (found['later'] ? 1 : 0))
}

function readAmount(found: Groups): { count: number; unit: Unit } | undefined {
  const unit = `${found['unit']}s` as Unit
  const count = Number(found['count'])
  if (count < 1 || count > most[unit]) return undefined
  return { count: found['sign'] === '-' ? -count : count, unit }
}

function noSuchDay(rule: string): { problem: Text } {
  return problem(`“${rule}”没有这一天`, `there is no such day as «${rule}»`)
}

function unreadable(rule: string): { problem: Text } {
  return problem(
    `看不懂规则“${rule}”，应如“2026-04-18”、“04-18 next year”、“04 early”、“start + 5 workdays”、“context.heldOn”`,
    `cannot read the rule «${rule}»; write it like «2026-04-18», «04-18 next year», «04 early», «start + 5 workdays» or «context.heldOn»`,
  )
}

function problem(zh: string, en: string): { problem: Text } {
  return { problem: { zh, en } }
}
