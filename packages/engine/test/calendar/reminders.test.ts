import t from 'tap'
import { reminders, type DateSpec } from '../../src/calendar/index.ts'

const date = (remind?: string[]): DateSpec => ({
  title: { zh: '某日', en: 'Some date' },
  due: '05-06',
  ...(remind && { remind }),
})
const shanghai = { timezone: 'Asia/Shanghai', calendar: 'CN-2026' }

void t.test('reminders come at nine in the morning, local time, of days counted back from the due day', async (t) => {
  t.strictSame(reminders(date(['-3 workdays', '-1 day', '-1 week']), { on: '2026-05-06' }, shanghai), [
    { offset: '-3 workdays', at: '2026-04-28T01:00:00.000Z' },
    { offset: '-1 day', at: '2026-05-05T01:00:00.000Z' },
    { offset: '-1 week', at: '2026-04-29T01:00:00.000Z' },
  ])
})

void t.test('nine in the morning is nine in the morning before and after summer time', async (t) => {
  const newYork = { timezone: 'America/New_York', calendar: 'CN-2026' }
  t.strictSame(reminders(date(['-1 day', '-2 days']), { on: '2026-03-09' }, newYork), [
    { offset: '-1 day', at: '2026-03-08T13:00:00.000Z' },
    { offset: '-2 days', at: '2026-03-07T14:00:00.000Z' },
  ])
})

void t.test('a date without reminders has none', async (t) => {
  t.strictSame(reminders(date(), { on: '2026-05-06' }, shanghai), [])
})

void t.test('a reminder that nobody can read was refused at load: a bug', async (t) => {
  t.throws(() => reminders(date(['often']), { on: '2026-05-06' }, shanghai), RangeError)
})
