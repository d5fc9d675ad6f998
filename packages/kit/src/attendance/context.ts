import { done, joined, part, type Changed, type Done, type Seen } from '../block.ts'
import type { Announcement, MakeUp, SessionRecord, Waiver } from './payloads.ts'
import { countAttendance, countMakeUp, outstanding, type Counts, type RollLine } from './roll.ts'

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
export type SessionContext<Name extends string> = { [Key in Name]: Session } & {
  [Key in `${Name}HeldOn`]: string | null
}

export function sessionContext<const Name extends string>(
  name: Name,
  title: string,
  heldOn: string | null,
): SessionContext<Name> {
  const session: Session = {
    title,
    announced: null,
    recorded: null,
    roll: [],
    madeUp: [],
    waived: [],
    closed: null,
  }
  return { [name]: session, [`${name}HeldOn`]: heldOn } as SessionContext<Name>
}

export function sessionCode<const Name extends string>(name: Name, excusedToo: boolean) {
  const { of, change } = part<Session>(name)
  const heldOn = `${name}HeldOn`
  const left = (context: object): string[] => outstanding(of(context), excusedToo)
  const missed = ({ context, event }: Seen<object>): boolean =>
    left(context).includes((event.payload as { person: string }).person)
  const recorded =
    (late: boolean) =>
    ({ context, event }: Seen<object>): Changed => {
      const { heldOn: on, minutes, roll } = event.payload as SessionRecord
      return {
        ...change(context, { recorded: { minutes, late, ...done(event) }, roll }),
        [heldOn]: on,
      }
    }

  const guards = joined(name, {
    dayKnown: ({ context }: Seen<object>) => (context as { [key: string]: unknown })[heldOn] !== null,
    complete: ({ context }: Seen<object>) => left(context).length === 0,
    missed,
    missedLast: (seen: Seen<object>) => missed(seen) && left(seen.context).length === 1,
  })
  const updates = joined(name, {
    announce: ({ context, event }: Seen<object>): Changed => {
      const announced = { ...(event.payload as Announcement), ...done(event) }
      return { ...change(context, { announced }), [heldOn]: announced.heldOn }
    },
    postpone: ({ event }: Seen<object>): Changed => ({
      [heldOn]: (event.payload as { heldOn: string }).heldOn,
    }),
    record: recorded(false),
    recordLate: recorded(true),
    makeUp: ({ context, event }: Seen<object>): Changed =>
      change(context, {
        madeUp: [...of(context).madeUp, { ...(event.payload as MakeUp), ...done(event) }],
      }),
    waive: ({ context, event }: Seen<object>): Changed =>
      change(context, {
        waived: [...of(context).waived, { ...(event.payload as Waiver), ...done(event) }],
      }),
    close: ({ context, event }: Seen<object>): Changed =>
      change(context, { closed: { ...(event.payload as { reason: string }), ...done(event) } }),
  })
  return { guards, updates }
}

/** 考勤台账: for the machine that opens sessions; counts by person over all that it hears of. */
export function attendanceLedger<const Name extends string>(name: Name) {
  const key = `${name}Counts` as const
  type Known = { [person: string]: Counts }
  const known = (context: object): Known => (context as { [key: string]: Known })[key] ?? {}
  const hears = (verb: string, update: string) => ({ [`${name}.${verb}`]: { actions: update } })
  return {
    context: { [key]: {} } as { [Key in `${Name}Counts`]: Known },
    updates: joined(name, {
      count: ({ context, event }: Seen<object>): Changed => {
        const { roll } = event.payload as { roll: RollLine[] }
        return { [key]: countAttendance([{ roll, madeUp: [] }], known(context)) }
      },
      countMakeUp: ({ context, event }: Seen<object>): Changed => ({
        [key]: countMakeUp((event.payload as { person: string }).person, known(context)),
      }),
    }),
    on: {
      ...hears('held', `${name}Count`),
      ...hears('caughtUp', `${name}CountMakeUp`),
    } as { [Key in `${Name}.held` | `${Name}.caughtUp`]: { actions: string } },
  }
}
