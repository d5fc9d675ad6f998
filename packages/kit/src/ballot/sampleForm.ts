import type { Form } from '../sampleForms.ts'
import type { BallotOptions, Count } from './options.ts'

/**
 * A count that adds up. The first choices are an assembly that is all there and in favour; with others some are
 * absent, or there is no quorum, and it is divided, or against.
 */
export function fillCount<Option extends string>(
  names: readonly Option[],
  { motion, threshold }: BallotOptions<Option>,
  { pick }: Pick<Form, 'pick'>,
): Count<Option> {
  const eligible = pick([30, 12, 45])
  const present = eligible - Math.floor(eligible * pick([0, 0.1, 0.75]))
  const invalid = pick([0, 1])
  const valid = present - invalid
  const carrying = motion?.carry ?? threshold?.options[0] ?? names[0]
  const against = motion?.against ?? names.findLast((name) => name !== carrying)
  const mostHave = pick(['for', 'for', 'against']) === 'for' ? carrying : against
  const scattered = Math.floor((valid * pick([0, 0.2, 0.6])) / names.length)
  const votes = Object.fromEntries(names.map((name) => [name, scattered])) as Record<Option, number>
  if (mostHave !== undefined) votes[mostHave] = valid - scattered * (names.length - 1)
  return { eligible, present, issued: present, returned: present, valid, invalid, votes }
}
