import type { DateSpec, RoleSpec } from '@duban/engine'

export const roles = {
  chair: { title: { zh: '常委会领导', en: 'Chair of the committee' }, scope: 'campaign' },
  works: { title: { zh: '代表工作委员会', en: 'Deputies’ commission' }, scope: 'campaign' },
  deputy: { title: { zh: '人大代表', en: 'Deputy' }, scope: 'campaign' },
  leader: { title: { zh: '领办督办领导', en: 'Supervising leader' }, scope: 'campaign' },
  handler: { title: { zh: '承办部门', en: 'Handling department' }, scope: 'unit' },
} as const satisfies { [name: string]: RoleSpec }

export const dates = {
  callCloses: {
    title: { zh: '征集截止', en: 'The call ends' },
    due: 'start + 1 months',
    remind: ['-10 days', '-3 days'],
    source: '结果,仅1个月时间,就征集了47件代表建议',
  },
  assigned: {
    title: { zh: '交办', en: 'All assigned' },
    due: 'callCloses + 10 workdays',
    remind: ['-2 workdays'],
    source: '确保代表提出的闭会期间建议能够得到及时交办',
  },
  handled: {
    title: { zh: '办理完毕', en: 'All handled' },
    due: '12-31',
    notBefore: 'assigned',
    remind: ['-15 days'],
    source: '将建议督办列入年度工作考核内容',
  },
  reported: {
    title: { zh: '报告办理情况', en: 'Report on all of them' },
    due: 'handled + 15 days',
    remind: ['-3 days'],
  },

  // Each matter's own.
  replied: {
    title: { zh: '答复代表', en: 'Reply to the deputy' },
    due: 'context.dueOn',
    remind: ['-10 days', '-3 days'],
    source: '能解决的马上办理,一时不能解决的列入年度工作计划中解决',
  },
  inspected: {
    title: { zh: '重点建议视察督办', en: 'Key matter looked at by its leader' },
    due: 'context.dueOn',
    remind: ['-10 days'],
    source: '通过视察办理工作进展情况',
  },
} as const satisfies { [name: string]: DateSpec }
