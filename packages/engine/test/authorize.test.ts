import t from 'tap'
import {
  authorize,
  type Asker,
  type Assignment,
  type BuiltInRole,
  type AuthorizationInput,
  type InstanceState,
} from '../src/index.ts'
import { inspection } from './inspection.ts'
import { assignment, facts, law, on, stage } from './stage.ts'

const { unit } = stage()
const state = unit().instance.state
const now = on('04-25 09:00')

type Question = {
  command: string
  held?: Assignment[]
  person?: string
  home?: string[]
  builtIn?: BuiltInRole[]
  at?: string
  unit?: string | null
  state?: Partial<InstanceState>
}

function ask({ command, held = [], person = 'zhang', home, builtIn = [], at = now, ...on }: Question): string {
  const asker: Asker = { person, home: home ?? ['city', 'county'], builtIn }
  const grounds: AuthorizationInput = {
    definition: inspection,
    campaign: facts,
    assignments: held,
    instance: { unit: on.unit === undefined ? 'law' : on.unit, state: { ...state, ...on.state } },
  }
  const decided = authorize(grounds, { command, at, asker })
  if (!decided.ok) return `${decided.refusal.code} ${decided.refusal.rule}`
  const { role, assignment, onBehalfOf } = decided.authority
  return [role, assignment?.slice(-1), onBehalfOf && `for ${onBehalfOf}`].filter(Boolean).join(' ')
}
const table = (t: Tap.Test, rows: [what: string, question: Question, answer: string][]): void => {
  for (const [what, question, answer] of rows) t.equal(ask(question), answer, what)
}
declare namespace Tap {
  type Test = { equal: (found: unknown, wanted: unknown, what: string) => boolean }
}

const early = on('04-10 09:00')
const reporter = (more: Partial<Assignment> = {}) => assignment('reporter', 'zhang', { unit: 'law', ...more })
const reviewer = (more: Partial<Assignment> = {}) => assignment('reviewer', 'zhang', more)
const submit = { command: 'report.submit', at: early }
const review = { command: 'review.record' }

void t.test('a role reaches as far as its scope', (t) => {
  table(t, [
    ['the unit’s own', { ...submit, held: [reporter()] }, 'reporter a'],
    ['a unit above, downwards', { ...submit, held: [reporter({ unit: 'county' })] }, 'reporter a'],
    ['another unit', { ...submit, held: [reporter({ unit: 'staff' })] }, 'role_required reporter'],
    ['a unit below does not reach up', { ...submit, held: [reporter({ unit: 'law-1' })] }, 'role_required reporter'],
    ['a unit’s role does not reach the root', { ...submit, unit: null, held: [reporter()] }, 'role_required reporter'],
    ['nor a unit that takes no part', { ...submit, unit: 'moon', held: [reporter()] }, 'role_required reporter'],
    ['a campaign’s role reaches every unit', { ...review, held: [reviewer()] }, 'reviewer a'],
    ['and the root', { command: 'check.begin', unit: null, held: [assignment('lead', 'zhang')] }, 'lead a'],
    ['somebody else’s assignment', { ...submit, held: [reporter({ person: 'qian' })] }, 'role_required reporter'],
    ['a role that this command is not for', { ...submit, held: [reviewer()] }, 'role_required reporter'],
    ['no role', submit, 'role_required reporter'],
    ['all the roles are named', review, 'role_required reviewer | lead'],
  ])
  t.end()
})

void t.test('an assignment is in force from its first moment until before its last', (t) => {
  const held = [reporter({ from: on('04-05 00:00'), until: on('04-12 00:00') })]
  table(t, [
    ['one ms before', { ...submit, held, at: on('04-04 23:59:59.999') }, 'role_required reporter'],
    ['the first moment', { ...submit, held, at: on('04-05 00:00') }, 'reporter a'],
    ['the last ms', { ...submit, held, at: on('04-11 23:59:59.999') }, 'reporter a'],
    ['the end', { ...submit, held, at: on('04-12 00:00') }, 'role_required reporter'],
  ])
  t.end()
})

void t.test('a window opens at its instant, and is closed at its last', (t) => {
  const held = [reporter(), reviewer({ id: 'b' })]
  const moved = {
    adjustments: [{ type: 'extend' as const, date: 'reports', on: '2026-04-25', due: on('04-26 00:00') }],
  }
  table(t, [
    ['one ms before 24:00', { ...submit, held, at: on('04-18 23:59:59.999') }, 'reporter a'],
    ['exactly 24:00 is late', { ...submit, held, at: on('04-19 00:00') }, 'late reports'],
    ['one ms before it opens', { ...review, held, at: on('04-18 23:59:59.999') }, 'not_yet_open reviewOpens'],
    ['as it opens', { ...review, held, at: on('04-19 00:00') }, 'reviewer b'],
    ['one ms before the close of business', { ...review, held, at: on('05-15 17:29:59.999') }, 'reviewer b'],
    ['the close of business', { ...review, held, at: on('05-15 17:30') }, 'late reviewed'],
    ['an extension keeps it open', { ...submit, held, at: on('04-25 23:59:59.999'), state: moved }, 'reporter a'],
    ['as far as it goes', { ...submit, held, at: on('04-26 00:00'), state: moved }, 'late reports'],
  ])
  t.end()
})

