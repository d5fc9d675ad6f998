// A law that cannot be seen to be broken guards nothing: each is shown a story that breaks it.
import { catalogue } from '@duban/definitions'
import type { CommandEvent, Definition, World } from '@duban/engine'
import t, { type Test } from 'tap'
import { castOf, createChance, createFill, playAtRandom, startWorld, violationsOf } from '../src/simulate/index.ts'
import { foldLaws, type Law, type Scene, type Told } from '../src/simulate/laws/fold.ts'
import { fourEyes, named, recusal, rightful, window } from '../src/simulate/laws/people.ts'
import { dueFirst, forwards, nothingLeft, onTime } from '../src/simulate/laws/time.ts'
import { finished, sound, tallies } from '../src/simulate/laws/tree.ts'

const worlds = [1, 2, 3, 4].map(played)

function played(seed: number): World {
  // One that has windows, recusal, four eyes, children and tallies.
  const entry = catalogue.find(({ definition }) => definition.id === 'legal-health-check')
  if (!entry) throw new Error('legal-health-check is gone')
  const cast = castOf(entry, 4)
  const world = startWorld(entry, cast)
  playAtRandom(world, createFill(entry.definition, entry.sampleForms), createChance(seed), {
    people: [...new Set(cast.duties.map(({ person }) => person))],
    organiser: cast.organiser,
    rounds: 600,
  })
  return world
}

/** The law is kept as it was played, and broken where `alter` makes another scene of one. */
function breaks(t: Test, law: Law, alter: (scene: Scene, told: Told) => Scene | undefined): void {
  const altered: Law = {
    name: law.name,
    scene: (told, scene) => {
      const other = alter(scene, told)
      return other && law.scene?.(told, other)
    },
  }
  t.strictSame(
    worlds.flatMap((world) => foldLaws(world, [law])),
    [],
    `kept: ${law.name}`,
  )
  t.ok(worlds.flatMap((world) => foldLaws(world, [altered])).length > 0, `broken: ${law.name}`)
}

const at = (scene: Scene, instant: string): Scene => ({
  ...scene,
  event: { ...scene.event, at: instant },
})

/** A command, otherwise done. */
const by = (change: (event: CommandEvent, scene: Scene, told: Told) => Partial<CommandEvent['actor']>) => {
  return (scene: Scene, told: Told): Scene | undefined => {
    if (scene.event.type !== 'command') return undefined
    const actor = { ...scene.event.actor, ...change(scene.event, scene, told) }
    return { ...scene, event: { ...scene.event, actor } }
  }
}

void t.test('what was played keeps all laws', async (t) => {
  for (const world of worlds) t.strictSame(violationsOf(world), [])
})

void t.test('a deadline that fires an hour late', async (t) => {
  breaks(t, onTime, (scene) => {
    if (scene.event.type !== 'deadline') return undefined
    return at(scene, new Date(Date.parse(scene.event.at) + 3_600_000).toISOString())
  })
})

void t.test('a command before what was due', async (t) => {
  breaks(t, dueFirst, (scene) => (scene.event.type === 'command' ? at(scene, '2099-01-01T00:00:00.000Z') : undefined))
})

void t.test('a step dated before the one that was recorded before it', async (t) => {
  breaks(t, forwards, (scene) => at(scene, '2000-01-01T00:00:00.000Z'))
})

void t.test('somebody who verifies what they did', async (t) => {
  breaks(
    t,
    fourEyes,
    by(({ command }, { transition }, { did, world }) => {
      const [other = ''] = world.definition.commands[command]?.notBy ?? []
      const [person] = did.get(transition.instance)?.get(other) ?? []
      return person === undefined ? {} : { person }
    }),
  )
})

void t.test('somebody who judges the own unit', async (t) => {
  breaks(
    t,
    recusal,
    by((_, { after }) => (after.unit === null ? {} : { home: [after.unit] })),
  )
})

void t.test('somebody with another’s role', async (t) => {
  breaks(
    t,
    rightful,
    by(() => ({ person: 'stranger' })),
  )
})

void t.test('a command outside its window', async (t) => {
  breaks(t, window, (scene) => (scene.event.type === 'command' ? at(scene, '2000-01-01T00:00:00.000Z') : undefined))
  breaks(t, window, (scene) => (scene.event.type === 'command' ? at(scene, '2099-01-01T00:00:00.000Z') : undefined))
})

/** The same, told of a definition in which every command is for somebody named. */
const strict = (told: Told): Told => {
  const { definition } = told.world
  const commands = Object.fromEntries(
    Object.entries(definition.commands).map(([name, spec]) => [name, { ...spec, only: 'context.nobody' as const }]),
  )
  const stricter: Definition = { ...definition, commands }
  return { ...told, world: { ...told.world, definition: stricter } }
}

void t.test('somebody who was not named', async (t) => {
  const stricter: Law = {
    name: named.name,
    scene: (told, scene) => named.scene?.(strict(told), scene),
  }
  t.strictSame(
    worlds.flatMap((world) => foldLaws(world, [named])),
    [],
  )
  t.ok(worlds.every((world) => foldLaws(world, [stricter]).length > 0))
})

void t.test('a parent that is told of more children than there are', async (t) => {
  breaks(t, tallies, (scene) => {
    if (scene.event.type !== 'message' || !scene.event.message.startsWith('every.')) {
      return undefined
    }
    const { total } = scene.event.payload as { total: number }
    return { ...scene, event: { ...scene.event, payload: { total: total + 1 } } }
  })
})

const nothing = (): void => {}

/** What a law says at the end of a story that was changed. */
function atEnd(world: World, law: Law, change: (told: Told) => void): string[] {
  let seen: Told | undefined
  foldLaws(world, [{ name: 'look', end: (told) => ((seen = told), []) }])
  if (!seen) throw new Error('the story was not told to its end')
  change(seen)
  return law.end?.(seen) ?? []
}

void t.test('what is left over at the end', async (t) => {
  const [world] = worlds
  if (!world) throw new Error('a story was played')
  const [id = ''] = world.instances().map((one) => one.id)

  t.strictSame(atEnd(world, nothingLeft, nothing), [])
  t.match(
    atEnd(world, nothingLeft, ({ due }) => void due.set(id, '2000-01-01T00:00:00.000Z')),
    [/has waited since 2000/u],
  )

  t.strictSame(atEnd(world, finished, nothing), [])
  const child = world.instances().find(({ parent }) => parent !== null)
  if (!child) throw new Error('units were opened')
  const revived = { ...child, state: { ...child.state, status: 'active' as const } }
  t.match(
    atEnd(world, finished, ({ instances }) => void instances.set(child.id, revived)),
    [/goes on below/u],
  )

  t.strictSame(atEnd(world, sound, nothing), [])
  const failed: World = {
    ...world,
    refusals: () => [
      {
        campaign: id,
        instance: id,
        version: 1,
        at: '',
        person: null,
        event: 'x',
        refusal: { code: 'machine_failed', detail: { zh: '坏', en: 'broken' } },
      },
    ],
  }
  t.match(
    atEnd(world, sound, (told) => void (told.world = failed)),
    [/x: broken/u],
  )
})

void t.test('a record that somebody changed', async (t) => {
  const [world] = worlds
  if (!world) throw new Error('a story was played')
  const forged: World = {
    ...world,
    log: () =>
      world.log().map((one, n) => {
        if (n !== 3) return one
        return { ...one, record: one.record.replace('"at":"2026', '"at":"2027') }
      }),
  }
  t.match(violationsOf(forged), [{ law: 'replay' }])
})
