import fc from 'fast-check'
import t from 'tap'
import { Temporal } from 'temporal-polyfill'
import { daysBetween, instantOf, localDay, localText, shiftDays } from '../../src/calendar/index.ts'

// Sao Paulo, Beirut and Cairo have started summer time at midnight; Lord Howe moves by half an hour.
const zone = fc.constantFrom(
  'Asia/Shanghai',
  'Asia/Urumqi',
  'America/New_York',
  'America/Sao_Paulo',
  'Africa/Cairo',
  'Asia/Beirut',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'UTC',
)
const day = fc
  .integer({ min: 0, max: 366 * 30 })
  .map((days) => Temporal.PlainDate.from('2005-01-01').add({ days }).toString())
const nextDay = (one: string) => Temporal.PlainDate.from(one).add({ days: 1 }).toString()
const msBefore = (instant: string) => new Date(Date.parse(instant) - 1).toISOString()

void t.test('4月18日前 includes the 18th: it ends as the 19th begins', async (t) => {
  t.equal(instantOf('2026-04-18', undefined, 'Asia/Shanghai'), '2026-04-18T16:00:00.000Z')
  t.equal(instantOf('2026-04-18', 'end of day', 'Asia/Shanghai'), '2026-04-18T16:00:00.000Z')
  t.equal(instantOf('2026-04-18', 'start of day', 'Asia/Shanghai'), '2026-04-17T16:00:00.000Z')
})

void t.test('the close of business is 17:30 unless an office says otherwise', async (t) => {
  const at = 'close of business'
  t.equal(instantOf('2026-04-18', at, 'Asia/Shanghai'), '2026-04-18T09:30:00.000Z')
  t.equal(instantOf('2026-04-18', at, 'Asia/Shanghai', '18:00'), '2026-04-18T10:00:00.000Z')
  t.equal(instantOf('2026-07-01', at, 'America/New_York'), '2026-07-01T21:30:00.000Z')
})

void t.test('in any zone the end of a day is the first moment that is not on it', async () => {
  fc.assert(
    fc.property(day, zone, (one, timezone) => {
      const end = instantOf(one, 'end of day', timezone)
      return (
        end === instantOf(nextDay(one), 'start of day', timezone) &&
        localDay(end, timezone) === nextDay(one) &&
        localDay(msBefore(end), timezone) === one &&
        localText(end, timezone, { due: true }) === `${one} 24:00`
      )
    }),
  )
})

void t.test('where the clock jumps over midnight a day begins at one', async (t) => {
  const end = instantOf('2018-11-03', 'end of day', 'America/Sao_Paulo')
  t.equal(localText(end, 'America/Sao_Paulo'), '2018-11-04 01:00')
  t.equal(localText(end, 'America/Sao_Paulo', { due: true }), '2018-11-03 24:00')
})

void t.test('instants compare as strings in the order of time', async () => {
  fc.assert(
    fc.property(day, day, zone, zone, (a, b, here, there) => {
      const [one, other] = [instantOf(a, 'end of day', here), instantOf(b, 'close of business', there)]
      return one < other === Date.parse(one) < Date.parse(other)
    }),
  )
})

void t.test('a shift keeps the local time of day, over changes of summer time too', async (t) => {
  t.equal(
    shiftDays('2026-03-07T22:30:00.000Z', 1, 'America/New_York'),
    '2026-03-08T21:30:00.000Z',
    '17:30 stays 17:30 on the day that has 23 hours',
  )
  const hour = fc.integer({ min: 4, max: 23 })
  fc.assert(
    fc.property(day, hour, zone, fc.integer({ min: -400, max: 400 }), (one, hour, timezone, days) => {
      const time = `${String(hour).padStart(2, '0')}:00`
      const due = instantOf(one, 'close of business', timezone, time)
      const shifted = shiftDays(due, days, timezone)
      return localText(shifted, timezone).endsWith(time) && daysBetween(due, shifted, timezone) === days
    }),
  )
})

void t.test('days between are local midnights, not periods of 24 hours', async (t) => {
  const [late, early] = ['2026-04-18T15:59:00.000Z', '2026-04-18T16:01:00.000Z']
  t.equal(daysBetween(late, early, 'Asia/Shanghai'), 1)
  t.equal(daysBetween(early, late, 'Asia/Shanghai'), -1)
  t.equal(daysBetween(late, early, 'UTC'), 0)
  t.ok(Object.is(daysBetween(early, late, 'UTC'), 0))
})

void t.test('an instant is told in local time; only a due is told as 24:00', async (t) => {
  t.equal(localText('2026-04-18T01:00:00.000Z', 'Asia/Shanghai'), '2026-04-18 09:00')
  t.equal(localText('2026-04-18T16:00:00.000Z', 'Asia/Shanghai'), '2026-04-19 00:00')
  t.equal(localText('2026-04-18T16:00:00.000Z', 'Asia/Shanghai', { due: true }), '2026-04-18 24:00')
  t.equal(localText('2026-04-18T16:00:00.001Z', 'Asia/Shanghai', { due: true }), '2026-04-19 00:00')
})

void t.test('what is no day, zone or time is an error', async (t) => {
  t.throws(() => instantOf('2026-02-30', 'end of day', 'Asia/Shanghai'), RangeError)
  t.throws(() => instantOf('2026-02-20', 'end of day', 'Asia/Nowhere'), RangeError)
  t.throws(() => instantOf('2026-02-20', 'close of business', 'UTC', '25:00'), RangeError)
})
