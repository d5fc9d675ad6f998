import { checkDates } from '../calendar/index.ts'
import type { LooseSpec } from '../define.ts'
import { checkCommands } from './commands.ts'
import { checkMachines } from './machines.ts'
import { checkShape } from './shape.ts'
import { checkTables } from './tables.ts'
import { checkTakesOver } from './takesOver.ts'

/** Something that a definition must not have: where, and why. */
export type Mistake = { path: string; reason: string }

/** Every load-time check, all mistakes together. A definition whose very shape is wrong gets only those. */
export function checkCampaign(spec: LooseSpec): Mistake[] {
  const shape = checkShape(spec)
  if (shape.length > 0) return shape
  return [
    ...checkDates(spec.dates).map(({ path, message }) => ({
      path: path.startsWith('dates') ? path : `dates.${path}`,
      reason: message.en,
    })),
    ...checkMachines(spec),
    ...checkCommands(spec),
    ...checkTables(spec),
    ...checkTakesOver(spec),
  ]
}
