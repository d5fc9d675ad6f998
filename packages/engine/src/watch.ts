import type { CompiledKind } from './define.ts'
import type { Watch } from './effect.ts'
import type { InstanceState } from './instance.ts'
import { describe } from './machine.ts'
import { readTally } from './tally.ts'

/** What a state offers to the outside: the commands and messages it names, the tallies it waits for, its tags. */
export type Standing = { accepts: string[]; watches: Watch[]; tags: string[] }

/** Derived from the state, so it is stored only to be searched by and can be recomputed by anyone. */
export function standing(kind: CompiledKind, state: InstanceState): Standing {
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
