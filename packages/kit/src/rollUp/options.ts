import type { DateSpec, Kind, MessageSpec, Text } from '@duban/engine'
import { z } from 'zod'
import type { FigureTable } from '../adder.ts'
import { Reason, words, type BlockCommand } from '../block.ts'

/** One level of the tree, from those who report to the one who has the totals. */
export type Level = {
  /** The kind of its instances: `villageReport`. */
  kind: string
  title: Text
  /** Who reports here (the first level), or collates what came from below. */
  by: readonly string[]
  /** A rule that counts from the period's due day; default that day, and 10 days more for each level above. */
  due?: string
  /** Who is told, besides `by`, when it is late here. */
  tell?: readonly string[]
  /** The phrase of the plan. */
  source?: string
}

export type RollUpOptions<F extends FigureTable, L extends readonly Level[]> = {
  /** What units report in numbers, beside a summary in words. */
  figures: F
  /** At least two, the lowest first. Each but the highest is opened for the units below the one above it. */
  levels: L
  /** The time that a returned report has. Default `entry + 3 workdays`. */
  mend?: string
}

type KindOf<L extends readonly Level[]> = L[number]['kind']

type Leaf<L extends readonly Level[]> = L extends readonly [infer First extends Level, ...unknown[]] ? First : never

type Above<L extends readonly Level[]> = L extends readonly [unknown, ...infer Rest extends Level[]]
  ? Rest[number]
  : L extends readonly [unknown, ...infer Rest extends readonly Level[]]
    ? Rest[number]
    : never

type Second<L extends readonly Level[]> = L extends readonly [unknown, infer S extends Level, ...unknown[]] ? S : never

type Top<L extends readonly Level[]> = L extends readonly [...unknown[], infer T extends Level] ? T : never

export type RollUp<L extends readonly Level[]> = {
  commands: {
    [V in 'submit' | 'makeUp' as `${Leaf<L>['kind']}.${V}`]: BlockCommand<Leaf<L>['by'][number], z.ZodType>
  } & {
    [V in 'return' as `${Leaf<L>['kind']}.${V}`]: BlockCommand<Second<L>['by'][number], typeof Reason>
  } & {
    [A in Above<L> as `${A['kind']}.collate`]: BlockCommand<A['by'][number], typeof Collation>
  }
  messages: { [N in Exclude<KindOf<L>, Top<L>['kind']> as `${N}.told`]: MessageSpec }
  dates: {
    [N in `${KindOf<L>}Due` | `${Leaf<L>['kind']}Mended` | `${Top<L>['kind']}Begins`]: DateSpec
  }
  /** All levels. Open the highest with `open('<kind>', { each: 'context.periods' })`; it opens the rest. */
  kinds: { [N in KindOf<L>]: Kind }
}

export const Collation = z.strictObject({ summary: words })
