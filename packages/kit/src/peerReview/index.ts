import { unitId } from '@duban/engine'
import { z } from 'zod'
import type { Form } from '../sampleForms.ts'
import { add as addOne, scoreOf } from './received.ts'
import type { PeerReviewOptions, Rating, PeerRecord, PeerResult } from './options.ts'

export type { PeerReviewOptions, Rating, PeerRecord, PeerResult } from './options.ts'

export const noRatings: PeerRecord = { raters: [], received: {} }

/**
 * 互评: everyone rates everyone else, and never oneself. The whole list is required: whoever leaves somebody out
 * would favour the others. `ratings` is the payload's list; `isWhole` the guard of the one who rates; `add`
 * the update of the one who collects; `results` and `missing` tell the outcome at any time.
 *
 * Whoever is excluded from rating a unit (回避) leaves it out, and need not have the list of the others: the
 * number of units is enough, since the engine refuses units that take no part.
 *
 * @throws {RangeError} for a trim that is no whole number, or nothing to rate with
 * @example
 * const peers = peerReview({ trim: 1 })
 * // payload: z.strictObject({ ratings: peers.ratings })
 * // in a unit's guard: peers.isWhole(payload.ratings, { self: context.unit, units: context.among })
 * // in the root's update: ({ peers: peers.add(context.peers, payload.from, payload.ratings) })
 */
export function peerReview({ most = 100, trim = 0 }: PeerReviewOptions = {}) {
  if (!Number.isSafeInteger(trim) || trim < 0) {
    throw new RangeError('peerReview: trim: write how many are left out at each end, like 1')
  }
  if (most <= 0) throw new RangeError('peerReview: most: the highest rating is above 0')
  return {
    ratings: z
      .array(z.strictObject({ unit: unitId(), score: z.number().min(0).max(most).multipleOf(0.01) }))
      .max(5000)
      .refine((all) => new Set(all.map(({ unit }) => unit)).size === all.length, {
        error: '同一单位评了两次 / a unit is rated twice',
      }),
    /** Whether everyone else is rated, nobody excluded, and not oneself. `units` is how many take part. */
    isWhole(
      ratings: readonly Rating[],
      { self, units, excluded = [] }: { self: string; units: number; excluded?: readonly string[] },
    ): boolean {
      const barred = new Set([self, ...excluded])
      return ratings.length === units - barred.size && !ratings.some(({ unit }) => barred.has(unit))
    },
    /** A whole list for the author's `sampleForms`: all units but the rater's own and those excluded. */
    sampleForm: (
      { unit, facts, pick }: Pick<Form, 'unit' | 'facts' | 'pick'>,
      excluded: readonly string[] = [],
    ): Rating[] =>
      facts.units
        .filter(({ id }) => id !== unit && !excluded.includes(id))
        .map(({ id }) => ({ unit: id, score: Math.floor(most * pick([90, 75, 82.5])) / 100 })),
    /** One list more. A second list of the same rater changes nothing. */
    add({ raters, received }: PeerRecord, rater: string, ratings: readonly Rating[]): PeerRecord {
      if (raters.includes(rater)) return { raters, received }
      const changed = ratings.map(({ unit, score }) => [unit, addOne(received[unit], score, trim)] as const)
      return {
        raters: [...raters, rater],
        received: { ...received, ...Object.fromEntries(changed) },
      }
    },
    /** What each of the units has received so far, in their order. */
    results: ({ received }: PeerRecord, units: readonly string[]): PeerResult[] =>
      units.map((unit) => ({
        unit,
        score: scoreOf(received[unit], trim),
        ratings: received[unit]?.ratings ?? 0,
      })),
    /** Who has not rated: listed, and counted without. */
    missing: ({ raters }: PeerRecord, units: readonly string[]): string[] => {
      const known = new Set(raters)
      return units.filter((unit) => !known.has(unit))
    },
  }
}
