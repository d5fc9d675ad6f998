import type { EngineAction, Kind, Text } from '@duban/engine'
import { z } from 'zod'
import type { Period } from '../periods.ts'
import { Reason, words, type Done, type OwnDates, type BlockCommand } from '../block.ts'

export type ObligationOptions<
  Role extends string,
  Record extends z.ZodType,
  Announcer extends string = never,
  Excuser extends string = never,
> = {
  /** What is done each time: `{ zh: '季度林长会议', en: 'Quarterly meeting' }`. */
  title: Text
  /** Who does it and records it. */
  by: readonly Role[]
  /** What the record must say. Default: a summary in words. */
  record?: Record
  /** Who sets the day, where it is announced later, or moves it. Without it the day comes with the period. */
  announce?: readonly Announcer[]
  /** Who may excuse an overdue one with a reason, so that it no longer waits. */
  excuse?: readonly Excuser[]
  /** Who is told, besides `by`, when one is overdue. */
  tell?: readonly string[]
  /** Reminders before the day, default `['-3 workdays']`. */
  remind?: readonly string[]
  /**
   * What else happens when it is recorded: `tell('parent', 'meeting.held', { absent: 'payload.absent' })`. It is
   * over then, so what has to be followed up is for the parent to open.
   */
  onRecord?: EngineAction
  /** The phrase of the plan. */
  source?: string
}

export type ObligationContext = Period & {
  record: (Done & { late: boolean; [member: string]: unknown }) | null
  /** Each day that was announced, and by whom; moving a day is seen here. */
  announced: (Done & { on: string; place?: string })[]
  excused: (Done & { reason: string }) | null
}

export const Announcement = z.strictObject({ on: z.iso.date(), place: words.optional() })

export type Obligation<
  Name extends string,
  Role extends string,
  Record extends z.ZodType,
  Announcer extends string,
  Excuser extends string,
> = {
  commands: { [N in `${Name}.record`]: BlockCommand<Role, Record> } & ([Announcer] extends [never]
    ? unknown
    : { [N in `${Name}.announce`]: BlockCommand<Announcer, typeof Announcement> }) &
    ([Excuser] extends [never] ? unknown : { [N in `${Name}.excuse`]: BlockCommand<Excuser, typeof Reason> })
  /** `<name>Begins`, `<name>Due` and, with `announce`, `<name>Ends`: each instance's own. */
  dates: OwnDates<`${Name}Begins` | `${Name}Due` | ([Announcer] extends [never] ? never : `${Name}Ends`)>
  /** Open it with `open('<kind>', { each: 'context.periods' })`, the list that `periods` makes. */
  kind: Kind
}
