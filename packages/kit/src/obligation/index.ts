import { made } from '../block.ts'
import type { Kind } from '@duban/engine'
import { z } from 'zod'
import type { Period } from '../periods.ts'
import { statesOf, updates } from './states.ts'
import { about, checkName, somebody, Reason, words, type Seen } from '../block.ts'
import { type ObligationOptions, type ObligationContext, Announcement, type Obligation } from './options.ts'

export { standing, type Standing, type StandingOptions } from './standing.ts'
export { periods, type Every, type Period, type PeriodsOptions } from '../periods.ts'
export type { ObligationOptions, ObligationContext, Obligation } from './options.ts'

const Summary = z.strictObject({ summary: words })

/**
 * A recurring duty (定期义务): one child for each period. It is nobody's task before its period begins; then it
 * waits for its day (or for the day to be announced), and is recorded, in time or late. All that are finished
 * carry the tag `done`; late ones `late` too, excused ones `excused`. Nothing is lost by being late.
 *
 * @throws {RangeError} naming the option that cannot be
 * @example
 * const meeting = obligation('meeting', { title: { zh: '林长会议', en: 'Meeting' }, by: ['office'] })
 * // commands: { ...meeting.commands }, dates: { ...meeting.dates }, machines: () => ({ meeting: meeting.kind })
 * // root: context: ({ input }) => ({ periods: periods({ from: input.startsOn, to: '2026-12-31', every: 'quarter' }) })
 * //       entry: open('meeting', { each: 'context.periods' }), on: { 'every.meeting.done': … }
 */
export function obligation<
  const Name extends string,
  const Role extends string,
  Record extends z.ZodType = typeof Summary,
  const Announcer extends string = never,
  const Excuser extends string = never,
>(
  name: Name,
  options: ObligationOptions<Role, Record, Announcer, Excuser>,
): Obligation<Name, Role, Record, Announcer, Excuser> {
  checkName('obligation', name)
  for (const option of ['by', 'announce', 'excuse'] as const) {
    const roles: readonly string[] | undefined = options[option]
    if (roles) somebody(`obligation «${name}»: ${option}`, roles)
  }
  const { title, by, announce, excuse, remind = ['-3 workdays'], source } = options
  const from = source === undefined ? {} : { source }
  const commands = {
    [`${name}.record`]: {
      title: about(title, '记录{thing}', 'Record: {thing}'),
      by,
      payload: options.record ?? Summary,
      ...from,
    },
    ...(announce && {
      [`${name}.announce`]: {
        title: about(title, '通知{thing}日期', 'Announce the day: {thing}'),
        by: announce,
        payload: Announcement,
        ...from,
      },
    }),
    ...(excuse && {
      [`${name}.excuse`]: {
        title: about(title, '免除{thing}', 'Excuse: {thing}'),
        by: excuse,
        payload: Reason,
        ...from,
      },
    }),
  }
  const dates = {
    [`${name}Begins`]: {
      title: about(title, '{thing}：本期开始', '{thing}: the period begins'),
      due: 'context.from',
      at: 'start of day' as const,
    },
    [`${name}Due`]: { title, due: 'context.due', remind, ...from },
    ...(announce && {
      [`${name}Ends`]: {
        title: about(title, '{thing}：本期结束', '{thing}: the period ends'),
        due: 'context.to',
        remind,
      },
    }),
  }
  const kind: Kind = {
    spec: {
      meta: { title, ...from },
      context: ({ input }: { input: Period }) => ({
        ...input,
        // Where nobody announces, the period's last day is the last one.
        due: input.due ?? (announce ? null : input.to),
        record: null,
        announced: [],
        excused: null,
      }),
      initial: 'ahead',
      states: statesOf(name, options),
    },
    guards: {
      dayIsSet: ({ context }: Seen<ObligationContext>) => context.due !== null,
    },
    updates: made<Kind['updates']>(updates),
  }
  return made({ commands, dates, kind })
}
