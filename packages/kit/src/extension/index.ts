import { shiftDays, type StateSpec, type Text } from '@duban/engine'
import { z } from 'zod'
import { partOf, updatesOf } from './updates.ts'
import { regionOf } from './region.ts'
import {
  checkName,
  checkRoles,
  Reason,
  words,
  type Done,
  type Guards,
  type OwnDates,
  type PieceCommand,
  type SeenBy,
} from '../piece.ts'

export type ExtensionOptions<Role extends string> = {
  /** Who asks: as a rule those who have to do it. */
  ask: readonly Role[]
  /** Who grants or refuses; never whoever asked. */
  decide: readonly Role[]
  /** By how many calendar days the day may move each time (最长30日). Default: no limit. */
  days?: number
  /** How often it may be granted (只能延期一次). What is refused does not count. Default 1. */
  times?: number
  /** What is extended: `{ zh: '整改期限', en: 'Time limit' }`. Default 期限. */
  title?: Text
  /** The phrase of the plan. */
  source?: string
}

export const Ask = z.strictObject({ until: z.iso.date(), reason: words })
const Opinion = z.strictObject({ opinion: words.optional() })
type Asked = z.output<typeof Ask> & Done

/** What the piece keeps under its name. */
export type Extended = {
  /** What is asked for and not yet decided. */
  asked: Asked | null
  /** Each time: from which day to which, why, who asked, who granted. */
  granted: ({ from: string; until: string; reason: string; askedBy: string | null } & Done)[]
  refused: ({ until: string; reason: string } & Done)[]
  /** The day has moved, and the state that waits for it has not yet followed. */
  moved: boolean
}
/** The matter's own day is `dueOn` in the author's context. */
export type With<Name extends string> = { [N in Name]: Extended } & { dueOn: string | null }

export type Extension<Name extends string, Role extends string> = {
  commands: { [N in `${Name}.ask`]: PieceCommand<Role, typeof Ask> } & {
    [N in `${Name}.grant`]: PieceCommand<Role, typeof Opinion>
  } & { [N in `${Name}.refuse`]: PieceCommand<Role, typeof Reason> }
  /** `<name>Ends`: until the end of the matter's day it may be asked for. */
  dates: OwnDates<`${Name}Ends`>
  /** One member, `<name>`. The day itself is yours: `dueOn`. */
  context: { [N in Name]: Extended }
  guards: Guards<With<Name>>
  updates: {
    [name: string]: (seen: SeenBy<With<Name>>) => Partial<{ [N in Name]: Extended }> & { dueOn?: string }
  }
  /** A region beside the work, in a parallel state that is entered when the day is known. */
  region: () => StateSpec
  /** `always: delay.anew('doing')` in a state that waits for the day, so that it waits for the new one. */
  anew: (target: string) => { guard: string; target: string; reenter: true; actions: string }
  /** For `sampleForms`: a day that is allowed. */
  sampleForms: {
    [N in `${Name}.ask`]: (seen: {
      context: { dueOn: string | null }
      pick: <T>(from: readonly T[]) => T
    }) => z.output<typeof Ask>
  }
}

/**
 * An extension (延期): asked for before the day, with reason and new day; granted or refused by another; at most
 * so often and by so many days. It moves the matter's own day, `context.dueOn`, and nothing else.
 *
 * @throws {RangeError} naming the option that cannot be
 * @example
 * const delay = extension('delay', { ask: ['owner'], decide: ['office'], days: 30 })
 * // commands: { ...delay.commands }, dates: { due: { …, due: 'context.dueOn' }, ...delay.dates }
 * // live: { type: 'parallel', states: { delay: delay.region(), work: { …
 * //   doing: { always: delay.anew('doing'), after: { due: 'overdue' } },
 * //   overdue: { always: delay.anew('doing') } } } }
 */
export function extension<const Name extends string, const Role extends string>(
  name: Name,
  options: ExtensionOptions<Role>,
): Extension<Name, Role> {
  check(name, options)
  const { title = { zh: '期限', en: 'Time limit' } } = options
  const { days, times = 1 } = options
  return {
    commands: commandsOf(name, options, title),
    dates: {
      // Without reminders: whoever is reminded of the day itself need not be reminded of this.
      [`${name}Ends`]: {
        title: { zh: `申请延长${title.zh}截止`, en: `${title.en}: last day to ask for more` },
        due: 'context.dueOn',
      },
    },
    context: { [name]: { asked: null, granted: [], refused: [], moved: false } },
    guards: {
      [`${name}Allowed`]: ({ context: { dueOn }, event }: SeenBy<With<string>>) => {
        const { until } = event.payload as z.output<typeof Ask>
        const latest = days === undefined || dueOn === null ? until : later(dueOn, days)
        return typeof dueOn === 'string' && until > dueOn && until <= latest
      },
      [`${name}Last`]: ({ context }: SeenBy<With<string>>) => partOf(name, context).granted.length + 1 >= times,
      [`${name}Moved`]: ({ context }: SeenBy<With<string>>) => partOf(name, context).moved,
    },
    updates: updatesOf(name),
    region: () => regionOf(name, options, title),
    anew: (target: string) => ({
      guard: `${name}Moved`,
      target,
      reenter: true,
      actions: `${name}Followed`,
    }),
    sampleForms: {
      [`${name}.ask`]: ({
        context,
        pick,
      }: {
        context: { dueOn: string | null }
        pick: <T>(from: readonly T[]) => T
      }) => ({
        until: later(context.dueOn ?? '2026-01-01', pick([1, days ?? 30])),
        reason: '确需延期',
      }),
    },
  } as never
}

function check<Role extends string>(name: string, { ask, decide, days = 1, times = 1 }: ExtensionOptions<Role>): void {
  checkName('extension', name)
  checkRoles(`extension «${name}»`, 'ask', ask)
  checkRoles(`extension «${name}»`, 'decide', decide)
  for (const [option, value] of Object.entries({ days, times })) {
    if (!Number.isInteger(value) || value < 1) {
      throw new RangeError(`extension «${name}»: ${option}: write a whole number from 1, like 30`)
    }
  }
}

function commandsOf<Role extends string>(name: string, { ask, decide, source }: ExtensionOptions<Role>, title: Text) {
  const from = source === undefined ? {} : { source }
  const notBy = [`${name}.ask`]
  return {
    [`${name}.ask`]: {
      title: { zh: `申请延长${title.zh}`, en: `${title.en}: ask for an extension` },
      by: ask,
      payload: Ask,
      ...from,
    },
    [`${name}.grant`]: {
      title: { zh: `同意延长${title.zh}`, en: `${title.en}: grant the extension` },
      by: decide,
      notBy,
      payload: Opinion,
      ...from,
    },
    [`${name}.refuse`]: {
      title: { zh: `不同意延长${title.zh}`, en: `${title.en}: refuse the extension` },
      by: decide,
      notBy,
      payload: Reason,
      ...from,
    },
  }
}

/** So many calendar days after a day. */
function later(day: string, days: number): string {
  return shiftDays(`${day}T00:00:00.000Z`, days, 'UTC').slice(0, 10)
}
