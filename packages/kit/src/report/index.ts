import { z } from 'zod'
import { about, checkName, somebody, Reason, words, made } from '../block.ts'
import { stateOf, updatesOf } from './state.ts'
import { type ReportOptions, type Report, Opinion, type AnyReport } from './options.ts'

export type { ReportOptions, ReportContext, Report, AnyReport } from './options.ts'

const Summary = z.strictObject({ summary: words })

/**
 * A report (报送), the block that most campaigns repeat: written → submitted → accepted, or returned with time
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
  somebody(`report «${name}»: submit`, options.submit)
  if (options.accept) somebody(`report «${name}»: accept`, options.accept)
  const { mend = 'entry + 5 workdays' } = options
  if (!mend.startsWith('entry ')) {
    throw new RangeError(`report «${name}»: mend: count from the return, like entry + 5 workdays`)
  }
  return made({
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
  })
}

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
