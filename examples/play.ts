// Any campaign that the server offers, from its start to its end, by a script that knows the API and no more; where
// a definition has `sampleForms`, forms are filled in as they say.
import { parseArgs } from 'node:util'
import { catalogue } from '@duban/definitions'
import { blindly, playBlindly, type FillForm } from './blindly.ts'
import { readClock, Refused, setClock, signIn, type Person } from './client.ts'
import { factsOf, withSampleForms } from './withSampleForms.ts'

const usage = `play <definition> [--blind] [url]

Plays a campaign of the demo organisation to its end over HTTP, prints its transcript, and has it verified.
The server must be in demo mode (pnpm start): a year passes in seconds, because the script sets the clock.

  url       where the server is; else DUBAN_URL, else http://127.0.0.1:3000
  --blind   the plainest payload that each schema accepts, even where the definition has sampleForms`

type Plan = {
  organiser: string
  body: { definition: string; startsOn: string; assignments: { person: string }[] }
}

const auditor = 'shao-jingyuan'

try {
  await main()
} catch (error) {
  // What went wrong, for whoever writes a definition; the script's own stack tells them nothing.
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { blind: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  })
  const [definition, where] = positionals
  if (values.help) return console.log(usage)
  const url = where ?? process.env['DUBAN_URL'] ?? 'http://127.0.0.1:3000'
  const as = signsIn(url)
  const { items } = await (await as(auditor)).get<{ items: Plan[] }>('/api/demo/plans')
  const plan = items.find(({ body }) => body.definition === definition)
  if (plan) return play(url, as, plan, values.blind ?? false)
  const ids = items.map(({ body }) => `  ${body.definition}`).join('\n')
  console.error(`${usage}\n\nThe server at ${url} offers:\n${ids}`)
  process.exitCode = 2
}

function signsIn(url: string): (person: string) => Promise<Person> {
  const people = new Map<string, Person>()
  return async (person) => {
    const known = people.get(person) ?? (await signIn(url, person))
    people.set(person, known)
    return known
  }
}

async function play(
  url: string,
  as: (person: string) => Promise<Person>,
  { organiser, body }: Plan,
  blind: boolean,
): Promise<void> {
  const clockBefore = await readClock(url)
  await setClock(url, `${body.startsOn}T09:00:00+08:00`)
  try {
    const { id } = await (await as(organiser)).start(body)
    const audits = await as(auditor)
    const sampleForms = catalogue.find((one) => one.definition.id === body.definition)?.sampleForms
    const fill: FillForm =
      sampleForms && !blind ? withSampleForms(sampleForms, await factsOf(audits, id), () => nowAt(url)) : blindly
    const holders = [...new Set(body.assignments.map(({ person }) => person))]
    await settle(url)
    const { done, refused, never } = await playBlindly(
      {
        ask: async (person, path) => (await as(person)).get(path),
        act: async (person, where, command, payload) => {
          try {
            await (await as(person)).do(where, command, payload as object)
          } catch (error) {
            if (error instanceof Refused) return error.problem
            throw error
          }
          await settle(url)
          return undefined
        },
        advanceTo: (instant) => setClock(url, instant),
      },
      id,
      holders,
      auditor,
      { fill },
    )
    console.log(await audits.transcript(id))
    const verdict = await audits.get<{ ok: boolean; instances: number; transitions: number }>(
      `/api/campaigns/${id}/verify`,
    )
    const outcome = verdict.ok ? 'every transition matches' : 'something does not match'
    console.log(`${done.length} commands done, ${refused.length} refused.`)
    if (never.length > 0) console.log(`Never tried, for they only send back: ${never.join(', ')}.`)
    console.log(`${verdict.transitions} transitions of ${verdict.instances} instances: ${outcome}.`)
    if (!verdict.ok) process.exitCode = 1
  } finally {
    await setClock(url, clockBefore.now, clockBefore.running)
  }
}

async function nowAt(url: string): Promise<string> {
  return (await readClock(url)).now
}

/**
 * Waits for what follows from the last command. The server answers a command first, then opens children and
 * delivers messages and counts; setting the clock answers when all of that has been taken.
 */
async function settle(url: string): Promise<void> {
  await setClock(url, await nowAt(url))
}
