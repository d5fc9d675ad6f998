export const ratings = ['satisfied', 'basically', 'not'] as const
export type Rating = (typeof ratings)[number]
/** `unrated`: whoever filed it said nothing in time. */
export type Outcome = Rating | 'unrated'

/** How one matter was rated at first and at last, and how often it was answered. */
export type Rated = { unit: string; first: Outcome; last: Outcome; answers: number }

export type Statistics = {
  matters: number
  satisfied: number
  basically: number
  not: number
  unrated: number
  /** 满意率: per cent of those rated that are satisfied, one decimal; null when none was rated. */
  rate: number | null
  /** 满意和基本满意率, likewise. */
  contentRate: number | null
  /** 满意率 of the first ratings, before anything was handled again. */
  firstRate: number | null
}

/**
 * Counts matters by their last rating, all together and by unit.
 *
 * @example satisfactionStatistics([{ unit: 'housing', first: 'not', last: 'satisfied', answers: 2 }])
 */
export function satisfactionStatistics(all: readonly Rated[]): Statistics & { byUnit: { [unit: string]: Statistics } } {
  const units = Map.groupBy(all, ({ unit }) => unit)
  const sorted = [...units].toSorted(([a], [b]) => (a < b ? -1 : 1))
  return {
    ...counted(all),
    byUnit: Object.fromEntries(sorted.map(([unit, its]) => [unit, counted(its)])),
  }
}

function counted(all: readonly Rated[]): Statistics {
  const last = (which: Outcome): number => all.filter((one) => one.last === which).length
  const [satisfied, basically, not] = [last('satisfied'), last('basically'), last('not')]
  const rated = satisfied + basically + not
  const atFirst = all.filter(({ first }) => first !== 'unrated')
  const pleased = atFirst.filter(({ first }) => first === 'satisfied').length
  return {
    matters: all.length,
    satisfied,
    basically,
    not,
    unrated: all.length - rated,
    rate: percent(satisfied, rated),
    contentRate: percent(satisfied + basically, rated),
    firstRate: percent(pleased, atFirst.length),
  }
}

/** Per cent, to one decimal, halves up; in whole numbers, so that every machine gets the same. */
function percent(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.floor((part * 2000 + whole) / (2 * whole)) / 10
}
