import type { Violation } from './laws/index.ts'
import type { Forsaken, Unheard, Unopened } from './notes.ts'
import type { Ending } from './player.ts'

/** A campaign in which a law was broken, or in which nobody could do anything any more. */
export type Failure = {
  seed: number
  what: Violation[]
  ending: Ending
  /** The whole story, as an official reads it. */
  story: string
}

export type Simulation = {
  definition: string
  units: number
  seed: number
  runs: number
  endings: { [ending in Ending]: number }
  /** Each run that was given up, or stopped on its last day: on which day, and who stood where. */
  unfinished: { seed: number; on: string; stood: { [place: string]: number } }[]
  /** Whether more than a tenth were given up: then nothing is proved, and it is not `ok`. Not with a last day. */
  tooManyUnfinished: boolean
  steps: number
  stepsPerSecond: number | null
  asked: { done: number; illegal: number }
  neverReached: string[]
  neverDone: string[]
  /** Of each date: deadlines armed, and those that came before anybody had moved on. */
  lateness: { date: string; armed: number; fired: number }[]
  unheard: Unheard[]
  unopened: Unopened[]
  forsaken: Forsaken[]
  failures: Failure[]
  /** Whether no law was broken, no campaign ended in a dead end, and most ended. */
  ok: boolean
}
