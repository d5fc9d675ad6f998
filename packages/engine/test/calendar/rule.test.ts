import t from 'tap'
import { parseRule } from '../../src/calendar/index.ts'
import { parseReminder } from '../../src/calendar/rule.ts'

const readable = {
  '2026-04-18': { kind: 'day', day: '2026-04-18' },
  '2024-02-29': { kind: 'day', day: '2024-02-29' },
  '04-18': { kind: 'yearDay', month: 4, day: 18, years: 0 },
  ' 04-18  next year ': { kind: 'yearDay', month: 4, day: 18, years: 1 },
  '02-29': { kind: 'yearDay', month: 2, day: 29, years: 0 },
  '01-10 +2 years': { kind: 'yearDay', month: 1, day: 10, years: 2 },
  '01-10 + 1 year': { kind: 'yearDay', month: 1, day: 10, years: 1 },
  '04 early': { kind: 'third', month: 4, third: 'early', years: 0 },
  '04 上旬': { kind: 'third', month: 4, third: 'early', years: 0 },
  '04 中旬': { kind: 'third', month: 4, third: 'mid', years: 0 },
  '12 下旬 next year': { kind: 'third', month: 12, third: 'late', years: 1 },
  'start + 5 days': { kind: 'offset', base: 'start', count: 5, unit: 'days' },
  'entry + 1 workday': { kind: 'offset', base: 'entry', count: 1, unit: 'workdays' },
  'unitReports - 2 weeks': { kind: 'offset', base: 'unitReports', count: -2, unit: 'weeks' },
  'unitReports +1 month': { kind: 'offset', base: 'unitReports', count: 1, unit: 'months' },
} as const

for (const [rule, meant] of Object.entries(readable)) {
  void t.test(`«${rule}» can be read`, async (t) => {
    t.strictSame(parseRule(rule), { ok: meant })
  })
}

const unreadable = {
  'days that are none': ['2026-02-30', '2025-02-29', '02-30', '04-31', '13-01', '00-10', '04-00'],
  'months that are none': ['13 early', '00 上旬'],
  'a number of zero, or beyond any campaign': ['start + 0 days', 'start + 1000 workdays', 'start + 99999 days'],
  'a unit that is not named': ['start + 5', 'start + 5 business days', 'start + 2 years', '5 days'],
  'half a rule': ['', 'start', '4-18', '04', '04 early early', 'next year', '04-18 + 5 days', '+ 5 days'],
}

for (const [what, rules] of Object.entries(unreadable)) {
  void t.test(`${what}: a problem in both languages`, async (t) => {
    for (const rule of rules) t.match(parseRule(rule), { problem: { zh: /./u, en: /./u } }, rule)
  })
}

void t.test('a reminder counts back, and nothing else is one', async (t) => {
  t.strictSame(parseReminder('-3 workdays'), { ok: { count: -3, unit: 'workdays' } })
  t.strictSame(parseReminder('- 1 day'), { ok: { count: -1, unit: 'days' } })
  for (const bad of ['3 days', '+1 day', '-0 days', '-3', '-3 hours', '']) {
    t.match(parseReminder(bad), { problem: { en: /cannot read/u } }, bad)
  }
})
