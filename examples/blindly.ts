// Plays any campaign knowing nothing but the API: worklists, JSON Schemas and the clock.
import { fillIn } from './fillIn.ts'
import type { Problem, Shown } from './shown.ts'
import { neverTried, whyItStopped, type Look } from './stopped.ts'

/** The API as the player sees it: `ask` reads as a person, `act` does a command. */
export type Desk = {
  ask: <Answer>(person: string, path: string) => Promise<Answer>
  /**
   * What the server said, should it refuse; undefined when it was done. It comes back when what follows from the
   * command has happened too: a server answers first, and opens children and delivers messages and counts then.
   */
  act: (
    person: string,
    where: { campaign: string; instance: string },
    command: string,
    payload: unknown,
  ) => Promise<Problem | undefined>
  advanceTo: (instant: string) => Promise<void>
}
export type Task = {
  campaign: string
  instance: string
  version: number
  command: string
  due: string | null
}
type Page<Item> = { items: Item[] }
type Campaign = { instance: { status: string }; tallies: unknown }

/**
 * The payloads to try for a command, in their order, until one is accepted. `turn` is how often this person
 * did or tried it there before.
 */
export type FillForm = (asked: {
  person: string
  task: Task
  shown: Shown
  schema: { [key: string]: unknown }
  turn: number
}) => unknown[] | Promise<unknown[]>

/** The plainest payload, and nothing else. */
export const blindly: FillForm = ({ schema }) => [fillIn(schema)]

export type Played = {
  /** Commands in the order in which they were done. */
  done: string[]
  refused: string[]
  /** Commands that were offered and never done, by the player's own rule. */
  never: string[]
}

export type PlayOptions = {
  fill?: FillForm
  mostRounds?: number
  /** So many deadlines may pass after which everybody stands where everybody stood before. */
  patience?: number
}

type Refused = { problem: Problem; version: number }
/** What each person did, and was refused, in a state of an instance; how often they turned to it, and what they saw last. */
type Memory = {
  did: Set<string>
  refused: Map<string, Refused>
  turns: Map<string, number>
  looks: Map<string, Look>
}
type Round = {
  desk: Desk
  campaign: string
  people: string[]
  fill: FillForm
  memory: Memory
  played: Played
  /** Whether what was refused is tried again where the instance has changed since. */
  again: boolean
}

/**
 * Looks at everybody's tasks, fills in what `fill` says, and moves the clock to the next deadline when nobody
 * can do anything, until the campaign is done.
 *
 * @param auditor somebody who may read all of the campaign
 * @throws when nobody can do anything and nothing is due, when so many deadlines bring nothing new, or when it has
 * not ended after so many rounds; the message says who could have done what, and why it was not done
 */
export async function playBlindly(
  desk: Desk,
  campaign: string,
  people: string[],
  auditor: string,
  { fill = blindly, mostRounds = 500, patience = 200 }: PlayOptions = {},
): Promise<Played> {
  const played: Played = { done: [], refused: [], never: [] }
  const memory: Memory = { did: new Set(), refused: new Map(), turns: new Map(), looks: new Map() }
  const places = new Set<string>()
  let looks: Look[] = []
  let again = false
  let nothingNew = 0
  for (let round = 0; round < mostRounds && nothingNew < patience; round += 1) {
    const { instance, tallies } = await desk.ask<Campaign>(auditor, `/api/campaigns/${campaign}`)
    if (instance.status === 'done') return played
    const before = played.done.length
    const now = await oneRound({ desk, campaign, people, fill, memory, played, again })
    const moved = played.done.length > before
    again = !moved && !again && now.some(({ what }) => what === 'refused')
    if (moved || again) continue
    looks = now
    const known = places.size
    nothingNew = places.add(JSON.stringify(tallies)).size > known ? 0 : nothingNew + 1
    const path = `/api/campaigns/${campaign}/deadlines?limit=1`
    const [next] = (await desk.ask<Page<{ due: string }>>(auditor, path)).items
    if (!next) {
      throw new Error(whyItStopped('nobody can do anything, and nothing is due', looks, tallies))
    }
    await desk.advanceTo(next.due)
    memory.did.clear()
    memory.refused.clear()
    memory.looks.clear()
  }
  const reason = `it goes round in circles, or has too many rounds; last: ${played.done.slice(-8).join(', ')}`
  throw new Error(whyItStopped(reason, looks))
}

/**
 * Each person does each of their tasks once while its instance stands in a state, and once more after a
 * deadline. What was refused may pass when something has happened to the instance; it is tried again before the
 * clock moves on.
 */
async function oneRound(round: Round): Promise<Look[]> {
  const { desk, campaign, people, fill, memory, played, again } = round
  const looks: Look[] = []
  for (const person of people) {
    const path = `/api/tasks?campaign=${campaign}&limit=500`
    for (const task of (await desk.ask<Page<Task>>(person, path)).items) {
      const who = `${person} ${task.instance} ${task.command}`
      const last = memory.looks.get(who)
      // As it was when this person looked last: there is nothing new to see.
      if (last?.shown.version === task.version) {
        looks.push(last)
        continue
      }
      const at = `/api/campaigns/${task.campaign}/instances/${task.instance}`
      const shown = await desk.ask<Shown>(person, at)
      const offer = shown.commands.find(({ command }) => command === task.command)
      if (!offer) continue
      const look = { person, command: task.command, shown }
      const saw = (one: Look): void => {
        looks.push(one)
        memory.looks.set(who, one)
      }
      const here = `${who} ${JSON.stringify(shown.state)}`
      const refused = memory.refused.get(here)
      if (neverTried(task.command)) {
        saw({ ...look, what: 'never' })
        if (!played.never.includes(task.command)) played.never.push(task.command)
      } else if (memory.did.has(here)) saw({ ...look, what: 'did' })
      else if (refused && (!again || refused.version === shown.version)) {
        saw({ ...look, what: 'refused', problem: refused.problem })
      } else {
        const turn = memory.turns.get(who) ?? 0
        memory.turns.set(who, turn + 1)
        const ways = await fill({ person, task, shown, schema: offer.schema, turn })
        const problem = await tryEach(desk, person, task, ways)
        if (problem === undefined) {
          memory.did.add(here)
          played.done.push(task.command)
          continue
        }
        memory.refused.set(here, { problem, version: shown.version })
        const why = JSON.stringify(problem.issues ?? problem.rule)
        played.refused.push(`${task.command}: ${problem.code} ${why}`)
        saw({ ...look, what: 'refused', problem })
      }
    }
  }
  return looks
}

/** What the server said to the last of them; undefined when one was accepted. */
async function tryEach(desk: Desk, person: string, task: Task, ways: unknown[]): Promise<Problem | undefined> {
  let problem: Problem | undefined
  for (const payload of ways) {
    problem = await desk.act(person, task, task.command, payload)
    if (problem === undefined) return undefined
  }
  return problem
}
