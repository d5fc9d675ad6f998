import { canonical, digest, type Digest, type Json } from '@duban/engine'
import { apportion, type Candidate } from './sample.ts'

/** Ids are of units, persons, enterprises, files: whatever is drawn. What else an item says is announced with it. */
export type Item = string | ({ id: string } & { [more: string]: Json })
/** `zone` is the stratum, whatever the plan calls it: 片区, 类别, 信用等级. */
export type Zoned = { id: string; zone: string } & { [more: string]: Json }
/** Weights are whole numbers from 1. */
export type Weighted = { id: string; weight: number } & { [more: string]: Json }

export type Method =
  | { method: 'plain'; pool: readonly Item[]; count: number }
  /** So many of each zone. */
  | { method: 'eachZone'; pool: readonly Zoned[]; each: number }
  /** So many in all, in proportion to the zones' sizes. */
  | { method: 'zones'; pool: readonly Zoned[]; count: number }
  /** Per cent of each zone, rounded up, so that a zone with anybody in it gives at least one. 0 gives none. */
  | { method: 'rates'; pool: readonly Zoned[]; rates: Rates }
  /** By risk: who weighs more is likelier to be drawn. */
  | { method: 'weighted'; pool: readonly Weighted[]; count: number }
  /** 循环互查: everybody checks another, and nobody is checked by whom they check. */
  | { method: 'ring'; pool: readonly Item[] }

export type Rates = { readonly [zone: string]: number }
export type Recusal = { expert: string; target: string }

/** 双随机: each that is drawn gets `perTarget` experts, and `reserve` more who stand by in their order. */
export type Panel = {
  experts: readonly string[]
  perTarget: number
  recused: readonly Recusal[]
  reserve?: number
}

/** All that is fixed before the draw. `seedSource` says where the seed will come from, and when. */
export type Announcement = Method & { seedSource: string } & (Panel | { experts?: never })

/** The hash of the announcement, whatever the order in which its lists were written down. */
export function commitment(announcement: Announcement): Digest {
  return digest(
    Object.fromEntries(
      Object.entries(announcement).map(([name, value]: [string, unknown]) => [
        name,
        Array.isArray(value) ? ordered(value) : value,
      ]),
    ),
  )
}

function ordered(list: readonly unknown[]): unknown[] {
  return list
    .map(canonical)
    .toSorted()
    .map((text): unknown => JSON.parse(text))
}

export function candidatesOf({ method, pool }: Announcement): Candidate[] {
  return pool.map((one: Item | Zoned | Weighted) => {
    if (typeof one === 'string') return plainly(one)
    const { id, zone, weight } = one
    return {
      id,
      zone: typeof zone === 'string' ? zone : '',
      weight: method === 'weighted' && typeof weight === 'number' ? weight : 1,
    }
  })
}

export function plainly(id: string): Candidate {
  return { id, zone: '', weight: 1 }
}

/** A row in which candidates are put in a drawn order; the first `share` of them are drawn. */
export type Row = { label: string; zone?: string; candidates: Candidate[]; share: number }

/** Zones are rows of their own, in the order of their names; all others stand in one. */
export function rowsOf(announcement: Announcement): Row[] {
  const candidates = candidatesOf(announcement)
  const shares = sharesOf(announcement, candidates)
  if (shares) {
    return [...shares].map(([zone, share]) => ({
      label: `zone ${zone}`,
      zone,
      candidates: candidates.filter((one) => one.zone === zone),
      share,
    }))
  }
  const share = 'count' in announcement ? announcement.count : candidates.length
  return [{ label: 'pool', candidates, share }]
}

function sharesOf(announcement: Announcement, candidates: readonly Candidate[]): Map<string, number> | undefined {
  const { method } = announcement
  if (method !== 'zones' && method !== 'eachZone' && method !== 'rates') return undefined
  const sizes = new Map<string, number>()
  for (const zone of candidates.map((one) => one.zone).toSorted()) {
    sizes.set(zone, (sizes.get(zone) ?? 0) + 1)
  }
  if (method === 'zones') return apportion(sizes, announcement.count)
  return new Map(
    [...sizes].map(([zone, size]) => [
      zone,
      method === 'eachZone' ? announcement.each : share(size, rateOf(announcement.rates, zone) ?? 0),
    ]),
  )
}

export function rateOf(rates: Rates, zone: string): number | undefined {
  return Object.hasOwn(rates, zone) ? rates[zone] : undefined
}

/** In thousandths of a per cent, so that nothing is rounded but the result. */
function share(size: number, rate: number): number {
  return Math.ceil((size * Math.round(rate * 1000)) / 100_000)
}
