import { isOver, type Instance, type World } from '@duban/engine'
import type { Chance } from './chance.ts'
import type { Fill, Way } from './fill.ts'
import { drawIllegal, tryIllegal } from './illegal.ts'
import type { Ask, PlayOptions, Run } from './run.ts'
import { steer } from './steer.ts'
import { drawTempo, laterBy, type Tempo } from './tempo.ts'

export type { Asked, Ending, Run } from './run.ts'

const DAY = 86_400_000
// So many times nobody was found who would do something; then the clock goes on to the next deadline.
const PATIENCE = 4

/** Plays a campaign on virtual time, at random but legally, until it ends or nobody can do anything any more. */
export function playAtRandom(world: World, fill: Fill, chance: Chance, options: PlayOptions): Run {
  const { people, organiser, rounds, days } = options
  const run: Run = {
    ending: 'unfinished',
    script: [],
    until: world.now(),
    done: new Map(),
    times: new Map(),
    illegal: { tried: 0, wrong: [] },
    stuckOn: [],
  }
  const tempo = drawTempo(world, people, chance)
  const last = days === undefined ? undefined : Date.parse(world.now()) + days * DAY
  const cancelAt = chance.often(0.02) ? chance.int(0, tempo.acts) : undefined
  const ask: Ask = (person, instance, command, payload) => {
    const answer = world.ask(person, instance, command, payload)
    run.script.push({ at: world.now(), person, instance, command, payload })
    if (answer.ok) run.done.set(command, (run.done.get(command) ?? 0) + 1)
    return answer.ok
  }
  let idle = 0
  for (let round = 0; round < rounds; round += 1) {
    if (isOver(world.root().state.status)) break
    if (last !== undefined && Date.parse(world.now()) > last) break
    if (round === cancelAt) ask(organiser, world.facts.id, 'campaign.cancel', { reason: '任务撤销' })
    if (chance.often(0.06)) tryOne(world, fill, chance, people, run)
    const suspended = world.root().state.status === 'suspended'
    if (chance.often(suspended ? 0.3 : tempo.steers)) steer(world, organiser, ask, chance)
    else if (suspended) world.goTo(laterBy(world.now(), 5 * 24, chance))
    else if (!chance.often(tempo.jumps) && act(world, fill, chance, tempo, ask, run)) {
      idle = 0
      world.goTo(laterBy(world.now(), tempo.hours, chance))
    } else if ((idle += 1) < PATIENCE && world.nextDue() !== undefined) {
      world.goTo(laterBy(world.now(), tempo.hours, chance))
    } else if (!onward(world, tempo)) {
      const before = world.refusals().length
      if (!act(world, fill, chance, tempo, ask, run, true)) {
        run.ending = 'stuck'
        const vain = world.refusals().slice(before)
        run.stuckOn = [...new Set(vain.map(({ event, refusal }) => `${event}: ${refusal.code}`))]
        break
      }
    }
  }
  const { status } = world.root().state
  if (status === 'cancelled') run.ending = 'cancelled'
  else if (isOver(status)) run.ending = 'finished'
  run.until = world.now()
  return run
}

/** To the next instant at which something is due; false when nothing is. */
function onward(world: World, tempo: Tempo): boolean {
  const due = world.nextDue()
  if (due !== undefined) world.goTo(due)
  else tempo.allBack()
  return due !== undefined
}

function tryOne(world: World, fill: Fill, chance: Chance, people: readonly string[], run: Run): void {
  const ask = drawIllegal(world, people, chance)
  if (!ask) return
  run.illegal.tried += 1
  const wrong = tryIllegal(world, ask, fill, chance)
  if (wrong !== undefined) run.illegal.wrong.push(wrong)
}

const LOOKS = 8
const ways: Way[] = ['sampleForm', 'sampleForm', 'random', 'plain']

/**
 * Somebody does one of the things that can be done. `insisting`, everything that anybody may do is tried, each
 * in every way, before it is said that nothing can be done.
 */
function act(world: World, fill: Fill, chance: Chance, tempo: Tempo, ask: Ask, run: Run, insisting = false): boolean {
  const open = world
    .instances()
    .flatMap((instance) => world.commands(instance.id).map((command) => ({ instance, command })))
  if (open.length === 0) return false
  const chosen = insisting ? chance.shuffled(open) : Array.from({ length: LOOKS }, () => chance.pick(open))
  for (const { instance, command } of chosen) {
    // What was done often gives way to what was not: to send back is always possible, and never ends.
    const times = run.times.get(`${instance.id} ${command}`) ?? 0
    if (!insisting && !chance.often(1 / (1 + times))) continue
    const due = dueOf(instance)
    const who = world
      .whoMay(instance.id, command)
      .filter(({ person }) => insisting || tempo.present(person, world.now(), due))
    if (who.length === 0) continue
    const { person } = chance.pick(who)
    for (const way of insisting ? [...ways, ...ways, ...ways] : [chance.pick(ways)]) {
      const payload = fill({ world, instance: instance.id, command, by: person, chance, way })
      if (!ask(person, instance.id, command, payload)) continue
      run.times.set(`${instance.id} ${command}`, times + 1)
      return true
    }
  }
  return false
}

function dueOf({ state }: Instance): string | null {
  const dues = Object.values(state.timers).flatMap(({ reminder, due }) => (reminder === undefined ? [due] : []))
  return dues.toSorted()[0] ?? null
}
