// The world in memory and a real server, asked the same at the same instants, write the same bytes.
import { createChance, createFill, playAtRandom, type Asked } from '@duban/author/simulate'
import { catalogue, demoOrganisation } from '@duban/definitions'
import type { Json, World } from '@duban/engine'
import fc from 'fast-check'
import t, { type Test } from 'tap'
import { peopleById } from '../packages/server/src/organisation/people.ts'
import { brittle } from './definitions/brittle.ts'
import { drill } from './definitions/drill.ts'
import { secondSurvey, survey } from './definitions/survey.ts'
import { rollCallAtOnce } from './definitions/rollCallAtOnce.ts'
import { at, countedIds, drillDatabase, drillServer, planDrill, serveDrill } from './drill.ts'
import { bureauPlan, bureauServer, type TestServer } from './harness.ts'
import { sameRecords, worldOf } from './twinWorld.ts'

/** Somebody asks for something, so many hours later. */
type Move = {
  hours: number
  person: string
  /** A unit, the root, or a unit's finding `u1/0`. */
  target: string
  command: string
  payload: Json
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
  return world.children(found.id)[Number(item)]?.id
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
  if (/^(?:campaign|assignment)\./u.test(command)) return 'organiser'
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
    { numRuns: Number(process.env['RUNS'] ?? 6), endOnFailure: true },
  )
})

const grantId = (n: number): string => `10000000-0000-4000-8000-${String(n).padStart(12, '0')}`
function granting(n: number): Json {
  return {
    assignment: { id: grantId(n), role: 'reporter', person: `of-u${n + 1}`, home: ['bureau'], unit: `u${n + 1}` },
  }
}
const surveyMove = fc.oneof(
  moveOf(5, unit, ['report.submit'], fc.constant({ items: [{ what: 'a' }, { what: 'b' }] })),
  moveOf(3, unit, ['report.sign'], fc.constant({})),
  moveOf(4, item, ['item.mend'], fc.constant({})),
  moveOf(
    2,
    root,
    ['campaign.migrate'],
    fc.record({ version: fc.constantFrom(2, 2, 2, 1, 9), reason: fc.constant('x') }),
  ),
  moveOf(1, root, ['campaign.extend'], fc.constant({ dates: { reports: '2026-04-27' }, reason: 'x' })),
  moveOf(2, root, ['campaign.suspend', 'campaign.resume'], fc.constant({ reason: 'x' })),
  moveOf(2, root, ['assignment.grant'], fc.nat(2).map(granting)),
  moveOf(
    2,
    root,
    ['assignment.revoke'],
    fc.nat(2).map((n) => ({ assignment: grantId(n), reason: 'x' })),
  ),
)
const lastWords: { [ending: string]: Json } = {
  'survey.end': {},
  'campaign.cancel': { reason: 'x' },
  'campaign.migrate': { version: 2, reason: 'x' },
}
const last = fc.constantFrom('campaign.cancel', 'survey.end', 'campaign.cancel', 'campaign.migrate')

void t.test(
  'a survey that is migrated, extended, suspended, re-staffed and ended or cancelled at random',
  async (t) => {
    const versions = [secondSurvey()]
    const server = await drillServer(t, { definitions: [survey, ...versions], newId: countedIds() })
    const people = await peopleById(server.db, ['organiser', 'lead', 'of-u1', 'of-u2', 'of-u3'])
    const ask = async (world: World, { person, target, command, payload }: Move): Promise<string> => {
      const instance = find(world, target)
      if (instance === undefined) return 'none'
      const { home = [], roles: builtIn = [] } = people.get(person) ?? {}
      const asker = { person, home, builtIn }
      const theirs = await server.executor.command({ campaign: world.facts.id, instance, command, payload, asker })
      await server.scheduler.catchUp()
      const ours = world.ask(person, instance, command, payload)
      const told = ours.ok ? ours.hash : ours.refusal.code
      t.equal(told, theirs.ok ? theirs.hash : theirs.refusal.code, `${world.now()} ${person} ${command} ${target}`)
      return ours.ok ? command : told
    }
    const seen = new Set<string>()
    let granted = 0
    // Each grant has an id of its own; what is revoked is the last one, or none that there is.
    const numbered = ({ command, payload, ...move }: Move): Move => {
      const said = payload as { assignment?: object }
      if (command === 'assignment.revoke')
        return { ...move, command, payload: { ...said, assignment: grantId(granted) } }
      if (command !== 'assignment.grant') return { ...move, command, payload }
      granted += 1
      return { ...move, command, payload: { assignment: { ...said.assignment, id: grantId(granted) } } }
    }
    await fc.assert(
      fc.asyncProperty(fc.array(surveyMove, { minLength: 10, maxLength: 40 }), last, async (moves, ending) => {
        server.clock.set(at.start)
        const { json } = await server.call('organiser', 'POST', '/api/campaigns', surveyPlan)
        await server.scheduler.catchUp()
        const world = await worldOf(server, survey, json.id, versions)
        const end = { person: ending.startsWith('campaign.') ? 'organiser' : 'lead', target: 'root', command: ending }
        for (const one of [...moves, { ...end, hours: 1, payload: lastWords[ending] ?? {} }]) {
          const instant = new Date(Date.parse(world.now()) + (one.hours % 60) * 3_600_000).toISOString()
          server.clock.set(instant)
          world.goTo(instant)
          seen.add(await ask(world, numbered(one)))
        }
        server.clock.set('2026-07-01T00:00:00.000Z')
        world.goTo('2026-07-01T00:00:00.000Z')
        await sameRecords(t, server, world)
        t.strictSame(world.proves(), [])
        return t.passing()
      }),
      { numRuns: Number(process.env['RUNS'] ?? 10), endOnFailure: true, seed: Number(process.env['SEED'] ?? 5) },
    )
    for (const act of ['migrate', 'extend', 'suspend', 'resume', 'cancel']) t.ok(seen.has(`campaign.${act}`), act)
    t.ok(seen.has('assignment.grant') && seen.has('assignment.revoke') && seen.has('unknown_assignment'))
  },
)

