import fc from 'fast-check'
import t from 'tap'
import { Temporal } from 'temporal-polyfill'
import { isWorkday, resolveDates, type DateContext, type DateSpec } from '../../src/calendar/index.ts'

const date = (due: string, more: Partial<DateSpec> = {}): DateSpec => ({
  title: { zh: '某日', en: 'Some date' },
  due,
  ...more,
})
const plan: DateContext = {
  startsOn: '2026-04-01',
  timezone: 'Asia/Shanghai',
  calendar: 'CN-2026',
}
/** The due days of dates that must have no problem. */
const days = (specs: Record<string, DateSpec>, context: Partial<DateContext> = {}) => {
  const { dates, problems } = resolveDates(specs, { ...plan, ...context })
  return problems.length > 0
    ? problems.map(({ path, code }) => `${path} ${code}`)
    : Object.fromEntries(Object.entries(dates).map(([name, { on }]) => [name, on]))
}
const one = (due: string, more: Partial<DateSpec> = {}, context: Partial<DateContext> = {}) => {
  const found = days({ it: date(due, more) }, context)
  return Array.isArray(found) ? found.join() : found['it']
}

void t.test('named days are of the start year, or of a later one', async (t) => {
  t.equal(one('2026-04-18'), '2026-04-18')
  t.equal(one('04-18'), '2026-04-18')
  t.equal(one('01-10 next year'), '2027-01-10')
  t.equal(one('01-10 +2 years'), '2028-01-10')
  t.equal(one('02-29 +2 years'), '2028-02-29')
  t.equal(one('02-29 next year'), 'dates.it.due bad_rule', '2027 has none')
})

void t.test('上旬 ends on the 10th, 中旬 on the 20th, 下旬 on the last day; and they start on the first', async (t) => {
  const starts = { at: 'start of day' } as const
  t.strictSame([one('04 early'), one('04 early', starts)], ['2026-04-10', '2026-04-01'])
  t.strictSame([one('04 中旬'), one('04 中旬', starts)], ['2026-04-20', '2026-04-11'])
  t.strictSame([one('06 late'), one('06 late', starts)], ['2026-06-30', '2026-06-21'])
  t.equal(one('02 late next year'), '2027-02-28')
  t.equal(one('02 late +2 years'), '2028-02-29')
  t.equal(one('04 late', { at: 'close of business' }), '2026-04-30')
})

void t.test('the day from which a period runs is not counted (民法典 201)', async (t) => {
  t.equal(one('start + 5 days'), '2026-04-06')
  t.equal(one('start + 2 weeks'), '2026-04-15')
  t.equal(one('start + 1 workday'), '2026-04-02')
})

void t.test('a month ends on the corresponding day, or on its last (民法典 202)', async (t) => {
  const january = { startsOn: '2026-01-31' }
  t.equal(one('start + 1 month', {}, january), '2026-02-28')
  t.equal(one('start + 2 months', {}, january), '2026-03-31')
  t.equal(one('start + 1 month', {}, { startsOn: '2024-01-31', calendar: 'CN-2024' }), '2024-02-29')
  t.strictSame(days({ end: date('06-30'), before: date('end - 1 month') }), {
    end: '2026-06-30',
    before: '2026-05-30',
  })
})

void t.test('working days are the statutory ones: holidays out, make-up days in', async (t) => {
  t.equal(one('start + 3 workdays'), '2026-04-07', '4, 5 and 6 April are Qingming')
  t.equal(one('start + 24 workdays'), '2026-05-09', 'a Saturday that is worked for May Day')
  t.strictSame(days({ may: date('05-06'), before: date('may - 1 workday') }), {
    may: '2026-05-06',
    before: '2026-04-30',
  })
})

void t.test('a last day on a holiday moves only where the author says so (民法典 203)', async (t) => {
  t.equal(one('04-04'), '2026-04-04')
  t.equal(one('04-04', { roll: 'none' }), '2026-04-04')
  t.equal(one('04-04', { roll: 'next workday' }), '2026-04-07')
  t.equal(one('04-04', { roll: 'previous workday' }), '2026-04-03')
  t.equal(one('05-09', { roll: 'next workday' }), '2026-05-09', 'a make-up day is a working day')
})

void t.test('dates resolve whatever the order in which they are written', async (t) => {
  t.strictSame(
    days({
      third: date('second + 1 week', { roll: 'next workday' }),
      second: date('first + 10 workdays'),
      first: date('start + 1 month'),
    }),
    { third: '2026-05-25', second: '2026-05-18', first: '2026-05-01' },
  )
})

