// The world in memory and a real server, asked the same at the same instants, write the same bytes.
import { createWorld, type Definition, type Json, type OpenEvent, type World } from '@duban/engine'
import fc from 'fast-check'
import t, { type Test } from 'tap'
import { peopleById } from '../packages/server/src/organisation/people.ts'
import { brittle } from './definitions/brittle.ts'
import { drill } from './definitions/drill.ts'
import { at, countedIds, drillServer, planDrill, records } from './drill.ts'
import type { TestServer } from './harness.ts'

/** Somebody asks for something, so many hours later. */
type Move = {
  hours: number
  person: string
  /** A unit, the root, or a unit's finding `u1/0`. */
  target: string
  command: string
  payload: Json
}

/** The world of a campaign that a server has just started: same facts, same people, same first record. */
async function worldOf(server: TestServer, definition: Definition, id: string): Promise<World> {
  const [record = ''] = (await records(server.db, id))[id] ?? []
  const { campaign, assignments, actor, at } = JSON.parse(record).event as OpenEvent
  if (!campaign || !assignments || !actor) throw new Error(`${id} is no root`)
  const rows = await server.db.selectFrom('person').select('id').execute()
  const known = await peopleById(
    server.db,
    rows.map((row) => row.id),
  )
  const people = [...known].map(([person, { home, roles }]) => ({ person, home, builtIn: roles }))
  const facts = campaign
  const made = createWorld(definition, { facts, assignments, people, by: actor.person, at })
  if (!made.ok) throw new Error(made.refusal.code)
  return made.world
}

/** Asks both the same; what they answer, and whether they agree. */
async function askBoth(
  t: Test,
  server: TestServer,
  world: World,
  { hours, person, target, command, payload }: Move,
): Promise<string> {
  const instant = new Date(Date.parse(world.now()) + hours * 3_600_000).toISOString()
  server.clock.set(instant)
  world.goTo(instant)
  const instance = find(world, target)
  if (instance === undefined) return 'none'
  const path = `/api/campaigns/${world.facts.id}/instances/${instance}/commands`
  const { status, json } = await server.call(person, 'POST', path, { command, payload })
  const answer = world.ask(person, instance, command, payload)
  const ours = answer.ok ? answer.hash : answer.refusal.code
  const theirs = status === 200 ? json.transition.hash : json.code
  // Who may not see the instance is told that there is none.
  if (theirs !== 'not_found') t.equal(ours, theirs, `${instant} ${person} ${command} ${target}`)
  return ours
}

function find(world: World, target: string): string | undefined {
  const [unit, item] = target.split('/')
  if (unit === 'root') return world.facts.id
  const found = world.instances().find(({ kind, key }) => kind === 'unit' && key === unit)
  if (item === undefined || !found) return found?.id
  return world.children(found.id, 'finding')[Number(item)]?.id
}

function recordsOf(world: World): { [instance: string]: string[] } {
  const all = Map.groupBy(world.log(), ({ transition }) => transition.instance)
  return Object.fromEntries(
    [...all]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([id, its]) => [id, its.map(({ record }) => record)]),
  )
}

async function sameRecords(t: Test, server: TestServer, world: World): Promise<void> {
  await server.waker.catchUp()
  const theirs = await records(server.db, world.facts.id)
  const ours = recordsOf(world)
  if (JSON.stringify(ours) === JSON.stringify(theirs)) return void t.pass('the same bytes')
  // A difference is easier to read in short; only if that shows none, the whole records.
  const short = (all: typeof ours): object =>
    Object.fromEntries(Object.entries(all).map(([id, its]) => [id, its.map(brief)]))
  if (t.same(short(ours), short(theirs))) t.same(ours, theirs)
}

function brief(record: string): string {
  const { event, from, to } = JSON.parse(record)
  return `${event.at} ${event.command ?? event.message ?? event.act ?? event.timer ?? event.type} ${JSON.stringify(from)} → ${JSON.stringify(to)}`
}

