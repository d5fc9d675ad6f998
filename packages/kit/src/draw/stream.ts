import { digestText, type Digest } from '@duban/engine'

/** Gives whole numbers from 0 to `below` - 1, each as likely as the others. */
export type Stream = (below: number) => number

// 13 hex digits are 52 bits: the most that a double holds exactly.
const DIGITS = 13
const RANGE = 16 ** DIGITS

/**
 * An endless row of numbers that anyone can recompute with a SHA-256 tool: block n is the hash of the text
 * `commitment⏎seed⏎label⏎n` (n from 0), its first 13 hex digits read as a number. A number at or above the
 * largest multiple of `below` is thrown away and the next block taken, so that no remainder is favoured.
 */
export function createStream(commitment: Digest, seed: string, label: string): Stream {
  let block = 0
  return (below) => {
    if (!Number.isSafeInteger(below) || below < 1 || below > RANGE) {
      throw new RangeError(`a stream draws below 1 to 2^52, not ${below}`)
    }
    const limit = RANGE - (RANGE % below)
    for (;;) {
      const hex = digestText([commitment, seed, label, block].join('\n'))
      block += 1
      const number = Number.parseInt(hex.slice(0, DIGITS), 16)
      if (number < limit) return number % below
    }
  }
}
