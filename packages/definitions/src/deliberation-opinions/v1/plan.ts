import type { DateSpec, MessageSpec, RoleSpec } from '@duban/engine'
import { Settled } from './payloads.ts'

export const roles = {
  chair: { title: { zh: '常委会主任', en: 'Chair' }, scope: 'campaign' },
  chairs: { title: { zh: '主任会议组成人员', en: 'Chairs’ meeting' }, scope: 'campaign' },
  member: { title: { zh: '常委会组成人员', en: 'Member of the committee' }, scope: 'campaign' },
  director: { title: { zh: '办公室主任', en: 'Director of the office' }, scope: 'campaign' },
  secretary: { title: { zh: '工作委员会秘书', en: 'Secretary' }, scope: 'campaign' },
  responsible: {
    title: { zh: '工作机构主要负责人', en: 'Head of the working body' },
    scope: 'campaign',
  },
  department: { title: { zh: '承办部门', en: 'Responsible department' }, scope: 'unit' },
} as const satisfies { [name: string]: RoleSpec }

export const dates = {
  lastSession: {
    title: { zh: '议题安排截止', en: 'The last matter is put' },
    due: '11-30',
    remind: ['-10 workdays'],
    source: '根据常委会年度工作要点和主任会议的安排,适时调整确定每次常委会会议议题',
  },
  yearEnd: {
    title: { zh: '年终盘底', en: 'The year is summed up' },
    due: '12-31',
    notBefore: 'lastSession',
    remind: ['-10 workdays'],
    source: '但到年终盘底',
  },

  // Each matter's own.
  session: {
    title: { zh: '常委会会议', en: 'Session' },
    due: 'context.heldOn',
    remind: ['-3 workdays', '-1 workday'],
    source: '每逢常委会会议召开前,把要审议的专题报告及“审议意见卡”一并送交常委会组成人员',
  },
  drafted: {
    title: { zh: '审议意见审签', en: 'Opinions signed' },
    due: 'context.heldOn + 7 workdays',
    remind: ['-1 workday'],
  },
  formed: {
    title: { zh: '审议意见形成', en: 'Opinions adopted' },
    due: 'context.heldOn + 15 workdays',
    remind: ['-3 workdays'],
  },
  replied: {
    title: { zh: '书面报送办理情况', en: 'Written reply' },
    due: 'context.replyBy',
    remind: ['-10 workdays', '-3 workdays'],
    source: '要求承办部门在规定的期限内书面报送办理情况',
  },
  replyAgain: {
    title: { zh: '退回后重新报送', en: 'Written again' },
    due: 'entry + 10 workdays',
    remind: ['-3 workdays'],
  },
  heard: {
    title: { zh: '听取办理情况报告', en: 'The result is heard' },
    due: 'entry + 1 months',
    remind: ['-5 workdays'],
    source: '有的地方是常委会会议或主任会议听取审议意见办理情况的报告',
  },
  handledAgain: {
    title: { zh: '交回再办', en: 'Handled again' },
    due: 'entry + 2 months',
    remind: ['-10 workdays', '-3 workdays'],
  },
} as const satisfies { [name: string]: DateSpec }

export const messages = {
  'matter.settled': { title: { zh: '审议意见办结', en: 'Matter settled' }, payload: Settled },
} as const satisfies { [name: string]: MessageSpec }
