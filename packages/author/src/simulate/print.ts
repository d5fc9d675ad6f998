import type { Failure, Simulation } from './index.ts'

// A story is long, and the first of its kind says most.
const MOST_STORIES = 1
const MOST_WRONG = 5

/** A simulation as text for the author of a definition. */
export function simulationText(simulation: Simulation): string {
  const { definition, units, seed, runs, steps, stepsPerSecond, asked, endings } = simulation
  const last = seed + runs - 1
  const lines = [
    `${definition}: ${runs} ${runs === 1 ? 'campaign' : 'campaigns'} of ${units} units, seed${
      runs === 1 ? '' : 's'
    } ${seed}${runs === 1 ? '' : `–${last}`}`,
    `  ${steps} steps${stepsPerSecond === null ? '' : `, ${stepsPerSecond} a second`}; ${asked.done} commands done, ${asked.illegal} illegal ones refused`,
    `  ended: ${Object.entries(endings)
      .filter(([, n]) => n > 0)
      .map(([ending, n]) => `${n} ${ending}`)
      .join(', ')}`,
    ...Object.entries(simulation.unfinishedIn).map(([state, n]) => `    ${n} given up in ${state}`),
    ...listed('states never reached', simulation.neverReached),
    ...listed('commands never done', simulation.neverDone),
    ...simulation.lateness.map(({ date, armed, fired }) => {
      const share = armed === 0 ? 0 : Math.round((100 * fired) / armed)
      return `  ${date}: ${fired} of ${armed} deadlines came before anybody had moved on (${share}%)`
    }),
    ...simulation.failures.flatMap((failure, n) => failureText(failure, n < MOST_STORIES)),
    simulation.ok ? '  no law was broken, and nobody ended in a dead end' : '',
  ]
  return lines
    .filter((line) => line !== '')
    .map((line) => `${line}\n`)
    .join('')
}

function listed(title: string, names: string[]): string[] {
  return names.length === 0 ? [] : [`  ${title}: ${names.join(', ')}`]
}

function failureText({ seed, what, story }: Failure, whole: boolean): string[] {
  const told = what.slice(0, MOST_WRONG).map(({ law, what: how }) => `    ${law} — but ${how}`)
  const more = what.length > MOST_WRONG ? [`    … and ${what.length - MOST_WRONG} more`] : []
  const lines = whole
    ? [
        '',
        ...story
          .trimEnd()
          .split('\n')
          .map((line) => `    ${line}`),
      ]
    : []
  return [`  FAILED with seed ${seed}:`, ...told, ...more, ...lines]
}
