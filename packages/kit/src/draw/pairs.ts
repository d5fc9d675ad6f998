import type { Panel } from './announcement.ts'

/** A target, the experts drawn for it in the order of their ids, and who stands by, the next first. */
export type Pair = { target: string; experts: string[]; reserve: string[] }

/**
 * Gives each target so many experts, none of whom is recused from it, so that the busiest expert has as few
 * targets as possible. Targets choose in the drawn order, each the least busy expert first, and of equally
 * busy ones whoever was drawn earlier; if none is free, others give way (augmenting paths). Then those who stand
 * by are found, as for whoever comes up later. Undefined when some target has fewer experts that are not
 * recused than it needs.
 *
 * Costs targets × experts per place; meant for hundreds of each. `experts` are in their drawn order.
 */
export function pairUp(targets: readonly string[], panel: Panel): Pair[] | undefined {
  const { experts, perTarget } = panel
  const barred = barredBy(panel)
  const enough = targets.every((target) => experts.filter((one) => !barred.has(key(one, target))).length >= perTarget)
  if (!enough) return undefined
  const least = Math.ceil((targets.length * perTarget) / Math.max(experts.length, 1))
  for (let most = least; most <= targets.length; most += 1) {
    const found = assign(targets, experts, perTarget, barred, most)
    if (found) return standBy(found, targets, panel)
  }
  return undefined
}

/**
 * The pairs when others are drawn than before: who stays keeps their experts, and whoever came up takes the least
 * busy who are not recused, of equally busy ones those drawn earlier.
 */
export function comeUp(before: readonly Pair[], drawn: readonly string[], panel: Panel): Pair[] {
  const barred = barredBy(panel)
  const known = new Map(before.map((pair) => [pair.target, pair]))
  const now = drawn.map((target) => known.get(target) ?? { target, experts: [], reserve: [] })
  const came = now.filter(({ target }) => !known.has(target))
  const duties = loadOf(now, ({ experts }) => experts)
  for (const { target, experts } of came) {
    while (experts.length < panel.perTarget) {
      const next = leastBusy(panel, duties, (one) => barred.has(key(one, target)) || experts.includes(one))
      if (next === undefined) throw new Error('problems() had found enough experts for each target')
      experts.push(next)
    }
    experts.sort()
  }
  return standBy(
    now,
    came.map(({ target }) => target),
    panel,
  )
}

/** In rounds, each target takes whoever has the fewest places, drawn or standing by. Some may get fewer. */
function standBy(pairs: Pair[], targets: readonly string[], panel: Panel): Pair[] {
  const barred = barredBy(panel)
  const places = loadOf(pairs, ({ experts, reserve }) => [...experts, ...reserve])
  const wanted = new Set(targets)
  for (let round = 0; round < (panel.reserve ?? 0); round += 1) {
    for (const { target, experts, reserve } of pairs.filter((one) => wanted.has(one.target))) {
      const next = leastBusy(
        panel,
        places,
        (one) => barred.has(key(one, target)) || experts.includes(one) || reserve.includes(one),
      )
      if (next !== undefined) reserve.push(next)
    }
  }
  return pairs
}

/** The first of the row among those with the lowest load; it is one busier then. */
function leastBusy(
  { experts }: Panel,
  load: Map<string, number>,
  out: (expert: string) => boolean,
): string | undefined {
  let best: string | undefined
  const of = (one: string): number => load.get(one) ?? 0
  for (const one of experts) {
    if (!out(one) && (best === undefined || of(one) < of(best))) best = one
  }
  if (best !== undefined) load.set(best, of(best) + 1)
  return best
}

function loadOf(pairs: readonly Pair[], places: (pair: Pair) => readonly string[]): Map<string, number> {
  const load = new Map<string, number>()
  for (const one of pairs.flatMap(places)) load.set(one, (load.get(one) ?? 0) + 1)
  return load
}

function assign(
  targets: readonly string[],
  experts: readonly string[],
  perTarget: number,
  barred: ReadonlySet<string>,
  most: number,
): Pair[] | undefined {
  const chosen = new Map(targets.map((target) => [target, new Set<string>()]))
  const load = new Map(experts.map((expert) => [expert, new Set<string>()]))

  const place = (target: string, asked: Set<string>): boolean => {
    const free = experts
      .filter((one) => !barred.has(key(one, target)) && !of(chosen, target).has(one))
      .toSorted((a, b) => of(load, a).size - of(load, b).size)
    for (const expert of free) {
      if (asked.has(expert)) continue
      asked.add(expert)
      if (of(load, expert).size >= most && !giveWay(expert, asked)) continue
      of(chosen, target).add(expert)
      of(load, expert).add(target)
      return true
    }
    return false
  }
  /** One of the expert's targets takes somebody else. */
  const giveWay = (expert: string, asked: Set<string>): boolean =>
    [...of(load, expert)].some((target) => {
      if (!place(target, asked)) return false
      of(chosen, target).delete(expert)
      of(load, expert).delete(target)
      return true
    })

  // Round by round, so that nobody waits for a first expert while another gets the last one.
  for (let round = 0; round < perTarget; round += 1) {
    for (const target of targets) if (!place(target, new Set())) return undefined
  }
  return targets.map((target) => ({
    target,
    experts: [...of(chosen, target)].toSorted(),
    reserve: [],
  }))
}

function of(map: Map<string, Set<string>>, id: string): Set<string> {
  return map.get(id) ?? new Set()
}

function barredBy({ recused }: Panel): ReadonlySet<string> {
  return new Set(recused.map(({ expert, target }) => key(expert, target)))
}

function key(expert: string, target: string): string {
  return JSON.stringify([expert, target])
}
