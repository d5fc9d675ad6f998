import type { Received } from './received.ts'

export type PeerReviewOptions = {
  /** The highest rating; default 100. The lowest is 0. */
  most?: number
  /** How many of the highest and of the lowest ratings of each are left out; default 0. */
  trim?: number
}

export type Rating = { unit: string; score: number }

/** All that a machine keeps of a peer review: linear in the number of units. */
export type PeerRecord = { raters: string[]; received: { [unit: string]: Received } }

export type PeerResult = {
  unit: string
  /** Null when nobody rated it. */
  score: number | null
  ratings: number
}
