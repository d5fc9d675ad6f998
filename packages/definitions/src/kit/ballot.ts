import type { Text } from '@duban/engine'
import { z } from 'zod'
import { mean, sum } from './scoresheet/points.ts'

/** A choice on the paper. `worth`, 0 to 100, makes a rating of it (优秀 100, 合格 80 …). */
export type Choice = { title: Text; worth?: number }

export type BallotOptions<Option extends string> = {
  options: { readonly [O in Option]: Choice }
  /** The option that stands for the motion, where there is one to carry. */
  motion?: NoInfer<Option>
  /** An option that is a valid vote for neither side: 弃权. */
  abstain?: NoInfer<Option>
  /** Percent of those eligible who must be present (到会), or have returned a paper; default 50, and more than that if `over`. */
  quorum?: { percent: number; over?: boolean; of?: 'present' | 'returned' }
  /** `simple`: more for than against. `absolute`: more than half. `twoThirds`: two thirds or more. Default `absolute`. */
  majority?: 'simple' | 'absolute' | 'twoThirds'
  /** What a majority is counted of: valid papers (the default), those present, or all who are eligible. */
  of?: 'valid' | 'present' | 'eligible'
}

/** The count of a secret ballot, as the tellers write it down on the spot. */
export type Count<Option extends string = string> = {
  /** 应到 */
  eligible: number
  /** 实到 */
  present: number
  /** 发出, 收回, 有效, 无效 */
  issued: number
  returned: number
  valid: number
  invalid: number
  votes: { [O in Option]: number }
}

export type Outcome<Option extends string = string> = {
  outcome: 'noQuorum' | 'carried' | 'lost' | 'counted'
  /** What it was decided on, in words. */
  reasons: Text[]
  /** Options with most votes; several when they are equal. */
  first: Option[]
  /** The mean worth of the valid votes, 0 to 100; null without a rating, or without a quorum. */
  rating: number | null
}

const whole = z.int().min(0).max(1_000_000)

/**
 * 测评、表决: what is on the paper, when it counts, and what carries.
 *
 * `count` is the payload of a secret ballot counted on the spot: numbers that do not add up are refused, an
 * assembly without a quorum is not; its outcome is `noQuorum`. `outcome(count)` decides, with reasons.
 * A majority of half is never enough: 100 of 200 is no absolute majority.
 *
 * @throws {RangeError} for a paper without two options, a worth outside 0 to 100, or a quorum that is none
 * @example
 * const paper = ballot({ options: { yes: { title: … }, no: { title: … } }, motion: 'yes' })
 * // payload: paper.count, in an update: paper.outcome(payload)
 */
export function ballot<const Option extends string>(options: BallotOptions<Option>) {
  const names = Object.keys(options.options) as Option[]
  check(names, options)
  return {
    options: names,
    /** For a payload of one voter. */
    choice: z.enum(names).meta({ titles: titlesOf(options.options) }),
    count: countOf(options.options),
    /** A count from votes that were cast openly; all of them are valid. */
    tally: (votes: readonly NoInfer<Option>[], eligible: number): Count<Option> => ({
      eligible,
      present: votes.length,
      issued: votes.length,
      returned: votes.length,
      valid: votes.length,
      invalid: 0,
      votes: Object.fromEntries(
        names.map((name) => [name, votes.filter((vote) => vote === name).length]),
      ) as { [O in Option]: number },
    }),
    outcome: (count: Count<Option>): Outcome<Option> => decide(names, options, count),
  }
}
