import type { Failure, Simulation } from './result.ts'
import type { Seen } from './notes.ts'

// A story is long, and the first of its kind says most.
const MOST_STORIES = 1
const MOST_WRONG = 5
const MOST_UNFINISHED = 5

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
    ...unfinishedText(simulation),
    ...listed('states never reached', simulation.neverReached),
    ...listed('commands never done', simulation.neverDone),
    ...simulation.lateness.map(({ date, armed, fired }) => {
      const share = armed === 0 ? 0 : Math.round((100 * fired) / armed)
      return `  ${date}: ${fired} of ${armed} deadlines came before anybody had moved on (${share}%)`
    }),
    ...notesText(simulation),
    ...simulation.failures.flatMap((failure, n) => failureText(failure, n < MOST_STORIES)),
    simulation.failures.length === 0 ? '  no law was broken, and nobody ended in a dead end' : '',
    simulation.tooManyUnfinished
      ? `  FAILED: ${endings.unfinished} of ${runs} came to no end, more than a tenth; above is where everybody stood`
      : '',
  ]
  return lines
    .filter((line) => line !== '')
    .map((line) => `${line}\n`)
    .join('')
}

function unfinishedText({ unfinished }: Simulation): string[] {
  const told = unfinished.slice(0, MOST_UNFINISHED).map(({ seed, on, stood }) => {
    const places = Object.entries(stood)
      .toSorted(([, a], [, b]) => b - a)
      .map(([place, n]) => (n === 1 ? place : `${place} ×${n}`))
    return `    seed ${seed} unfinished on ${on}: ${places.join(', ')}`
  })
  const more = unfinished.slice(MOST_UNFINISHED).map(({ seed }) => seed)
  return more.length > 0 ? [...told, `    and seeds ${more.join(', ')}`] : told
}

function notesText({ unheard, unopened, forsaken }: Simulation): string[] {
  return [
    ...unheard.map(
      ({ message, from, kind, state, ...seen }) =>
        `  unheard: ${from.join(' or ')} told «${message}» to ${kind} in «${state}», which does not hear it: ${often(seen)}`,
    ),
    ...unopened.map(
      ({ kind, by, code, detail, ...seen }) =>
        `  not opened: a ${kind} of ${by}, ${code}${detail && ` (${detail})`}: ${often(seen)}`,
    ),
    ...forsaken.map(
      ({ kind, unit, commands, ...seen }) =>
        `  nobody can do ${commands.join(', ')} on a ${kind} of ${unit ?? 'no unit'}: ${often(seen)}`,
    ),
  ]
}

function often({ times, seed }: Seen): string {
  return `${times === 1 ? 'once' : `${times} times`}, with seed ${seed}${times === 1 ? '' : ' first'}`
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
