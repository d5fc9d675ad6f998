import type { Text } from '@duban/engine'
import { hundredths } from './points.ts'

export type Band = {
  title: Text
  /** The lowest score of the grade. */
  from: number
  /** Where the plan says so: the grade ends below this, which is where the next begins. */
  below?: number
}

/**
 * Grades (等次) by score, best first. The last begins at the lowest score there is (0 unless `least` says
 * otherwise), so that every score has a grade.
 *
 * @throws {RangeError} when bands overlap, leave a hole, or do not go down
 * @example
 * const grade = bands({ good: { title: …, from: 80 }, poor: { title: …, from: 0, below: 80 } })
 * grade(79.99) // 'poor'
 */
export function bands<const Grade extends string>(
  table: { readonly [G in Grade]: Band },
  { most = 100, least = 0 }: { most?: number; least?: number } = {},
): (score: number) => Grade {
  const rows = (Object.entries(table) as [Grade, Band][]).map(([grade, { from, below }]) => ({
    grade,
    from: hundredths(from),
    below: below === undefined ? undefined : hundredths(below),
  }))
  const last = rows.at(-1)
  if (!last) throw new RangeError('bands: name at least one grade')
  if (last.from !== hundredths(least)) {
    throw new RangeError(`bands: the last grade, «${last.grade}», must begin at ${least}`)
  }
  rows.forEach(({ grade, from, below }, n) => {
    const before = rows[n - 1]
    const end = before?.from ?? hundredths(most) + 1
    if (from >= end) {
      throw new RangeError(
        before
          ? `bands: «${grade}» must begin below «${before.grade}»; write the best grade first`
          : `bands: «${grade}» begins at ${from / 100}, but the highest score is ${most}`,
      )
    }
    if (before && below !== undefined && below !== end) {
      throw new RangeError(`bands: «${grade}» ends below ${below / 100}, but «${before.grade}» begins at ${end / 100}`)
    }
  })
  return (score) => {
    const whole = hundredths(score)
    return (rows.find(({ from }) => whole >= from) ?? last).grade
  }
}
