import type { Json } from '@duban/engine'

/** Somebody asked for something; with these in order a run can be played again, here or on a server. */
export type Asked = { at: string; person: string; instance: string; command: string; payload: Json }
export type Ask = (person: string, instance: string, command: string, payload: Json) => boolean

export type Ending = 'finished' | 'cancelled' | 'stuck' | 'unfinished'

export type Run = {
  ending: Ending
  script: Asked[]
  /** When the run was last looked at; a script is followed by the time until then. */
  until: string
  /** Commands that were done, and how often. */
  done: Map<string, number>
  /** The same for each instance: `<instance> <command>`. */
  times: Map<string, number>
  illegal: { tried: number; wrong: string[] }
  /** What was tried in vain when nothing was due any more: command and refusal. */
  stuckOn: string[]
}

export type PlayOptions = {
  people: readonly string[]
  organiser: string
  /** Rounds after which a run that has not ended is given up. */
  rounds: number
  /** Stop so many days after the start. */
  days?: number
}
