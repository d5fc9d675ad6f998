import type { CompiledKind } from '../definition/compiled.ts'
import type { Watch } from '../definition/tally.ts'
import type { InstanceState } from '../campaign/instance.ts'
import { describe } from '../definition/machine.ts'
import { readTally } from '../definition/tally.ts'

/** What a state offers to the outside: the commands and messages it names, the tallies it waits for, its tags. */
export type StateSummary = { accepts: string[]; watches: Watch[]; tags: string[] }

/** Derived from the state, so it is stored only to be searched by and can be recomputed by anyone. */
export function summarize(kind: CompiledKind, state: InstanceState): StateSummary {
  const { accepts, tags } = describe(kind.machine, state.snapshot)
  const events = state.status === 'active' ? accepts : []
  const watches = events.flatMap((event) => readTally(event) ?? [])
  const tallies = new Set(watches.map(({ event }) => event))
  return {
    accepts: events.filter((event) => !tallies.has(event) && !event.startsWith('xstate.')).toSorted(),
    watches,
    tags,
  }
}
