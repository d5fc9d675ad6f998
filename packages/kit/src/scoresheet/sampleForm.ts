import type { Form } from '../sampleForms.ts'
import type { Filled, Item } from './options.ts'

type Items = { readonly [item: string]: Item }
type Picks = Pick<Form, 'pick'>
type Scores = { [item: string]: number }

const shares = [1, 0.9, 0.75, 0.5]

/** All of the points of an item, or some. */
export function fillSelf(items: Items, { pick }: Picks): { scores: Scores } {
  return {
    scores: Object.fromEntries(Object.entries(items).map(([item, { most }]) => [item, lower(most, pick(shares))])),
  }
}

/** Scores as claimed, or lower; a reason for every item, also for a bonus that is not accepted. */
export function fillVerified(
  { items, reasoned }: { items: Items; reasoned: readonly string[] },
  form: Picks,
  self: Filled | null,
): { scores: Scores; reasons: { [item: string]: string } } {
  const { scores } = self ?? fillSelf(items, form)
  return {
    scores: Object.fromEntries(Object.entries(scores).map(([item, score]) => [item, lower(score, form.pick(shares))])),
    reasons: Object.fromEntries(reasoned.map((item) => [item, '佐证材料不全。'])),
  }
}

/** Whole points, unless all of them stay. */
function lower(points: number, share: number): number {
  return share === 1 ? points : Math.floor(points * share)
}
