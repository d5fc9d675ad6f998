import t from 'tap'
import { checkDates, isOwnDate, type DateSpec } from '../../src/calendar/index.ts'

const date = (due: string, more: Partial<DateSpec> = {}): DateSpec => ({
  title: { zh: '某日', en: 'Some date' },
  due,
  ...more,
})
const told = (specs: Record<string, DateSpec>) => checkDates(specs).map(({ path, code }) => `${path} ${code}`)

void t.test('dates that are in order have no problems', async (t) => {
  const specs = {
    selfCheck: date('04-18', { remind: ['-3 workdays', '-1 day'] }),
    summary: date('selfCheck + 10 workdays', { notBefore: 'selfCheck' }),
    rectify: date('entry + 30 days', { remind: ['-1 week'] }),
    recheck: date('rectify + 1 month'),
  }
  t.strictSame(checkDates(specs), [])
})

void t.test('all problems are told together, in the order of the dates', async (t) => {
  const specs = {
    unread: date('soon'),
    lost: date('nothing + 5 days', { notBefore: 'nobody' }),
    nagging: date('04-18', { remind: ['-1 day', 'often'] }),
    start: date('04-18'),
    'a.b': date('04-18'),
  }
  t.strictSame(told(specs), [
    'dates.unread.due bad_rule',
    'dates.lost.due unknown_date',
    'dates.lost.notBefore unknown_date',
    'dates.nagging.remind.1 bad_remind',
    'dates.start bad_name',
    'dates.a.b bad_name',
  ])
})

void t.test('a cycle is told once, with the way round; what hangs on it is not blamed', async (t) => {
  const specs = {
    hanging: date('one + 1 day'),
    one: date('two + 1 day'),
    two: date('three - 1 week'),
    three: date('one + 1 month'),
    self: date('self + 1 day'),
  }
  t.strictSame(told(specs), ['dates.one.due cycle', 'dates.self.due cycle'])
  t.match(checkDates(specs)[0]?.message.en, /one → two → three → one/u)
})

void t.test('names that every object inherits are not dates', async (t) => {
  const specs = { one: date('constructor + 1 day', { notBefore: 'toString' }) }
  t.strictSame(told(specs), ['dates.one.due unknown_date', 'dates.one.notBefore unknown_date'])
})

void t.test('an order that nobody could keep is refused', async (t) => {
  const specs = {
    fixed: date('04-18', { notBefore: 'fixed' }),
    each: date('entry + 5 days', { notBefore: 'fixed' }),
    all: date('05-18', { notBefore: 'each' }),
  }
  t.strictSame(told(specs), [
    'dates.fixed.notBefore bad_rule',
    'dates.each.notBefore bad_rule',
    'dates.all.notBefore bad_rule',
  ])
})

void t.test('a date whose chain ends in the entry is an instance date', async (t) => {
  const specs = {
    fixed: date('04-18'),
    later: date('fixed + 5 days'),
    first: date('start + 5 days'),
    rectify: date('entry + 5 days'),
    recheck: date('rectify + 5 days'),
    round: date('round + 1 day'),
    lost: date('nothing + 1 day'),
  }
  const entries = Object.keys(specs).filter((name) => isOwnDate(name, specs))
  t.strictSame(entries, ['rectify', 'recheck'])
  t.notOk(isOwnDate('nobody', specs))
  t.notOk(isOwnDate('constructor', specs))
})
