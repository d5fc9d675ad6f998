import { Temporal } from 'temporal-polyfill'
import type { Text } from '../data/text.ts'
import { dayOf } from './day.ts'
import type { Offset, Rule, Third } from './rule.ts'
import type { DateSpec } from './spec.ts'

type Named = { date: Temporal.PlainDate; step: Text }

const thirds: { readonly [T in Third]: Text & { first: number; last: number } } = {
  early: { zh: '上旬', en: 'the first ten days', first: 1, last: 10 },
  mid: { zh: '中旬', en: 'the second ten days', first: 11, last: 20 },
  late: { zh: '下旬', en: 'the last third', first: 21, last: 31 },
}

/**
 * The day that a rule names without counting, for a campaign that starts on a day (YYYY-MM-DD). A third of a
 * month is its last day, or its first for a date at the start of day. `problem` when the year has no such day.
 */
export function namedDay({ at }: DateSpec, rule: Exclude<Rule, Offset>, startsOn: string): Named | { problem: Text } {
  if (rule.kind === 'day') {
    const step = { zh: `指定日期 ${rule.day}`, en: `the named day ${rule.day}` }
    return { date: dayOf(rule.day), step }
  }
  const { month, years } = rule
  const year = dayOf(startsOn).year + years
  const since = {
    zh: `启动日 ${startsOn}${years > 0 ? `，其后第 ${years} 年` : ''}`,
    en: `start day ${startsOn}${years > 0 ? `, year ${years} after it` : ''}`,
  }
  const first = Temporal.PlainDate.from({ year, month, day: 1 })
  return rule.kind === 'third'
    ? thirdOf(first, rule.third, at === 'start of day' ? 'first' : 'last', since)
    : dayOfMonth(first, rule.day, since)
}

function thirdOf(month: Temporal.PlainDate, third: Third, end: 'first' | 'last', since: Text): Named {
  const { zh, en } = thirds[third]
  const date = month.with({ day: Math.min(thirds[third][end], month.daysInMonth) })
  const step = {
    zh: `${since.zh}；${month.month}月${zh}${end === 'first' ? '始于' : '止于'} ${date.toString()}`,
    en: `${since.en}; ${en} of month ${month.month} ${end === 'first' ? 'begins' : 'ends'} on ${date.toString()}`,
  }
  return { date, step }
}

function dayOfMonth(month: Temporal.PlainDate, day: number, since: Text): Named | { problem: Text } {
  if (day > month.daysInMonth) {
    return {
      problem: {
        zh: `${month.year} 年没有 ${month.month}月${day}日`,
        en: `${month.year} has no day ${day} in month ${month.month}`,
      },
    }
  }
  const date = month.with({ day })
  const text = date.toString()
  return { date, step: { zh: `${since.zh}；即 ${text}`, en: `${since.en}; that is ${text}` } }
}
