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
  return { ok: true, taken: takeOne(campaign, next, loaded, work), settled: false }
}

function takeOne(campaign: string, next: Next, loaded: Loaded[], work: Work): number {
  if (next.what === 'opening') {
    const [parent] = loaded
    // Children begin on what their parent runs on.
    return parent ? takeOpening(next.opening, CHUNK, parent.definition, parent.facts, work) : 0
  }
  const taken = loaded.reduce((sum, one) => sum + takeWaiting(one, next.at, work), 0)
  if (next.what !== 'broadcast') return taken
  const { from, number, ids } = next
  // Somebody who has more to read than one wake takes is not there yet.
  const everybody = loaded.every(({ heard }) => heard >= BigInt(number))
  if (ids.length === CHUNK || !everybody) return taken
  work.told.push({ campaign, from, number })
  return taken + 1
}
