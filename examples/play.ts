// Any campaign that the server offers, from its start to its end, by a script that knows nothing but the API.
//
//   node examples/play.ts annual-duty-assessment [http://127.0.0.1:3000]      (or DUBAN_URL)
//
// The server must be in demo mode: a year passes in seconds, because the script sets the clock.
import { playBlindly } from './blindly.ts'
import { readClock, Refused, setClock, signIn, type Person } from './client.ts'

type Plan = {
  organiser: string
  body: { definition: string; startsOn: string; assignments: { person: string }[] }
}

const definition = process.argv[2]
const url = process.argv[3] ?? process.env['DUBAN_URL'] ?? 'http://127.0.0.1:3000'

const people = new Map<string, Person>()
async function as(person: string): Promise<Person> {
  const known = people.get(person) ?? (await signIn(url, person))
  people.set(person, known)
  return known
}

const auditor = 'shao-jingyuan'
const { items: plans } = await (await as(auditor)).get<{ items: Plan[] }>('/api/demo/plans')
const plan = plans.find(({ body }) => body.definition === definition)

if (plan) await play(plan)
else {
  console.error(`Name one of:\n  ${plans.map(({ body }) => body.definition).join('\n  ')}`)
  process.exitCode = 2
}

async function play({ organiser, body }: Plan): Promise<void> {
  const clockBefore = await readClock(url)
  await setClock(url, `${body.startsOn}T09:00:00+08:00`)
  const { id } = await (await as(organiser)).start(body)
  const holders = [...new Set(body.assignments.map(({ person }) => person))]
  const { done, refused } = await playBlindly(
    {
      ask: async (person, path) => (await as(person)).get(path),
      act: async (person, where, command, payload) => {
        try {
          await (await as(person)).do(where, command, payload as object)
          return undefined
        } catch (error) {
          if (error instanceof Refused) return error.problem
          throw error
        }
      },
      advanceTo: (instant) => setClock(url, instant),
    },
    id,
    holders,
    auditor,
  )
  console.log(await (await as(auditor)).transcript(id))
  const verdict = await (
    await as(auditor)
  ).get<{ ok: boolean; instances: number; transitions: number }>(`/api/campaigns/${id}/verify`)
  const outcome = verdict.ok ? 'every transition matches' : 'something does not match'
  console.log(`${done.length} commands done, ${refused.length} refused.`)
  console.log(`${verdict.transitions} transitions of ${verdict.instances} instances: ${outcome}.`)
  await setClock(url, clockBefore.now, clockBefore.running)
}
