import type { World } from '@duban/engine'
import { foldLaws, type Law, type Violation } from './fold.ts'
import { fourEyes, named, recusal, rightful, window } from './people.ts'
import { dueFirst, forwards, nothingLeft, onTime } from './time.ts'
import { finished, sound, tallies } from './tree.ts'

export type { Violation } from './fold.ts'

/** What must hold of every campaign, checked on what was recorded and not on what recorded it. */
export const laws: Law[] = [
  onTime,
  dueFirst,
  forwards,
  nothingLeft,
  fourEyes,
  recusal,
  rightful,
  window,
  named,
  tallies,
  finished,
  sound,
]

export function violationsOf(world: World): Violation[] {
  return foldLaws(world, laws)
}
