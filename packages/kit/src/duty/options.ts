import type { Actions, StateSpec, Text } from '@duban/engine'

export type DutyOptions<Late extends string> = {
  /** What can be done in it, in time and afterwards. */
  on: StateSpec['on']
  /** The date on which it is late. */
  due: string
  /** The state in which it is late, what that is called, and whom to tell (`notify`). */
  late: readonly [state: Late, title: Text, entry: Actions]
  /** What can be done only when it is late, or otherwise than in time. */
  onLate?: StateSpec['on']
  /** What its date brings before it is late: arrows with guards, as after a review that has already been counted. */
  before?: readonly { target: string; guard: string; actions?: Actions }[]
  entry?: Actions
  tags?: readonly string[]
  /** The phrase of the plan. */
  source?: string
}
