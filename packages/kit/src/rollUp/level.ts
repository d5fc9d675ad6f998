import { notify, open, tell, type Kind, type StateSpec } from '@duban/engine'
import type { Adder, FigureTable, Totals } from '../adder.ts'
import type { Period } from '../periods.ts'
import { about, done, type Done, type Seen } from '../block.ts'
import type { Level } from './options.ts'

export type LevelContext = {
  period: Period
  from: string | null
  due: string | null
  /** First level above those who report: what each has handed in, null while nothing. */
  rows: { [unit: string]: { [figure: string]: number } | null }
  /** How many are asked directly below, and how many of them have handed on. */
  asked: number
  heard: number
  /** What is handed on: complete once collated. */
  totals: Totals
  /** Those who report and have not: by name where there are rows, else how many. */
  missing: string[]
  missingCount: number
  collation: (Done & { summary: string }) | null
}

type Told = {
  unit: string
  figures: { [figure: string]: number } | null
  totals: Totals | null
  missing: number
}

/** A level that adds up what comes from below. `rows`: those below report themselves. */
export function levelKind(
  { kind, title, by, tell: told = [], source }: Level,
  { below, rows, top, sums }: { below: string; rows: boolean; top: boolean; sums: Adder<FigureTable> },
): Kind {
  const hear = { [`${below}.told`]: { actions: rows ? 'keepRow' : 'addSum' } }
  const opens = open(below, { each: 'unitsBelow', with: { period: 'context.period' } })
  const upward = tell('parent', `${kind}.told`, {
    totals: 'context.totals',
    missing: 'context.missingCount',
  })
  const collected = `every.${below}.${rows ? 'reported' : 'collated'}`
  const collating = { [`${kind}.collate`]: { target: 'collated', actions: 'recordCollation' } }
  const states: { [name: string]: StateSpec } = {
    collecting: {
      meta: { title: { zh: '收集中', en: 'Collecting' } },
      entry: top ? opens : [opens, tell('parent', `${kind}.told`)],
      on: { ...hear, [collected]: 'collating' },
      after: { [`${kind}Due`]: 'overdue' },
    },
    collating: {
      meta: { title: { zh: '待汇总', en: 'To be collated' } },
      on: { ...hear, ...collating },
      after: { [`${kind}Due`]: 'overdue' },
    },
    overdue: {
      meta: { title: { zh: '汇总逾期', en: 'Overdue' } },
      tags: 'overdue',
      entry: notify(
        [...new Set([...by, ...told])],
        about(title, '{unit}逾期未汇总{thing}', '{unit} has not collated {thing} in time'),
      ),
      on: { ...hear, ...collating },
    },
    collated: {
      meta: { title: { zh: '已汇总', en: 'Collated' } },
      type: 'final',
      tags: 'collated',
      ...(!top && { entry: upward }),
    },
  }
  const ahead: StateSpec = {
    meta: { title: { zh: '未到期间', en: 'Its period has not begun' } },
    always: { guard: 'beginsAtOnce', target: 'collecting' },
    after: { [`${kind}Begins`]: 'collecting' },
  }
  const add = (all: Totals, one: Totals): Totals => sums.add(all, one)
  return {
    spec: {
      meta: { title, ...(source !== undefined && { source }) },
      context: ({ input }: { input: Period | { period: Period } }) => {
        const period = 'period' in input ? input.period : input
        const { from, due } = period
        return {
          period,
          from,
          due,
          rows: {},
          asked: 0,
          heard: 0,
          totals: sums.none,
          missing: [],
          missingCount: 0,
          collation: null,
        }
      },
      initial: top ? 'ahead' : 'collecting',
      states: top ? { ahead, ...states } : states,
    },
    guards: top ? { beginsAtOnce: ({ context }: Seen<LevelContext>) => context.from === null } : {},
    updates: {
      keepRow: ({ context, event }: Seen<LevelContext>) => {
        const { unit, figures } = event.payload as Told
        const kept = { ...context.rows, [unit]: figures }
        const given = Object.values(kept).filter((row) => row !== null)
        const missing = Object.keys(kept).filter((one) => kept[one] === null)
        return {
          rows: kept,
          asked: Object.keys(kept).length,
          heard: given.length,
          totals: given.map((row) => sums.one(row)).reduce(add, sums.none),
          missing,
          missingCount: missing.length,
        }
      },
      addSum: ({ context, event }: Seen<LevelContext>) => {
        const said = event.payload as Told | null
        // Its first word is only that it exists.
        if (!said?.totals) return { asked: context.asked + 1 }
        return {
          heard: context.heard + 1,
          totals: add(context.totals, said.totals),
          missingCount: context.missingCount + said.missing,
        }
      },
      recordCollation: ({ event }: Seen<LevelContext>) => ({
        collation: { ...(event.payload as { summary: string }), ...done(event) },
      }),
    } as unknown as Kind['updates'],
  }
}
