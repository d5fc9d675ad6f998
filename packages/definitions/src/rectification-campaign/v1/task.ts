import { notify } from '@duban/engine'
import type { Author, Kind } from './commands.ts'

/** The tasks of the mobilisation, in the plan's own words. */
export const tasks = [
  { no: '1', title: '对支部的“责任风暴”、“治庸计划”工作进行动员部署' },
  {
    no: '2',
    title: '支部开展以治理“庸”、“懒”“散”为主题的作风建设大讨论,并将大讨论汇报送交领导小组办公室',
  },
  { no: '3', title: '研究制定支部“治庸问责”工作的实施方案' },
  { no: '4', title: '在电子阅览室设立“读者意见本”' },
]
type Task = (typeof tasks)[number]

type TaskContext = Task & { report: { report: string; by: string; at: string } | null }

/** 任务: done in time, or late. */
export function task({ machine, on }: Author): Kind {
  return machine<TaskContext, Task>({
    updates: {
      recordReport: on('task.report', ({ payload, by, at }) => ({
        report: { ...payload, by, at },
      })),
    },
  }).createMachine({
    meta: { title: { zh: '动员部署任务', en: 'Mobilisation task' } },
    context: ({ input }) => ({ ...input, report: null }),
    initial: 'pending',
    states: {
      pending: {
        meta: { title: { zh: '待落实', en: 'To be done' }, source: '4月29日前完成。' },
        on: { 'task.report': { target: 'done', actions: 'recordReport' } },
        after: { tasks: 'overdue' },
      },
      overdue: {
        meta: { title: { zh: '任务逾期', en: 'Overdue' } },
        tags: 'overdue',
        entry: notify(['secretary', 'branch'], {
          zh: '动员部署有一项任务逾期',
          en: 'A mobilisation task is overdue',
        }),
        on: { 'task.report': { target: 'late', actions: 'recordReport' } },
      },
      done: { meta: { title: { zh: '已落实', en: 'Done' } }, type: 'final', tags: 'done' },
      late: { meta: { title: { zh: '逾期落实', en: 'Done late' } }, type: 'final', tags: 'done' },
    },
  })
}
