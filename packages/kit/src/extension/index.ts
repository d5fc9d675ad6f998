import { shiftDays, type Text } from '@duban/engine'
import { z } from 'zod'
import { partOf, updatesOf } from './updates.ts'
import { regionOf } from './region.ts'
import { checkName, somebody, Reason, type Seen, made } from '../block.ts'
import { type ExtensionOptions, Ask, Opinion, type With, type Extension } from './options.ts'

export { type ExtensionOptions, Ask, type Extended, type With, type Extension } from './options.ts'

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
  return made({
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
      [`${name}Allowed`]: ({ context: { dueOn }, event }: Seen<With<string>>) => {
        const { until } = event.payload as z.output<typeof Ask>
        const latest = days === undefined || dueOn === null ? until : later(dueOn, days)
        return typeof dueOn === 'string' && until > dueOn && until <= latest
      },
      [`${name}Last`]: ({ context }: Seen<With<string>>) => partOf(name, context).granted.length + 1 >= times,
      [`${name}Moved`]: ({ context }: Seen<With<string>>) => partOf(name, context).moved,
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
  })
}

function check<Role extends string>(name: string, { ask, decide, days = 1, times = 1 }: ExtensionOptions<Role>): void {
  checkName('extension', name)
  somebody(`extension «${name}»: ask`, ask)
  somebody(`extension «${name}»: decide`, decide)
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
