import t from 'tap'
import { duban } from './duban.ts'

void t.test('the calendar as a table, and each date explained', async (t) => {
  const { status, out } = await duban(['schedule', 'legal-health-check', '--start', '2026-04-01'])
  t.equal(status, 0)
  const lines = out.split('\n')
  const heading = lines[2] ?? ''
  t.match(heading, /^日期 +名称 +到期日 +星期 +时点 +提醒 +有关各方$/u)
  t.match(out, /\nunitReports +报送自查报告 +2026-04-18 +周六·周末 +止于24:00 +2026-04-15 \(-3 workdays\) +等待：/u)
  t.match(out, /\n +2026-04-17 \(-1 workday\) +等待：股室·自查中\n/u, 'a second reminder, a second waiter')
  t.match(out, /\nrecheckOpens +分片复查开始 +2026-04-21 +周二 +始于00:00 /u)
  t.match(out, /可办：记录复查情况/u)
  t.match(out, /止办：报送自查报告/u)
  t.match(out, /\n\nunitReports：2026-04-18。规则：04-18。.*民法典203、1259.*原文：“于4月18日前/u)
  t.match(out, /：每件各自起算。规则：entry \+ 5 workdays。/u)
})

void t.test('dates come in their order, and those of an instance last', async (t) => {
  const { out } = await duban(['schedule', 'legal-health-check', '--json', '--start', '2025-04-01'])
  const { dates } = JSON.parse(out) as { dates: { on: string | null; rule: string }[] }
  const days = dates.map(({ on }) => on ?? '9')
  t.strictSame(days, days.toSorted())
  t.equal(dates.at(-1)?.on, null)
  t.ok(days[0]?.startsWith('2025-'))
})

void t.test('without a start day the demo’s is taken; one that contradicts the dates is refused', async (t) => {
  t.match(await duban(['schedule', 'legal-health-check', '--lang', 'en']), {
    status: 0,
    out: /starts on 2026-04-01/u,
  })
  t.match(await duban(['schedule', 'legal-health-check', '--start', '2026-05-01']), {
    status: 2,
    out: '',
    err: /日期互相矛盾：\n {2}dates\.scheme\.due: 2026-04-10 早于启动日 2026-05-01/u,
  })
  t.match(await duban(['schedule', 'legal-health-check', '--start', 'x']), {
    status: 2,
    err: /无效/u,
  })
})
