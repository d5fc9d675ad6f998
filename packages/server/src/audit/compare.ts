import { canonical, type Definition, type Instance, type Mismatch, type Transition } from '@duban/engine'
import type { InstanceRow } from '../database/schema.ts'
import { derivedColumns } from '../execute/rows.ts'
import { find, type Verdict } from './finding.ts'
import type { HistoryRow } from './history.ts'

/**
 * Which row to name. A broken chain lies between two rows: when what follows confirms the later one, it is
 * the earlier that was changed. Where a row is missing, that one is named.
 */
export function blame(mismatch: Mismatch, history: HistoryRow[], head: string): Mismatch {
  const { version, what } = mismatch
  const index = history.findIndex((row) => row.version === version)
  const expected = (history[index - 1]?.version ?? 0) + 1
  if (what === 'gap' && expected < version) {
    return { version: expected, what, detail: 'this transition is missing' }
  }
  const next = history[index + 1]
  const confirmed =
    next === undefined
      ? history[index]?.hash === head
      : (JSON.parse(next.record) as Partial<Transition> | null)?.previous === history[index]?.hash
  return what === 'chain' && index > 0 && confirmed
    ? {
        version: version - 1,
        what,
        detail: 'the transition after it follows another one than this',
      }
    : mismatch
}

/** What the table of instances says now, and what the history gives. */
export function compare(definition: Definition, row: InstanceRow, instance: Instance, verdict: Verdict): void {
  const columns = derivedColumns({ definition, instance })
  for (const [what, now, then] of [
    ['version', row.version, instance.version],
    ['head', row.head, instance.head],
    ['state', row.state, canonical(instance.state)],
    ['status', row.status, instance.state.status],
    ['at', row.at, instance.at],
    ['definition', row.definition, definition.name],
    ['kind', row.kind, instance.kind],
    ['key', row.key, instance.key],
    ['unit', row.unit_id, instance.unit],
    ['parent', row.parent_id, instance.parent],
    ['state_value', row.state_value, columns.state_value],
    ['due', row.due, columns.due],
    ['accepts', row.accepts.join(' '), columns.accepts.join(' ')],
    ['tags', row.tags.join(' '), columns.tags.join(' ')],
  ] as const) {
    if (now !== then) {
      const detail = `the table’s ${what} is not what the history gives`
      find(verdict, row, instance.version, 'current', detail)
    }
  }
}
