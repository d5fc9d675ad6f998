import type { InstanceState } from '../campaign/instance.ts'
import type { CompiledKind } from '../definition/compiled.ts'
import { describe } from '../definition/machine.ts'
import { readTally, type Watch } from '../definition/tally.ts'

/** What a state offers to the outside: the commands and messages it names, the counts it waits for, its tags. */
export type StateSummary = { accepts: string[]; watches: Watch[]; tags: string[] }

const made = new WeakMap<InstanceState, { kind: CompiledKind; summary: StateSummary }>()

/**
 * Derived from the state, so it is stored only to be searched by and can be recomputed by anyone. A state never
 * changes, and several ask of each new one (columns, counts, watches, offers): it is described once.
 */
export function summarize(kind: CompiledKind, state: InstanceState): StateSummary {
  const known = made.get(state)
  if (known?.kind === kind) return known.summary
  const { accepts, tags } = describe(kind.machine, state.snapshot)
  const events = state.status === 'active' ? accepts : []
  const watches = events.flatMap((event) => readTally(event) ?? [])
  const tallies = new Set(watches.map(({ event }) => event))
  const commands = events.filter((event) => !tallies.has(event) && !event.startsWith('xstate.'))
  const summary = { accepts: commands.toSorted(), watches, tags }
  made.set(state, { kind, summary })
  return summary
}
