import type { Entry } from '@duban/definitions'
import type { Instance, Instant, Json, World } from '@duban/engine'
import { startWorld, type Cast } from '../simulate/cast.ts'
import type { Work } from './work.ts'

/** An instance by what an author knows it by: the n-th of its kind for its unit. */
export type Label = { kind: string; unit: string | null; n: number }

/** One move of a story: somebody does something, or time passes until an instant. */
export type Move = { person: string; command: string; on: Label; payload: Json } | { until: Instant }

/** The moves that lead from the start of a campaign to some state. */
export type Story = Move[]

export function labelOf(world: World, { id, kind, unit }: Instance): Label {
  const alike = world.instances().filter((one) => one.kind === kind && one.unit === unit)
  return { kind, unit, n: alike.findIndex((one) => one.id === id) + 1 }
}

export function find(world: World, { kind, unit, n }: Label): Instance | undefined {
  return world.instances().filter((one) => one.kind === kind && one.unit === unit)[n - 1]
}

/** Makes a move; false when it is refused, or when that time has passed. */
export function make(world: World, move: Move): boolean {
  if ('until' in move) {
    if (move.until <= world.now()) return false
    world.goTo(move.until)
    return true
  }
  const instance = find(world, move.on)
  if (!instance) return false
  return world.ask(move.person, instance.id, move.command, move.payload).ok
}

/**
 * When a state changes next without anybody's doing, or a date comes that opens or closes a window; reminders
 * alone are not worth telling. Undefined when nothing comes any more.
 */
export function nextDate(world: World): Instant | undefined {
  const ahead = world.fork()
  const before = placesOf(ahead)
  for (;;) {
    const dates = Object.values(ahead.facts.dates)
      .map(({ due }) => due)
      .filter((due) => due > ahead.now())
    const next = [ahead.nextDue(), ...dates].filter((due) => due !== undefined).toSorted()[0]
    if (next === undefined) return undefined
    ahead.goTo(next)
    if (dates.includes(next) || placesOf(ahead) !== before) return next
  }
}

function placesOf(world: World): string {
  return world
    .instances()
    .map(({ id, state }) => `${id} ${JSON.stringify(state.snapshot['value'])} ${state.status}`)
    .join('\n')
}

/** The campaign after a story; undefined when a move of it is not possible. */
export function follow(entry: Entry, cast: Cast, story: Story): World | undefined {
  const world = startWorld(entry, cast)
  return story.every((move) => make(world, move)) ? world : undefined
}

/**
 * Leaves out what is not needed: every move without which the rest still leads there; many at once while it can.
 * Told to stop, it is as short as it was until then.
 */
export function* shortened(entry: Entry, cast: Cast, story: Story, leads: (world: World) => boolean): Work<Story> {
  let kept = story
  for (let many = Math.max(1, Math.floor(story.length / 2)); many >= 1;) {
    const shorter = yield* withoutSome(entry, cast, kept, many, leads)
    if (shorter === undefined) return kept
    // Without these, others may be needed no longer.
    if (shorter.length < kept.length && many === 1) kept = shorter
    else {
      kept = shorter
      many = many === 1 ? 0 : Math.floor(many / 2)
    }
  }
  return kept
}

/**
 * Leaves out so many neighbours at a time, from the end to the beginning, where the rest still leads there. What
 * comes before them is as it was, so each try goes on from there; most come to a move that is refused soon after.
 */
function* withoutSome(
  entry: Entry,
  cast: Cast,
  story: Story,
  many: number,
  leads: (world: World) => boolean,
): Work<Story | undefined> {
  const before = worldsBefore(entry, cast, story)
  let kept = story
  for (let end = kept.length; end > 0; end -= many) {
    const goOn = yield {
      doing: 'shortening',
      n: story.length - kept.length,
      of: story.length,
      found: 0,
    }
    if (!goOn) return undefined
    const start = Math.max(0, end - many)
    const rest = kept.slice(end)
    const world = before[start]?.fork()
    if (world && rest.every((move) => make(world, move)) && leads(world)) kept = [...kept.slice(0, start), ...rest]
  }
  return kept
}

/** The campaign before each move of a story, as far as it can be followed. */
function worldsBefore(entry: Entry, cast: Cast, story: Story): World[] {
  const worlds = [startWorld(entry, cast)]
  for (const move of story) {
    const world = worlds.at(-1)?.fork()
    if (!world || !make(world, move)) break
    worlds.push(world)
  }
  return worlds
}
