/** A target, and the experts drawn for it. */
export type Pair = { target: string; experts: string[] }
export type Recusal = { expert: string; target: string }

/**
 * Gives each target so many experts, none of whom is recused from it, so that the busiest expert has as few
 * targets as possible. Targets choose in the drawn order, each the least busy expert first, and of equally
 * busy ones whoever was drawn earlier; if none is free, others give way (augmenting paths). Undefined when some
 * target has fewer experts that are not recused than it needs.
 *
 * Costs targets × experts per place; meant for hundreds of each.
 */
export function pairUp(
  targets: readonly string[],
  experts: readonly string[],
  perTarget: number,
  recused: readonly Recusal[],
): Pair[] | undefined {
  const barred = new Set(recused.map(({ expert, target }) => key(expert, target)))
  const enough = targets.every(
    (target) => experts.filter((one) => !barred.has(key(one, target))).length >= perTarget,
  )
  if (!enough) return undefined
  const least = Math.ceil((targets.length * perTarget) / Math.max(experts.length, 1))
  for (let most = least; most <= targets.length; most += 1) {
    const found = assign(targets, experts, perTarget, barred, most)
    if (found) return found
  }
  return undefined
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
  return targets.map((target) => ({ target, experts: [...of(chosen, target)].toSorted() }))
}

function of(map: Map<string, Set<string>>, id: string): Set<string> {
  return map.get(id) ?? new Set()
}

function key(expert: string, target: string): string {
  return JSON.stringify([expert, target])
}
