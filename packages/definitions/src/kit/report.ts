import { notify, type StateSpec, type Text } from '@duban/engine'
import { z } from 'zod'
import type { Ladder } from './ladder.ts'
import {
  about,
  checkName,
  checkRoles,
  done,
  Reason,
  words,
  type Done,
  type Guards,
  type OwnDates,
  type PieceCommand,
  type SeenBy,
  type States,
  type Updates,
} from './piece.ts'

export type ReportOptions<
  Submitter extends string,
  Record extends z.ZodObject,
  Accepter extends string = never,
> = {
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
    [N in `${Name}.makeUp`]: PieceCommand<
      Submitter,
      z.ZodType<z.output<Record> & { reason: string }>
    >
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
>(
  name: Name,
  options: ReportOptions<Submitter, Record, Accepter>,
): Report<Name, Submitter, Record, Accepter> {
  checkName('report', name)
  checkRoles(`report «${name}»`, 'submit', options.submit)
  if (options.accept) checkRoles(`report «${name}»`, 'accept', options.accept)
  const { mend = 'entry + 5 workdays' } = options
  if (!mend.startsWith('entry ')) {
    throw new RangeError(`report «${name}»: mend: count from the return, like entry + 5 workdays`)
  }
  const updates = updatesOf(name)
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
    updates,
    states: (to: { accepted: string; tags?: readonly string[] }) => ({
      [name]: stateOf(name, options, to),
    }),
  } as never
}

type Options = ReportOptions<string, z.ZodObject, string>

function commandsOf(name: string, { title, submit, accept, source, record = Summary }: Options) {
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

function stateOf(
  name: string,
  { title, submit, accept, due, tell = [], press, source }: Options,
  { accepted, tags }: { accepted: string; tags?: readonly string[] },
): StateSpec {
  const submitted = accept ? 'submitted' : 'accepted'
  const taken = (verb: 'submit' | 'makeUp') => ({
    [`${name}.${verb}`]: { target: submitted, actions: `${name}Recorded` },
  })
  const notice = (roles: readonly string[], zh: string, en: string) =>
    notify([...new Set(roles)], about(title, zh, en))
  const lateTitle = about(title, '逾期未报{thing}', '{thing}: overdue')
  const overdue = {
    tags: 'overdue',
    entry: notice([...submit, ...tell], '{unit}逾期未报{thing}', '{unit} is late with {thing}'),
    on: taken('makeUp'),
  }
  // Whoever was late before climbs on from the rung reached.
  const late = press ? 'overdue.again' : 'overdue'
  return {
    meta: { title, ...(source !== undefined && { source }) },
    initial: 'writing',
    onDone: accepted,
    states: {
      writing: {
        meta: { title: about(title, '待报送{thing}', '{thing}: to be submitted') },
        on: taken('submit'),
        after: { [due]: late },
      },
      overdue: press
        ? press.state({ title: lateTitle, ...overdue, again: true })
        : { meta: { title: lateTitle }, ...overdue },
      ...(accept && {
        submitted: {
          meta: { title: about(title, '已报送{thing}', '{thing}: submitted') },
          ...(tags && { tags }),
          on: {
            [`${name}.accept`]: { target: 'accepted', actions: `${name}Accepted` },
            [`${name}.return`]: { target: 'returned', actions: `${name}Returned` },
          },
        },
        returned: {
          meta: { title: about(title, '退回{thing}', '{thing}: returned') },
          entry: notice(
            submit,
            '{unit}的{thing}被退回，请于{due}前重报',
            '{thing} of {unit} was returned; submit it again by {due}',
          ),
          on: taken('submit'),
          after: { [`${name}Mended`]: late },
        },
      }),
      accepted: {
        meta: { title: about(title, '{thing}已通过', '{thing}: accepted') },
        type: 'final',
      },
    },
  }
}

function updatesOf(name: string) {
  type Context = { [name: string]: ReportContext<object> }
  const change =
    (next: (before: ReportContext<object>, event: SeenBy<Context>['event']) => object) =>
    ({ context, event }: SeenBy<Context>) => {
      const before = context[name] ?? { last: null, returns: [], accepted: null }
      return { [name]: { ...before, ...next(before, event) } }
    }
  return {
    [`${name}Recorded`]: change((_, event) => {
      const { reason = null, ...record } = event.payload as { reason?: string }
      const late = event.type === `${name}.makeUp`
      return {
        last: {
          ...(late ? record : (event.payload as object)),
          ...done(event),
          late: late ? reason : null,
        },
      }
    }),
    [`${name}Returned`]: change(({ returns }, event) => ({
      returns: [...returns, { ...(event.payload as { reason: string }), ...done(event) }],
    })),
    [`${name}Accepted`]: change((_, event) => ({ accepted: done(event) })),
  }
}
