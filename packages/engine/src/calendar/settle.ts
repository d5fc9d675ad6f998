import type { Temporal } from 'temporal-polyfill'
import type { Text } from '../data/text.ts'
import { count, roll } from './count.ts'
import { dayOf, inRange } from './day.ts'
import { instantOf, localText } from './instant.ts'
import { countSteps, rollSteps } from './narrate.ts'
import { namedDay } from './named.ts'
import type { Offset, Rule } from './rule.ts'
import type { DateContext, DateSpec, Instant, Resolved } from './spec.ts'

/** The due day (YYYY-MM-DD) of the date or anchor that another counts from. */
export type Base = { on: string; provisional: boolean }

/**
 * Settles one date whose base, if it has one, is settled. `problem` when the year has no such day (02-29), or
 * is no year anyone plans for.
 */
export function settle(
  spec: DateSpec,
  rule: Rule,
  base: Base | undefined,
  context: DateContext,
): { ok: Resolved } | { problem: Text } {
  const unrolled = rule.kind === 'offset' ? counted(rule, base, context) : named(spec, rule, context)
  if ('problem' in unrolled) return unrolled
  const rolled = roll(unrolled.date, spec.roll, context.calendar)
  if (!inRange(rolled.date)) {
    const { year } = rolled.date
    return { problem: { zh: `${year} 年超出范围`, en: `the year ${year} is out of range` } }
  }
  const on = rolled.date.toString()
  return {
    ok: finish(spec, on, context, {
      provisional: unrolled.provisional || rolled.visits.some(({ is }) => is.provisional),
      steps: [...unrolled.steps, ...rollSteps(spec.roll, rolled)],
    }),
  }
}

/** A date whose day a superior authority published: no rule, no rolling, only the author's edge of the day. */
export function settleByOverride(
  spec: DateSpec,
  { on, reason }: { on: string; reason: string },
  context: DateContext,
): Resolved {
  const step = {
    zh: `上级公布的日期 ${on} 代替规则，理由：${reason}`,
    en: `${on}, published by a superior authority, replaces the rule; reason: ${reason}`,
  }
  return {
    ...finish(spec, on, context, { provisional: false, steps: [step] }),
    override: { reason },
  }
}

type Unrolled = { date: Temporal.PlainDate; provisional: boolean; steps: Text[] }

function counted(rule: Offset, base: Base | undefined, { calendar }: DateContext): Unrolled {
  if (!base) throw new RangeError(`${rule.base} is not settled`)
  const from = dayOf(base.on)
  const found = count(from, rule, calendar)
  return {
    date: found.date,
    provisional: base.provisional || found.visits.some(({ is }) => is.provisional),
    steps: countSteps(from, rule, found),
  }
}

function named(spec: DateSpec, rule: Exclude<Rule, Offset>, { startsOn }: DateContext): Unrolled | { problem: Text } {
  const found = namedDay(spec, rule, startsOn)
  if ('problem' in found) return found
  return { date: found.date, provisional: false, steps: [found.step] }
}

function finish(
  spec: DateSpec,
  on: string,
  { timezone, calendar, closeOfBusiness }: DateContext,
  { provisional, steps }: Pick<Resolved, 'provisional' | 'steps'>,
): Resolved {
  const due = instantOf(on, spec.at, timezone, closeOfBusiness)
  const last = edge(spec.at, on, due, timezone)
  return { due, on, provisional, calendar, rule: spec.due, steps: [...steps, last] }
}

function edge(at: DateSpec['at'], on: string, due: Instant, timezone: string): Text {
  if (at === 'start of day') {
    const text = localText(due, timezone)
    return { zh: `始于 ${text}（${timezone}）`, en: `begins ${text} ${timezone}` }
  }
  if (at === 'close of business') {
    const text = localText(due, timezone)
    return {
      zh: `截止 ${text}（${timezone}），停止业务活动的时间（民法典203）`,
      en: `ends ${text} ${timezone}, the close of business (Civil Code 203)`,
    }
  }
  return {
    zh: `截止 ${on} 24:00（${timezone}），含当日（民法典203、1259）`,
    en: `ends ${on} 24:00 ${timezone}, that day included (Civil Code 203, 1259)`,
  }
}
