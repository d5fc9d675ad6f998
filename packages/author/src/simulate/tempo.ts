import type { World } from '@duban/engine'
import type { Chance } from './chance.ts'

/** How people are in one run: how often anybody acts, who waits for the last day and who is away for a while. */
export type Tempo = {
  /** About how many acts a campaign takes. */
  acts: number
  /** Mean hours from one act to the next. */
  hours: number
  /** How often the clock jumps to the next deadline, whatever people do: a few times a campaign. */
  jumps: number
  /** How often the organiser steers. */
  steers: number
  /** Whether a person acts now, on something due by then. */
  present: (person: string, now: string, due: string | null) => boolean
  /** Everybody is back from now on. */
  allBack: () => void
}

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** Draws a tempo: brisk runs in which hardly anything is late, and slow ones in which almost everything is. */
export function drawTempo(world: World, people: readonly string[], chance: Chance): Tempo {
  const { facts } = world
  const start = Date.parse(world.now())
  const end = Math.max(start + 30 * DAY, ...Object.values(facts.dates).map(({ due }) => Date.parse(due)))
  const span = end - start
  const pace = chance.pick([0.25, 0.5, 1, 1, 2, 4])
  const late = new Set(people.filter(() => chance.often(0.15)))
  const away = new Map(
    people
      .filter(() => chance.often(0.1))
      .map((person) => [person, start + chance.int(0, Math.floor(span / HOUR)) * HOUR]),
  )
  const acts = 30 + 12 * facts.units.length
  return {
    acts,
    hours: Math.max(0.05, (span / HOUR / acts) * pace),
    jumps: Math.min(0.05, 7 / acts),
    steers: Math.min(0.012, 2 / acts),
    present: (person, now, due) => {
      if ((away.get(person) ?? 0) > Date.parse(now)) return false
      return !late.has(person) || due === null || now >= due || chance.often(0.1)
    },
    allBack: () => {
      late.clear()
      away.clear()
    },
  }
}

/** A while later: exponential, as the gaps between independent acts are. */
export function laterBy(now: string, hours: number, chance: Chance): string {
  const draw = (chance.int(0, 999_999) + 0.5) / 1_000_000
  return new Date(Date.parse(now) + Math.round(-Math.log(draw) * hours * 60) * 60_000).toISOString()
}
