import { hash } from 'node:crypto'
import fc from 'fast-check'
import t from 'tap'
import { Temporal } from 'temporal-polyfill'
import { dayKind, isWorkday, latestCalendar } from '../../src/calendar/index.ts'
import { firstNotice, lastNotice, specialDays } from '../../src/calendar/notices.ts'

const day = fc
  .integer({ min: 0, max: 366 * 28 })
  .map((days) => Temporal.PlainDate.from('2001-06-01').add({ days }).toString())
const years = Array.from({ length: lastNotice - firstNotice + 1 }, (_, i) => firstNotice + i)

void t.test('the data has every notice from 2004 to 2026', async (t) => {
  t.equal(latestCalendar, 'CN-2026')
  t.strictSame(
    [...new Set([...specialDays.values()].map(({ notice }) => notice))].toSorted((a, b) => a - b),
    years,
  )
  t.equal(firstNotice, 2004)
})

const works = (...days: string[]) => days.map((one) => isWorkday(`2026-${one}`, 'CN-2026'))

void t.test('the notice for 2026: 国办发明电〔2025〕7号', async (t) => {
  t.strictSame(works('01-01', '01-02', '01-03', '01-04', '01-05'), [false, false, false, true, true])
  t.strictSame(works('02-14', '02-15', '02-23', '02-24', '02-28'), [true, false, false, true, true])
  t.strictSame(works('04-03', '04-04', '04-05', '04-06', '04-07'), [true, false, false, false, true])
  t.strictSame(works('04-30', '05-01', '05-05', '05-06', '05-09'), [true, false, false, true, true])
  t.strictSame(works('06-18', '06-19', '06-21', '06-22'), [true, false, false, true])
  t.strictSame(works('09-20', '09-25', '09-27', '09-28'), [true, false, false, true])
  t.strictSame(works('09-30', '10-01', '10-07', '10-08', '10-10'), [true, false, false, true, true])
  t.strictSame(dayKind('2026-04-06', 'CN-2026'), {
    kind: 'holiday',
    name: { zh: '清明节', en: 'Tomb-Sweeping Day' },
    provisional: false,
  })
  t.match(dayKind('2026-05-09', 'CN-2026'), { kind: 'make-up workday', name: { zh: '劳动节' } })
  t.strictSame(dayKind('2026-04-11', 'CN-2026'), { kind: 'weekend', provisional: false })
  t.strictSame(dayKind('2026-04-10', 'CN-2026'), { kind: 'workday', provisional: false })
})

void t.test('2020: the Spring Festival was extended to 2 February, and 1 February not worked', async (t) => {
  t.ok(isWorkday('2020-01-19', 'CN-2020'))
  for (const one of ['2020-01-31', '2020-02-01', '2020-02-02']) {
    t.equal(dayKind(one, 'CN-2020').kind, 'holiday', one)
  }
  t.ok(isWorkday('2020-02-03', 'CN-2020'))
})

void t.test('2015: 3 and 4 September were off for the 70th anniversary, 6 September worked', async (t) => {
  t.match(dayKind('2015-09-03', 'CN-2015'), { kind: 'holiday', name: { zh: /胜利70周年/u } })
  t.equal(dayKind('2015-09-04', 'CN-2015').kind, 'holiday')
  t.equal(dayKind('2015-09-06', 'CN-2015').kind, 'make-up workday')
})

void t.test('2008: the May golden week went, Qingming, Duanwu and Mid-Autumn came', async (t) => {
  t.notOk(isWorkday('2007-05-04', 'CN-2008'))
  t.ok(isWorkday('2008-05-05', 'CN-2008'))
  t.ok(isWorkday('2007-04-05', 'CN-2008'))
  for (const one of ['2008-04-04', '2008-06-09', '2008-09-15']) t.notOk(isWorkday(one, 'CN-2008'), one)
  for (const one of ['2007-06-19', '2007-09-25']) t.ok(isWorkday(one, 'CN-2008'), one)
})

void t.test('31 December 2005 was worked by the notice for 2006, which the package forgot', async (t) => {
  t.equal(dayKind('2005-12-31', 'CN-2006').kind, 'make-up workday')
  t.equal(dayKind('2005-12-31', 'CN-2005').kind, 'weekend')
})

void t.test('every notice balances: weekdays off less weekend days worked are the statutory days', async (t) => {
  for (const year of years) {
    const special = [...specialDays].filter(([, { notice }]) => notice === year)
    const balance = special.reduce((sum, [one, { kind }]) => {
      const weekend = Temporal.PlainDate.from(one).dayOfWeek > 5
      if (kind === 'make-up workday') t.ok(weekend, `${one} would be worked anyway`)
      return sum + (kind === 'make-up workday' ? -1 : weekend ? 0 : 1)
    }, 0)
    t.equal(balance, statutoryDays(year), `${year}`)
  }
})