void t.test('what counts from a date counts from the day that it was rolled to', async (t) => {
  const specs = { first: date('04-04', { roll: 'next workday' }), next: date('first + 1 day') }
  t.strictSame(days(specs), { first: '2026-04-07', next: '2026-04-08' })
})

void t.test('the dates of instances are left to the instances', async (t) => {
  t.strictSame(days({ all: date('04-18'), each: date('entry + 5 days'), and: date('each + 1 day') }), {
    all: '2026-04-18',
  })
})

void t.test("a superior authority's day replaces the rule, keeps the edge of day, and says why", async (t) => {
  const specs = {
    reports: date('04-18', { at: 'close of business', roll: 'next workday' }),
    summary: date('reports + 2 days'),
  }
  const overrides = { reports: { on: '2026-04-25', reason: '市政府督查室〔2026〕3号' } }
  const { dates, problems } = resolveDates(specs, { ...plan, overrides })
  t.strictSame(problems, [])
  t.match(dates['reports'], {
    on: '2026-04-25',
    due: '2026-04-25T09:30:00.000Z',
    provisional: false,
    rule: '04-18',
    override: { reason: '市政府督查室〔2026〕3号' },
  })
  t.match(dates['reports']?.steps[0]?.zh, /市政府督查室〔2026〕3号/u)
  t.equal(dates['summary']?.on, '2026-04-27')
  t.notOk('override' in (dates['summary'] ?? {}))
})

void t.test('overrides that replace nothing, or with nothing, are problems', async (t) => {
  const specs = { reports: date('04-18'), each: date('entry + 5 days') }
  const override = (name: string, on: string, reason = '通知') => days(specs, { overrides: { [name]: { on, reason } } })
  t.strictSame(override('report', '2026-04-20'), ['overrides.report bad_override'])
  t.strictSame(override('constructor', '2026-04-20'), ['overrides.constructor bad_override'])
  t.strictSame(override('reports', '2026-04-31'), ['overrides.reports bad_override'])
  t.strictSame(override('reports', '2026-04-20', ' '), ['overrides.reports bad_override'])
  t.strictSame(override('reports', '9999-12-31'), ['overrides.reports bad_override'])
  t.strictSame(override('each', '2026-04-20'), ['overrides.each bad_override'])
})

void t.test('a due day before the start is a problem, unless a superior authority named it', async (t) => {
  const specs = { reports: date('03-31') }
  t.strictSame(days(specs), ['dates.reports.due before_start'])
  t.strictSame(days(specs, { overrides: { reports: { on: '2026-03-20', reason: '通知' } } }), {
    reports: '2026-03-20',
  })
  t.equal(one('04-01'), '2026-04-01')
})

const ordered = (summary: string) => ({
  reports: date('04-18'),
  summary: date(summary, { notBefore: 'reports' }),
})

void t.test('a date may fall on, but not before, the one that it must not precede', async (t) => {
  t.strictSame(days(ordered('04-17')), ['dates.summary.notBefore out_of_order'])
  t.strictSame(days(ordered('04-18')), { reports: '2026-04-18', summary: '2026-04-18' })
})

void t.test('everything that is wrong is told at once', async (t) => {
  const specs = { bad: date('04-31'), lost: date('nobody + 1 day'), early: date('03-01') }
  const nowhere = { startsOn: '2026-02-30', timezone: 'Asia/Nowhere', calendar: 'CN-2027' }
  t.strictSame(days(specs), ['dates.bad.due bad_rule', 'dates.lost.due unknown_date', 'dates.early.due before_start'])
  t.strictSame(days(specs, { ...nowhere, closeOfBusiness: '5pm' }), [
    'dates.bad.due bad_rule',
    'dates.lost.due unknown_date',
    'startsOn bad_start',
    'timezone bad_timezone',
    'calendar bad_calendar',
    'closeOfBusiness bad_close_of_business',
  ])
})

void t.test('dates that count from each other are a problem, and the others still resolve', async (t) => {
  const specs = {
    a: date('b + 1 day'),
    b: date('a + 1 day'),
    c: date('b + 1 day'),
    d: date('04-18'),
  }
  const { dates, problems } = resolveDates(specs, plan)
  t.strictSame(Object.keys(dates), ['d'])
  t.strictSame(
    problems.map(({ code }) => code),
    ['cycle'],
  )
})

const provisional = (due: string, more: Partial<DateSpec> = {}) =>
  resolveDates({ base: date('12-28'), it: date(due, more) }, plan).dates['it']?.provisional

