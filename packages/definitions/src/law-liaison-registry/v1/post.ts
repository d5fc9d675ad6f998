import { notify } from '@duban/engine'
import type { Author, Kind, Report } from './commands.ts'
import { post as office } from './plan.ts'

type PostContext = {
  report: (Report & { by: string; at: string; late: boolean }) | null
  returns: string[]
} & typeof office.context

/** 一个部门的联络员: who holds the office, and, beside it, the report of the year. */
export function post({ machine, on }: Author): Kind {
  const submit = { target: 'submitted', actions: 'recordReport' }
  return machine<PostContext>({
    guards: { ...office.guards },
    updates: {
      ...office.updates,
      recordReport: on('report.submit', ({ payload, by, at }) => ({
        report: { ...payload, by, at, late: false },
      })),
      recordLateReport: on('report.submit', ({ payload, by, at }) => ({
        report: { ...payload, by, at, late: true },
      })),
      recordReturn: on('report.return', ({ context, payload }) => ({
        returns: [...context.returns, payload.reason],
      })),
    },
  }).createMachine({
    meta: { title: { zh: '部门普法联络员', en: 'Liaison of a department' } },
    context: { report: null, returns: [], ...office.context },
    type: 'parallel',
    states: {
      office: office.state,
      report: {
        meta: { title: { zh: '年度书面报告', en: 'Yearly report' }, source: '第六条(三)' },
        initial: 'awaited',
        states: {
          awaited: {
            meta: { title: { zh: '书面报告待报送', en: 'Report awaited' } },
            on: { 'report.submit': submit },
            after: { reports: 'overdue' },
          },
          overdue: {
            meta: { title: { zh: '书面报告逾期', en: 'Report overdue' } },
            tags: 'overdue',
            entry: notify(['office', 'department', 'staff'], {
              zh: '{unit}普法联络员年度书面报告逾期未报',
              en: 'The yearly report of the liaison of {unit} is overdue',
            }),
            on: { 'report.submit': { target: 'submitted', actions: 'recordLateReport' } },
          },
          submitted: {
            meta: { title: { zh: '书面报告已报送', en: 'Report submitted' } },
            tags: 'reported',
            on: {
              'report.accept': 'accepted',
              'report.return': { target: 'returned', actions: 'recordReturn' },
            },
          },
          returned: {
            meta: { title: { zh: '书面报告退回', en: 'Report returned' } },
            on: { 'report.submit': submit },
            after: { reportAgain: 'overdue' },
          },
          accepted: {
            meta: { title: { zh: '书面报告已收悉', en: 'Report accepted' } },
            type: 'final',
            tags: 'reported',
          },
        },
      },
    },
  })
}
