import { notify, type StateSpec, type Text } from '@duban/engine'
import { z } from 'zod'
import {
  checkName,
  checkRoles,
  done,
  words,
  type Done,
  type Guards,
  type OwnDates,
  type PieceCommand,
  type SeenBy,
  type Updates,
} from './piece.ts'

/** The rungs, from the lowest; each presupposes those below it that the plan has. */
export const rungs = {
  remind: { zh: '提醒', en: 'Reminder' },
  urge: { zh: '督促', en: 'Urging' },
  circular: { zh: '通报', en: 'Circular' },
  interview: { zh: '约谈', en: 'Interview' },
  account: { zh: '问责', en: 'Accountability' },
} as const
export type Rung = keyof typeof rungs

const order = Object.keys(rungs) as Rung[]

export type RungOptions = {
  /** Who decides it. */
  by: readonly string[]
  /**
   * When it happens by itself, if nobody was quicker: a rule that counts from the rung before (`entry + 3
   * workdays`; for the first, from the entry into the ladder). Only the first rungs can; people go on from there.
   */
  after?: string
  /** Other words for it than the kit's own, 督办函 for 督促. */
  title?: Text
  /** The phrase of the plan. */
  source?: string
}

type Table = { readonly [R in Rung]?: RungOptions }
type Used<T extends Table> = keyof T & Rung
type ByOf<T extends Table, R extends Rung> = T[R] extends { by: infer By extends readonly string[] }
  ? By[number]
  : never
type Automatic<T extends Table> = {
  [R in Used<T>]: T[R] extends { after: string } ? R : never
}[Used<T>]

export type Step = Done & {
  rung: Rung
  /** Null where the calendar took the step. */
  reason: string | null
  /** 对象: whom it concerns. */
  whom: string | null
}

/** What the author says of the state around the rungs. */
type Around = Pick<StateSpec, 'on' | 'after' | 'entry' | 'always'> & {
  title: Text
  source?: string
  tags?: string | readonly string[]
  /** Whether there is an inner state `again` to come back to. */
  again?: true
}

const Climb = z.strictObject({ reason: words, whom: words })

export type Ladder<Name extends string, T extends Table> = {
  commands: { [R in Used<T> as `${Name}.${R}`]: PieceCommand<ByOf<T, R>, typeof Climb> }
  /** `<name>Urge` and so on for the rungs that come by themselves. */
  dates: OwnDates<`${Name}${Capitalize<Automatic<T>>}`>
  /** One member, `<name>`: the steps taken, at most one for each rung. */
  context: { [N in Name]: Step[] }
  guards: Guards<{ [N in Name]: Step[] }>
  updates: Updates<{ [N in Name]: Step[] }>
  /**
   * One state with a state for each rung inside; put it where the trouble is: the overdue state of a unit, or a
   * region of its own. Each rung carries its name as a tag. Where it is left and may be entered again, say
   * `again: true` and go to its inner state `again`: nobody climbs the same rung twice. `on` and `after` are yours.
   */
  state: (around: Around) => StateSpec
}

/**
 * The ladder (提醒 → 督促 → 通报 → 约谈 → 问责): each rung once, in order, with reason, whom it concerns, and who
 * decided. Nobody can skip a rung that the plan has, nor take one twice.
 *
 * @throws {RangeError} naming the rung that cannot be
 * @example
 * const pressure = ladder('pressure', {
 *   urge: { by: ['office'], after: 'entry + 3 workdays' }, circular: { by: ['office'] }, interview: { by: ['lead'] },
 * }, { tell: ['reporter'] })
 * // states: { …, overdue: pressure.state({ title: { zh: '逾期', en: 'Overdue' }, on: { 'report.makeUp': 'submitted' } }) }
 */
