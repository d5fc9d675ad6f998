import type { DateSpec, MessageSpec, RoleSpec } from '@duban/engine'
import { session } from '@duban/kit'
import { disclosure } from '@duban/kit'
import { MemberPledge, MemberProgress, ProgressBoard, StarBoard, UnitPledge, UnitProgress } from './payloads.ts'
import { pledge } from './pledge.ts'

export const roles = {
  committee: { title: { zh: '机关党工委', en: 'Party committee' }, scope: 'campaign' },
  secretary: { title: { zh: '党支部书记', en: 'Branch secretary' }, scope: 'unit' },
  member: { title: { zh: '党员', en: 'Member' }, scope: 'unit' },
  masses: { title: { zh: '群众代表', en: 'The masses' }, scope: 'campaign' },
} as const satisfies { [name: string]: RoleSpec }

/** 三次党员大会; who cannot come makes it up, excused or not. */
export const study = session('study', {
  title: { zh: '党员大会', en: 'General meeting' },
  announce: ['secretary'],
  record: ['secretary'],
  decide: ['committee'],
  announceBy: 'studyNamed',
  excusedToo: true,
  source: '先后三次召开党员大会进行学习培训、再动员再部署',
})

export const unitPledge = pledge('unitPledge', {
  title: { zh: '党支部承诺', en: 'Pledge of the branch' },
  of: UnitPledge,
  progress: UnitProgress,
  by: ['secretary'],
  rate: ['committee'],
  personal: false,
  source: '确定了以开展“五项活动”为主要内容的党支部承诺事项',
})
export const memberPledge = pledge('memberPledge', {
  title: { zh: '党员承诺', en: 'Pledge of a member' },
  of: MemberPledge,
  progress: MemberProgress,
  by: ['member'],
  rate: ['secretary', 'committee'],
  personal: true,
  source: '党员围绕本职工作做出公开承诺',
})

const boards = {
  publish: ['secretary'],
  object: ['masses', 'member'],
  answer: ['secretary'],
  decide: ['committee'],
} as const
/** The second and the third of 三公示; the first is that of each pledge. */
export const progress = disclosure('progress', {
  title: { zh: '践诺情况', en: 'How pledges are kept' },
  of: ProgressBoard,
  publishBy: 'progressPublic',
  source: '《公开承诺公示栏》',
  ...boards,
})
export const stars = disclosure('stars', {
  title: { zh: '评星定格', en: 'Board of stars' },
  of: StarBoard,
  publishBy: 'starsPublic',
  source: '《评星定格公示栏》',
  ...boards,
})

export const dates = {
  listed: {
    title: { zh: '登记党员', en: 'Members listed' },
    due: 'start + 7 days',
    remind: ['-2 workdays'],
    source: '把党员一个不少地组织起来',
  },
  pledged: {
    title: { zh: '公开承诺', en: 'Pledges public' },
    due: 'start + 30 days',
    notBefore: 'listed',
    remind: ['-5 workdays'],
  },
  studyNamed: {
    title: { zh: '党员大会应通知时间', en: 'General meetings announced' },
    due: 'start + 90 days',
    notBefore: 'pledged',
    remind: ['-10 workdays'],
  },
  talked: {
    title: { zh: '述讲', en: 'Talks' },
    due: '11-15',
    notBefore: 'studyNamed',
    remind: ['-5 workdays'],
    source: '一讲',
  },
  progressPublic: {
    title: { zh: '公示践诺情况', en: 'Progress public' },
    due: '11-30',
    notBefore: 'talked',
    remind: ['-3 workdays'],
    source: '三公示',
  },
  assessed: {
    title: { zh: '评议', en: 'Assessments' },
    due: '12-10',
    notBefore: 'progressPublic',
    remind: ['-3 workdays'],
    source: '二评',
  },
  rated: {
    title: { zh: '评星', en: 'Stars given' },
    due: 'entry + 5 workdays',
    remind: ['-1 workday'],
  },
  starsPublic: {
    title: { zh: '公示星级', en: 'Stars public' },
    due: '12-25',
    notBefore: 'assessed',
    remind: ['-3 workdays'],
    source: '三公示',
  },
  ends: {
    title: { zh: '活动结束', en: 'End of the campaign' },
    due: '01-15 next year',
    notBefore: 'starsPublic',
    remind: ['-5 workdays'],
  },
  summary: {
    title: { zh: '总结', en: 'Summary' },
    due: '01-31 next year',
    notBefore: 'ends',
    remind: ['-3 workdays'],
  },
  ...study.dates,
  ...unitPledge.dates,
  ...memberPledge.dates,
  ...progress.dates,
  ...stars.dates,
} as const satisfies { [name: string]: DateSpec }

export const messages = {
  'assessment.opened': { title: { zh: '开始评议', en: 'Assessment opened' } },
  ...study.messages,
  ...unitPledge.messages,
  ...memberPledge.messages,
  ...progress.messages,
  ...stars.messages,
} as const satisfies { [name: string]: MessageSpec }