const surveyPlan = {
  definition: 'survey',
  version: 1,
  title: '普查',
  startsOn: '2026-04-01',
  units: ['u1', 'u2', 'u3'],
  assignments: [
    { role: 'lead', person: 'lead' },
    ...['u1', 'u2', 'u3'].map((one) => ({ role: 'reporter', person: `of-${one}`, unit: one })),
  ],
}

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

void t.test('a hundred units late in one instant: two commits, in one order', async (t) => {
  const { url } = await drillDatabase(t)
  const definitions = [rollCallAtOnce]
  const server = await serveDrill(t, url, { definitions, newId: countedIds() })
  const many = Array.from({ length: 100 }, (_, n) => `n${n}`)
  await server.call('admin', 'PUT', '/api/units', {
    units: many.map((id) => ({ id, title: { zh: id, en: id }, parent: 'bureau' })),
  })
  for (let run = 0; run < 2; run += 1) {
    server.clock.set(at.start)
    const made = await server.call('organiser', 'POST', '/api/campaigns', {
      definition: rollCallAtOnce.id,
      title: '点名',
      startsOn: '2026-04-01',
      units: many,
      assignments: [{ role: 'lead', person: 'lead' }],
    })
    await server.scheduler.catchUp()
    const world = await worldOf(server, rollCallAtOnce, made.json.id)
    await server.advanceTo(at.reports)
    world.goTo(at.reports)
    await sameRecords(t, server, world)
    t.equal(world.root().state.status, 'done')
  }
})

// Seeds that play on and on are cut short: a script of a hundred asks is long enough to differ somewhere.
const ROUNDS = 120

for (const { definition, demo, sampleForms } of catalogue) {
  void t.test(`a campaign of ${definition.name}, played at random`, async (t) => {
    const server = await bureauServer(t, { newId: countedIds() })
    server.clock.set(new Date(`${demo.startsOn}T08:00:00+08:00`).toISOString())
    const plan = bureauPlan(definition.id)
    const made = await server.call(demo.organiser, 'POST', '/api/campaigns', plan)
    if (made.status !== 201) throw new Error(made.text)
    await server.scheduler.catchUp()
    const world = await worldOf(server, definition, made.json.id)
    const { script, until } = playAtRandom(
      world,
      createFill(definition, sampleForms),
      createChance(Number(process.env['SEED'] ?? 11)),
      {
        people: [...new Set(demo.duties.map(({ person }) => person))],
        organiser: demo.organiser,
        rounds: ROUNDS,
      },
    )
    await follow(server, made.json.id, script)
    server.clock.set(until)
    t.comment(`${script.length} asks, ${world.log().length} steps`)
    await sameRecords(t, server, world)
  })
}

/** Asks the server the same, past the API: what the organiser grants keeps its id. */
async function follow(server: TestServer, campaign: string, script: Asked[]): Promise<void> {
  const people = await peopleById(
    server.db,
    demoOrganisation.people.map(({ id }) => id),
  )
  for (const { at, person, instance, command, payload } of script) {
    server.clock.set(at)
    const { home = [], roles: builtIn = [] } = people.get(person) ?? {}
    const asker = { person, home, builtIn }
    await server.executor.settle(campaign)
    await server.executor.command({ campaign, instance, command, payload, asker })
    await server.executor.settle(campaign)
  }
}
