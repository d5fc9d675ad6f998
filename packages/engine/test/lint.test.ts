import t from 'tap'
import { z } from 'zod'
import { defineCampaign, lintPlan, open, type Assignment, type Definition, type Plan } from '../src/index.ts'
import { define, draft, inspection } from './inspection.ts'
import { assignment, law, planned, staff } from './stage.ts'

const id = (n: number): string => `00000000-0000-8000-8000-00000000000${n}`
const full = [
  assignment('lead', 'wang', { id: id(1) }),
  assignment('reporter', 'zhang', { id: id(2), unit: 'law' }),
  assignment('reporter', 'sun', { id: id(3), unit: 'staff' }),
  assignment('reviewer', 'qian', { id: id(4) }),
]

/** What is said of a plan, of one code: grade, path and the Chinese words. */
function said(
  code: string,
  definition: Definition = inspection,
  assignments: Assignment[] = full,
  more: Partial<Plan> = {},
): string[] {
  const plan = planned(definition, { assignments, ...more })
  return lintPlan(definition, plan.facts, plan.assignments)
    .filter((one) => one.code === code)
    .map(({ grade, path, message }) => `${grade} ${path} ${message.zh}`)
}

void t.test('the API is told only of what will go wrong; what may is for the author', async (t) => {
  const plan = planned(inspection, { assignments: full })
  const findings = lintPlan(inspection, plan.facts, plan.assignments)
  t.strictSame(plan.warnings, [])
  t.ok(findings.length > 0)
  t.ok(findings.every(({ grade }) => grade !== 'warning'))
  const short = planned(inspection, { assignments: full.slice(1) })
  const all = lintPlan(inspection, short.facts, short.assignments)
  t.strictSame(
    short.warnings.map(({ path }) => path),
    all.filter(({ grade }) => grade === 'warning').map(({ path }) => path),
  )
  t.equal(
    all.findLastIndex(({ grade }) => grade === 'warning'),
    short.warnings.length - 1,
  )
})

void t.test('four eyes: nobody else can be found', async (t) => {
  t.strictSame(said('four_eyes_impossible'), [])
  const one = full.with(3, assignment('reviewer', 'zhang', { id: id(4) }))
  t.strictSame(said('four_eyes_impossible', inspection, one), [
    'warning commands.finding.return.notBy 政策法规股：能“退回整改”的只有能“报送整改”的同一人，两事须由不同的人办理',
    'warning commands.finding.close.notBy 政策法规股：能“销号”的只有能“报送整改”的同一人，两事须由不同的人办理',
  ])
  t.strictSame(
    said('four_eyes_impossible', inspection, [...one, assignment('reviewer', 'li', { id: id(5), home: law.path })])
      .length,
    2,
    'whoever is recused from the unit does not help',
  )
  const standIn = { onBehalfOf: { person: 'zhang', home: ['city'] } }
  t.equal(
    said('four_eyes_impossible', inspection, full.with(3, assignment('reviewer', 'li', { id: id(4), ...standIn })))
      .length,
    2,
    'nor does who acts in the same person’s place',
  )
})

void t.test('four eyes: nobody is left if the wrong one goes first', async (t) => {
  const both = [...full.slice(0, 3), assignment('reviewer', 'zhang', { id: id(4) })]
  const second = [...both, assignment('reporter', 'he', { id: id(5), unit: 'law' })]
  t.strictSame(said('four_eyes_impossible', inspection, second), [])
  t.match(said('four_eyes_tight', inspection, second), [
    /^hint commands\.finding\.return\.notBy 政策法规股：有的人若先办了“报送整改”/u,
    /^hint commands\.finding\.close/u,
  ])
})

void t.test('a stage that needs people of a unit, and stands above all units, is nobody’s', async (t) => {
  const local = draft()
  local.commands['check.conclude'].by = ['reporter']
  // Somewhere they can; only not where the stage stands.
  local.kinds['unit']!.spec.states.late.on['check.conclude'] = {}
  t.strictSame(said('stage_without_people', define(local)), [
    'warning machines.campaign.concluding “总结”无人能办结，须有“经办人”',
  ])
  t.strictSame(said('stage_without_people', inspection, full.slice(0, 3)), [
    'warning machines.finding.rectified 政策法规股、人事股：“待验收”无人能办结，须有“复查员”',
  ])
})

void t.test('a report that is due before the stage before it ends', async (t) => {
  t.strictSame(said('due_before_stage_ends'), [])
  const late = draft()
  late.dates.collated = { title: { zh: '汇总上报', en: 'Collated' }, due: '04-16' }
  late.kinds['campaign']!.spec.states.reviewing.after.collated = 'concluding'
  t.strictSame(said('due_before_stage_ends', define(late)), [
    'warning machines.campaign.reviewing.after.collated “汇总上报”2026-04-16 到期，而其前一阶段“报送自查报告”2026-04-18 才结束',
  ])
})

