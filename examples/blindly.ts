// Plays any campaign knowing nothing but the API: worklists, JSON Schemas and the clock.
import { fillIn } from './fillIn.ts'

/** The API as the player sees it: `ask` reads as a person, `act` does a command. */
export type Desk = {
  ask: <Answer>(person: string, path: string) => Promise<Answer>
  /** What the server said, should it refuse; undefined when it was done. */
  act: (
    person: string,
    where: { campaign: string; instance: string },
    command: string,
    payload: unknown,
  ) => Promise<{ code: string; rule?: string; issues?: unknown } | undefined>
  advanceTo: (instant: string) => Promise<void>
}

type Task = { campaign: string; instance: string; command: string; due: string | null }
type Offer = { command: string; schema: { [key: string]: unknown } }
type Page<Item> = { items: Item[] }
type Shown = { state: unknown; commands: Offer[] }
type Campaign = { instance: { status: string }; tallies: unknown }

export type Played = { done: string[]; refused: string[] }

/**
 * Looks at everybody's tasks, fills in the plainest payload that the schema accepts, and moves the clock to
 * the next deadline when nobody can do anything, until the campaign is done. Returns the commands that were
 * done, in order, and what was refused.
 *
 * @param auditor somebody who may read all of the campaign
 * @throws when nobody can do anything and nothing is due, or when it has not ended after so many rounds
 */
export async function playBlindly(
  desk: Desk,
  campaign: string,
  people: string[],
  auditor: string,
  mostRounds = 500,
): Promise<Played> {
  const played: Played = { done: [], refused: [] }
  const tried = new Set<string>()
  for (let round = 0; round < mostRounds; round += 1) {
    const { instance, tallies } = await desk.ask<Campaign>(auditor, `/api/campaigns/${campaign}`)
    if (instance.status === 'done') return played
    if (await oneRound(desk, campaign, people, tried, played)) continue
    const path = `/api/campaigns/${campaign}/deadlines?limit=1`
    const [next] = (await desk.ask<Page<{ due: string }>>(auditor, path)).items
    if (!next) {
      throw new Error(`nobody can do anything, and nothing is due: ${JSON.stringify(tallies)}`)
    }
    await desk.advanceTo(next.due)
    tried.clear()
  }
  throw new Error(`not done after ${mostRounds} rounds: ${played.done.slice(-20).join(', ')}`)
}

/** Each person does each of their tasks once while its instance stands in a state, and once more after a deadline. */
async function oneRound(
  desk: Desk,
  campaign: string,
  people: string[],
  tried: Set<string>,
  { done, refused }: Played,
): Promise<boolean> {
  let moved = false
  for (const person of people) {
    const path = `/api/tasks?campaign=${campaign}&limit=500`
    for (const task of (await desk.ask<Page<Task>>(person, path)).items) {
      const at = `/api/campaigns/${task.campaign}/instances/${task.instance}`
      const { state, commands } = await desk.ask<Shown>(person, at)
      const offer = commands.find(({ command }) => command === task.command)
      const key = `${task.instance} ${task.command} ${JSON.stringify(state)}`
      // Sending back is always possible; someone who only sends back never ends.
      if (!offer || tried.has(key) || task.command.endsWith('.return')) continue
      tried.add(key)
      const problem = await desk.act(person, task, task.command, fillIn(offer.schema))
      if (problem) {
        const why = JSON.stringify(problem.issues ?? problem.rule)
        refused.push(`${task.command}: ${problem.code} ${why}`)
      } else done.push(task.command)
      moved ||= !problem
    }
  }
  return moved
}
