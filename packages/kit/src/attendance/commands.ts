import type { Text } from '@duban/engine'
import type { z } from 'zod'
import { dotted, given, joined, period, Reason, somebody, titledWith, words } from '../block.ts'
import { Announcement, CaughtUp, MakeUp, Postponement, record, RollTold, Waiver } from './payloads.ts'

export type SessionOptions<Role extends string, Minutes extends z.ZodType> = {
  title: Text
  /** Who names the day, and may put it off. */
  announce: readonly Role[]
  /** Who keeps minutes and roll, and records what is made up. */
  record: readonly Role[]
  /** Who may let somebody off, and may close it unheld or with make-up missing once it is overdue. */
  decide: readonly Role[]
  /** What the minutes must say. Default: words. */
  minutes?: Minutes
  /** A date of the plan by which the day must have been named. Default: none. */
  announceBy?: string
  /** After the day itself, within what the record is due. Default `2 workdays`. */
  recordWithin?: string
  /** After the record, within what is made up. Default `10 workdays`. */
  makeUpWithin?: string
  /** Those excused have to make it up as well. Default false. */
  excusedToo?: boolean
  source?: string
}

export function sessionCommands<const Name extends string, Role extends string, Minutes extends z.ZodType>(
  name: Name,
  options: SessionOptions<Role, Minutes>,
) {
  const titled = titledWith(options.title)
  const source = given('source', options.source)
  const hosts = somebody(`${name}.announce`, options.announce)
  const keepers = somebody(`${name}.record`, options.record)
  const deciders = somebody(`${name}.decide`, options.decide)
  return dotted(name, {
    announce: {
      ...titled('通知时间', 'announce the day'),
      by: hosts,
      payload: Announcement,
      ...source,
    },
    postpone: { ...titled('改期', 'put off'), by: hosts, payload: Postponement },
    record: {
      ...titled('登记记录和考勤', 'record minutes and roll'),
      by: keepers,
      payload: record((options.minutes ?? words) as Minutes),
      ...source,
    },
    makeUp: { ...titled('登记补课', 'record a make-up'), by: keepers, payload: MakeUp },
    waive: { ...titled('同意免补', 'let somebody off'), by: deciders, payload: Waiver },
    close: {
      ...titled('决定不再补办', 'decide to leave it at that'),
      by: deciders,
      payload: Reason,
    },
  } as const)
}

export function sessionMessages<const Name extends string>(name: Name, title: Text) {
  const titled = titledWith(title)
  return dotted(name, {
    held: { ...titled('考勤已登记', 'held'), payload: RollTold },
    caughtUp: { ...titled('有人补课', 'made up'), payload: CaughtUp },
  } as const)
}

export function sessionDates<const Name extends string>(name: Name, options: SessionOptions<string, z.ZodType>) {
  const titled = titledWith(options.title)
  return joined(name, {
    recorded: {
      ...titled('登记期限', 'record due'),
      due: `context.${name}HeldOn + ${period('recordWithin', options.recordWithin ?? '2 workdays')}`,
      remind: ['-2 workdays'],
    },
    madeUp: {
      ...titled('补课期限', 'make-up due'),
      due: `entry + ${period('makeUpWithin', options.makeUpWithin ?? '10 workdays')}`,
      remind: ['-2 workdays'],
    },
  } as const)
}