void t.test('a window that is empty, and one that is over before its turn comes', async (t) => {
  const empty = draft()
  empty.commands['review.record'].until = 'reports'
  t.strictSame(said('empty_window', define(empty)), [
    'warning commands.review.record.opens “记录复查”自 2026-04-19 起至 2026-04-18 止，没有可办的时间',
  ])
  t.strictSame(said('never_in_time'), [])
  const never = draft()
  never.commands['check.conclude'].until = 'reports'
  never.kinds['campaign']!.spec.states.reporting.on = {}
  never.kinds['campaign']!.spec.states.reviewing.on = { 'every.unit.reported': 'concluding' }
  never.kinds['unit']!.spec.states.reported.on['check.reminded'] = {}
  t.strictSame(said('never_in_time', define(never)), [
    'warning commands.check.conclude.until “总结”须在 2026-04-18 前办理，而最早 2026-04-18 24:00 才轮到办理',
  ])
})

void t.test('days on which offices are closed are pointed out, unless the plan says what then', async (t) => {
  t.strictSame(said('not_a_workday'), ['hint dates.reports “报送自查报告”2026-04-18 是周末，未说明是否顺延（roll）'])
  const holiday = draft()
  holiday.dates.reports.due = '05-01'
  t.match(said('not_a_workday', define(holiday)), [/2026-05-01 是劳动节/u])
  const rolled = draft()
  rolled.dates.reports.roll = 'next workday'
  t.strictSame(said('not_a_workday', define(rolled)), [])
  const given = { reports: { on: '2026-04-19', reason: '上级通知' } }
  t.strictSame(
    said('not_a_workday', inspection, full, { overrides: given }),
    [],
    'a day that a superior published is meant',
  )
})

void t.test('dates of which nobody is reminded', async (t) => {
  const silent = draft()
  silent.dates.rectified.remind = []
  t.strictSame(said('no_reminder'), [])
  t.strictSame(said('no_reminder', define(silent)), ['info dates.rectified “整改”到期前不提醒任何人'])
})

// The plan of the annual duty assessment: «2017年度» in a document of 2019, and two stages on 10 January.
const title = (zh: string, en: string) => ({ zh, en })
const assessment = defineCampaign({
  id: 'duty-assessment',
  version: 1,
  title: title('履职尽责考核', 'Duty assessment'),
  source: '开展2017年度二级领导班子和班子成员履职尽责考核工作',
  roles: { lead: { title: title('考核组组长', 'Lead'), scope: 'campaign' } },
  dates: {
    selfReports: {
      title: title('总结自查', 'Self-reports'),
      due: '01-10',
      source: '第一阶段:总结自查阶段(2019年1月10日前)',
    },
    visited: {
      title: title('现场考查', 'Visits'),
      due: '01-20',
      source: '第二阶段:现场考查阶段(2019年1月10至20日)',
    },
  },
  commands: {
    'summary.submit': {
      title: title('总结', 'Sum up'),
      by: ['lead'],
      payload: z.strictObject({}),
    },
  },
  machines: ({ machine }) => ({
    campaign: machine().createMachine({
      meta: { title: title('考核', 'Assessment') },
      initial: 'reporting',
      states: {
        reporting: {
          meta: { title: title('总结自查', 'Reporting') },
          entry: open('unit'),
          after: { selfReports: 'visiting' },
        },
        visiting: { meta: { title: title('考查', 'Visiting') }, after: { visited: 'judging' } },
        judging: {
          meta: { title: title('评议', 'Judging'), source: '第三阶段:综合评议阶段(2019年1月下旬)' },
          on: { 'summary.submit': 'done' },
        },
        done: { meta: { title: title('结束', 'Done') }, type: 'final' },
      },
    }),
    unit: machine().createMachine({
      meta: { title: title('单位', 'Unit') },
      initial: 'there',
      states: { there: { meta: { title: title('参加', 'There') }, type: 'final' } },
    }),
  }),
})
const january: Partial<Plan> = { startsOn: '2026-01-05', title: '2026年考核', units: [law, staff] }
const lead = [assignment('lead', 'wang', { id: id(1) })]

void t.test('a document that mixes years is found out', async (t) => {
  t.strictSame(said('years_mixed', assessment, lead, january), ['hint definition 原文所说的年份不一：2017、2019、2026'])
  t.strictSame(said('other_year', assessment, lead, january), [
    'hint definition “开展2017年度二级领导班子和班子成员履职尽责考核工作”说的是 2017 年，而计划从 2026 年开始',
    'hint dates.selfReports “第一阶段:总结自查阶段(2019年1月10日前)”等 3 处说的是 2019 年，而计划从 2026 年开始',
  ])
  const then: Partial<Plan> = { ...january, startsOn: '2019-01-02', title: '考核' }
  t.strictSame(
    said('other_year', assessment, lead, then).map((line) => line.split(' ')[1]),
    ['definition'],
    'in 2019 only 2017 is strange',
  )
  t.strictSame(said('years_mixed', inspection, full, { title: '二〇二六年检查' }), [])
  t.match(said('other_year', inspection, full, { title: '二〇二五年度检查' }), [/^hint title/u])
})

void t.test('two stages that share a boundary day are found out', async (t) => {
  t.strictSame(said('shared_day', assessment, lead, january), [
    'hint dates.visited 2026-01-10 既是“总结自查”的最后一天，又是“现场考查”的第一天',
  ])
  t.strictSame(said('shared_day'), [], 'one ends on the 18th, the next begins on the 19th')
  const shared = draft()
  shared.dates.reviewOpens.due = '04-18'
  t.match(said('shared_day', define(shared)), [/^hint dates\.reviewOpens 2026-04-18 既是“报送自查报告”/u])
})
