import {
  aspects,
  type Aspect,
  type Commitment,
  type Meeting,
  type Problem,
  type Rating,
  type SelfCheck,
} from './payloads.ts'

/** Who did it, and when. */
export type Done = { by: string; at: string }

export type Review = {
  /** What was reviewed: the self-check's report (民主评议), or what was put right (民主测评). */
  of: 'report' | 'rectification'
  ratings: (Rating & Done)[]
  /** How many said yes to each aspect. */
  yes: { [aspect in Aspect]: number }
  passed: boolean
}

export type UnitContext = {
  unit: string
  stage: Review['of']
  /** Each self-check: the first, and one for each look back. */
  checks: (SelfCheck & Done)[]
  meeting: (Meeting & Done) | null
  /** What is to be put right: found by the section itself, or pointed out by reviewers. */
  problems: Problem[]
  /** Of those, what the last review pointed out: should it not pass, it stays on the list. */
  pointedOut: Problem[]
  commitment: (Commitment & Done) | null
  /** Of the review under way. */
  ratings: (Rating & Done)[]
  /** The reviews that ended, in order. */
  reviews: Review[]
}

const names = Object.keys(aspects) as Aspect[]

/** A plain count: each aspect needs more than half of those who reviewed. */
export function countReview({ stage, ratings }: UnitContext): Review {
  const yes = Object.fromEntries(
    names.map((aspect) => [aspect, ratings.filter((rating) => rating.aspects[aspect] === 'yes').length]),
  ) as Review['yes']
  const passed = ratings.length > 0 && names.every((aspect) => yes[aspect] * 2 > ratings.length)
  return { of: stage, ratings, yes, passed }
}