const unit = fc.constantFrom('u1', 'u2', 'u3')
const item = fc.tuple(unit, fc.nat(1)).map(([one, n]) => `${one}/${n}`)
const root = fc.constant('root')
const hours = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 240 }))
const reported = fc.integer({ min: 0, max: 2 }).map((n): Json => ({
  findings: Array.from({ length: n }, (_, i) => ({ what: `finding ${i}` })),
}))
const extension = fc.record({
  dates: fc.constantFrom<Json>(
    { reports: '2026-04-25' },
    { mended: '2026-06-01', ends: '2026-06-03' },
    { ends: '2026-05-25' },
  ),
  reason: fc.constant('flood'),
})

function moveOf(
  weight: number,
  targets: fc.Arbitrary<string>,
  commands: string[],
  payload: fc.Arbitrary<Json>,
): { weight: number; arbitrary: fc.Arbitrary<Move> } {
  const arbitrary = fc
    .tuple(hours, targets, fc.constantFrom(...commands), payload)
    .map(([after, target, command, what]) => ({
      hours: after,
      person: personFor(command, target),
      target,
      command,
      payload: what,
    }))
  return { weight, arbitrary }
}

function personFor(command: string, target: string): string {
  if (command.startsWith('campaign.')) return 'organiser'
  if (command === 'finding.check') return 'checker'
  if (command.startsWith('drill.') || command === 'report.return') return 'lead'
  return `of-${target.split('/')[0]}`
}

const move: fc.Arbitrary<Move> = fc.oneof(
  moveOf(6, unit, ['report.submit', 'report.late'], reported),
  moveOf(2, unit, ['report.return'], fc.constant({ reason: 'x' })),
  moveOf(3, item, ['finding.mend'], fc.constant({ how: 'x' })),
  moveOf(3, item, ['finding.check'], fc.record({ good: fc.boolean() })),
  moveOf(1, item, ['finding.break'], fc.constant({})),
  moveOf(1, root, ['drill.hurry'], fc.constant({})),
  moveOf(1, root, ['campaign.extend'], extension),
  moveOf(2, root, ['campaign.suspend', 'campaign.resume'], fc.constant({ reason: 'flood' })),
)

void t.test('drills of random commands, dates, extensions and suspensions', async (t) => {
  const server = await drillServer(t, { newId: countedIds() })
  await fc.assert(
    fc.asyncProperty(fc.array(move, { minLength: 5, maxLength: 30 }), async (moves) => {
      server.clock.set(at.start)
      const { id } = await planDrill(server)
      const world = await worldOf(server, drill, id)
      const begin = {
        hours: 0,
        person: 'lead',
        target: 'root',
        command: 'drill.begin',
        payload: {},
      }
      for (const one of [begin, ...moves]) await askBoth(t, server, world, one)
      const end = '2026-07-01T00:00:00.000Z'
      server.clock.set(end)
      world.goTo(end)
      await sameRecords(t, server, world)
      t.strictSame(world.proves(), [])
      return t.passing()
    }),
    { numRuns: Number(process.env['RUNS'] ?? 15), endOnFailure: true },
  )
})

void t.test('a definition whose deadlines, guards and openings fail', async (t) => {
  const server = await drillServer(t, { newId: countedIds() })
  server.clock.set(at.start)
  const made = await server.call('organiser', 'POST', '/api/campaigns', {
    definition: 'brittle',
    title: '易错',
    startsOn: '2026-04-01',
    units: ['u1'],
    assignments: [{ role: 'lead', person: 'lead' }],
  })
  const world = await worldOf(server, brittle, made.json.id)
  const parts = { parts: [{ name: 'sound' }, { name: 'broken' }, { name: 'other' }] }
  const ask = (hours: number, command: string, payload: Json = {}): Promise<string> =>
    askBoth(t, server, world, { hours, person: 'lead', target: 'root', command, payload })
  await ask(1, 'part.list', parts)
  // Past the 18th: its deadline fails and is put aside.
  await ask(24 * 20, 'part.list', parts)
  await ask(1, 'part.repair')
  await ask(1, 'part.repair')
  await ask(24 * 60, 'part.list', parts)
  await sameRecords(t, server, world)
  t.equal(world.root().state.status, 'done')
})
