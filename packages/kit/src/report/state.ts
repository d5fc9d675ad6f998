import { notify, type StateSpec } from '@duban/engine'
import { about, done, type Seen } from '../block.ts'
import type { AnyReport, ReportContext } from './options.ts'

/** The one state that the author's machine gets, with its steps inside. */
export function stateOf(
  name: string,
  { title, submit, accept, due, tell = [], press, source }: AnyReport,
  { accepted, tags }: { accepted: string; tags?: readonly string[] },
): StateSpec {
  const submitted = accept ? 'submitted' : 'accepted'
  const taken = (verb: 'submit' | 'makeUp') => ({
    [`${name}.${verb}`]: { target: submitted, actions: `${name}Recorded` },
  })
  const notice = (roles: readonly string[], zh: string, en: string) => notify([...new Set(roles)], about(title, zh, en))
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

export function updatesOf(name: string) {
  type Context = { [name: string]: ReportContext<object> }
  const change =
    (next: (before: ReportContext<object>, event: Seen<Context>['event']) => object) =>
    ({ context, event }: Seen<Context>) => {
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
