import { made } from '../block.ts'
import { codeOf } from './code.ts'
import { checkLadder, ruleOf } from './check.ts'
import { dateName, order, rungs } from './rungs.ts'
import { statesOf } from './states.ts'
import { type LadderTable, type LadderOptions, type Around, Climb, type Ladder } from './options.ts'

export { rungs, type Rung } from './rungs.ts'
export { type RungOptions, type LadderTable, type LadderOptions, type Step, Climb, type Ladder } from './options.ts'

/**
 * The ladder (提醒 → 督促 → 通报 → 约谈 → 问责): each rung once, in order, with reason, whom it concerns, and who
 * decided. Nobody can skip a rung that the plan has, nor take one twice.
 *
 * @throws {RangeError} naming the rung that cannot be
 * @example
 * const pressure = ladder('pressure', {
 *   urge: { by: ['office'], after: 'entry + 3 workdays' }, circular: { by: ['office'] }, interview: { by: ['lead'] },
 * }, { tell: ['reporter'] })
 * // states: { …, overdue: pressure.state({ title: { zh: '逾期', en: 'Overdue' }, on: { 'report.makeUp': 'submitted' } }) }
 */
export function ladder<const Name extends string, const T extends LadderTable>(
  name: Name,
  table: T,
  options: LadderOptions = {},
): Ladder<Name, T> {
  const used = order.filter((rung) => Object.hasOwn(table, rung))
  checkLadder(name, table, used, options)
  return made({
    commands: Object.fromEntries(
      used.flatMap((rung) => {
        const { by, title = rungs[rung], source } = table[rung] ?? {}
        const sourced = source === undefined ? {} : { source }
        return by === undefined ? [] : [[`${name}.${rung}`, { title, by, payload: Climb, ...sourced }]]
      }),
    ),
    dates: Object.fromEntries(
      used.flatMap((rung) => {
        const { after, title = rungs[rung] } = table[rung] ?? {}
        if (after === undefined) return []
        return [[dateName(name, rung), { title, due: ruleOf(after, options.from) }]]
      }),
    ),
    context: { [name]: [] },
    ...codeOf(name, used, options.from),
    entrance: options.from === undefined ? 'again' : 'foot',
    state: ({ title, source, again, ...around }: Around) => ({
      meta: { title, ...(source !== undefined && { source }) },
      ...around,
      initial: 'foot',
      states: statesOf(name, title, table, used, options, again === true),
    }),
  })
}
