/** Who was drawn for a matter, and who stands by, the next first: as `context.<lot>.picked` has them. */
export type Team = { experts: string[]; reserve: string[] }

/** A change of the team, for the context. */
export type StandIn = { out: string; next: string; reason: string; by: string; at: string }

export type StandInsOptions<Role extends string> = {
  /** Who replaces an expert. */
  by: readonly Role[]
  /** The experts' own role, when they may step down themselves (申请回避); without it they may not. */
  own?: readonly Role[]
  /** The phrase of the plan. */
  source?: string
}

export type Verb = 'replace' | 'recuse'

export type Arrow = { guard: string; actions: string }
