import type { TestServer } from './harness.ts'
import { fromSchema } from './fromSchema.ts'

type Person = { id: string }
type Task = { campaign: string; instance: string; command: string; due: string | null }

/**
 * Plays a campaign knowing nothing but the API: looks at everybody's tasks, fills in the plainest payload
 * that the schema accepts, and moves the clock to the next deadline when nobody can do anything.
 * Returns the commands that were done, in order.
 */
export async function playBlindly(
  server: TestServer,
  campaign: string,
  people: Person[],
  auditor: string,
  mostRounds = 500,
): Promise<{ done: string[]; refused: string[] }> {
  const done: string[] = []
  const refused: string[] = []
  const tried = new Set<string>()
  for (let round = 0; round < mostRounds; round += 1) {
    const { json } = await server.call(auditor, 'GET', `/api/campaigns/${campaign}`)
    if (json.instance.status === 'done') return { done, refused }
    if (!(await oneRound(server, campaign, people, tried, done, refused))) {
      const { json: deadlines } = await server.call(
        auditor,
        'GET',
        `/api/campaigns/${campaign}/deadlines?limit=1`,
      )
      const next: string | undefined = deadlines.items[0]?.due
      if (next === undefined)
        throw new Error(
          `nobody can do anything, and nothing is due: ${JSON.stringify(json.tallies)}`,
        )
      await server.advanceTo(next)
      tried.clear()
    }
  }
  throw new Error(`not done after ${mostRounds} rounds: ${done.slice(-20).join(', ')}`)
}

/** Each person does each of their tasks once while its instance stands in a state, and once more after a deadline. */
async function oneRound(
  server: TestServer,
  campaign: string,
  people: Person[],
  tried: Set<string>,
  done: string[],
  refused: string[],
): Promise<boolean> {
  let moved = false
  for (const { id: person } of people) {
    const { json } = await server.call(person, 'GET', `/api/tasks?campaign=${campaign}&limit=500`)
    for (const task of json.items as Task[]) {
      const path = `/api/campaigns/${task.campaign}/instances/${task.instance}`
      const { json: instance } = await server.call(person, 'GET', path)
      const offer = instance.commands.find(({ command }: Task) => command === task.command)
      const key = `${task.instance} ${task.command} ${JSON.stringify(instance.state)}`
      // Sending back is always possible; someone who only sends back never ends.
      if (!offer || tried.has(key) || task.command.endsWith('.return')) continue
      tried.add(key)
      const { status, json: answer } = await server.call(person, 'POST', `${path}/commands`, {
        command: task.command,
        payload: fromSchema(offer.schema),
      })
      if (status === 200) done.push(task.command)
      else
        refused.push(
          `${task.command}: ${answer.code} ${JSON.stringify(answer.issues ?? answer.rule)}`,
        )
      moved ||= status === 200
    }
  }
  return moved
}