/** 全国年节及纪念日放假办法 as of 1999, 2007 and 2024, and two decisions for one year. */
function statutoryDays(year: number): number {
  const once = { 2015: 1, 2020: 2 }[year] ?? 0
  return (year < 2008 ? 10 : year < 2025 ? 11 : 13) + once
}

void t.test('a published notice never changes: old dates would be recomputed to other bytes', async (t) => {
  const digests = years.map((year) => {
    const special = [...specialDays].filter(([, { notice }]) => notice === year)
    const lines = special.map(([one, { kind, name }]) => `${one} ${kind} ${name.zh} ${name.en}`)
    return [year, hash('sha256', lines.toSorted().join('\n'), 'hex').slice(0, 12)]
  })
  t.strictSame(Object.fromEntries(digests), {
    2004: 'bb9ce3186398',
    2005: '8528f2ffae5d',
    2006: '0db63ebdab15',
    2007: '8421e6983e3c',
    2008: '8b69d909dd42',
    2009: '3e1a0c159c81',
    2010: 'fbcb617ef29c',
    2011: 'cb253588013e',
    2012: 'bb22fcd93cd9',
    2013: '68d371c1a2a6',
    2014: 'be0f774fc77b',
    2015: '18fd295041fb',
    2016: '4e9f97361138',
    2017: '03f329321b89',
    2018: '27cb5a3ea2de',
    2019: 'cd1a4fa655ff',
    2020: '4e5a6e0437ed',
    2021: '07149fe2c46a',
    2022: 'dc4f923378da',
    2023: '49a8200160f9',
    2024: '027340c37d36',
    2025: '9b90d50311dd',
    2026: '67f47bf87bd7',
  })
})

void t.test('a calendar uses no notice after its own', async (t) => {
  t.strictSame(dayKind('2026-01-02', 'CN-2025'), { kind: 'workday', provisional: true })
  t.strictSame(dayKind('2026-02-14', 'CN-2025'), { kind: 'weekend', provisional: true })
  // The notice for 2019 made 29 December 2018 a working day: CN-2018 does not know.
  t.strictSame(dayKind('2018-12-29', 'CN-2018'), { kind: 'weekend', provisional: true })
  t.equal(dayKind('2018-12-29', 'CN-2019').kind, 'make-up workday')
})

void t.test('days that no notice reaches go by their weekday and are provisional', async (t) => {
  t.strictSame(dayKind('2027-10-08', 'CN-2026'), { kind: 'workday', provisional: true })
  t.strictSame(dayKind('2003-10-01', 'CN-2026'), { kind: 'workday', provisional: true })
  t.equal(dayKind('2026-12-28', 'CN-2026').provisional, false)
  t.equal(dayKind('2026-12-29', 'CN-2026').provisional, true)
})

void t.test('days off that are the same in every year need no notice', async (t) => {
  t.match(dayKind('2027-01-01', 'CN-2026'), {
    kind: 'holiday',
    name: { zh: '元旦' },
    provisional: true,
  })
  const off = ['05-01', '05-02', '10-01', '10-02', '10-03'].map((one) => dayKind(`2027-${one}`, 'CN-2026').kind)
  t.strictSame(new Set(off), new Set(['holiday']))
  t.equal(dayKind('2024-05-02', 'CN-2023').kind, 'workday', 'by the law since 2025')
})

void t.test('data that grows changes no day that an older calendar had settled', async (t) => {
  for (const year of years) {
    const calendar = `CN-${year}`
    for (let date = Temporal.PlainDate.from('2003-12-01'); date.year <= year; date = date.add({ days: 1 })) {
      const [old, now] = [dayKind(date.toString(), calendar), dayKind(date.toString(), latestCalendar)]
      if (!old.provisional && JSON.stringify(old) !== JSON.stringify(now)) t.fail(`${calendar} ${date.toString()}`)
    }
  }
})

void t.test('isWorkday says what dayKind says', async () => {
  fc.assert(
    fc.property(day, fc.constantFrom(...years), (one, year) => {
      const { kind } = dayKind(one, `CN-${year}`)
      return isWorkday(one, `CN-${year}`) === (kind === 'workday' || kind === 'make-up workday')
    }),
  )
})

void t.test('a calendar that is not there, or a day that is none, is an error', async (t) => {
  for (const bad of ['CN-2027', 'CN-2003', 'CN-26', 'US-2026', '', 'CN-2026 ']) {
    t.throws(() => dayKind('2026-04-18', bad), RangeError, bad)
  }
  for (const bad of ['2026-02-30', '2026-4-18', '', '2026-13-01', '2026-04-18T00:00']) {
    t.throws(() => isWorkday(bad, 'CN-2026'), RangeError, bad)
  }
})
