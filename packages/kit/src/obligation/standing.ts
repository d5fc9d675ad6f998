import {
  done,
  given,
  joined,
  part,
  titledWith,
  words,
  type Changed,
  type Done,
  type Seen,
  type Titled,
  about,
  checkName,
  somebody,
  type OwnDates,
  type BlockCommand,
} from '../block.ts'
import { notify, type Text } from '@duban/engine'
import { z } from 'zod'
import { isDay, months, monthsAfter } from '../periods.ts'

export type StandingOptions<Role extends string, Record extends z.ZodType> = {
  /** What is done each time: `{ zh: '长期整改进展', en: 'Progress' }`. */
  title: Text
  /** Who does it and records it. */
  by: readonly Role[]
  every: keyof typeof months
  /** The member of your context with the day (`YYYY-MM-DD`) from which all turns count: `context.agreedOn`. */
  from: `context.${string}`
  /** What the record must say. Default: a summary in words. */
  record?: Record
  /** Who hears of an overdue one, besides `by`. */
  tell?: readonly string[]
  /** Reminders before the day, default `['-3 workdays']`. */
  remind?: readonly string[]
  source?: string
}

/** Which turn it is, and the last record; earlier ones are in the history. */
export type Standing = {
  turn: number
  recorded: number
  late: number
  last: (Done & { turn: number; late: boolean; [member: string]: unknown }) | null
}

const Summary = z.strictObject({ summary: words })

/**
 * A recurring duty without an end (每半年报告一次，直至销号): a state that comes round until your machine leaves it.
 * The turns count from one fixed day, so a late record moves none of them. What was missed is still to be
 * recorded, one turn after the other.
 *
 * @throws {RangeError} naming the option that cannot be
 * @example
 * const progress = standing('progress', { title, by: ['owner'], every: 'half-year', from: 'context.agreedOn' })
 * // states: { longTerm: { ...progress.state, on: { 'issue.close': 'closed' } }, … }
 */
export function standing<
  const Name extends string,
  const Role extends string,
  Record extends z.ZodType = typeof Summary,
>(name: Name, options: StandingOptions<Role, Record>) {
  checkName('standing', name)
  somebody(`standing «${name}»: by`, options.by)
  const { title, by, every, from, tell = [], remind = ['-3 workdays'] } = options
  if (!Object.hasOwn(months, every)) {
    throw new RangeError(`standing «${name}»: every: write ${Object.keys(months).join(', ')}`)
  }
  if (!/^context\.[a-zA-Z0-9]+$/u.test(from)) {
    throw new RangeError(`standing «${name}»: from: name a member of your context, context.agreedOn`)
  }
  const source = given('source', options.source)
  const titled = titledWith(title)
  const record = `${name}.record`
  const code = (key: string): string => `${name}${key}`
  const state: Titled = {
    meta: { title, ...source },
    initial: 'pending',
    entry: code('Begin'),
    states: {
      pending: {
        meta: titled('待办', 'to be done'),
        on: { [record]: { target: 'recorded', actions: code('Record') } },
        after: { [code('Due')]: 'overdue' },
      },
      recorded: {
        meta: titled('本期已办', 'done for this turn'),
        tags: 'done',
        after: { [code('Due')]: { target: 'pending', actions: code('Next') } },
      },
      overdue: {
        meta: titled('逾期', 'overdue'),
        tags: 'overdue',
        entry: notify(
          [...new Set<string>([...by, ...tell])],
          about(title, '{unit}逾期未办：{thing}', 'Overdue at {unit}: {thing}'),
        ),
        on: { [record]: { target: 'pending', actions: [code('RecordLate'), code('Next')] } },
      },
    },
  }
  const blank: Standing = { turn: 0, recorded: 0, late: 0, last: null }
  return {
    commands: {
      [record]: {
        title: about(title, '记录{thing}', 'Record: {thing}'),
        by,
        payload: options.record ?? Summary,
        ...source,
      },
    } as { [N in `${Name}.record`]: BlockCommand<Role, Record> },
    dates: {
      [code('Due')]: { title, due: `context.${code('On')}`, remind, ...source },
    } as unknown as OwnDates<`${Name}Due`>,
    context: { [name]: blank, [code('On')]: null } as unknown as { [N in Name]: Standing } & {
      [N in `${Name}On`]: string | null
    },
    updates: updatesOf(name, from.slice('context.'.length), months[every]),
    state,
  }
}

function updatesOf<const Name extends string>(name: Name, from: string, step: number) {
  const { of, change } = part<Standing>(name)
  // The turns before a record are never counted from it, so nothing drifts.
  const turn = (context: object, n: number): Changed => {
    const day = (context as { [member: string]: unknown })[from]
    if (day !== null && day !== undefined && !(typeof day === 'string' && isDay(day))) {
      throw new TypeError(`context.${from} is no day, YYYY-MM-DD: ${JSON.stringify(day)}`)
    }
    const on = typeof day === 'string' ? monthsAfter(day, n * step) : null
    return { ...change(context, { turn: n }), [`${name}On`]: on }
  }
  const recorded =
    (late: boolean) =>
    ({ context, event }: Seen<object>): Changed => {
      const before = of(context)
      return change(context, {
        recorded: before.recorded + 1,
        late: before.late + (late ? 1 : 0),
        last: { ...(event.payload as object), turn: before.turn, late, ...done(event) },
      })
    }
  return joined(name, {
    begin: ({ context }: Seen<object>) => turn(context, 1),
    next: ({ context }: Seen<object>) => turn(context, of(context).turn + 1),
    record: recorded(false),
    recordLate: recorded(true),
  })
}
