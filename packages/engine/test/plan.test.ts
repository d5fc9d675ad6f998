import t from 'tap'
import { planCampaign, type Assignment, type Plan } from '../src/index.ts'
import { define, draft, inspection } from './inspection.ts'
import { assignment, law, on, planned, staff } from './stage.ts'

const plan: Plan = {
  id: '00000000-0000-8000-8000-000000000001',
  title: '小检查',
  startsOn: '2026-04-01',
  timezone: 'Asia/Shanghai',
  calendar: 'CN-2026',
  organiser: { unit: 'county', path: ['city', 'county'] },
  units: [law, staff],
  assignments: [],
}
const refusalOf = (more: Partial<Plan>) => {
  const settled = planCampaign(inspection, { ...plan, ...more })
  return settled.ok ? null : settled.refusal
}
const id = (n: number) => `00000000-0000-8000-8000-00000000000${n}`

void t.test('a plan settles what never changes: dates, calendar, definition', async (t) => {
  const { facts } = planned()
  t.match(facts, {
    definition: 'small-inspection@1',
    fingerprint: inspection.fingerprint,
    calendar: 'CN-2026',
    organiser: { unit: 'county' },
    dates: {
      reports: { on: '2026-04-18', due: on('04-19 00:00'), provisional: false },
      reviewOpens: { on: '2026-04-19', due: on('04-19 00:00') },
      reviewed: { on: '2026-05-15', due: on('05-15 17:30') },
    },
  })
  t.notOk('rectified' in facts.dates, 'each instance has its own')
})

void t.test('a start day against which the dates contradict each other is refused, with the reasons', async (t) => {
  t.match(refusalOf({ startsOn: '2026-05-01' }), {
    code: 'dates_contradict',
    issues: [{ path: 'dates.reports.due', code: 'before_start' }, { path: 'dates.reviewOpens.due' }],
  })
  t.match(refusalOf({ overrides: { reviewed: { on: '2026-04-10', reason: '上级要求' } } }), {
    code: 'dates_contradict',
    issues: [{ path: 'dates.reviewed.notBefore', code: 'out_of_order' }],
  })
  t.match(refusalOf({ startsOn: '2026-02-30', timezone: 'Mars/Base', calendar: 'CN-1900' }), {
    issues: [{ path: 'startsOn' }, { path: 'timezone' }, { path: 'calendar' }],
  })
})

void t.test('a day that a superior published replaces the rule, with its reason', async (t) => {
  const { facts } = planned(inspection, {
    overrides: { reports: { on: '2026-04-24', reason: '省厅通知' } },
  })
  t.match(facts.dates['reports'], { on: '2026-04-24', override: { reason: '省厅通知' } })
  t.match(facts.dates['reviewOpens'], { on: '2026-04-25' }, 'and what counts from it follows')
  t.match(refusalOf({ overrides: { reports: { on: '2026-04-24', reason: ' ' } } }), {
    code: 'dates_contradict',
  })
  t.match(refusalOf({ overrides: { rectified: { on: '2026-04-24', reason: 'x' } } }), {
    code: 'dates_contradict',
  })
  t.match(refusalOf({ overrides: { toString: { on: '2026-04-24', reason: 'x' } } }), {
    code: 'dates_contradict',
  })
})

