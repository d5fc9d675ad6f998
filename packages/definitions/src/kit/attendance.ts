/**
 * Attendance (考勤): roll calls, make-up (补课) and yearly counts. `session` is one meeting or training;
 * the rest are calculators on plain JSON.
 */
export {
  attendanceRate,
  countAttendance,
  countMakeUp,
  missed,
  outstanding,
  presence,
  type Counts,
  type Presence,
  type RollLine,
  type Sitting,
} from './attendance/roll.ts'
export { sessionFillings } from './attendance/fillings.ts'
export { makeUpWays, type SessionRecord } from './attendance/payloads.ts'
export type { SessionOptions } from './attendance/commands.ts'
export type { Session } from './attendance/context.ts'
export { session } from './attendance/session.ts'
