import type { Definition } from '../definition/compiled.ts'
import type { PinnedDefinition } from '../definition/pinned.ts'
import type { Effect } from '../campaign/effect.ts'
import { event as eventSchema, type Event } from '../campaign/event.ts'
import { digestText } from '../data/hash.ts'
import type { CampaignFacts, Instance } from '../campaign/instance.ts'
import { step, type Stepped } from '../run/step/index.ts'
import { dueTimers } from '../run/timers.ts'
import type { Transition } from '../run/transition.ts'

/** A transition as it was kept: the canonical record and its hash. */
export type StoredTransition = { version: number; record: string; hash: string }

/** The first thing that does not match, and how. */
export type Mismatch = {
  version: number
  what: 'gap' | 'hash' | 'unreadable' | 'chain' | 'definition' | 'time' | 'deadline' | 'refused' | 'step'
  detail: string
}

/** `pinned` is what the instance runs on at the end. */
export type Replayed = {
  instance: Instance | null
  pinned: PinnedDefinition
  mismatch: Mismatch | null
  steps: number
}

/** What came of a transition: the instance after it, on which pinned, its hash, and what it asked for. */
export type StepResult = { instance: Instance; pinned: PinnedDefinition; hash: string; effects: Effect[] }

/**
 * Folds `step` over an instance's history, oldest first, and compares every byte. Stops at the first
 * mismatch and says which transition it is; `instance` is then the state before it.
 *
 * `to` sees each transition that matched, with the instance before it and what came of it, and ends the replay
 * before the first that it refuses: past a version, or past an instant.
 *
 * `definition` and `campaign` are what the campaign began on; `others` knows the versions that it was migrated
 * to (`pinnedDefinitions`). An instance passes from one to another by `campaign.migrate` and by nothing else.
 */
export function replay(
  definition: Definition,
  campaign: CampaignFacts,
  history: Iterable<StoredTransition>,
  to: (transition: Transition, before: Instance | null, came: StepResult) => boolean = () => true,
  others: (name: string) => PinnedDefinition | undefined = () => undefined,
): Replayed {
  const known = (name: string): PinnedDefinition | undefined =>
    name === definition.name ? { definition, campaign } : others(name)
  let instance: Instance | null = null
  let pinned: PinnedDefinition = { definition, campaign }
  let steps = 0
  for (const kept of history) {
    const read = check(known, pinned, instance, kept)
    if ('mismatch' in read) return { instance, pinned, mismatch: read.mismatch, steps }
    if (!to(read.transition, instance, read)) break
    ;({ instance, pinned } = read)
    steps += 1
  }
  return { instance, pinned, mismatch: null, steps }
}

function check(
  known: (name: string) => PinnedDefinition | undefined,
  from: PinnedDefinition,
  before: Instance | null,
  { version, record, hash }: StoredTransition,
): (StepResult & { transition: Transition }) | { mismatch: Mismatch } {
  const bad = (what: Mismatch['what'], detail: string): { mismatch: Mismatch } => ({
    mismatch: { version, what, detail },
  })
  const expected = (before?.version ?? 0) + 1
  if (version !== expected) return bad('gap', `expected version ${expected}`)
  if (digestText(record) !== hash) {
    return bad('hash', 'the record does not have the hash that is kept with it')
  }
  const transition = read(record)
  if (typeof transition === 'string') return bad('unreadable', transition)
  if (transition.previous !== (before?.head ?? null)) {
    return bad('chain', 'it does not follow the transition before it')
  }
  const { event } = transition
  const migrates = before !== null && event.type === 'act' && event.act === 'campaign.migrate'
  const made = `it was made with ${transition.definition}, fingerprint ${transition.fingerprint}`
  const pinned = before === null || migrates ? known(transition.definition) : from
  if (!pinned) return bad('definition', `${made}, which is not at hand`)
  const { definition, campaign } = pinned
  if (transition.definition !== definition.name || transition.fingerprint !== definition.fingerprint) {
    return bad('definition', made)
  }
  if (before && !(event.at >= before.at)) {
    return bad('time', `it is dated ${event.at}, before the one that it follows`)
  }
  const skipped = before && skippedDeadline(from, before, event)
  if (skipped) return bad('deadline', `before it, ${skipped} was due and left out`)
  let stepped: Stepped
  try {
    stepped = step(definition, campaign, before, event, migrates ? from : undefined)
  } catch (error) {
    // No server makes such an event; a forged record may hold one.
    return bad('refused', `the engine cannot take this event: ${String(error)}`)
  }
  if (!stepped.ok) return bad('refused', `the engine refuses this event: ${stepped.refusal.code}`)
  if (stepped.record !== record) return bad('step', differing(stepped.transition, transition))
  const { instance, effects } = stepped
  return { instance, pinned, transition, hash, effects }
}

/**
 * Law 3, from the record alone: a deadline that was due before the event and could have fired, but did not.
 * One on which the definition fails is put aside without a transition, so it is tried here. Whoever asks in
 * person comes after everything due at the same instant too; among what nobody asked for, only what was due
 * earlier comes first for certain.
 */
function skippedDeadline(
  { definition, campaign }: PinnedDefinition,
  before: Instance,
  event: Event,
): string | undefined {
  if (before.state.status !== 'active') return undefined
  const asked = 'actor' in event && event.actor !== undefined
  const at = event.type === 'deadline' ? event.due : event.at
  const left = dueTimers(before.state.timers, at).filter(({ timer }) => asked || timer.due < at)
  return left.find(({ key, timer: { due } }) => {
    const fired = { at: due > before.at ? due : before.at, timer: key, due }
    return step(definition, campaign, before, { type: 'deadline', ...fired }).ok
  })?.key
}

/** A record whose event is one; the rest of it is compared byte for byte with what the step gives. */
function read(record: string): Transition | string {
  try {
    const value = JSON.parse(record) as Transition | null
    const { error } = eventSchema.safeParse(value?.event)
    if (value && !error) return value
    const [issue] = error?.issues ?? []
    return `the record is no transition: ${['event', ...(issue?.path ?? [])].join('.')}: ${issue?.message}`
  } catch {
    return 'the record is no JSON'
  }
}

/** Names the first members in which two records differ, so that a person knows where to look. */
function differing(computed: Transition, kept: Transition): string {
  const keys = [...new Set([...Object.keys(computed), ...Object.keys(kept)])] as (keyof Transition)[]
  const other = keys.filter((key) => JSON.stringify(computed[key]) !== JSON.stringify(kept[key]))
  return other.length > 0 ? `recomputed otherwise: ${other.join(', ')}` : 'the same values, not in canonical form'
}
