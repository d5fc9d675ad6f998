import type { LooseSpec } from '../compiled.ts'
import { checkDates } from '../../calendar/index.ts'
import { checkCommands } from './commands.ts'
import { checkMachines } from './machines.ts'
import { checkShape } from './shape.ts'
import { checkTables } from './tables.ts'
import type { Mistake } from './mistake.ts'
import { checkTakesOver } from './takesOver.ts'

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
