import t from 'tap'
import { resolveOwn, type DateContext, type DateSpec } from '../../src/calendar/index.ts'

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
const specs = {
  fixed: date('04-18'),
  rectify: date('entry + 10 workdays'),
  recheck: date('rectify + 1 week', { roll: 'next workday' }),
}

const on = (due: string) => resolveOwn('due', { due: date(due) }, plan, '2026-05-10', {})

void t.test('the day of entry is not counted; alone, it is that day to its end', async (t) => {
  t.equal(on('entry + 5 days')?.on, '2026-05-15')
  t.match(on('entry'), { on: '2026-05-10', due: '2026-05-10T16:00:00.000Z' })
})

void t.test('working days from the entry skip Mid-Autumn and count its make-up Sunday', async (t) => {
  t.match(resolveOwn('rectify', specs, plan, '2026-09-15', {}), {
    on: '2026-09-29',
    due: '2026-09-29T16:00:00.000Z',
    provisional: false,
    calendar: 'CN-2026',
    rule: 'entry + 10 workdays',
  })
})

void t.test('a chain passes through other instance dates and tells their steps first', async (t) => {
  const resolved = resolveOwn('recheck', specs, plan, '2026-09-15', {})
  t.equal(resolved?.on, '2026-10-08', '6 October is in the National Day holiday')
  t.match(resolved?.steps[0]?.zh, /起算：2026-09-15/u)
  t.ok(resolved?.steps.some(({ zh }) => zh.includes('起算：2026-09-29')))
})

void t.test('it counts from the date as the instance has it, extended or not', async (t) => {
  const known = { rectify: { due: '2026-10-15T16:00:00.000Z', on: '2026-10-15' } }
  const resolved = resolveOwn('recheck', specs, plan, '2026-09-15', known)
  t.equal(resolved?.on, '2026-10-22')
  t.notOk(resolved?.steps.some(({ zh }) => zh.includes('2026-09-15')))
})

void t.test('what an unpublished calendar touches is provisional, through the chain too', async (t) => {
  const entered = '2026-12-21'
  t.equal(resolveOwn('rectify', specs, plan, entered, {})?.provisional, true)
  t.equal(resolveOwn('recheck', specs, plan, entered, {})?.provisional, true)
  const plain = { each: date('entry + 1 month') }
  t.equal(resolveOwn('each', plain, plan, entered, {})?.provisional, false)
})

void t.test('a date of the campaign, or one that is not there, is a bug of the caller', async (t) => {
  const entered = '2026-09-15'
  t.throws(() => resolveOwn('fixed', specs, plan, entered, {}), RangeError)
  t.throws(() => resolveOwn('nobody', specs, plan, entered, {}), RangeError)
})
