import type { DateSpec, Kind, MessageSpec, Text } from '@duban/engine'
import { z } from 'zod'
import { adder, type FigureTable } from '../adder.ts'
import { about, checkName, checkRoles, Reason, words, type PieceCommand } from '../piece.ts'
import { leafKind } from './leaf.ts'
import { levelKind } from './level.ts'

export { adder, type Adder, type Figure, type FigureTable, type Totals } from '../adder.ts'

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
    [V in 'submit' | 'makeUp' as `${Leaf<L>['kind']}.${V}`]: PieceCommand<Leaf<L>['by'][number], z.ZodType>
  } & {
    [V in 'return' as `${Leaf<L>['kind']}.${V}`]: PieceCommand<Second<L>['by'][number], typeof Reason>
  } & {
    [A in Above<L> as `${A['kind']}.collate`]: PieceCommand<A['by'][number], typeof Collation>
  }
  messages: { [N in Exclude<KindOf<L>, Top<L>['kind']> as `${N}.told`]: MessageSpec }
  dates: {
    [N in `${KindOf<L>}Due` | `${Leaf<L>['kind']}Mended` | `${Top<L>['kind']}Begins`]: DateSpec
  }
  /** All levels. Open the highest with `open('<kind>', { each: 'context.periods' })`; it opens the rest. */
  kinds: { [N in KindOf<L>]: Kind }
}

const Collation = z.strictObject({ summary: words })

/**
 * A report through several levels (逐级汇总): the lowest report figures and words, each level above adds up what
 * came from below and hands it on. The first level above keeps a row for each unit below it, so that it can
 * return one and name the missing; from there on there are sums only, however many villages there are.
 *
 * The highest takes a period of `periods()` as its input; nobody is asked for anything before it begins. A level
 * may be collated as soon as all below have handed on, and when its time to wait is over: who is missing is then
 * recorded by name (first level) or by number. All that are finished carry the tag `collated`.
 *
 * @throws {RangeError} naming the level that cannot be
 * @example
 * const quarterly = rollUp({ figures: { fires: { title: { zh: '火情', en: 'Fires' } } }, levels: [
 *   { kind: 'villageReport', title, by: ['villageChief'] },
 *   { kind: 'townReport', title, by: ['townOffice'] },
 *   { kind: 'quarter', title, by: ['office'] } ] })
 * // machines: () => ({ campaign: …, ...quarterly.kinds }), and `...quarterly.` commands, messages, dates
 * // root: entry: open('quarter', { each: 'context.quarters' }), on: { 'every.quarter.collated': … }
 */
export function rollUp<const F extends FigureTable, const L extends readonly Level[]>(
  options: RollUpOptions<F, L>,
): RollUp<L> {
  const { levels, mend = 'entry + 3 workdays' } = options
  const [leaf, second] = levels
  const top = levels.at(-1)
  if (!leaf || !second || !top) {
    throw new RangeError('rollUp: levels: at least two, those who report and the one above')
  }
  for (const { kind, by } of levels) {
    checkName('rollUp', kind)
    checkRoles(`rollUp «${kind}»`, 'by', by)
  }
  if (!mend.startsWith('entry ')) {
    throw new RangeError('rollUp: mend: count from the return, like entry + 3 workdays')
  }
  const sums = adder<FigureTable>(options.figures)
  const Record = z.strictObject({ figures: sums.schema, summary: words })
  const from = ({ source }: Level): object => (source === undefined ? {} : { source })
  return {
    commands: {
      [`${leaf.kind}.submit`]: {
        title: about(leaf.title, '报送{thing}', 'Submit: {thing}'),
        by: leaf.by,
        payload: Record,
        ...from(leaf),
      },
      [`${leaf.kind}.makeUp`]: {
        title: about(leaf.title, '补报{thing}', 'Make up: {thing}'),
        by: leaf.by,
        payload: Record.extend(Reason.shape),
      },
      [`${leaf.kind}.return`]: {
        title: about(leaf.title, '退回{thing}', 'Return: {thing}'),
        by: second.by,
        payload: Reason,
        notBy: [`${leaf.kind}.submit`, `${leaf.kind}.makeUp`],
      },
      ...Object.fromEntries(
        levels.slice(1).map((level) => [
          `${level.kind}.collate`,
          {
            title: about(level.title, '汇总上报{thing}', 'Collate: {thing}'),
            by: level.by,
            payload: Collation,
            ...from(level),
          },
        ]),
      ),
    },
    messages: Object.fromEntries(
      levels
        .slice(0, -1)
        .map(({ kind, title }) => [`${kind}.told`, { title: about(title, '{thing}送达', '{thing} arrived') }]),
    ),
    dates: {
      ...Object.fromEntries(
        levels.map((level, index) => [
          `${level.kind}Due`,
          {
            title: level.title,
            due: level.due ?? (index === 0 ? 'context.due' : `context.due + ${10 * index} days`),
            remind: ['-3 workdays'],
            ...from(level),
          },
        ]),
      ),
      [`${leaf.kind}Mended`]: {
        title: about(leaf.title, '{thing}退回后重报', 'Second submission: {thing}'),
        due: mend,
      },
      [`${top.kind}Begins`]: {
        title: about(top.title, '{thing}：本期开始', '{thing}: the period begins'),
        due: 'context.from',
        at: 'start of day',
      },
    },
    kinds: Object.fromEntries(
      levels.map((level, index) => [
        level.kind,
        index === 0
          ? leafKind(level, second)
          : levelKind(level, {
              below: levels[index - 1]!.kind,
              rows: index === 1,
              top: index === levels.length - 1,
              sums,
            }),
      ]),
    ),
  } as never
}
