/** A condition over the children of a kind that the present state waits for. */
export type Watch = {
  /** The event that it becomes, `every.unit.submitted` or `atLeast.80%.unit.submitted`. */
  event: string
  kind: string
  tag: string
  /** All of them, so many of them, or so many per cent of them. */
  need: { every: true } | { count: number } | { percent: number }
}

const shape = /^(?:every|atLeast\.(?<least>[1-9]\d*)(?<percent>%?))\.(?<kind>[a-zA-Z]\w*)\.(?<tag>[a-zA-Z]\w*)$/u

/**
 * Reads `every.<kind>.<tag>`, `atLeast.<n>.<kind>.<tag>`, `atLeast.<n>%.<kind>.<tag>`;
 * undefined when the name is no such event. `every` of no children is true, as in logic.
 */
export function readTally(event: string): Watch | undefined {
  const found = shape.exec(event)?.groups
  if (!found) return undefined
  const least = Number(found['least'])
  if (found['percent'] && least > 100) return undefined
  const need =
    found['least'] === undefined ? ({ every: true } as const) : found['percent'] ? { percent: least } : { count: least }
  return { event, kind: found['kind'] ?? '', tag: found['tag'] ?? '', need }
}

/** How many children must carry the tag, of so many of the kind. */
export function needed(watch: Watch, total: number): number {
  if ('every' in watch.need) return total
  if ('count' in watch.need) return watch.need.count
  return Math.ceil((watch.need.percent * total) / 100)
}
