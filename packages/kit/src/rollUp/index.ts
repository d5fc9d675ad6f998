import { z } from 'zod'
import { adder, type FigureTable } from '../adder.ts'
import { about, checkName, somebody, Reason, words, made } from '../block.ts'
import { leafKind } from './leaf.ts'
import { levelKind } from './level.ts'
import { type Level, type RollUpOptions, type RollUp, Collation } from './options.ts'

export { adder, type Adder, type Figure, type FigureTable, type Totals } from '../adder.ts'
export type { Level, RollUpOptions, RollUp } from './options.ts'

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
    somebody(`rollUp «${kind}»: by`, by)
  }
  if (!mend.startsWith('entry ')) {
    throw new RangeError('rollUp: mend: count from the return, like entry + 3 workdays')
  }
  const sums = adder<FigureTable>(options.figures)
  const Record = z.strictObject({ figures: sums.schema, summary: words })
  return made({
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
  })
}

function from({ source }: Level): object {
  return source === undefined ? {} : { source }
}
