import { digestText } from '@duban/engine'

/** The order in which a row is drawn: a stranger's implementation, written from `draw.md` alone. */
export function byTheBook(committed: string, seed: string, label: string, row: string[]): string[] {
  const left = row.toSorted()
  const order: string[] = []
  for (let block = 0; left.length > 0; block += 1) {
    const hash = digestText(`${committed}\n${seed}\n${label}\n${block}`)
    const number = Number.parseInt(hash.slice(0, 13), 16)
    if (number >= 2 ** 52 - (2 ** 52 % left.length)) continue
    order.push(...left.splice(number % left.length, 1))
  }
  return order
}
