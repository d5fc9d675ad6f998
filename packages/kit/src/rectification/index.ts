import { made } from '../block.ts'
import type { CommandSpec, DateSpec, Kind } from '@duban/engine'
import { checkOptions } from './check.ts'
import { rectificationKind } from './kind.ts'
import type { DateOf, Named, OwnDateOf, PayloadOf, RectificationOptions, RoleOf, VerbOf } from './options.ts'
import { stepCommands } from './steps.ts'
import { defaults, payloads, type Verb } from './words.ts'

export type { Ending, RectificationOptions, VerifyStep } from './options.ts'

export type Rectification<O extends RectificationOptions> = {
  commands: {
    [V in VerbOf<O> as `${Named<O>}.${V}`]: CommandSpec<RoleOf<O> & string, DateOf<O> & string> & {
      payload: PayloadOf<O, V>
    }
  }
  /** `findingAgain`: the time that a returned one has. With `within`, `findingDue`: the time of each. */
  dates: { [D in OwnDateOf<O>]: DateSpec }
  /** Open it with `open('finding', { each: 'payload.findings' })`. */
  kind: Kind
}

/**
 * 整改: something to put right, from its plan to 销号, as a whole kind. Plan → carry out → submit → verified by
 * another, or by several one after the other → closed, or returned → overdue → carried over by a leader's
 * decision, or ended otherwise (`endings`). With `lookBack` a closed one can be opened again.
 *
 * What it was opened with stays in its context, beside `plan`, `finishOn`, `results`, `returns`, `reopenings`,
 * `verified`, `carriedOver` (`passes` and `ended`, where there are such); an input must not use these names. All
 * that are finished carry the tag `settled`, so the parent waits for `every.finding.settled`; those that a look
 * back opened again carry `reopened` until they are submitted anew, so a parent that must follow waits for
 * `atLeast.1.finding.reopened`.
 *
 * @throws {RangeError} saying which option cannot be, and what to do
 * @example
 * const finding = rectification({ by: ['reporter'], verify: ['verifier'], decide: ['lead'], due: 'rectified' })
 * // in defineCampaign: commands: { ...finding.commands }, dates: { ...finding.dates },
 * //   machines: () => ({ finding: finding.kind })
 */
export function rectification<const O extends RectificationOptions>(options: O): Rectification<O> {
  checkOptions(options)
  const { name = 'finding', by, decide, opens, lookBack, endings = {}, wording = {} } = options
  const command = (verb: Verb, spec: Omit<CommandSpec, 'title' | 'payload'>) => ({
    [`${name}.${verb}`]: {
      title: wording[verb]?.title ?? defaults[verb],
      ...spec,
      payload: payloads[verb],
      ...(wording[verb]?.source !== undefined && { source: wording[verb].source }),
    },
  })
  const window = opens === undefined ? {} : { opens }
  const planned = options.plan !== false
  // Four eyes: whoever planned or put right does not judge it.
  const notBy = [...(planned ? [`${name}.plan`] : []), `${name}.rectify`]
  const commands: { [name: string]: CommandSpec } = {
    ...(planned && command('plan', { by, ...window })),
    ...command('rectify', { by, ...(!planned && window) }),
    ...stepCommands(name, options, notBy),
    ...(lookBack && command('reopen', { by: lookBack.by, notBy, until: lookBack.until })),
    ...(decide && command('carryOver', { by: decide, notBy })),
    ...Object.fromEntries(
      Object.entries(endings).map(([ending, { title, source, record, ...may }]) => [
        `${name}.${ending}`,
        {
          title,
          by: may.by,
          notBy,
          ...(may.only !== undefined && { only: may.only }),
          payload: record ?? payloads.return,
          ...(source !== undefined && { source }),
        },
      ]),
    ),
  }
  return made({
    commands,
    dates: datesOf(name, options),
    kind: rectificationKind(name, options),
  })
}

function datesOf(
  name: string,
  { within, again = 'entry + 5 workdays' }: RectificationOptions,
): { [name: string]: DateSpec } {
  return {
    ...(within !== undefined && {
      [`${name}Due`]: {
        title: { zh: '整改期限', en: 'Time to rectify' },
        due: within === '0 days' ? 'entry' : `entry + ${within}`,
        remind: ['-1 workday'],
      },
    }),
    ...(again !== false && {
      [`${name}Again`]: {
        title: { zh: '退回后再整改', en: 'Second rectification after a return' },
        due: again,
        remind: ['-1 workday'],
      },
    }),
  }
}
