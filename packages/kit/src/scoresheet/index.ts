import type { z } from 'zod'
import type { Form } from '../sampleForms.ts'
import { check } from './check.ts'
import { fillSelf, fillVerified } from './sampleForm.ts'
import { mean, sum, type Mean } from './points.ts'
import { extraOf, itemsOf, reasonsOf } from './shape.ts'
import type { Capped, ScoresheetOptions, Points, Filled, Totals, Difference } from './options.ts'

export { bands, type Band } from './bands.ts'
export { mean, sum } from './points.ts'
export { weighted, type Part, type WeightedTotal } from './weighted.ts'
export type { Item, Group, Capped, ScoresheetOptions, Filled, Totals, Difference } from './options.ts'

/**
 * 评分表: indicators in groups, with what each is worth at the most, and bonus and penalty items with caps.
 * Points have two decimals at most and are added without drift.
 *
 * @throws {RangeError} when items do not add up to their group, or groups to the total, or a name is used twice
 * @example
 * const sheet = scoresheet({ total: 10, groups: { work: { title: …, most: 10, items: { plan: { title: …, most: 10 } } } } })
 * // payload: z.strictObject(sheet.shape), in a guard: sheet.add(payload).total
 */
export function scoresheet({ total, groups, bonus, penalty }: ScoresheetOptions) {
  const items = Object.fromEntries(Object.values(groups).flatMap(({ items }) => Object.entries(items)))
  check({ total, groups, ...(bonus && { bonus }), ...(penalty && { penalty }) }, items)
  const reasoned = { ...items, ...bonus?.items }

  const add = (filled: Filled): Totals => {
    const byGroup = Object.fromEntries(
      Object.entries(groups).map(([group, { items: its }]) => [
        group,
        sum(Object.keys(its).map((item) => filled.scores[item] ?? 0)),
      ]),
    )
    const all = sum(Object.values(byGroup))
    const more = capped(bonus, filled.bonus)
    const less = capped(penalty, filled.penalty)
    return {
      groups: byGroup,
      points: all,
      bonus: more,
      penalty: less,
      total: Math.max(0, sum([all, more, -less])),
    }
  }
  const worth = (filled: Filled, item: string): number =>
    Object.hasOwn(items, item) ? (filled.scores[item] ?? 0) : (filled.bonus?.[item]?.points ?? 0)

  /** Where a verified sheet differs from the self-score, in the order of the sheet. */
  const differences = (self: Filled, verified: Filled): Difference[] =>
    Object.keys(reasoned)
      .map((item) => {
        const [was, is] = [worth(self, item), worth(verified, item)]
        return { item, self: was, verified: is, difference: sum([is, -was]) }
      })
      .filter(({ difference }) => difference !== 0)

  return {
    /** For the payload of a self-score: `z.strictObject({ ...sheet.selfShape, note: … })`. */
    selfShape: {
      scores: itemsOf(items),
      ...(bonus && { bonus: extraOf(bonus) }),
    } as { scores: z.ZodType<Filled['scores']>; bonus: z.ZodType<Filled['bonus']> },
    /** For the payload of whoever scores or verifies: with penalties, and reasons by item. */
    shape: {
      scores: itemsOf(items),
      ...(bonus && { bonus: extraOf(bonus) }),
      ...(penalty && { penalty: extraOf(penalty) }),
      reasons: reasonsOf(reasoned),
    } as {
      scores: z.ZodType<Filled['scores']>
      bonus: z.ZodType<Filled['bonus']>
      penalty: z.ZodType<Filled['penalty']>
      reasons: z.ZodType<Filled['reasons']>
    },
    add,
    differences,
    /** A self-score for the author's `sampleForms`: at first full marks. */
    sampleForm: (form: Pick<Form, 'pick'>) => fillSelf(items, form),
    /** What a scorer makes of a self-score (null when there is none): never higher, each lower with its reason. */
    verifiedSampleForm: (form: Pick<Form, 'pick'>, self: Filled | null) =>
      fillVerified({ items, reasoned: Object.keys(reasoned) }, form, self),
    /** Items on which a verified score is lower than the self-score and no reason is given. */
    unexplained: (self: Filled, verified: Filled): string[] =>
      differences(self, verified)
        .filter(({ item, difference }) => difference < 0 && !verified.reasons?.[item])
        .map(({ item }) => item),
    /** Several scorers: the mean by item and of the totals, highest and lowest left out by `trim`. */
    combine: (sheets: readonly Filled[], { trim = 0 }: { trim?: number } = {}) => ({
      items: Object.fromEntries<Mean>(
        Object.keys(items).map((item) => [
          item,
          mean(
            sheets.map(({ scores }) => scores[item] ?? 0),
            { trim },
          ),
        ]),
      ),
      total: mean(
        sheets.map((one) => add(one).total),
        { trim },
      ),
    }),
  }
}

function capped(table: Capped | undefined, said: { [item: string]: Points } | undefined): number {
  if (!table || !said) return 0
  const given = sum(Object.values(said).map((one) => one?.points ?? 0))
  return Math.min(given, table.most)
}
