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
} from './roll.ts'
export { sessionSampleForms } from './sampleForms.ts'
export { makeUpWays, type SessionRecord } from './payloads.ts'
export type { SessionOptions } from './commands.ts'
export type { Session } from './context.ts'
export { session } from './session.ts'