void t.test('everything that is wrong with units and assignments is told at once', async (t) => {
  t.match(refusalOf({ units: [law, staff, law] }), { code: 'bad_plan', rule: 'law' })
  t.match(refusalOf({ assignments: [assignment('mayor', 'zhang')] }), {
    code: 'unknown_role',
    rule: 'mayor',
  })
  t.match(refusalOf({ assignments: [assignment('constructor', 'zhang')] }), {
    code: 'unknown_role',
  })
  t.match(refusalOf({ assignments: [assignment('lead', 'zhang', { from: '2026-04-01T00:00:00Z' })] }), {
    code: 'bad_assignment',
  })
  t.match(refusalOf({ assignments: [assignment('lead', 'zhang'), assignment('reviewer', 'qian')] }), {
    code: 'bad_plan',
    rule: assignment('', '').id,
  })
  t.match(
    refusalOf({
      units: [law, law],
      assignments: [
        assignment('mayor', 'zhang', { id: id(1) }),
        assignment('lead', 'zhang', { id: id(2), unit: 'law' }),
        assignment('reporter', 'zhang', { id: id(3), unit: 'moon' }),
      ],
    }),
    {
      code: 'bad_plan',
      issues: [{ code: 'bad_plan' }, { code: 'unknown_role' }, { code: 'bad_assignment' }, { code: 'unknown_unit' }],
    },
  )
  t.match(refusalOf({ title: 'a\u0000b' }), { code: 'bad_plan', rule: '/title' })
  t.match(refusalOf({ title: '\ud800' }), { code: 'bad_plan', rule: '/title' })
})

const warned = (assignments: Assignment[], more: Partial<Plan> = {}): string[] =>
  planned(inspection, { assignments, ...more }).warnings.map(({ code, path }) => `${code} ${path}`)
const full = [
  assignment('lead', 'wang', { id: id(1) }),
  assignment('reporter', 'zhang', { id: id(2), unit: 'law' }),
  assignment('reporter', 'sun', { id: id(3), unit: 'staff' }),
  assignment('reviewer', 'qian', { id: id(4) }),
]

void t.test('a plan that will not work is warned of: roles that nobody holds', async (t) => {
  t.strictSame(warned(full), [])
  t.strictSame(warned(full.slice(0, 2)), [
    'role_unstaffed assignments.reporter@staff',
    'role_unstaffed assignments.reviewer',
    'stage_without_people machines.finding.overdue',
    'stage_without_people machines.finding.rectified',
  ])
  t.strictSame(
    warned(full.with(1, assignment('reporter', 'zhang', { id: id(2), unit: 'county' }))),
    [],
    'a unit above covers both',
  )
})

void t.test('a plan that will not work is warned of: all who might are recused', async (t) => {
  const home = law.path
  t.strictSame(warned(full.with(3, assignment('reviewer', 'qian', { id: id(4), home }))), [
    'all_recused assignments.reviewer@law',
  ])
  const standIn = { onBehalfOf: { person: 'zhao', home } }
  t.strictSame(warned(full.with(3, assignment('reviewer', 'qian', { id: id(4), ...standIn }))), [
    'all_recused assignments.reviewer@law',
  ])
  const two = [...full, assignment('reviewer', 'li', { id: id(5), home })]
  t.strictSame(warned(two), [], 'another may')
})

void t.test('of a unit’s role only those who reach the unit count', async (t) => {
  const local = draft()
  local.roles.checker = {
    title: { zh: '检查员', en: 'Checker' },
    scope: 'unit',
    recused: 'ownUnit',
  }
  local.commands['review.record'].by = ['checker', 'lead']
  local.commands['finding.return'].by = ['reviewer']
  const { warnings } = planned(define(local), {
    assignments: [
      ...full,
      assignment('checker', 'a', { id: id(5), unit: 'law', home: law.path }),
      assignment('checker', 'b', { id: id(6), unit: 'staff', home: ['city'] }),
    ],
  })
  t.strictSame(
    warnings.map(({ path }) => path),
    ['assignments.checker@law'],
  )
  t.equal(warnings[0]?.message.zh, '政策法规股：“检查员”全部须回避')
  t.equal(warnings[0]?.message.en, 'every «Checker» is recused from Policy unit')
})

void t.test('days whose official calendar is not published are marked', async (t) => {
  const next = draft()
  next.dates.reviewed.due = 'reports + 200 workdays'
  const { warnings, facts } = planned(define(next), { assignments: full })
  t.strictSame(warnings, [], 'nobody can do anything about it yet')
  t.equal(facts.dates['reviewed']?.provisional, true)
})
