import type { Instant } from '../calendar/index.ts'
import type { Instance } from '../campaign/instance.ts'
import { refuse, type Refused } from '../campaign/refusal.ts'
import type { Json } from '../data/json.ts'
import type { Definition } from '../definition/compiled.ts'
import type { PinnedDefinition } from '../definition/pinned.ts'
import { factsFor, takeOver, type Unplaced } from '../run/migration/index.ts'

// Who must mend the new version needs the kinds of trouble, not each instance.
const MOST_ISSUES = 20

/** The name of the version that a `campaign.migrate` asks for; of none when it asks for none. */
export function versionIn({ id }: Definition, payload: unknown): string {
  const { version } = (payload ?? {}) as { version?: unknown }
  return `${id}@${typeof version === 'number' ? version : ''}`
}

/** What the campaign would run on after a migration: the version asked for, and its facts for it. */
export function migrationTarget(
  from: PinnedDefinition,
  payload: unknown,
  byName: (name: string) => Definition | undefined,
): { ok: true; to: PinnedDefinition } | Refused {
  const name = versionIn(from.definition, payload)
  const next = byName(name)
  if (!next?.takesOver[from.definition.version]) {
    const detail = next
      ? { zh: `该版本不承接 ${from.definition.name}`, en: `it does not take over from ${from.definition.name}` }
      : { zh: '本服务器没有该版本', en: 'this server has no such version' }
    return refuse('cannot_migrate', { rule: name, detail })
  }
  const made = factsFor(next, from.campaign)
  return made.ok ? { ok: true, to: { definition: next, campaign: made.facts } } : made
}

export type MigrationProof = {
  /** Tries one instance of the campaign in the new version; `runsOn` is the name of the version it is on. */
  try: (instance: Instance, runsOn: string) => void
  /** The refusal, if any has no place there: by kind, state and reason, and how many. */
  refusal: () => Refused | undefined
}

/** The proof before a migration: every instance is tried, and nothing is changed (law 7). */
export function proveMigration(from: PinnedDefinition, to: PinnedDefinition, at: Instant): MigrationProof {
  const troubles = new Map<string, Unplaced & { instances: number }>()
  const note = (one: Unplaced): void => {
    const key = JSON.stringify(one)
    troubles.set(key, { ...one, instances: (troubles.get(key)?.instances ?? 0) + 1 })
  }
  return {
    try: (instance, runsOn) => {
      if (instance.state.status !== 'active') return
      if (runsOn !== from.definition.name) {
        const state = JSON.stringify(instance.state.snapshot['value'])
        return note({ kind: instance.kind, state, reason: `still runs on ${runsOn}` })
      }
      const taken = takeOver(from, to, instance, at)
      if (!taken.ok) for (const one of taken.refusal.issues as Unplaced[]) note(one)
    },
    refusal: () =>
      troubles.size === 0
        ? undefined
        : refuse('cannot_migrate', {
            rule: `${from.definition.name} → ${to.definition.name}`,
            issues: [...troubles.values()].slice(0, MOST_ISSUES) as unknown as Json,
          }),
  }
}
