import type { Item, ScoresheetOptions } from './options.ts'
import { hundredths, sum } from './points.ts'

/** @throws {RangeError} for a sheet that does not add up */
export function check({ total, groups, bonus, penalty }: ScoresheetOptions, items: { [item: string]: Item }): void {
  for (const [group, { most, items: its }] of Object.entries(groups)) {
    const all = sum(Object.values(its).map((item) => item.most))
    if (all !== most) wrong(`the items of «${group}» add up to ${all}, not ${most}`)
  }
  const all = sum(Object.values(groups).map(({ most }) => most))
  if (all !== total) wrong(`the groups add up to ${all}, not ${total}`)
  const names = [
    ...Object.values(groups).flatMap((group) => Object.keys(group.items)),
    ...Object.keys(bonus?.items ?? {}),
    ...Object.keys(penalty?.items ?? {}),
  ]
  const twice = names.find((name, n) => names.indexOf(name) !== n)
  if (twice !== undefined) wrong(`«${twice}» names two items; reasons could not tell them apart`)
  const every = { ...items, ...bonus?.items, ...penalty?.items }
  for (const [name, { most }] of Object.entries(every)) {
    if (hundredths(most) <= 0) wrong(`«${name}» must be worth more than 0`)
  }
}

function wrong(reason: string): never {
  throw new RangeError(`scoresheet: ${reason}`)
}
