import type { Text } from '@duban/engine'
import { z } from 'zod'
import type { Ladder } from '../ladder/index.ts'
import {
  about,
  checkName,
  checkRoles,
  Reason,
  words,
  type Done,
  type Guards,
  type OwnDates,
  type PieceCommand,
  type States,
  type Updates,
} from '../piece.ts'
import { stateOf, updatesOf } from './state.ts'

export type ReportOptions<Submitter extends string, Record extends z.ZodObject, Accepter extends string = never> = {
  /** What is reported: `{ zh: '自查报告', en: 'Self-check report' }`. */
  title: Text
  /** Who writes and submits it. */
  submit: readonly Submitter[]
  /** What it must say. Default: a summary in words. */
  record?: Record
  /** The name of the date by which it is due. */
  due: string
  /**
   * Who accepts or returns it; never whoever submitted it. Give that role `recused: 'ownUnit'` where nobody may
   * judge their own unit. Without it, what is submitted is accepted.
   */
  accept?: readonly Accepter[]
  /** The time that a returned one has, a rule that counts from the return. Default `entry + 5 workdays`. */
  mend?: string
  /** Who is told, besides those who submit, when it is overdue. */
  tell?: readonly string[]
  /** A ladder that its overdue state becomes: `press: pressure`. Its rungs are climbed while it is overdue. */
  press?: { state: Ladder<string, { urge: { by: string[] } }>['state'] }
  /** The phrase of the plan. */
  source?: string
}

export type ReportContext<Record> = {
  /** The last one submitted; `late` has the reason of one that was made up. */
  last: (Record & Done & { late: string | null }) | null
  /** Why it was returned, each time. */
  returns: (Done & { reason: string })[]
  accepted: Done | null
}

const Summary = z.strictObject({ summary: words })

export type Report<
  Name extends string,
  Submitter extends string,
  Record extends z.ZodObject,
  Accepter extends string,
> = {
  commands: { [N in `${Name}.submit`]: PieceCommand<Submitter, Record> } & {
    [N in `${Name}.makeUp`]: PieceCommand<Submitter, z.ZodType<z.output<Record> & { reason: string }>>
  } & ([Accepter] extends [never]
      ? unknown
      : { [N in `${Name}.accept`]: PieceCommand<Accepter, typeof Opinion> } & {
          [N in `${Name}.return`]: PieceCommand<Accepter, typeof Reason>
        })
  /** `<name>Mended`: the time that a returned one has. Empty without `accept`. */
  dates: [Accepter] extends [never] ? object : OwnDates<`${Name}Mended`>
  /** One member, `<name>`. */
  context: { [N in Name]: ReportContext<z.output<Record>> }
  guards: Guards<{ [N in Name]: ReportContext<z.output<Record>> }>
  updates: Updates<{ [N in Name]: ReportContext<z.output<Record>> }>
  /**
   * One state, `<name>`, with `writing`, `submitted`, `returned`, `overdue` inside. `accepted` is where the
   * machine goes on; `tags` are those that it carries while it is submitted, for the parent to count.
   */
  states: (to: { accepted: string; tags?: readonly string[] }) => States<Name>
}

const Opinion = z.strictObject({ opinion: words.optional() })

/**
 * A report (报送), the piece that most campaigns repeat: written → submitted → accepted, or returned with time
 * of its own; overdue when its date passes, and then made up with a reason. For a unit's own machine.
 *
 * @throws {RangeError} naming the option that cannot be
 * @example
 * const check = report('selfCheck', { title: { zh: '自查报告', en: 'Self-check' }, submit: ['reporter'],
 *   accept: ['office'], due: 'reports', tell: ['lead'] })
 * // commands: { ...check.commands }, dates: { reports: …, ...check.dates }
 * // unit: machine<typeof check.context>({ updates: { ...check.updates } }).createMachine({
 * //   context: { ...check.context }, initial: 'selfCheck', states: { ...check.states({ accepted: 'done' }), done: … } })
 */
export function report<
  const Name extends string,
  const Submitter extends string,
  Record extends z.ZodObject = typeof Summary,
  const Accepter extends string = never,
>(name: Name, options: ReportOptions<Submitter, Record, Accepter>): Report<Name, Submitter, Record, Accepter> {
  checkName('report', name)
  checkRoles(`report «${name}»`, 'submit', options.submit)
  if (options.accept) checkRoles(`report «${name}»`, 'accept', options.accept)
  const { mend = 'entry + 5 workdays' } = options
  if (!mend.startsWith('entry ')) {
    throw new RangeError(`report «${name}»: mend: count from the return, like entry + 5 workdays`)
  }
  return {
    commands: commandsOf(name, options),
    dates: options.accept
      ? {
          [`${name}Mended`]: {
            title: about(options.title, '{thing}退回后重报', 'Second submission: {thing}'),
            due: mend,
            remind: ['-1 workday'],
          },
        }
      : {},
    context: { [name]: { last: null, returns: [], accepted: null } },
    guards: {},
    updates: updatesOf(name),
    states: (to: { accepted: string; tags?: readonly string[] }) => ({
      [name]: stateOf(name, options, to),
    }),
  } as never
}

export type AnyReport = ReportOptions<string, z.ZodObject, string>

function commandsOf(name: string, { title, submit, accept, source, record = Summary }: AnyReport) {
  const from = source === undefined ? {} : { source }
  const notBy = [`${name}.submit`, `${name}.makeUp`]
  return {
    [`${name}.submit`]: {
      title: about(title, '报送{thing}', 'Submit: {thing}'),
      by: submit,
      payload: record,
      ...from,
    },
    [`${name}.makeUp`]: {
      title: about(title, '补报{thing}', 'Make up: {thing}'),
      by: submit,
      payload: record.safeExtend(Reason.shape),
    },
    ...(accept && {
      [`${name}.accept`]: {
        title: about(title, '通过{thing}', 'Accept: {thing}'),
        by: accept,
        payload: Opinion,
        notBy,
      },
      [`${name}.return`]: {
        title: about(title, '退回{thing}', 'Return: {thing}'),
        by: accept,
        payload: Reason,
        notBy,
      },
    }),
  }
}
