import { notify, type StateSpec, type Text } from '@duban/engine'
import { z } from 'zod'
import {
  about,
  checkName,
  somebody,
  done,
  Reason,
  type Guards,
  type BlockCommand,
  type Seen,
  type Updates,
  made,
} from '../block.ts'
import {
  type TaskOptions,
  type Table,
  type Names,
  type RecordOf,
  type AmenderOf,
  type Amendable,
  type TaskRecord,
  Summary,
} from './options.ts'

export type { TaskOptions, TaskRecord } from './options.ts'

/** The same, for code that does not know the names. */
type Held = { tasks: { [task: string]: TaskRecord | null } }

export type TasksContext<Name extends string = string> = {
  tasks: { [N in Name]: TaskRecord | null }
}

export type Tasks<T extends Table> = {
  commands: {
    [N in Names<T> as `${N}.complete`]: BlockCommand<T[N]['by'][number], RecordOf<T[N]>>
  } & {
    [N in Amendable<T> as `${N}.amend`]: BlockCommand<
      AmenderOf<T[N]>,
      z.ZodType<z.output<RecordOf<T[N]>> & { reason: string }>
    >
  }
  /** One member, `tasks`. */
  context: TasksContext<Names<T>>
  /** `allTasksDone`, `someTaskLate`. */
  guards: Guards<TasksContext>
  updates: Updates<TasksContext>
  /**
   * A parallel state with a region for each task. With `done` the machine goes there when all are done; without
   * it the state stays, and what can be amended can be amended until something else leaves it.
   */
  state: (to: { title: Text; source?: string; done?: string }) => StateSpec
}

/**
 * A list of dated tasks (任务清单), each with its own date, its own people and its own record: done in time, early
 * or late, never lost; late ones say so. For the machine of a unit, or of the campaign.
 *
 * @throws {RangeError} naming the task that cannot be
 * @example
 * const list = tasks({
 *   launch: { title: { zh: '召开启动大会', en: 'Launch meeting' }, by: ['office'], due: 'launched' },
 *   roster: { title: { zh: '“一林一警”备案', en: 'Roster' }, by: ['police'], due: 'policed', amend: true },
 * })
 * // commands: { ...list.commands }
 * // machine<typeof list.context>({ guards: { ...list.guards }, updates: { ...list.updates } })
 * //   .createMachine({ context: { ...list.context }, states: { working: list.state({ title, done: 'finished' }) } })
 */
export function tasks<const T extends Table>(table: T): Tasks<T> {
  const all = Object.entries(table)
  if (all.length === 0) throw new RangeError('tasks: name at least one task')
  for (const [name, { by, amend }] of all) {
    checkName('tasks', name)
    somebody(`tasks «${name}»: by`, by)
    if (Array.isArray(amend)) somebody(`tasks «${name}»: amend`, amend)
  }
  const commands = Object.assign({}, ...all.map(([name, task]) => commandsOf(name, task))) as object
  return made({
    commands,
    context: { tasks: Object.fromEntries(all.map(([name]) => [name, null])) },
    guards: {
      allTasksDone: ({ context }: Seen<Held>) => all.every(([name]) => context.tasks[name]),
      someTaskLate: ({ context }: Seen<Held>) => all.some(([name]) => context.tasks[name]?.late === true),
    },
    updates: Object.assign({}, ...all.map(([name]) => updatesOf(name))) as object,
    state: ({ title, source, done: target }: { title: Text; source?: string; done?: string }) => ({
      meta: { title, ...(source !== undefined && { source }) },
      type: 'parallel',
      states: Object.fromEntries(all.map(([name, task]) => [name, regionOf(name, task)])),
      ...(target !== undefined && { always: { guard: 'allTasksDone', target } }),
    }),
  })
}

function commandsOf(name: string, { title, by, record = Summary, amend, source }: TaskOptions) {
  const from = source === undefined ? {} : { source }
  return {
    [`${name}.complete`]: {
      title: about(title, '完成：{thing}', 'Complete: {thing}'),
      by,
      payload: record,
      ...from,
    },
    ...(amend && {
      [`${name}.amend`]: {
        title: about(title, '变更：{thing}', 'Amend: {thing}'),
        by: amend === true ? by : amend,
        payload: record.safeExtend(Reason.shape),
        ...from,
      },
    }),
  }
}

function regionOf(name: string, { title, by, due, amend, copy, tell = [], source }: TaskOptions) {
  const copied = (zh: string, en: string) => (copy ? [notify([...copy], about(title, zh, en))] : [])
  const complete = (target: string, update: string) => ({
    [`${name}.complete`]: {
      target,
      actions: [update, ...copied('{unit}已完成：{thing}', '{unit} has done: {thing}')],
    },
  })
  const amended = [`${name}Amended`, ...copied('{unit}变更：{thing}', '{unit} has amended: {thing}')]
  const finished = (zh: string, en: string): StateSpec => ({
    meta: { title: about(title, zh, en) },
    ...(amend ? { on: { [`${name}.amend`]: { actions: amended } } } : { type: 'final' }),
  })
  return {
    meta: { title, ...(source !== undefined && { source }) },
    initial: 'todo',
    states: {
      todo: {
        meta: { title: about(title, '{thing}：待完成', '{thing}: to do') },
        on: complete('done', `${name}Done`),
        after: { [due]: 'overdue' },
      },
      overdue: {
        meta: { title: about(title, '{thing}：逾期', '{thing}: overdue') },
        tags: 'overdue',
        entry: notify(
          [...new Set([...by, ...tell])],
          about(title, '{unit}逾期未完成：{thing}', '{unit} is late: {thing}'),
        ),
        on: complete('doneLate', `${name}DoneLate`),
      },
      done: finished('{thing}：已完成', '{thing}: done'),
      doneLate: finished('{thing}：逾期完成', '{thing}: done late'),
    },
  }
}

function updatesOf(name: string) {
  const record =
    (late: boolean) =>
    ({ context, event }: Seen<Held>) => ({
      tasks: {
        ...context.tasks,
        [name]: { ...(event.payload as object), ...done(event), late, amended: [] },
      },
    })
  return {
    [`${name}Done`]: record(false),
    [`${name}DoneLate`]: record(true),
    [`${name}Amended`]: ({ context, event }: Seen<Held>) => {
      const { reason, ...record } = event.payload as { reason: string }
      const before = context.tasks[name]
      const amended = [...(before?.amended ?? []), { reason, ...done(event) }]
      return {
        tasks: { ...context.tasks, [name]: { ...before, ...record, amended } as TaskRecord },
      }
    },
  }
}
