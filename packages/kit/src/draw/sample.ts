import type { Stream } from './stream.ts'

/** Who may be drawn. `weight` is a whole number; who has more is likelier to come early. */
export type Candidate = { id: string; zone: string; weight: number }

/**
 * The order in which candidates are drawn, without replacement: again and again a number below the sum of the
 * weights that are left, counted off along the candidates in order of their ids. With equal weights all
 * orders are equally likely.
 */
export function drawingOrder(candidates: readonly Candidate[], stream: Stream): string[] {
  const left = candidates.toSorted(byId)
  let sum = left.reduce((total, { weight }) => total + weight, 0)
  const order: string[] = []
  while (left.length > 0) {
    let number = stream(sum)
    const at = left.findIndex(({ weight }) => {
      number -= weight
      return number < 0
    })
    const [drawn] = left.splice(at, 1)
    if (!drawn) throw new Error('the number was below the sum of the weights')
    sum -= drawn.weight
    order.push(drawn.id)
  }
  return order
}

/**
 * How many of `count` fall to each zone, in proportion to its size: whole quotas first, then one more for the
 * largest remainders (Hamilton's method); of equal remainders for the zone that comes first in `sizes`.
 */
export function apportion(sizes: ReadonlyMap<string, number>, count: number): Map<string, number> {
  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0)
  const whole = (size: number): number => Math.floor((count * size) / total)
  const spare = count - [...sizes.values()].reduce((sum, size) => sum + whole(size), 0)
  const oneMore = new Set(
    [...sizes]
      .toSorted(([, a], [, b]) => ((count * b) % total) - ((count * a) % total))
      .slice(0, spare)
      .map(([zone]) => zone),
  )
  return new Map([...sizes].map(([zone, size]) => [zone, whole(size) + (oneMore.has(zone) ? 1 : 0)]))
}

function byId(a: { id: string }, b: { id: string }): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}
