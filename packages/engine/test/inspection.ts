// A small inspection, complete enough to show everything that the engine does: reports with a date, a review
// with recusal and four eyes, findings with a date of their own, and a region beside the work of a unit.
import { z } from 'zod'
import { defineCampaign, notify, open, tell, type Definition } from '../src/index.ts'

const title = (zh: string, en: string) => ({ zh, en })
const state = (zh: string, en: string) => ({ meta: { title: title(zh, en) } })

/** A definition as tables, easy to break. `kinds` are what `machines` would return. */
export type Draft = {
  [key: string]: any
  roles: any
  dates: any
  commands: any
  messages: any
  kinds: { [kind: string]: { guards: any; updates: any; spec: any } }
}

export function draft(): Draft {
  return {
    id: 'small-inspection',
    version: 1,
    title: title('小检查', 'Small inspection'),
    roles: {
      lead: { title: title('组长', 'Lead'), scope: 'campaign' },
      reporter: { title: title('经办人', 'Reporter'), scope: 'unit' },
      reviewer: { title: title('复查员', 'Reviewer'), scope: 'campaign', recused: 'ownUnit' },
    },
    dates: {
      reports: {
        title: title('报送自查报告', 'Unit reports'),
        due: '04-18',
        remind: ['-3 workdays', '-1 day'],
      },
      reviewOpens: {
        title: title('复查开始', 'Start of the review'),
        due: 'reports + 1 day',
        at: 'start of day',
      },
      reviewed: {
        title: title('复查完成', 'End of the review'),
        due: '05-15',
        at: 'close of business',
        notBefore: 'reports',
      },
      rectified: {
        title: title('整改', 'Rectification'),
        due: 'entry + 10 days',
        remind: ['-2 days'],
      },
    },
    commands: {
      'check.begin': {
        title: title('启动自查', 'Begin'),
        by: ['lead'],
        payload: z.strictObject({ note: z.string().trim().default('') }),
      },
      'report.submit': {
        title: title('报送', 'Submit the report'),
        by: ['reporter'],
        payload: z.strictObject({ risks: z.array(z.string().min(1)).max(50) }),
        until: 'reports',
      },
      'review.record': {
        title: title('记录复查', 'Record the review'),
        by: ['reviewer', 'lead'],
        payload: z.strictObject({ findings: z.array(z.strictObject({ name: z.string() })) }),
        opens: 'reviewOpens',
        until: 'reviewed',
        notBy: ['report.submit'],
      },
      'finding.rectify': {
        title: title('报送整改', 'Report the rectification'),
        by: ['reporter'],
        payload: z.strictObject({ how: z.string() }),
      },
      'finding.return': {
        title: title('退回整改', 'Return'),
        by: ['reviewer'],
        payload: z.strictObject({ reason: z.string() }),
        notBy: ['finding.rectify'],
      },
      'finding.close': {
        title: title('销号', 'Close'),
        by: ['reviewer'],
        payload: z.strictObject({}),
        notBy: ['finding.rectify'],
      },
      'check.conclude': {
        title: title('总结', 'Conclude'),
        by: ['lead'],
        payload: z.strictObject({}),
      },
    },
    messages: {
      'unit.late': { title: title('逾期通报', 'A unit is late') },
      'check.reminded': { title: title('督促', 'Pressed') },
    },
    kinds: {
      campaign: {
        guards: { anyLate: ({ context }: any) => context.late.length > 0 },
        updates: {
          addLate: ({ context, event }: any) => ({
            late: [...context.late, event.payload.unit],
          }),
        },
        spec: {
          meta: { title: title('检查', 'Inspection') },
          context: { late: [] },
          initial: 'preparing',
          on: { 'unit.late': { actions: 'addLate' } },
          states: {
            preparing: {
              ...state('准备', 'Preparing'),
              on: { 'check.begin': 'reporting' },
            },
            reporting: {
              ...state('自查', 'Self-check'),
              entry: open('unit'),
              on: { 'every.unit.reported': 'reviewing' },
              after: { reports: 'reviewing' },
            },
            reviewing: {
              ...state('复查', 'Review'),
              entry: tell({ children: 'unit' }, 'check.reminded'),
              on: { 'atLeast.50%.unit.settled': 'concluding' },
              after: { reviewed: { target: 'concluding', guard: 'anyLate' } },
            },
            concluding: {
              ...state('总结', 'Concluding'),
              on: { 'check.conclude': 'closed' },
            },
            closed: { ...state('结束', 'Closed'), type: 'final' },
          },
        },
      },
      unit: {
        guards: { hasFindings: ({ event }: any) => event.payload.findings.length > 0 },
        updates: {
          keepReport: ({ event }: any) => ({
            report: { risks: event.payload.risks, by: event.by, at: event.at },
          }),
        },
        spec: {
          meta: { title: title('单位', 'Unit') },
          context: ({ input }: any) => ({ unit: input.id, report: null }),
          initial: 'checking',
          on: {
            'check.reminded': {
              actions: notify('reporter', title('{unit}请抓紧', '{unit}, please hurry')),
            },
          },
          states: {
            checking: {
              ...state('自查中', 'Checking'),
              on: { 'report.submit': { target: 'reported', actions: 'keepReport' } },
              after: { reports: 'late' },
            },
            late: {
              ...state('逾期未报', 'Late'),
              tags: ['reported'],
              entry: [
                tell('parent', 'unit.late', { unit: 'context.unit' }),
                notify(['lead', 'reporter'], title('{unit}逾期', '{unit} is late')),
              ],
              on: {
                'review.record': [
                  {
                    target: 'rectifying',
                    guard: 'hasFindings',
                    actions: open('finding', { each: 'payload.findings' }),
                  },
                  'done',
                ],
              },
            },
            reported: {
              ...state('已报送', 'Reported'),
              tags: 'reported',
              on: {
                'review.record': [
                  {
                    target: 'rectifying',
                    guard: 'hasFindings',
                    actions: open('finding', { each: 'payload.findings' }),
                  },
                  'done',
                ],
              },
            },
            rectifying: {
              ...state('整改', 'Rectifying'),
              tags: ['reported'],
              on: { 'every.finding.closed': 'done' },
            },
            done: { ...state('完成', 'Done'), type: 'final', tags: ['reported', 'settled'] },
          },
        },
      },
      finding: {
        guards: {},
        updates: {},
        spec: {
          meta: { title: title('问题', 'Finding') },
          context: ({ input }: any) => ({ name: input.name }),
          initial: 'open',
          states: {
            open: {
              ...state('整改中', 'Open'),
              on: { 'finding.rectify': 'rectified' },
              after: { rectified: 'overdue' },
            },
            overdue: {
              ...state('整改逾期', 'Overdue'),
              on: { 'finding.rectify': 'rectified' },
            },
            rectified: {
              ...state('待验收', 'Rectified'),
              on: { 'finding.close': 'closed', 'finding.return': 'open' },
            },
            closed: { ...state('已销号', 'Closed'), type: 'final', tags: 'closed' },
          },
        },
      },
    },
  }
}

/** Hands a draft to `defineCampaign`, past the types that would have caught its mistakes. */
export function define({ kinds, ...tables }: Draft): Definition {
  return defineCampaign({
    ...tables,
    machines: ({ machine }: any) =>
      Object.fromEntries(
        Object.entries(kinds).map(([name, { guards, updates, spec }]) => [
          name,
          machine({ guards, updates }).createMachine(spec),
        ]),
      ),
  } as never)
}

export const inspection = define(draft())
