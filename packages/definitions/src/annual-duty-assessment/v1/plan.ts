import type { DateSpec, MessageSpec, RoleSpec } from '@duban/engine'
import { Rated, Scored } from './payloads.ts'

export const roles = {
  committee: { title: { zh: '学校党委', en: 'Party committee' }, scope: 'campaign' },
  office: {
    title: { zh: '党建工作领导小组办公室', en: 'Office of the leading group' },
    scope: 'campaign',
  },
  panel: {
    title: { zh: '检查考核组', en: 'Assessment panel' },
    scope: 'campaign',
    recused: 'ownUnit',
  },
  head: { title: { zh: '单位主要负责人', en: 'Head of the unit' }, scope: 'unit' },
} as const satisfies { [name: string]: RoleSpec }

export const dates = {
  reports: {
    title: { zh: '总结自查材料', en: 'Reports and self-scores' },
    due: '01-10',
    remind: ['-3 workdays', '-1 workday'],
    source: '于2019年1月10日前交学校党建工作领导小组办公室(主体办)',
  },
  siteOpens: {
    title: { zh: '现场考查开始', en: 'On-site check begins' },
    due: '01-10',
    at: 'start of day',
    source: '第二阶段:现场考查阶段(2019年1月10至20日)',
  },
  siteCloses: {
    title: { zh: '现场考查结束', en: 'On-site check ends' },
    due: '01-20',
    notBefore: 'siteOpens',
    remind: ['-3 workdays', '-1 workday'],
    source: '第二阶段:现场考查阶段(2019年1月10至20日)',
  },
  reviewOpens: {
    title: { zh: '综合评议开始', en: 'Overall review begins' },
    due: '01 late',
    at: 'start of day',
    notBefore: 'siteCloses',
    source: '第三阶段:综合评议阶段(2019年1月下旬)',
  },
  reviewed: {
    title: { zh: '综合评议结束', en: 'Overall review ends' },
    due: '01 late',
    notBefore: 'reviewOpens',
    remind: ['-3 workdays', '-1 workday'],
    source: '第三阶段:综合评议阶段(2019年1月下旬)',
  },
  mended: {
    title: { zh: '问题整改', en: 'Finding rectified' },
    due: 'context.dueOn',
    remind: ['-3 workdays'],
    source: '对检查考核中发现的问题坚决督促整改',
  },
  concluded: {
    title: { zh: '全部整改完毕', en: 'All rectified' },
    due: 'context.concludeOn',
    source: '对检查考核中发现的问题坚决督促整改',
  },
} as const satisfies { [name: string]: DateSpec }

export const messages = {
  'briefing.counted': { title: { zh: '测评结果', en: 'Ballot counted' }, payload: Scored },
  'documents.scored': { title: { zh: '资料得分', en: 'Documents scored' }, payload: Scored },
  'panel.scored': { title: { zh: '评议得分', en: 'Scored by the panel' }, payload: Scored },
  'peers.rated': { title: { zh: '互评结果', en: 'Peers rated' }, payload: Rated },
} as const satisfies { [name: string]: MessageSpec }
