// A campaign on a real server and the same in memory.
import { createWorld, type Definition, type OpenEvent, type World } from '@duban/engine'
import type { Test } from 'tap'
import { peopleById } from '../packages/server/src/organisation/people.ts'
import { records } from './drill.ts'
import type { TestServer } from './harness.ts'

/** The world of a campaign that a server has just started: same facts, same people, same first record. */
export async function worldOf(
  server: TestServer,
  definition: Definition,
  id: string,
  versions: Definition[] = [],
): Promise<World> {
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
  const made = createWorld(definition, { facts, assignments, people, by: actor.person, at, versions })
  if (!made.ok) throw new Error(made.refusal.code)
  return made.world
}

function recordsOf(world: World): { [instance: string]: string[] } {
  const all = Map.groupBy(world.log(), ({ transition }) => transition.instance)
  return Object.fromEntries(
    [...all].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([id, its]) => [id, its.map(({ record }) => record)]),
  )
}

/** That both wrote the same bytes, all of them. */
export async function sameRecords(t: Test, server: TestServer, world: World): Promise<void> {
  await server.scheduler.catchUp()
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
