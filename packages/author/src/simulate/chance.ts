import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'

/** Everything that is left to chance in a simulation; the same seed gives the same. */
export type Chance = {
  /** Both ends included. */
  int: (from: number, to: number) => number
  /** True so often: `often(0.1)` once in ten times. */
  often: (share: number) => boolean
  /** @throws {RangeError} from an empty list */
  pick: <T>(from: readonly T[]) => T
  shuffled: <T>(from: readonly T[]) => T[]
}

const FINE = 1_000_000

export function createChance(seed: number): Chance {
  const generator = xoroshiro128plus(seed)
  const int = (from: number, to: number): number => uniformInt(generator, from, to)
  const pick = <T>(from: readonly T[]): T => {
    if (from.length === 0) throw new RangeError('nothing to choose from')
    return from[int(0, from.length - 1)] as T
  }
  return {
    int,
    often: (share) => int(0, FINE - 1) < share * FINE,
    pick,
    // Fisher–Yates.
    shuffled: (from) => {
      const list = [...from]
      for (let last = list.length - 1; last > 0; last -= 1) {
        const other = int(0, last)
        ;[list[last], list[other]] = [list[other] as (typeof list)[0], list[last] as (typeof list)[0]]
      }
      return list
    },
  }
}
