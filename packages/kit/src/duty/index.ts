import { state, type StateSpec, type Text } from '@duban/engine'
import { checkName } from '../block.ts'
import type { DutyOptions } from './options.ts'

export type { DutyOptions } from './options.ts'

/**
 * What has to be done by a date: a state, and its twin for when the date has passed, with the same commands, the tag
 * `overdue` and a notice. Both lead on alike; whoever is late still does it.
 *
 * @example
 * ...duty('checking', t('集中排查', 'Checking itself'), {
 *   on: { 'selfCheck.submit': { target: 'meeting', actions: append('checks') } },
 *   due: 'selfCheck',
 *   late: ['checkOverdue', t('排查逾期', 'Self-check overdue'), notify('reporter', t('{unit}逾期未报', '{unit} is late'))],
 * })
 */
export function duty<const Name extends string, const Late extends string>(
  name: Name,
  title: Text,
  { on, due, late: [late, lateTitle, told], onLate = on, before = [], entry, tags = [], source }: DutyOptions<Late>,
): { [S in Name | Late]: StateSpec } {
  checkName('duty', name)
  checkName('duty', late)
  const spec: StateSpec = {
    ...(tags.length > 0 && { tags }),
    ...(entry !== undefined && { entry }),
    on: on ?? {},
    after: { [due]: before.length > 0 ? [...before, { target: late }] : late },
  }
  const overdue: StateSpec = { tags: [...tags, 'overdue'], entry: told, on: onLate ?? {} }
  const states: { [state: string]: StateSpec } = {
    [name]: state(title, source === undefined ? spec : { ...spec, source }),
    [late]: state(lateTitle, overdue),
  }
  return states as { [S in Name | Late]: StateSpec }
}
