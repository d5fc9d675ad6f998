import { notify, tell, type StateSpec, type Text } from '@duban/engine'
import type { z } from 'zod'
import {
  dotted,
  joined,
  kindOf,
  period,
  Reason,
  somebody,
  words,
  type Done,
  type Seen,
} from '../fragment.ts'
import {
  Announcement,
  MakeUp,
  Postponement,
  record,
  SessionReport,
  Waiver,
  type SessionRecord,
} from './payloads.ts'
import { countAttendance, outstanding, type Counts } from './roll.ts'

export type SessionOptions<Role extends string, Minutes extends z.ZodType> = {
  title: Text
  /** Who names the day, and may put it off. */
  announce: readonly Role[]
  /** Who keeps minutes and roll, and records what is made up. */
  record: readonly Role[]
  /** Who may let somebody off, and may close it with make-up missing, or unheld, once it is overdue. */
  decide: readonly Role[]
  /** What the minutes must say. Default: `words`. */
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

export type Session = {
  title: string
  announced: (Announcement & Done) | null
  recorded: ({ minutes: unknown; late: boolean } & Done) | null
  roll: SessionRecord['roll']
  madeUp: (MakeUp & Done)[]
  waived: (Waiver & Done)[]
  /** The decision to leave it at that. */
  closed: ({ reason: string } & Done) | null
}

/**
 * One meeting or training, by itself (`kind`: input `{ title, heldOn? }`) or inside an author's state
 * (`state`): its day is named later, it is held, minutes and roll are recorded, and those who were not there
 * make it up (补课) until nobody is left.
 *
 * The parent of a `kind` hears of its end: put `ledger` into it and it counts attendance by person.
 * Guards, updates and dates begin with the name; the context has `<name>` and `<name>HeldOn`.
 *
 * @throws {RangeError} at load, for a name, period or role list that cannot be used
 * @example
 * const meeting = session('meeting', {
 *   title: { zh: '联络员会议', en: 'Liaison meeting' },
 *   announce: ['office'], record: ['office'], decide: ['lead'],
 * })
 */
export function session<
  const Name extends string,
  const Role extends string,
  Minutes extends z.ZodType = typeof words,
>(name: Name, options: SessionOptions<Role, Minutes>) {
  const { title, announceBy, excusedToo = false } = options
  const keepers = somebody(`${name}.record`, options.record)
  const hosts = somebody(`${name}.announce`, options.announce)
  const deciders = somebody(`${name}.decide`, options.decide)
  const heldOn = `${name}HeldOn`
  const event = (verb: string): string => `${name}.${verb}`
  const code = (key: string): string => `${name}${key}`
  const source = options.source === undefined ? {} : { source: options.source }
  const titled = (zh: string, en: string) => ({
    title: { zh: `${title.zh}${zh}`, en: `${title.en}: ${en}` },
  })

  const commands = dotted(name, {
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
    close: { ...titled('决定不再补办', 'decide to leave it at that'), by: deciders, payload: Reason },
  } as const)

  const messages = dotted(name, {
    over: { ...titled('结束', 'over'), payload: SessionReport },
  } as const)

  const dates = joined(name, {
    recorded: {
      ...titled('登记期限', 'record due'),
      due: `context.${heldOn} + ${period('recordWithin', options.recordWithin ?? '2 workdays')}`,
      remind: ['-2 workdays'],
    },
    madeUp: {
      ...titled('补课期限', 'make-up due'),
      due: `entry + ${period('makeUpWithin', options.makeUpWithin ?? '10 workdays')}`,
      remind: ['-2 workdays'],
    },
  } as const)

  const of = (context: object): Session => (context as { [key: string]: Session })[name] as Session
  const changed = (context: object, change: Partial<Session>): object => ({
    [name]: { ...of(context), ...change },
  })
  const done = ({ by = '', at }: { by?: string; at: string }): Done => ({ by, at })
  const left = (context: object): string[] => outstanding(of(context), excusedToo)
  const missing = ({ context, event }: Seen<object>): boolean =>
    left(context).includes((event.payload as { person: string }).person)

  const guards = joined(name, {
    dayKnown: ({ context }: Seen<object>) => (context as { [key: string]: unknown })[heldOn] !== null,
    complete: ({ context }: Seen<object>) => left(context).length === 0,
    missed: missing,
    missedLast: (seen: Seen<object>) => missing(seen) && left(seen.context).length === 1,
  })

  const record_ = (late: boolean) =>
    ({ context, event }: Seen<object>): object => {
      const { heldOn: on, minutes, roll } = event.payload as SessionRecord
      const recorded = { minutes, late, ...done(event) }
      return { ...changed(context, { recorded, roll }), [heldOn]: on }
    }
  const updates = joined(name, {
    announce: ({ context, event }: Seen<object>): object => {
      const announced = { ...(event.payload as Announcement), ...done(event) }
      return { ...changed(context, { announced }), [heldOn]: announced.heldOn }
    },
    postpone: ({ event }: Seen<object>): object => ({
      [heldOn]: (event.payload as { heldOn: string }).heldOn,
    }),
    record: record_(false),
    recordLate: record_(true),
    makeUp: ({ context, event }: Seen<object>): object =>
      changed(context, {
        madeUp: [...of(context).madeUp, { ...(event.payload as MakeUp), ...done(event) }],
      }),
    waive: ({ context, event }: Seen<object>): object =>
      changed(context, {
        waived: [...of(context).waived, { ...(event.payload as Waiver), ...done(event) }],
      }),
    close: ({ context, event }: Seen<object>): object =>
      changed(context, { closed: { ...(event.payload as { reason: string }), ...done(event) } }),
  })

  const announced = { target: 'announced', actions: code('Announce') }
  const recorded = (action: string) => ({ target: 'makingUp', actions: code(action) })
  const closed = { [event('close')]: { target: 'complete', actions: code('Close') } }
  const making = {
    [event('makeUp')]: [
      { guard: code('MissedLast'), target: 'complete', actions: code('MakeUp') },
      { guard: code('Missed'), actions: code('MakeUp') },
    ],
    [event('waive')]: [
      { guard: code('MissedLast'), target: 'complete', actions: code('Waive') },
      { guard: code('Missed'), actions: code('Waive') },
    ],
  }
  const press = (zh: string, en: string) =>
    notify([...new Set([...hosts, ...keepers, ...deciders])], {
      zh: `{unit}${title.zh}${zh}`,
      en: `${title.en} of {unit}: ${en}`,
    })

  const state = {
    meta: { title, ...source },
    initial: 'unannounced',
    states: {
      unannounced: {
        meta: titled('待通知时间', 'day to be named'),
        always: { guard: code('DayKnown'), target: 'announced' },
        on: { [event('announce')]: announced },
        ...(announceBy !== undefined && { after: { [announceBy]: 'unannouncedOverdue' } }),
      },
      ...(announceBy !== undefined && {
        unannouncedOverdue: {
          meta: titled('逾期未通知', 'day overdue'),
          tags: 'overdue',
          entry: press('逾期未通知时间', 'the day has not been named'),
          on: { [event('announce')]: announced, ...closed },
        },
      }),
      announced: {
        meta: titled('已通知待召开', 'announced'),
        tags: 'announced',
        on: {
          [event('postpone')]: { target: 'announced', reenter: true, actions: code('Postpone') },
          [event('record')]: recorded('Record'),
        },
        after: { [`${name}Recorded`]: 'unrecorded' },
      },
      unrecorded: {
        meta: titled('逾期未登记', 'record overdue'),
        tags: 'overdue',
        entry: press('逾期未登记', 'nothing has been recorded'),
        on: {
          [event('postpone')]: { target: 'announced', actions: code('Postpone') },
          [event('record')]: recorded('RecordLate'),
          ...closed,
        },
      },
      makingUp: {
        meta: titled('补课中', 'being made up'),
        tags: 'held',
        always: { guard: code('Complete'), target: 'complete' },
        on: making,
        after: { [`${name}MadeUp`]: 'makeUpOverdue' },
      },
      makeUpOverdue: {
        meta: titled('补课逾期', 'make-up overdue'),
        tags: ['held', 'overdue'],
        entry: press('尚有人未补课', 'somebody has not made it up'),
        on: { ...making, ...closed },
      },
      complete: { meta: titled('完成', 'complete'), type: 'final', tags: ['held', 'complete'] },
    },
  } as StateSpec & { meta: { title: Text; source?: string } }

  const blank = (of: string, day: string | null): object => ({
    [name]: {
      title: of,
      announced: null,
      recorded: null,
      roll: [],
      madeUp: [],
      waived: [],
      closed: null,
    } satisfies Session,
    [heldOn]: day,
  })
  const context = blank(title.zh, null) as { [Key in Name]: Session } & {
    [Key in `${Name}HeldOn`]: string | null
  }

  const told = tell('parent', `${name}.over`, {
    title: `context.${name}.title`,
    heldOn: `context.${heldOn}`,
    roll: `context.${name}.roll`,
    madeUp: `context.${name}.madeUp`,
  })
  const spec = {
    ...state,
    states: { ...state.states, complete: { ...state.states?.['complete'], entry: told } },
  } as typeof state
  const kind = kindOf(
    spec,
    ({ input }) => {
      const { title: of, heldOn: day } = (input ?? {}) as { title?: unknown; heldOn?: string }
      return blank(typeof of === 'string' ? of : title.zh, day ?? null)
    },
    { guards, updates },
  )

  const ledger = {
    context: { [`${name}Counts`]: {} } as {
      [Key in `${Name}Counts`]: { [person: string]: Counts }
    },
    updates: joined(name, {
      count: ({ context, event }: Seen<object>): object => {
        const known = (context as { [key: string]: { [person: string]: Counts } })[`${name}Counts`]
        return { [`${name}Counts`]: countAttendance([event.payload as SessionReport], known) }
      },
    }),
    on: dotted(name, { over: { actions: `${name}Count` } }),
  }

  return { commands, messages, dates, context, guards, updates, state, kind, ledger }
}
