import { defineCampaign, notify, open, tell, type Definition } from '@duban/engine'
import { z } from 'zod'

const title = (zh: string, en: string) => ({ zh, en })
const state = (zh: string, en: string) => ({ meta: { title: title(zh, en) } })

/** One of everything that can be drawn: groups in groups, regions, history, counts, messages, dates. */
export const sample: Definition = defineCampaign({
  id: 'sample',
  version: 1,
  title: title('样例“一”<与&', 'Sample “one” <and &'),
  source: '关于开展样例工作的通知',
  roles: {
    lead: { title: title('组长', 'Lead'), scope: 'campaign' },
    reporter: { title: title('经办人', 'Reporter'), scope: 'unit' },
  },
  dates: {
    reports: { title: title('报送', 'Reports'), due: '04-18', remind: ['-1 workday'] },
    checked: { title: title('检查完', 'Checked'), due: 'reports + 5 workdays' },
    mended: { title: title('整改完', 'Mended'), due: 'entry + 3 days' },
  },
  commands: {
    'work.pause': { title: title('暂停', 'Pause'), by: ['lead'], payload: z.strictObject({}) },
    'work.goOn': { title: title('继续', 'Go on'), by: ['lead'], payload: z.strictObject({}) },
    'report.submit': {
      title: title('报送', 'Submit'),
      by: ['reporter', 'lead'],
      payload: z.strictObject({}),
    },
    'photo.add': {
      title: title('补充照片', 'Add a photo'),
      by: ['reporter'],
      payload: z.strictObject({}),
      opens: 'reports',
      until: 'checked',
    },
  },
  messages: { 'unit.late': { title: title('逾期通报', 'A unit is late') } },
  machines: ({ machine }) => ({
    campaign: machine<{ late: number }>({
      guards: { anyLate: ({ context }) => context.late > 0 },
      updates: { countLate: ({ context }) => ({ late: context.late + 1 }) },
    }).createMachine({
      meta: { title: title('样例', 'Sample') },
      context: { late: 0 },
      initial: 'working',
      on: { 'unit.late': { actions: 'countLate' } },
      states: {
        working: {
          ...state('工作中', 'Working'),
          initial: 'collecting',
          entry: open('unit'),
          on: { 'work.pause': 'paused' },
          states: {
            collecting: {
              ...state('收集', 'Collecting'),
              on: { 'atLeast.50%.unit.reported': 'checking' },
              after: { reports: 'checking' },
            },
            checking: {
              ...state('检查', 'Checking'),
              after: { checked: [{ guard: 'anyLate', target: 'checkOverdue' }, 'checkedAll'] },
            },
            checkOverdue: {
              ...state('检查逾期', 'Check overdue'),
              tags: 'overdue',
              on: { 'every.unit.reported': 'checkedAll' },
            },
            checkedAll: { ...state('查毕', 'All checked'), type: 'final' },
            last: { type: 'history', target: 'collecting' },
          },
          onDone: 'closed',
        },
        paused: { ...state('暂停', 'Paused'), on: { 'work.goOn': 'working.last' } },
        closed: { ...state('已结束', 'Closed'), type: 'final' },
      },
    }),
    unit: machine().createMachine({
      meta: { title: title('单位', 'Unit') },
      initial: 'both',
      states: {
        both: {
          ...state('两项并行', 'Two at once'),
          type: 'parallel',
          states: {
            report: {
              ...state('报告', 'Report'),
              initial: 'due',
              states: {
                due: {
                  ...state('待报', 'Due'),
                  on: { 'report.submit': 'sent' },
                  after: { reports: 'overdue' },
                },
                overdue: {
                  ...state('逾期未报的一项很长很长的标题用来换行', 'Overdue'),
                  entry: [
                    tell('parent', 'unit.late'),
                    notify(['lead', 'reporter'], title('{unit}逾期', '{unit} is late')),
                  ],
                  on: { 'report.submit': 'sent' },
                },
                sent: { ...state('已报', 'Sent'), type: 'final', tags: 'reported' },
              },
            },
            photos: {
              ...state('照片', 'Photos'),
              initial: 'wanted',
              states: {
                wanted: {
                  ...state('待补', 'Wanted'),
                  on: { 'photo.add': 'there' },
                  after: { mended: 'there' },
                },
                there: { ...state('已有', 'There'), type: 'final' },
              },
            },
          },
          onDone: 'settled',
        },
        settled: { ...state('办结', 'Settled'), type: 'final', tags: ['reported', 'settled'] },
      },
    }),
  }),
})