void t.test('a date is provisional only when an unpublished day influenced it', async (t) => {
  t.equal(provisional('01-10 next year'), false, 'a named day is what it is')
  t.equal(provisional('01-10 next year', { roll: 'next workday' }), true)
  t.equal(provisional('12-28', { roll: 'next workday' }), false)
  t.equal(provisional('base + 1 month'), false)
  t.equal(provisional('base + 1 workday'), true, "29 December is the next year's notice's to claim")
})

void t.test('what counts from a provisional date is provisional', async (t) => {
  const specs = {
    a: date('01-10 next year', { roll: 'next workday' }),
    b: date('a + 1 week'),
  }
  t.equal(resolveDates(specs, plan).dates['b']?.provisional, true)
})

void t.test('a year beyond the calendar of this world is a problem, not a crash', async (t) => {
  t.equal(one('start + 9999 days', {}, { startsOn: '9998-06-01' }), 'dates.it.due bad_rule')
})

const startsOn = fc
  .integer({ min: 0, max: 366 * 22 })
  .map((days) => Temporal.PlainDate.from('2004-06-01').add({ days }).toString())
const between = (from: string, to: string) => {
  const [first, last] = [Temporal.PlainDate.from(from), Temporal.PlainDate.from(to)]
  const length = first.until(last).days
  return Array.from({ length }, (_, i) => first.add({ days: i + 1 }).toString())
}

void t.test('N working days on there lie N working days, and the last is one', async () => {
  fc.assert(
    fc.property(startsOn, fc.integer({ min: 1, max: 120 }), (from, n) => {
      const on = one(`start + ${n} workdays`, {}, { startsOn: from }) ?? ''
      return isWorkday(on, 'CN-2026') && between(from, on).filter((day) => isWorkday(day, 'CN-2026')).length === n
    }),
  )
})

void t.test('N working days back and N on from a working day lead home', async () => {
  fc.assert(
    fc.property(startsOn, fc.integer({ min: 1, max: 120 }), (from, n) => {
      const specs = {
        home: date('start + 1 workday'),
        out: date(`home + ${n} workdays`),
        back: date(`out - ${n} workdays`),
      }
      const found = days(specs, { startsOn: from })
      return !Array.isArray(found) && found['back'] === found['home']
    }),
  )
})

void t.test('a roll leads to a working day, and passes none', async () => {
  fc.assert(
    fc.property(startsOn, (from) => {
      const specs = {
        unrolled: date('start + 20 days'),
        next: date('start + 20 days', { roll: 'next workday' }),
        previous: date('start + 20 days', { roll: 'previous workday' }),
      }
      const {
        unrolled = '',
        next = '',
        previous = '',
      } = days(specs, {
        startsOn: from,
      }) as Record<string, string>
      const idle = [...between(previous, unrolled), unrolled, ...between(unrolled, next).slice(0, -1)]
      return (
        isWorkday(next, 'CN-2026') &&
        isWorkday(previous, 'CN-2026') &&
        (isWorkday(unrolled, 'CN-2026')
          ? next === unrolled && previous === unrolled
          : idle.every((day) => !isWorkday(day, 'CN-2026')))
      )
    }),
  )
})

void t.test('the same plan gives the same bytes', async () => {
  const specs = {
    a: date('start + 20 workdays', { roll: 'next workday' }),
    b: date('a + 1 month', { roll: 'previous workday', at: 'close of business' }),
    c: date('11 late'),
  }
  fc.assert(
    fc.property(startsOn, (from) => {
      const again = () => JSON.stringify(resolveDates(specs, { ...plan, startsOn: from }))
      return again() === again()
    }),
  )
})

void t.test('whatever people write, problems are values and never exceptions', async () => {
  const words =
    'a b start entry + - 5 9999 days workdays months 04 early next year +2 years ' +
    '04-18 02-29 2026-04-18 0000-01-01 9999-12-31'
  const word = fc.constantFrom(...words.split(' '))
  const likely = fc.array(word, { maxLength: 5 }).map((words) => words.join(' '))
  const text = fc.oneof(likely, fc.string())
  const roll = fc.constantFrom('none', 'next workday', 'previous workday')
  const on = fc.oneof(startsOn, fc.constantFrom('0000-01-01', '9999-12-31'), text)
  fc.assert(
    fc.property(text, text, text, roll, on, on, text, (a, b, notBefore, roll, from, day, reason) => {
      const specs = { a: date(a, { roll, notBefore }), b: date(b, { roll, remind: [notBefore] }) }
      const overrides = { a: { on: day, reason } }
      resolveDates(specs, { ...plan, startsOn: from })
      resolveDates(specs, { ...plan, startsOn: from, overrides })
      resolveDates(specs, { ...plan, timezone: a, calendar: b, closeOfBusiness: notBefore })
    }),
    { numRuns: 2000 },
  )
})
