import t from 'tap'
import { createWorld, type Asker, type Json, type World } from '../src/index.ts'
import { inspection } from './inspection.ts'
import { assignment, on, planned } from './stage.ts'

const people: Asker[] = [
  { person: 'wang', home: ['city', 'county'], builtIn: ['organiser'] },
  { person: 'lead', home: ['city', 'county'], builtIn: [] },
  { person: 'zhang', home: ['city', 'county', 'law'], builtIn: [] },
]

function begun(units?: { id: string; title: { zh: string; en: string }; path: string[] }[]): World {
  const { facts } = planned(inspection, units ? { units } : {})
  const made = createWorld(inspection, {
    facts,
    assignments: [
      assignment('lead', 'lead', { id: '00000000-0000-8000-8000-00000000000b' }),
      assignment('reporter', 'zhang', { home: ['city', 'county', 'law'], unit: 'law' }),
    ],
    people,
    by: 'wang',
    at: on('04-01 09:00'),
  })
  if (!made.ok) throw new Error(made.refusal.code)
  return made.world
}

const lawId = (world: World): string => world.children(world.root().id, 'unit')[0]?.id ?? ''
const begin = (world: World): World => {
  const answer = world.ask('lead', world.root().id, 'check.begin', {})
  if (!answer.ok) throw new Error(answer.refusal.code)
  return world
}
const report: Json = { risks: [] }

void t.test('a campaign begins with its root, and the step asks for what comes next', async (t) => {
  const world = begun()
  t.strictSame(
    world.instances().map(({ kind }) => kind),
    ['campaign'],
  )
  t.strictSame(
    world.offers('lead').map(({ command }) => command),
    ['check.begin'],
  )
  begin(world)
  t.strictSame(
    world.instances().map(({ kind, unit }) => [kind, unit]),
    [
      ['campaign', null],
      ['unit', 'law'],
      ['unit', 'staff'],
    ],
  )
  t.equal(world.tally(world.root().id, 'unit', '*'), 2)
})

void t.test('somebody is offered what they may do, until when', async (t) => {
  const world = begin(begun())
  t.strictSame(world.offers('zhang'), [{ instance: lawId(world), command: 'report.submit', due: on('04-19 00:00') }])
  t.strictSame(world.offers('stranger'), [])
  t.strictSame(
    world.whoMay(lawId(world), 'report.submit').map(({ person }) => person),
    ['zhang'],
  )
  t.strictSame(world.acts('lead', world.root().id), [])
  t.ok(world.acts('wang', world.root().id).includes('campaign.suspend'))
})

void t.test('time fires what is due at its own instant, and goes only forwards', async (t) => {
  const world = begin(begun())
  t.equal(world.nextDue(), on('04-15 09:00'), 'the reminder comes first')
  world.goTo(on('05-01 09:00'))
  t.equal(world.now(), on('05-01 09:00'))
  const fired = world
    .log()
    .flatMap(({ transition: { event } }) => (event.type === 'deadline' && !event.timer.includes(' ') ? [event.at] : []))
  t.strictSame([...new Set(fired)], [on('04-19 00:00')])
  world.goTo(on('04-02 09:00'))
  t.equal(world.now(), on('05-01 09:00'))
})

void t.test('a refusal changes nothing and is kept', async (t) => {
  const world = begin(begun())
  const steps = world.log().length
  const late = world.ask('stranger', lawId(world), 'report.submit', report)
  t.match(late, { ok: false, refusal: { code: 'role_required' } })
  t.equal(world.log().length, steps)
  t.match(world.refusals(), [{ person: 'stranger', event: 'report.submit' }])
  t.throws(() => world.ask('zhang', 'nowhere', 'report.submit', report), RangeError)
})

void t.test('what was granted counts, and no longer what was revoked', async (t) => {
  const world = begin(begun())
  const id = '00000000-0000-8000-8000-0000000000ff'
  const granted = { id, role: 'reporter', person: 'li', home: ['city'], unit: 'staff' }
  const root = world.root().id
  t.ok(world.ask('wang', root, 'assignment.grant', { assignment: granted }).ok)
  t.equal(world.offers('li').length, 1)
  t.ok(world.ask('wang', root, 'assignment.revoke', { assignment: id, reason: 'moved' }).ok)
  t.strictSame(world.offers('li'), [])
  const again = world.ask('wang', root, 'assignment.revoke', { assignment: id, reason: 'moved' })
  t.match(again, { refusal: { code: 'unknown_assignment' } })
})

void t.test('what happens to a fork does not happen to the world', async (t) => {
  const world = begin(begun())
  const other = world.fork()
  const steps = world.log().length
  t.ok(other.ask('zhang', lawId(other), 'report.submit', report).ok)
  other.goTo(on('06-01 09:00'))
  t.equal(world.log().length, steps)
  t.equal(world.now(), on('04-01 09:00'))
  t.strictSame(world.offers('zhang').length, 1)
  // And the other way: both go on from the same.
  world.ask('zhang', lawId(world), 'report.submit', report)
  world.goTo(on('06-01 09:00'))
  t.strictSame(
    world.log().map(({ hash }) => hash),
    other.log().map(({ hash }) => hash),
  )
  t.strictSame(world.proves(), [])
})

void t.test('suspended, nothing falls due; resumed, it is later by as many days', async (t) => {
  const world = begin(begun())
  const root = world.root().id
  t.ok(world.ask('wang', root, 'campaign.suspend', { reason: 'flood' }).ok)
  t.equal(world.nextDue(), undefined)
  world.goTo(on('04-11 09:00'))
  t.match(world.ask('zhang', lawId(world), 'report.submit', report), {
    refusal: { code: 'campaign_suspended' },
  })
  t.ok(world.ask('wang', root, 'campaign.resume', {}).ok)
  world.goTo(on('04-28 23:59'))
  t.ok(world.ask('zhang', lawId(world), 'report.submit', report).ok)
})

void t.test('units that fall overdue in one instant are told to the root after the last of them', async (t) => {
  const n = 300
  const many = Array.from({ length: n }, (_, k) => ({
    id: `u${k}`,
    title: { zh: `第${k}股`, en: `Unit ${k}` },
    path: ['city', 'county', `u${k}`],
  }))
  const world = begin(begun(many))
  world.goTo(on('04-19 00:00'))
  const told = world.log().filter(({ transition: { event } }) => event.at === on('04-19 00:00'))
  const kinds = told.map(({ transition: { event } }) => (event.type === 'message' ? event.message : event.type))
  t.ok(kinds.slice(0, n).every((kind) => kind === 'deadline'))
  t.ok(kinds.slice(n, 2 * n).every((kind) => kind === 'unit.late'))
  t.equal(kinds[2 * n], 'every.unit.reported', 'and then that it was the last')
})
