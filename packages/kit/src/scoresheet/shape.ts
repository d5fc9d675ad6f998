import { z } from 'zod'
import type { Capped, Item } from './options.ts'

const words = z.string().trim().min(1).max(2000)

// The titles and maxima travel with the JSON Schema, so that a form can show them.
function points({ title, most }: Item) {
  return z.number().min(0).max(most).multipleOf(0.01).meta({ title: title.zh, titles: title })
}

type Items = { readonly [item: string]: Item }

/** Every item with its points. */
export function itemsOf(items: Items) {
  return z.strictObject(Object.fromEntries(Object.entries(items).map(([name, item]) => [name, points(item)])))
}

/** Bonus or penalty: only what is claimed, each with its reason. */
export function extraOf({ items }: Capped) {
  return z
    .strictObject(
      Object.fromEntries(
        Object.entries(items).map(([name, item]) => [
          name,
          z.strictObject({ points: points(item), reason: words }).optional(),
        ]),
      ),
    )
    .optional()
}

/** Why, item by item, where there is something to say. */
export function reasonsOf(items: Items) {
  return z.strictObject(Object.fromEntries(Object.keys(items).map((name) => [name, words.optional()]))).optional()
}
