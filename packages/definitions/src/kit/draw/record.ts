import type { Digest } from '@duban/engine'
import type { Done } from '../fragment.ts'
import { commitment, draw, problems, type Announcement, type Method } from '../draw.ts'

/** One that was drawn; `experts` in a draw of pairs. Open with `each: 'context.<name>.picked', unit: 'id'`. */
export type Picked = { id: string; experts: string[] }

/** What a machine keeps of its draw. */
export type DrawRecord = {
  announced: { announcement: Announcement; commitment: Digest; by: string; at: string } | null
  /** The seed, once it is known. */
  held: ({ seed: string } & Done) | null
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
  picked: [],
  added: [],
  absent: [],
  voided: [],
}

/** What each command makes of the record. Payloads have passed their schemas. */
export const changes = {
  announce: (record: DrawRecord, said: object, done: Done, method: Method['method']) => {
    const announcement = { method, ...said } as Announcement
    const announced = { announcement, commitment: commitment(announcement), ...done }
    return { ...nothingDrawn, announced, voided: record.voided }
  },
  hold: (record: DrawRecord, { seed }: { seed: string }, done: Done) => {
    const picked = pick(record, seed, [])
    return { ...record, held: { seed, ...done }, picked, added: picked }
  },
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
  const { drawn, pairs } = draw(announced.announcement, seed, absent)
  return drawn.map((id) => ({
    id,
    experts: pairs.find(({ target }) => target === id)?.experts ?? [],
  }))
}

function idsOf(absent: readonly { ids: string[] }[]): string[] {
  return absent.flatMap(({ ids }) => ids)
}
