import type { Text } from '@duban/engine'
import { hundredths, share } from './points.ts'

export type Part = {
  title: Text
  /** Percent of the whole. */
  weight: number
  /** The highest score of the part; default 100. */
  most?: number
}

export type WeightedTotal<Name extends string> = {
  /** Out of 100. */
  total: number
  /** What each part adds to the total. */
  parts: { [N in Name]: number }
  /** Parts that have no score: they add nothing. */
  missing: Name[]
}

/**
 * A total out of 100 of parts that count by percent. A part without a score (null) adds nothing and is listed.
 *
 * @throws {RangeError} when the weights do not add up to 100
 * @example
 * const total = weighted({ ballot: { title: …, weight: 40 }, panel: { title: …, weight: 60 } })
 * total({ ballot: 90, panel: 80 }) // { total: 84, parts: { ballot: 36, panel: 48 }, missing: [] }
 */
export function weighted<const Name extends string>(table: {
  readonly [N in Name]: Part
}): (scores: { readonly [N in Name]: number | null }) => WeightedTotal<Name> {
  const names = Object.keys(table) as Name[]
  const weights = names.reduce((sum, name) => sum + hundredths(table[name].weight), 0)
  if (weights !== 10_000) {
    throw new RangeError(`weighted: the weights add up to ${weights / 100}, not 100`)
  }
  for (const name of names) {
    const { weight, most = 100 } = table[name]
    if (weight <= 0 || most <= 0) throw new RangeError(`weighted: ${name}: must be above 0`)
  }
  return (scores) => {
    const parts = Object.fromEntries(
      names.map((name) => {
        const { weight, most = 100 } = table[name]
        const score = Math.min(hundredths(scores[name] ?? 0), hundredths(most))
        return [name, share(score, hundredths(weight), hundredths(most))]
      }),
    ) as { [N in Name]: number }
    return {
      total: names.reduce((sum, name) => sum + hundredths(parts[name]), 0) / 100,
      parts,
      missing: names.filter((name) => scores[name] === null),
    }
  }
}
