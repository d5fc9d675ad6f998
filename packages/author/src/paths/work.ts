/** What is being done, and how far it is. `found`: states to which a story is known by now. */
export type Progress = {
  doing: 'looking' | 'playing' | 'shortening'
  n: number
  of: number
  found: number
}

/** As it is told outside: with how many units, among how many states, and which share of the time it may have used. */
export type Watched = Progress & { units: number; states: number; share: number }

/** Work that can be watched, and stopped between two of its parts: it asks at each whether to go on. */
export type Work<Result, Told = Progress> = Generator<Told, Result, boolean>

/** Does it to its end. */
export function done<Result>(work: Work<Result, unknown>): Result {
  let next = work.next()
  while (next.done !== true) next = work.next(true)
  return next.value
}

// So long others (a signal, a line on the terminal) wait for their turn.
const TURN = 50

/** Does it as long as `goOn` says; lets others have their turn. `clock` tells milliseconds. */
export async function doneWhile<Result, Told>(
  work: Work<Result, Told>,
  goOn: (told: Told) => boolean,
  clock: () => number,
): Promise<Result> {
  let turn = clock()
  let next = work.next()
  while (next.done !== true) {
    if (clock() - turn > TURN) {
      await new Promise((resolve) => void setImmediate(resolve))
      turn = clock()
    }
    next = work.next(goOn(next.value))
  }
  return next.value
}

/** The same work, told in another way. */
export function* toldAs<Result, Told, Other>(work: Work<Result, Told>, as: (told: Told) => Other): Work<Result, Other> {
  let next = work.next()
  while (next.done !== true) next = work.next(yield as(next.value))
  return next.value
}
