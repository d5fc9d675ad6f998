import type { Temporal } from 'temporal-polyfill'
import type { Text } from '../data/text.ts'
import type { Found, Visit } from './count.ts'
import type { Unit } from './rule.ts'
import type { DateSpec } from './spec.ts'
import { works } from './workdays.ts'

// With more steps than this nobody reads them; then only the exceptions are told, and where it ended.
const MOST_STEPS = 15

const weekdays: readonly Text[] = [
  { zh: '周一', en: 'Monday' },
  { zh: '周二', en: 'Tuesday' },
  { zh: '周三', en: 'Wednesday' },
  { zh: '周四', en: 'Thursday' },
  { zh: '周五', en: 'Friday' },
  { zh: '周六', en: 'Saturday' },
  { zh: '周日', en: 'Sunday' },
]
const words: { readonly [U in Exclude<Unit, 'workdays'>]: Text } = {
  days: { zh: '日', en: 'day' },
  weeks: { zh: '周', en: 'week' },
  months: { zh: '个月', en: 'month' },
}

/** The steps of a count: where it began, what was counted, what was skipped and why. */
export function countSteps(
  from: Temporal.PlainDate,
  { count, unit }: { count: number; unit: Unit },
  { date, visits }: Found,
): Text[] {
  if (count === 0) {
    const day = from.toString()
    return [{ zh: `所定日期 ${day}`, en: `the day that was set, ${day}` }]
  }
  const back = count < 0
  const [base, end] = [from.toString(), date.toString()]
  const began = back
    ? { zh: `倒推自：${base}，当日不计`, en: `Counted back from ${base}, itself not counted` }
    : {
        zh: `起算：${base}，当日不计（民法典201）`,
        en: `Counted from ${base}, itself not counted (Civil Code 201)`,
      }
  if (unit === 'workdays') {
    const told = visits.length < MOST_STEPS ? visits.map((visit) => toldEach(visit, back)) : toldBriefly(visits, back)
    return [began, ...told, ...unsettled(visits)]
  }
  const n = Math.abs(count)
  const ended = {
    zh: `${back ? '前' : '后'} ${n} ${words[unit].zh}：${end}`,
    en: `${n} ${words[unit].en}${n === 1 ? '' : 's'} ${back ? 'before' : 'after'}: ${end}`,
  }
  const clamped = unit === 'months' && date.day !== from.day
  return [began, clamped ? lastOfMonth(ended) : ended]
}

/** The steps of a roll; none when the day was a settled working day. */
export function rollSteps(how: DateSpec['roll'], { date, visits }: Found): Text[] {
  const end = date.toString()
  const idle = visits.filter(({ is }) => !works(is))
  const moved =
    how === 'next workday'
      ? {
          zh: `顺延至下一工作日 ${end}（民法典203）`,
          en: `moved to the next working day, ${end} (Civil Code 203)`,
        }
      : { zh: `提前至上一工作日 ${end}`, en: `moved to the previous working day, ${end}` }
  const told = idle.map((visit) => ({
    zh: `${visit.day} ${why(visit).zh}，非工作日`,
    en: `${visit.day} ${why(visit).en}: not a working day`,
  }))
  return [...told, ...(idle.length > 0 ? [moved] : []), ...unsettled(visits)]
}

function toldEach(visit: Visit, back: boolean): Text {
  return visit.nth > 0 ? counted(visit, back) : skipped([visit])
}

/** Runs of skipped days, the working days that break the weekday's rule (调休), and the last. */
function toldBriefly(visits: Visit[], back: boolean): Text[] {
  const runs: Visit[][] = []
  let reason = ''
  for (const visit of visits) {
    const ordinary = visit.is.kind === 'workday' && visit !== visits.at(-1)
    const next = ordinary ? '' : visit.nth > 0 ? visit.day : (visit.is.name?.zh ?? 'weekend')
    if (next !== '' && next === reason) runs.at(-1)?.push(visit)
    else if (next !== '') runs.push([visit])
    reason = next
  }
  return runs.map((run) => {
    const [first] = run
    return first && first.nth > 0 ? counted(first, back) : skipped(run)
  })
}

function counted({ day, is, nth }: Visit, back: boolean): Text {
  const madeUp = is.kind === 'make-up workday'
  return {
    zh: `${back ? '倒数' : ''}第 ${nth} 个工作日 ${day}${madeUp ? '（调休上班）' : ''}`,
    en: `working day ${nth}${back ? ' back' : ''}: ${day}${madeUp ? ' (make-up workday)' : ''}`,
  }
}

function skipped(run: Visit[]): Text {
  const days = run.map(({ day }) => day).toSorted()
  const [first, last] = [days.at(0), days.at(-1)]
  const reason = run.length > 1 && run[0]?.is.kind === 'weekend' ? { zh: '周末', en: 'weekend' } : run.map(why)[0]
  return {
    zh: `${first}${run.length > 1 ? ` 至 ${last}` : ''} ${reason?.zh}，不计`,
    en: `${first}${run.length > 1 ? ` to ${last}` : ''} ${reason?.en}: not counted`,
  }
}

function why({ weekday, is }: Visit): Text {
  if (is.name) return { zh: `${is.name.zh} 法定节假日`, en: `${is.name.en}, public holiday` }
  return weekdays[weekday - 1] ?? { zh: '', en: '' }
}

function lastOfMonth({ zh, en }: Text): Text {
  return {
    zh: `${zh}，无对应日，取月末日（民法典202）`,
    en: `${en}, the last day of a month that has no such day (Civil Code 202)`,
  }
}

function unsettled(visits: Visit[]): Text[] {
  const days = visits
    .filter(({ is }) => is.provisional)
    .map(({ day }) => day)
    .toSorted()
  const [first, last] = [days.at(0), days.at(-1)]
  if (first === undefined) return []
  return [
    {
      zh: `${first}${first === last ? '' : ` 至 ${last}`} 尚无放假安排，暂按周一至周五为工作日`,
      en: `${first}${first === last ? '' : ` to ${last}`}: no official calendar yet, Monday to Friday taken as working days`,
    },
  ]
}
