import { z } from 'zod'
import type { Form } from '../sampleForms.ts'
import { countOf } from './count.ts'
import { fillCount } from './sampleForm.ts'
import { decide, type Outcome } from './outcome.ts'
import type { BallotOptions, Count } from './options.ts'

export type { Outcome } from './outcome.ts'
export type { Share } from './share.ts'
export type { Choice, BallotOptions, Count } from './options.ts'

/**
 * 测评、表决: what is on the paper, when it counts, and what carries. `count` is the payload of a secret
 * ballot: numbers that do not add up are refused. An assembly without a quorum is not; that is its outcome.
 * Several voters by command are `voting`.
 *
 * @throws {RangeError} for a paper without two options, a worth outside 0 to 100, a motion or a threshold that is
 * no option, or both of them
 * @example
 * const paper = ballot({ options: { good: { title, worth: 100 }, poor: { title, worth: 0 } } })
 * // payload: paper.count, in an update: paper.outcome(payload).rating
 */
export function ballot<const Option extends string>(options: BallotOptions<Option>) {
  const names = Object.keys(options.options) as Option[]
  check(names, options)
  return {
    /** The payload of one who votes openly. */
    choice: z.enum(names).meta({
      titles: Object.fromEntries(names.map((name) => [name, options.options[name].title])),
    }),
    count: countOf(options.options),
    outcome: (count: Count<Option>): Outcome<Option> => decide(names, options, count),
    /** A count that adds up, for the author's `sampleForms`: as a rule with a quorum, and in favour. */
    sampleForm: (form: Pick<Form, 'pick'>): Count<Option> => fillCount(names, options, form),
    /** The count of votes cast openly, of which all are valid. */
    tally(votes: readonly NoInfer<Option>[], eligible: number): Count<Option> {
      const n = votes.length
      const byOption = Object.fromEntries(
        names.map((name) => [name, votes.filter((vote) => vote === name).length]),
      ) as Record<Option, number>
      return { eligible, present: n, issued: n, returned: n, valid: n, invalid: 0, votes: byOption }
    },
  }
}

function check<Option extends string>(names: Option[], { options, motion, threshold }: BallotOptions<Option>): void {
  if (names.length < 2) throw new RangeError('ballot: a paper has two options at least')
  for (const name of names) {
    const { worth = 0 } = options[name]
    if (worth < 0 || worth > 100) throw new RangeError(`ballot: ${name}: worth is 0 to 100`)
  }
  if (motion && motion.carry === motion.against) {
    throw new RangeError(`ballot: «${motion.carry}» cannot be both for and against`)
  }
  if (motion && threshold) throw new RangeError('ballot: name a motion or a threshold, not both')
  if (threshold && new Set(threshold.options).size !== threshold.options.length) {
    throw new RangeError('ballot: threshold: name each option once')
  }
  if (threshold && threshold.options.length === 0) {
    throw new RangeError('ballot: threshold: name the options that count for it')
  }
  const meant = [...(motion ? [motion.carry, motion.against] : []), ...(threshold?.options ?? [])]
  for (const name of meant) {
    if (!names.includes(name)) throw new RangeError(`ballot: there is no option «${name}»`)
  }
}