void t.test('recusal binds persons, principals, and wherever they belonged or belong', (t) => {
  const own = ['city', 'county', 'law']
  const zhao = { person: 'zhao', home: own }
  table(t, [
    ['of another unit', { ...review, held: [reviewer()] }, 'reviewer a'],
    ['of the unit itself', { ...review, held: [reviewer({ home: own })] }, 'recused reviewer'],
    ['of an office below it', { ...review, held: [reviewer({ home: [...own, 'law-1'] })] }, 'recused reviewer'],
    [
      'of the unit above: that is what review is',
      { ...review, held: [reviewer({ home: ['city', 'county'] })] },
      'reviewer a',
    ],
    ['moved there since the grant', { ...review, home: own, held: [reviewer()] }, 'recused reviewer'],
    ['stands in for somebody of the unit', { ...review, held: [reviewer({ onBehalfOf: zhao })] }, 'recused reviewer'],
    ['a role that knows no recusal', { ...review, held: [assignment('lead', 'zhang', { home: own })] }, 'lead a'],
    ['the root is nobody’s own unit', { ...review, unit: null, held: [reviewer({ home: own })] }, 'reviewer a'],
  ])
  t.end()
})

const did = (...persons: string[]) => ({ state: { performedBy: { 'report.submit': persons } } })

void t.test('four eyes bind persons and those they stand in for, both ways', (t) => {
  const behalf = { onBehalfOf: { person: 'zhao', home: [] } }
  table(t, [
    ['somebody else did it', { ...review, ...did('qian'), held: [reviewer()] }, 'reviewer a'],
    ['did it', { ...review, ...did('qian', 'zhang'), held: [reviewer()] }, 'four_eyes report.submit'],
    ['stands in for who did it', { ...review, ...did('zhao'), held: [reviewer(behalf)] }, 'four_eyes report.submit'],
    ['did it for somebody', { ...review, ...did('zhang', 'sun'), held: [reviewer(behalf)] }, 'four_eyes report.submit'],
    ['stands in, and neither did it', { ...review, ...did('sun'), held: [reviewer(behalf)] }, 'reviewer a for zhao'],
    [
      'another command of theirs does not matter',
      { ...review, state: { performedBy: { 'finding.rectify': ['zhang'] } }, held: [reviewer()] },
      'reviewer a',
    ],
  ])
  t.end()
})

void t.test('rules are asked in order: role, window, recusal, four eyes', (t) => {
  const own = reviewer({ home: law.path })
  const performedBy = { performedBy: { 'report.submit': ['zhang'] } }
  const before = on('04-01 09:00')
  table(t, [
    ['role before window', { ...review, at: before, state: performedBy }, 'role_required reviewer | lead'],
    ['window before recusal', { ...review, at: before, held: [own], state: performedBy }, 'not_yet_open reviewOpens'],
    ['recusal before four eyes', { ...review, held: [own], state: performedBy }, 'recused reviewer'],
    ['four eyes last', { ...review, held: [reviewer()], state: performedBy }, 'four_eyes report.submit'],
    ['unknown before all', { command: 'constructor', held: [own] }, 'unknown_command constructor'],
  ])
  t.end()
})

void t.test('of several assignments the first that may is taken, and else the furthest refusal told', (t) => {
  const own = reviewer({ id: 'a', home: law.path })
  const free = reviewer({ id: 'b' })
  const standIn = reviewer({ id: 'c', onBehalfOf: { person: 'zhao', home: [] } })
  const zhao = { performedBy: { 'report.submit': ['zhao'] } }
  table(t, [
    ['whatever their order', { ...review, held: [standIn, free, own] }, 'reviewer b'],
    ['by id', { ...review, held: [standIn, free] }, 'reviewer b'],
    ['one recused, one did it', { ...review, held: [own, standIn], state: zhao }, 'four_eyes report.submit'],
    ['another role helps', { ...review, held: [own, assignment('lead', 'zhang', { id: 'd' })] }, 'lead d'],
    [
      'one in force is enough',
      {
        ...submit,
        held: [reporter({ id: 'a', until: on('04-02 00:00') }), reporter({ id: 'b' })],
      },
      'reporter b',
    ],
  ])
  t.end()
})

void t.test('acts are for administrators, and for organisers of the subtree', (t) => {
  const cancel = { command: 'campaign.cancel' }
  table(t, [
    ['an administrator of anywhere', { ...cancel, home: ['elsewhere'], builtIn: ['administrator'] }, 'administrator'],
    ['an organiser of the unit that runs it', { ...cancel, builtIn: ['organiser'] }, 'organiser'],
    ['of a unit above', { ...cancel, home: ['city'], builtIn: ['organiser'] }, 'organiser'],
    [
      'of a unit below',
      { ...cancel, home: law.path, builtIn: ['organiser'] },
      'role_required organiser | administrator',
    ],
    ['of nowhere', { ...cancel, home: [], builtIn: ['organiser'] }, 'role_required organiser | administrator'],
    ['an auditor', { ...cancel, builtIn: ['auditor'] }, 'role_required organiser | administrator'],
    [
      'whoever leads the campaign',
      { ...cancel, held: [assignment('lead', 'zhang')] },
      'role_required organiser | administrator',
    ],
    [
      'an administrator has no role of the definition',
      { ...submit, builtIn: ['administrator'] },
      'role_required reporter',
    ],
  ])
  t.end()
})

void t.test('names that JavaScript knows give nobody anything', (t) => {
  for (const name of ['constructor', 'toString', '__proto__']) {
    t.equal(ask({ command: name, held: [assignment(name, 'zhang')] }), `unknown_command ${name}`)
    t.equal(ask({ ...submit, held: [assignment(name, 'zhang')] }), 'role_required reporter')
  }
  t.end()
})
