import { hundredths, share } from '../scoresheet/points.ts'

/**
 * What is known of the ratings that one unit has received: how many, their sum, and as many of the lowest and
 * highest as may be left out. So much for each, however many there are who rate. Points in hundredths.
 */
export type Received = { ratings: number; sum: number; lowest: number[]; highest: number[] }

export function add(before: Received | undefined, score: number, trim: number): Received {
  const { ratings, sum, lowest, highest } = before ?? {
    ratings: 0,
    sum: 0,
    lowest: [],
    highest: [],
  }
  const one = hundredths(score)
  return {
    ratings: ratings + 1,
    sum: sum + one,
    lowest: [...lowest, one].toSorted((a, b) => a - b).slice(0, trim),
    highest: [...highest, one].toSorted((a, b) => b - a).slice(0, trim),
  }
}

/** The mean, the extremes left out if somebody is left then: as `mean` in the score sheet would give it. */
export function scoreOf(received: Received | undefined, trim: number): number | null {
  if (!received) return null
  const { ratings, sum, lowest, highest } = received
  const trimmed = ratings > 2 * trim
  const out = trimmed ? [...lowest, ...highest] : []
  const left = out.reduce((total, one) => total - one, sum)
  return share(left, 1, ratings - out.length)
}
