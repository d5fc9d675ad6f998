import type { OpeningRow } from '../database/schema.ts'
import { place, type Ground, type Loaded } from './load.ts'
import { CHUNK, type Next } from './next.ts'
import { takeOpening } from './open.ts'
import type { Outcome, SettleRequest } from './request.ts'
import { takeWaiting } from './waiting.ts'
import type { Work } from './work.ts'

/** Takes what comes first in a campaign; `settled` when nothing is due there any more. */
export function takeNext({ campaign }: SettleRequest, ground: Ground, work: Work): Outcome {
  const next = ground.next.get(campaign)
  if (!next) return { ok: true, taken: 0, settled: true }
  const loaded = next.ids.flatMap((id) => ground.instances.get(place(campaign, id)) ?? [])
  return { ok: true, taken: takeOne(next, loaded, work), settled: false }
}

function takeOne(next: Next, loaded: Loaded[], work: Work): number {
  if (next.what === 'opening') return takeOpenings(next.openings, loaded, work)
  const taken = loaded.reduce((sum, one) => sum + takeWaiting(one, next.at, work), 0)
  if (next.what !== 'broadcast') return taken
  // Somebody who has more to read than one wake takes is not there yet, and will be asked again.
  const heard = next.told.filter(({ from, number }) =>
    loaded.every(({ instance, heard: upTo }) => instance.parent !== from || upTo >= BigInt(number)),
  )
  work.told.push(...heard)
  return taken + heard.length
}

function takeOpenings(openings: OpeningRow[], parents: Loaded[], work: Work): number {
  let opened = 0
  for (const opening of openings) {
    const parent = parents.find(({ instance }) => instance.id === opening.from_id)
    if (!parent) continue
    // Children begin on what their parent runs on.
    const { definition, facts } = parent
    opened += takeOpening(opening, CHUNK - opened, definition, facts, work)
  }
  return opened
}
