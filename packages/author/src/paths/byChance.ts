import type { Entry } from '@duban/definitions'
import type { World } from '@duban/engine'
import { startWorld, type Cast } from '../simulate/cast.ts'
import { createChance } from '../simulate/chance.ts'
import { createFill } from '../simulate/fill.ts'
import { playAtRandom, type Asked } from '../simulate/player.ts'
import { wasIn } from './cell.ts'
import { labelOf, type Story } from './story.ts'
import type { Work } from './work.ts'

/**
 * Stories to states that the search did not find, from campaigns played at random: long, to be shortened. A
 * story ends with the move after which the campaign first was in the state.
 */
export function* storiesByChance(
  entry: Entry,
  cast: Cast,
  wanted: ReadonlySet<string>,
  seeds: number,
): Work<Map<string, Story>> {
  const { definition, sampleForms } = entry
  const fill = createFill(definition, sampleForms)
  const people = [...new Set(cast.duties.map(({ person }) => person))]
  const rounds = 300 + 50 * cast.units.length
  const found = new Map<string, Story>()
  for (let seed = 1; seed <= seeds && found.size < wanted.size; seed += 1) {
    const goOn = yield { doing: 'playing', n: seed, of: seeds, found: found.size }
    if (!goOn) break
    const world = startWorld(entry, cast)
    const { script, until } = playAtRandom(world, fill, createChance(seed), {
      people,
      organiser: cast.organiser,
      rounds,
    })
    const reached = wasIn(world)
    const fresh = new Set([...wanted].filter((state) => reached.has(state) && !found.has(state)))
    if (fresh.size > 0) retell(startWorld(entry, cast), script, until, fresh, found)
  }
  return found
}

/** Plays a script again, and keeps for each state the moves until it was first reached. */
function retell(world: World, script: Asked[], until: string, fresh: Set<string>, found: Map<string, Story>): void {
  const story: Story = []
  let told = 0
  const keep = (): void => {
    if (world.log().length === told) return
    told = world.log().length
    for (const state of wasIn(world)) {
      if (fresh.delete(state)) found.set(state, [...story])
    }
  }
  const wait = (at: string): void => {
    if (at <= world.now()) return
    world.goTo(at)
    story.push({ until: at })
    keep()
  }
  for (const { at, person, instance, command, payload } of script) {
    wait(at)
    const its = world.instance(instance)
    if (!its) continue
    const on = labelOf(world, its)
    if (!world.ask(person, instance, command, payload).ok) continue
    story.push({ person, command, on, payload })
    keep()
    if (fresh.size === 0) return
  }
  wait(until)
}
