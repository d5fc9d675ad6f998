import type { Entry } from '@duban/definitions'
import type { World } from '@duban/engine'
import { castOf, startWorld } from '../simulate/cast.ts'
import type { Path, Paths } from './result.ts'
import { make, type Label, type Move } from './story.ts'

/** Each story as a list of who does what on which day. */
export function pathsText(entry: Entry, { definition, paths, unreached }: Paths): string {
  const lines = [
    `${definition}: ${paths.length} of ${paths.length + unreached.length} states reached`,
    ...paths.flatMap((path) => storyLines(entry, path)),
    ...(unreached.length > 0 ? [`not reached: ${unreached.join(', ')}`] : []),
  ]
  return lines.map((line) => `${line}\n`).join('')
}

function storyLines(entry: Entry, { state, units, story }: Path): string[] {
  const cast = castOf(entry, units)
  const world = startWorld(entry, cast)
  const names = new Map(cast.people.map(({ person, name }) => [person, name]))
  const lines = story.map((move) => {
    make(world, move)
    return `  ${moveText(world, move, names)}`
  })
  return ['', `${state}: ${story.length} moves, ${units} unit${units === 1 ? '' : 's'}`, ...lines]
}

function moveText(world: World, move: Move, names: Map<string, string>): string {
  const day = localDay(world.now())
  if ('until' in move) return `${day}  time has passed`
  const { person, command, on, payload } = move
  const title = world.definition.commands[command]?.title.zh ?? ''
  const who = names.get(person) ?? person
  return `${day}  ${who} (${person}) ${command} ${title} on ${labelText(on)} ${JSON.stringify(payload)}`
}

function labelText({ kind, unit, n }: Label): string {
  return [kind, unit, n > 1 ? `#${n}` : ''].filter(Boolean).join(' ')
}

// Shanghai, all the year round eight hours before UTC.
function localDay(at: string): string {
  return new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')
}
