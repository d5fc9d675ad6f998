// Plays every definition (or those named) with many seeds, one process each, and prints what came of it.
//   pnpm simulate [--runs 1000] [--seed 1] [--units n] [--days n] [--json] [id …]
// Exit code 1 when a law was broken, a campaign ended in a dead end, or more than a tenth came to no end.
import { simulate, simulationText, type Simulation } from '@duban/author/simulate'
import { catalogue } from '@duban/definitions'
import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    units: { type: 'string' },
    days: { type: 'string' },
    json: { type: 'boolean', default: false },
    /** For the processes that this one starts. */
    one: { type: 'boolean', default: false },
  },
})

const entries = catalogue.filter(({ definition }) => positionals.length === 0 || positionals.includes(definition.id))
const unknown = positionals.filter((id) => !entries.some(({ definition }) => definition.id === id))
if (unknown.length > 0) throw new Error(`no definition is called ${unknown.join(', ')}`)

if (values.one) playHere()
else await playAll()

function playHere(): void {
  const [entry] = entries
  if (!entry) return
  const { units, days } = values
  const result = simulate({
    entry,
    runs: Number(values.runs),
    seed: Number(values.seed),
    ...(units !== undefined && { units: Number(units) }),
    ...(days !== undefined && { days: Number(days) }),
    clock: () => performance.now(),
  })
  process.stdout.write(JSON.stringify(result))
}

/** As many definitions at once as there are processors. */
async function playAll(): Promise<void> {
  const waiting = entries.map(({ definition }) => definition.id)
  const results: Simulation[] = []
  const work = async (): Promise<void> => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      const result = JSON.parse(await playApart(id)) as Simulation
      results.push(result)
      if (!values.json) process.stdout.write(simulationText(result))
      if (!result.ok) process.exitCode = 1
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, work))
  if (values.json) process.stdout.write(`${JSON.stringify(results, null, 2)}\n`)
}

function playApart(id: string): Promise<string> {
  const given = Object.entries(values).flatMap(([name, value]) =>
    typeof value === 'string' ? [`--${name}`, value] : [],
  )
  const child = spawn(process.execPath, [import.meta.filename, '--one', ...given, id], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return new Promise((resolve, reject) => {
    let said = ''
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => void (said += chunk))
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) resolve(said)
      else reject(new Error(`the simulation of ${id} ended with ${code}`))
    })
  })
}
