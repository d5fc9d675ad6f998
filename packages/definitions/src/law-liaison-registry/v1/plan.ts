import type { DateSpec, RoleSpec } from '@duban/engine'
import { session } from '@duban/kit'
import { registry } from '@duban/kit'

export const roles = {
  group: {
    title: { zh: '区依法治区领导小组', en: 'Leading group for the rule of law' },
    scope: 'campaign',
  },
  office: { title: { zh: '领导小组办公室', en: 'Office of the leading group' }, scope: 'campaign' },
  department: { title: { zh: '部门', en: 'Department' }, scope: 'unit' },
  staff: { title: { zh: '部门干部职工', en: 'Staff of the department' }, scope: 'unit' },
} as const satisfies { [name: string]: RoleSpec }

/** 第四条、第七条: one liaison for each department. */
export const post = registry('post', {
  title: { zh: '普法联络员', en: 'Law liaison' },
  volunteer: ['staff'],
  recommend: ['department'],
  approve: ['office'],
  dismiss: ['group'],
  judgeFrom: 'review',
  noticeWithin: '5 days',
  source: '由个人自愿报名、部门组织推荐,上报区依法治区领导小组办公室批准',
})

/** 第六条(一)(二)(四): meetings, trainings and assigned tasks, each with its roll. */
export const gathering = session('session', {
  title: { zh: '考勤事项', en: 'Attendance' },
  announce: ['office'],
  record: ['office'],
  decide: ['group'],
  announceBy: 'sessionsNamed',
  source: '对联络员参加各种会议和培训情况,以及交办的任务完成情况进行考勤登记',
})

export const dates = {
  appointed: {
    title: { zh: '选任联络员', en: 'Liaisons appointed' },
    due: 'start + 30 days',
    remind: ['-5 workdays'],
    source: '各部门均应当选派一名普法联络员',
  },
  sessionsNamed: {
    title: { zh: '年度会议和培训应通知时间', en: 'Yearly meeting and training announced' },
    due: '10-31',
    notBefore: 'appointed',
    remind: ['-20 workdays'],
    source: '全区普法联络员会议每年召开一次…每年组织联络员集中培训一次',
  },
  reports: {
    title: { zh: '报送年度书面报告', en: 'Yearly written report' },
    due: '11-30',
    remind: ['-10 workdays', '-3 workdays'],
    source: '联络员每年向区依法治区领导小组办公室书面报告工作一次',
  },
  reportAgain: {
    title: { zh: '退回后重新报送', en: 'Report submitted again' },
    due: 'entry + 5 workdays',
    remind: ['-1 workday'],
  },
  review: {
    title: { zh: '年终考核评优', en: 'Review at the end of the year' },
    due: '12-01',
    at: 'start of day',
    notBefore: 'reports',
    source: '作为联络员年终考核评优的依据',
  },
  judged: {
    title: { zh: '年终考核结束', en: 'Review ends' },
    due: '12-15',
    notBefore: 'review',
    remind: ['-3 workdays'],
    source: '对完成任务比较好和工作成绩突出的联络员给予表彰和奖励',
  },
  conference: {
    title: { zh: '召开总结表彰会', en: 'Conference of the year' },
    due: '12-31',
    notBefore: 'judged',
    remind: ['-5 workdays'],
    source: '每年召开一次联络员工作总结表彰会',
  },
  ...post.dates,
  ...gathering.dates,
} as const satisfies { [name: string]: DateSpec }

export const messages = { ...gathering.messages }
