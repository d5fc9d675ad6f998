import type { Digest } from '@duban/engine'
import type { Pair } from './pairs.ts'

export type Draw = {
  commitment: Digest
  seed: string
  /** In the order drawn; zone by zone, in the order of their names. */
  drawn: string[]
  /** 双随机: as `drawn`, with the experts of each. In a ring: whom each of `drawn` checks. */
  pairs: Pair[]
}
