import { canonical, digest, type Digest, type Text } from '@duban/engine'
import { pairUp, type Pair, type Recusal } from './draw/pairs.ts'
import { apportion, drawingOrder, type Candidate } from './draw/sample.ts'
import { createStream } from './draw/stream.ts'

export type { Pair, Recusal } from './draw/pairs.ts'
type Zoned = { id: string; zone: string }
type Weighted = { id: string; weight: number }

/** Ids are of units, persons, files: whatever is drawn. Weights are whole numbers from 1. */
export type Method =
  | { method: 'plain'; pool: string[]; count: number }
  /** So many of each zone (片区). */
  | { method: 'eachZone'; pool: Zoned[]; each: number }
  /** So many in all, in proportion to the zones' sizes. */
  | { method: 'zones'; pool: Zoned[]; count: number }
  /** By risk: who weighs more is likelier to be drawn. */
  | { method: 'weighted'; pool: Weighted[]; count: number }
  /** 双随机: `count` targets, and for each of them `perTarget` experts. */
  | {
      method: 'pairs'
      pool: string[]
      count: number
      experts: string[]
      perTarget: number
      recused: Recusal[]
    }

/** All that is fixed before the draw. `seedSource` says where the seed will come from, and when. */
export type Announcement = Method & { seedSource: string }

export type Draw = {
  commitment: Digest
  seed: string
  /** In the order drawn; zone by zone, in the order of their names. */
  drawn: string[]
  /** 双随机 only: as `drawn`, with experts in the order of their ids. */
  pairs: Pair[]
}

/** The hash of the announcement, whatever the order in which its lists were written down. */
export function commitment(announcement: Announcement): Digest {
  const lists = Object.entries(announcement).filter(([, value]) => Array.isArray(value))
  return digest({
    ...announcement,
    ...Object.fromEntries(lists.map(([name, list]) => [name, ordered(list as unknown[])])),
  })
}

/**
 * Draws. The same announcement and seed give the same result for ever, in any order of the pool. `absent` are
 * passed over, and those next in the row come up in their place (顺位递补); not in a draw of pairs.
 *
 * The algorithm is written down in `kit/draw.md`, with vectors to test another implementation by.
 *
 * @throws {RangeError} when `problems` has something to say
 * @example
 * draw({ method: 'plain', pool: ['a', 'b', 'c'], count: 1, seedSource: '12月1日双色球' }, '03 07 12').drawn
 */
export function draw(
  announcement: Announcement,
  seed: string,
  absent: readonly string[] = [],
): Draw {
  const [problem] = problems(announcement, absent)
  if (problem) throw new RangeError(problem.en)
  const committed = commitment(announcement)
  const order = (label: string, candidates: Candidate[]): string[] =>
    drawingOrder(candidates, createStream(committed, seed, label)).filter(
      (id) => !absent.includes(id),
    )
  const candidates = candidatesOf(announcement)
  const result = (drawn: string[], pairs: Pair[] = []): Draw => ({
    commitment: committed,
    seed,
    drawn,
    pairs,
  })
  const shares = sharesOf(announcement)
  if (shares) {
    const inZone = (zone: string) => candidates.filter((one) => one.zone === zone)
    return result(
      [...shares].flatMap(([zone, share]) => order(`zone ${zone}`, inZone(zone)).slice(0, share)),
    )
  }
  const count = 'count' in announcement ? announcement.count : 0
  const drawn = order('pool', candidates).slice(0, count)
  if (announcement.method !== 'pairs') return result(drawn)
  const { experts, perTarget, recused } = announcement
  const pairs = pairUp(drawn, order('experts', experts.map(plainly)), perTarget, recused)
  if (!pairs) throw new Error('problems() had found enough experts for each target')
  return result(drawn, pairs)
}

/** Why a draw cannot be held, in words; none when it can, whatever the seed. */
export function problems(announcement: Announcement, absent: readonly string[] = []): Text[] {
  const found: Text[] = []
  const say = (zh: string, en: string): void => void found.push({ zh, en })
  const short = (need: number, have: number, zh: string, en: string): void => {
    if (need > have) {
      say(`${zh}应抽${need}，只有${have}`, `${en}: ${need} to be drawn, only ${have} to draw from`)
    }
  }
  const candidates = candidatesOf(announcement)
  if (new Set(candidates.map(({ id }) => id)).size < candidates.length) {
    say('抽取范围内有重复', 'somebody is in the pool twice')
  }
  if (!candidates.every(({ weight }) => Number.isSafeInteger(weight) && weight >= 1)) {
    say('权重应为正整数', 'weights are whole numbers from 1')
  }
  const present = candidates.filter(({ id }) => !absent.includes(id))
  if ('count' in announcement) short(announcement.count, present.length, '范围内', 'the pool')
  for (const [zone, share] of sharesOf(announcement) ?? []) {
    const have = present.filter((one) => one.zone === zone).length
    short(share, have, `片区“${zone}”`, `zone «${zone}»`)
  }
  if (announcement.method === 'pairs') {
    const { experts, perTarget, recused, pool } = announcement
    if (absent.length > 0) say('双随机应重新抽取', 'pairs are drawn anew, not supplemented')
    if (new Set(experts).size < experts.length) say('专家有重复', 'an expert is listed twice')
    for (const target of pool) {
      const barred = new Set(
        recused.filter((one) => one.target === target).map(({ expert }) => expert),
      )
      const free = experts.filter((expert) => !barred.has(expert)).length
      short(perTarget, free, `“${target}”的专家（除回避）`, `experts not recused from «${target}»`)
    }
  }
  return found
}

function plainly(id: string): Candidate {
  return { id, zone: '', weight: 1 }
}

function candidatesOf({ pool }: Announcement): Candidate[] {
  return pool.map((one) =>
    typeof one === 'string' ? plainly(one) : { ...plainly(one.id), ...one },
  )
}

/** How many to draw from each zone, in the order of their names; undefined for a draw without zones. */
function sharesOf(announcement: Announcement): Map<string, number> | undefined {
  if (announcement.method !== 'zones' && announcement.method !== 'eachZone') return undefined
  const sizes = new Map<string, number>()
  for (const { zone } of announcement.pool.toSorted((a, b) =>
    a.zone < b.zone ? -1 : a.zone > b.zone ? 1 : 0,
  )) {
    sizes.set(zone, (sizes.get(zone) ?? 0) + 1)
  }
  if (announcement.method === 'zones') return apportion(sizes, announcement.count)
  const { each } = announcement
  return new Map([...sizes.keys()].map((zone) => [zone, each]))
}

function ordered(list: readonly unknown[]): unknown[] {
  return list
    .map(canonical)
    .toSorted()
    .map((text): unknown => JSON.parse(text))
}
