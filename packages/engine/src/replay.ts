import type { Definition } from './define.ts'
import { digestText } from './hash.ts'
import type { CampaignFacts, Instance } from './instance.ts'
import { step, type Stepped } from './step.ts'
import type { Transition } from './transition.ts'

/** A transition as it was kept: the canonical record and its hash. */
export type Kept = { version: number; record: string; hash: string }

/** The first thing that does not match, and how. */
export type Mismatch = {
  version: number
  what: 'gap' | 'hash' | 'unreadable' | 'chain' | 'definition' | 'time' | 'refused' | 'step'
  detail: string
}

export type Replayed = { instance: Instance | null; mismatch: Mismatch | null; steps: number }

/**
 * Folds `step` over an instance's history, oldest first, and compares every byte. Stops at the first
 * mismatch and says which transition it is; `instance` is then the state before it.
 *
 * `to` sees each transition that matched, with the instance before it, and ends the replay before the first
 * that it refuses: past a version, or past an instant.
 */
export function replay(
  definition: Definition,
  campaign: CampaignFacts,
  history: Iterable<Kept>,
  to: (transition: Transition, before: Instance | null) => boolean = () => true,
): Replayed {
  let instance: Instance | null = null
  let steps = 0
  for (const kept of history) {
    const read = check(definition, campaign, instance, kept)
    if ('mismatch' in read) return { instance, mismatch: read.mismatch, steps }
    if (!to(read.transition, instance)) break
    instance = read.instance
    steps += 1
  }
  return { instance, mismatch: null, steps }
}

function check(
  definition: Definition,
  campaign: CampaignFacts,
  before: Instance | null,
  { version, record, hash }: Kept,
): { instance: Instance; transition: Transition } | { mismatch: Mismatch } {
  const bad = (what: Mismatch['what'], detail: string): { mismatch: Mismatch } => ({
    mismatch: { version, what, detail },
  })
  const expected = (before?.version ?? 0) + 1
  if (version !== expected) return bad('gap', `expected version ${expected}`)
  if (digestText(record) !== hash) {
    return bad('hash', 'the record does not have the hash that is kept with it')
  }
  const transition = read(record)
  if (!transition) return bad('unreadable', 'the record is no transition')
  if (transition.previous !== (before?.head ?? null)) {
    return bad('chain', 'it does not follow the transition before it')
  }
  if (transition.fingerprint !== definition.fingerprint) {
    return bad(
      'definition',
      `it was made with ${transition.definition}, fingerprint ${transition.fingerprint}`,
    )
  }
  if (before && !(transition.event.at >= before.at)) {
    return bad('time', `it is dated ${transition.event.at}, before the one that it follows`)
  }
  let stepped: Stepped
  try {
    stepped = step(definition, campaign, before, transition.event)
  } catch (error) {
    // No server makes such an event; a forged record may hold one.
    return bad('refused', `the engine cannot take this event: ${String(error)}`)
  }
  if (!stepped.ok) return bad('refused', `the engine refuses this event: ${stepped.refusal.code}`)
  if (stepped.record !== record) return bad('step', differing(stepped.transition, transition))
  return { instance: stepped.instance, transition }
}

function read(record: string): Transition | undefined {
  try {
    const value = JSON.parse(record) as Transition | null
    return typeof value?.event?.type === 'string' ? value : undefined
  } catch {
    return undefined
  }
}

/** Names the first members in which two records differ, so that a person knows where to look. */
function differing(computed: Transition, kept: Transition): string {
  const keys = [
    ...new Set([...Object.keys(computed), ...Object.keys(kept)]),
  ] as (keyof Transition)[]
  const other = keys.filter((key) => JSON.stringify(computed[key]) !== JSON.stringify(kept[key]))
  return other.length > 0
    ? `recomputed otherwise: ${other.join(', ')}`
    : 'the same values, not in canonical form'
}
