import type { Instant } from '@duban/engine'

/** Where the time comes from. Nothing but `main` makes one; everything else is given one. */
export type Clock = { now: () => Instant }

export const systemClock: Clock = { now: () => new Date().toISOString() }