export function ladder<const Name extends string, const T extends Table>(
  name: Name,
  table: T,
  options: {
    /** Who is told of each step, besides those who decide the next. */
    tell?: readonly string[]
  } = {},
): Ladder<Name, T> {
  checkName('ladder', name)
  const used = order.filter((rung) => Object.hasOwn(table, rung))
  check(name, table, used)
  const spec = (rung: Rung): RungOptions => table[rung] ?? { by: [] }
  return {
    commands: Object.fromEntries(
      used.map((rung) => [`${name}.${rung}`, commandOf(rung, spec(rung))]),
    ),
    dates: Object.fromEntries(
      used.flatMap((rung) => {
        const { after: due, title = rungs[rung] } = spec(rung)
        return due === undefined ? [] : [[dateName(name, rung), { title, due }]]
      }),
    ),
    context: { [name]: [] },
    guards: {},
    updates: Object.fromEntries(used.map((rung) => [`${name}${capital(rung)}`, climb(name, rung)])),
    state: ({ title, source, again, ...around }: Around) => ({
      meta: { title, ...(source !== undefined && { source }) },
      ...around,
      initial: 'foot',
      states: {
        ...statesOf(name, title, used, spec, options.tell ?? []),
        ...(again && { again: { type: 'history', target: 'foot' } }),
      },
    }),
  } as never
}

function check(name: string, table: Table, used: Rung[]): void {
  const wrong = (what: string): never => {
    throw new RangeError(`ladder «${name}»: ${what}`)
  }
  const strange = Object.keys(table).find((rung) => !Object.hasOwn(rungs, rung))
  if (strange !== undefined) wrong(`there is no rung «${strange}»; there are ${order.join(', ')}`)
  if (used.length === 0) wrong(`name at least one rung of ${order.join(', ')}`)
  used.forEach((rung, index) => {
    const { by, after } = table[rung] ?? { by: [] }
    checkRoles(`ladder «${name}»`, `${rung}.by`, by)
    if (after === undefined) return
    if (!after.startsWith('entry ')) {
      wrong(`${rung}.after: count from the rung before, like entry + 3 workdays`)
    }
    const below = used.slice(0, index).find((one) => table[one]?.after === undefined)
    if (below !== undefined) {
      wrong(
        `${rung}.after: «${below}» below it waits for people; only the first rungs come by themselves`,
      )
    }
  })
}

function commandOf(rung: Rung, { by, title = rungs[rung], source }: RungOptions) {
  return { title, by, payload: Climb, ...(source !== undefined && { source }) }
}

function statesOf(
  name: string,
  trouble: Text,
  used: Rung[],
  spec: (rung: Rung) => RungOptions,
  tell: readonly string[],
): { [state: string]: StateSpec } {
  const arrows = (
    next: Rung | undefined,
    over: Rung | undefined,
  ): Pick<StateSpec, 'on' | 'after'> => {
    if (next === undefined) return {}
    const { title = rungs[next], after } = spec(next)
    const told = [...new Set([...tell, ...spec(over ?? next).by])]
    const news = notify(told, { zh: `{unit}：${title.zh}`, en: `{unit}: ${title.en}` })
    const arrow = { target: next, actions: [`${name}${capital(next)}`, news] }
    return {
      on: { [`${name}.${next}`]: arrow },
      ...(after !== undefined && { after: { [dateName(name, next)]: arrow } }),
    }
  }
  const stood = used.map((rung, index): [string, StateSpec] => {
    const { title = rungs[rung], source } = spec(rung)
    return [
      rung,
      {
        meta: {
          title: { zh: `已${title.zh}`, en: title.en },
          ...(source !== undefined && { source }),
        },
        tags: rung,
        ...arrows(used[index + 1], used[index + 2]),
      },
    ]
  })
  return {
    foot: { meta: { title: trouble }, ...arrows(used[0], used[1]) },
    ...Object.fromEntries(stood),
  }
}

function climb(name: string, rung: Rung) {
  return ({ context, event }: SeenBy<{ [name: string]: Step[] }>) => {
    const said = event.payload as z.output<typeof Climb> | undefined
    const step = { rung, reason: said?.reason ?? null, whom: said?.whom ?? null, ...done(event) }
    return { [name]: [...(context[name] ?? []), step] }
  }
}

function dateName(name: string, rung: Rung): string {
  return `${name}${capital(rung)}`
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
