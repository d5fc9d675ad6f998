import t from 'tap'
import { explain, resolveDates, type DateSpec } from '../../src/calendar/index.ts'

const date = (due: string, more: Partial<DateSpec> = {}): DateSpec => ({
  title: { zh: '某日', en: 'Some date' },
  due,
  ...more,
})
const resolved = (due: string, more: Partial<DateSpec> = {}) => {
  const plan = { startsOn: '2026-04-01', timezone: 'Asia/Shanghai', calendar: 'CN-2026' }
  const it = resolveDates({ it: date(due, more) }, plan).dates['it']
  if (!it) throw new Error(`${due} did not resolve`)
  return it
}

void t.test('a count tells every day that it counted, and why it skipped the others', async (t) => {
  const { steps } = resolved('start + 3 workdays')
  t.strictSame(
    steps.map(({ zh }) => zh),
    [
      '起算：2026-04-01，当日不计（民法典201）',
      '第 1 个工作日 2026-04-02',
      '第 2 个工作日 2026-04-03',
      '2026-04-04 清明节 法定节假日，不计',
      '2026-04-05 清明节 法定节假日，不计',
      '2026-04-06 清明节 法定节假日，不计',
      '第 3 个工作日 2026-04-07',
      '截止 2026-04-07 24:00（Asia/Shanghai），含当日（民法典203、1259）',
    ],
  )
  t.strictSame(
    steps.slice(0, 4).map(({ en }) => en),
    [
      'Counted from 2026-04-01, itself not counted (Civil Code 201)',
      'working day 1: 2026-04-02',
      'working day 2: 2026-04-03',
      '2026-04-04 Tomb-Sweeping Day, public holiday: not counted',
    ],
  )
})

void t.test('a long count tells only the exceptions and where it ended', async (t) => {
  t.strictSame(
    resolved('start + 24 workdays').steps.map(({ zh }) => zh),
    [
      '起算：2026-04-01，当日不计（民法典201）',
      '2026-04-04 至 2026-04-06 清明节 法定节假日，不计',
      '2026-04-11 至 2026-04-12 周末，不计',
      '2026-04-18 至 2026-04-19 周末，不计',
      '2026-04-25 至 2026-04-26 周末，不计',
      '2026-05-01 至 2026-05-05 劳动节 法定节假日，不计',
      '第 24 个工作日 2026-05-09（调休上班）',
      '截止 2026-05-09 24:00（Asia/Shanghai），含当日（民法典203、1259）',
    ],
  )
  t.ok(
    resolved('start + 25 workdays').steps.some(({ en }) => en.includes('2026-05-09 (make-up workday)')),
    'a working day that its weekday would not make one is an exception too',
  )
})

void t.test('a month without the corresponding day says so', async (t) => {
  const { steps } = resolved('start + 3 months')
  t.equal(steps[1]?.zh, '后 3 个月：2026-07-01')
  const plan = { startsOn: '2026-01-31', timezone: 'Asia/Shanghai', calendar: 'CN-2026' }
  const { dates } = resolveDates({ it: date('start + 1 month') }, plan)
  t.equal(dates['it']?.steps[1]?.zh, '后 1 个月：2026-02-28，无对应日，取月末日（民法典202）')
})

void t.test('a date explains itself in one paragraph: rule, calendar and version, steps', async (t) => {
  const moved = resolved('04-18', { roll: 'next workday', at: 'close of business' })
  t.equal(
    explain('unitReports', moved, 'zh'),
    'unitReports：2026-04-20。规则：04-18。工作日历：CN-2026，依据国务院办公厅截至 2026 年的放假安排通知。' +
      '步骤：启动日 2026-04-01；即 2026-04-18；2026-04-18 周六，非工作日；2026-04-19 周日，非工作日；' +
      '顺延至下一工作日 2026-04-20（民法典203）；截止 2026-04-20 17:30（Asia/Shanghai），停止业务活动的时间（民法典203）。',
  )
  t.equal(
    explain('unitReports', moved, 'en'),
    "unitReports: 2026-04-20. Rule: 04-18. Working-day calendar: CN-2026, from the State Council's holiday notices up to 2026. " +
      'Steps: start day 2026-04-01; that is 2026-04-18; 2026-04-18 Saturday: not a working day; 2026-04-19 Sunday: not a working day; ' +
      'moved to the next working day, 2026-04-20 (Civil Code 203); ends 2026-04-20 17:30 Asia/Shanghai, the close of business (Civil Code 203).',
  )
})

const zh = (due: string, more: Partial<DateSpec> = {}) => resolved(due, more).steps.map(({ zh }) => zh)

void t.test('a third of a month, and a date that opens, are told as such', async (t) => {
  t.equal(zh('04 early')[0], '启动日 2026-04-01；4月上旬止于 2026-04-10')
  t.strictSame(zh('05 中旬', { at: 'start of day' }), [
    '启动日 2026-04-01；5月中旬始于 2026-05-11',
    '始于 2026-05-11 00:00（Asia/Shanghai）',
  ])
})

void t.test('a provisional date says that it is, and which days nobody has settled', async (t) => {
  const it = resolved('01-10 next year', { roll: 'next workday' })
  t.match(explain('it', it, 'zh'), /暂定.*2027-01-10 至 2027-01-11 尚无放假安排.*公布后可重新计算/u)
  t.match(explain('it', it, 'en'), /provisional.*no official calendar yet.*computed again/u)
  t.notMatch(explain('it', resolved('04-18'), 'zh'), /暂定|尚未公布/u)
})
