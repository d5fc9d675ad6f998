import type { Digest, Json } from '@duban/engine'
import type { Done } from '../block.ts'
import { commitment, draw, problems, type Announcement } from './index.ts'

/**
 * One that was drawn, with what the pool says of it; `experts` and `reserve` in a draw with pairs, `target` (whom
 * it checks) in a ring. Open with `each: 'context.<name>.picked', unit: 'id'`.
 */
export type Picked = { id: string; experts: string[]; reserve: string[]; target?: string } & {
  [more: string]: Json
}

/** What a machine keeps of its draw. */
export type DrawRecord = {
  announced: { announcement: Announcement; commitment: Digest; by: string; at: string } | null
  /** The seed, once it is known. */
  held: ({ seed: string } & Done) | null
  witnessed: ({ opinion: string } & Done) | null
  picked: Picked[]
  /** Those who came up by the last draw or supplement. */
  added: Picked[]
  absent: ({ ids: string[]; reason: string } & Done)[]
  /** Draws that were declared void, and why. */
  voided: ({ commitment: Digest; seed: string | null; drawn: string[]; reason: string } & Done)[]
}

export const nothingDrawn: DrawRecord = {
  announced: null,
  held: null,
  witnessed: null,
  picked: [],
  added: [],
  absent: [],
  voided: [],
}

/** What each command makes of the record. Payloads have passed their schemas. */
export const changes = {
  announce: (record: DrawRecord, announcement: Announcement, done: Done) => {
    const announced = { announcement, commitment: commitment(announcement), ...done }
    return { ...nothingDrawn, announced, voided: record.voided }
  },
  hold: (record: DrawRecord, { seed }: { seed: string }, done: Done) => {
    const picked = pick(record, seed, [])
    return { ...record, held: { seed, ...done }, picked, added: picked }
  },
  witness: (record: DrawRecord, { opinion }: { opinion: string }, done: Done) => ({
    ...record,
    witnessed: { opinion, ...done },
  }),
  supplement: (record: DrawRecord, said: { ids: string[]; reason: string }, done: Done) => {
    const absent = [...record.absent, { ...said, ...done }]
    const before = new Set(record.picked.map(({ id }) => id))
    const picked = pick(record, record.held?.seed ?? '', idsOf(absent))
    return { ...record, absent, picked, added: picked.filter(({ id }) => !before.has(id)) }
  },
  return: (record: DrawRecord, { reason }: { reason: string }, done: Done) => {
    const voided = {
      commitment: record.announced?.commitment ?? '',
      seed: record.held?.seed ?? null,
      drawn: record.picked.map(({ id }) => id),
      reason,
      ...done,
    }
    return { ...nothingDrawn, voided: [...record.voided, voided] }
  },
}

/** Whether all who are absent were drawn, and there are others to come up. */
export function canSupplement({ announced, picked, absent }: DrawRecord, ids: string[]): boolean {
  return (
    announced !== null &&
    ids.every((one) => picked.some(({ id }) => id === one)) &&
    problems(announced.announcement, [...idsOf(absent), ...ids]).length === 0
  )
}

function pick({ announced }: DrawRecord, seed: string, absent: string[]): Picked[] {
  if (!announced) return []
  const { announcement } = announced
  const { drawn, pairs } = draw(announcement, seed, absent)
  const items = new Map<string, { [more: string]: Json }>(
    [...announcement.pool].map((one) => (typeof one === 'string' ? [one, {}] : [one.id, one])),
  )
  if (announcement.method === 'ring') {
    return pairs.map(({ target, experts: [id = ''] }) => ({
      ...items.get(id),
      id,
      target,
      experts: [],
      reserve: [],
    }))
  }
  const panels = new Map(pairs.map((pair) => [pair.target, pair]))
  return drawn.map((id) => {
    const { experts = [], reserve = [] } = panels.get(id) ?? {}
    return { ...items.get(id), id, experts, reserve }
  })
}

function idsOf(absent: readonly { ids: string[] }[]): string[] {
  return absent.flatMap(({ ids }) => ids)
}
