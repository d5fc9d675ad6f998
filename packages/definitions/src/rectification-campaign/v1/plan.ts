import type { DateSpec, RoleSpec } from '@duban/engine'

export const roles = {
  secretary: { title: { zh: '支部书记', en: 'Branch secretary' }, scope: 'campaign' },
  branch: { title: { zh: '支部委员', en: 'Branch committee' }, scope: 'campaign' },
  leadingOffice: {
    title: { zh: '领导小组办公室', en: 'Office of the leading group' },
    scope: 'campaign',
  },
  reporter: { title: { zh: '部门负责人', en: 'Head of section' }, scope: 'unit' },
  evaluator: {
    title: { zh: '服务对象和群众代表', en: 'Service users and representatives' },
    scope: 'campaign',
    recused: 'ownUnit',
  },
} as const satisfies { [name: string]: RoleSpec }

export const dates = {
  tasks: {
    title: { zh: '动员部署各项工作', en: 'Mobilisation tasks' },
    due: '04-29',
    remind: ['-3 workdays', '-1 workday'],
    source: '4月29日前完成。',
  },
  selfCheck: {
    title: { zh: '集中排查', en: 'Self-check' },
    due: '05-15',
    notBefore: 'tasks',
    remind: ['-3 workdays', '-1 workday'],
    source: '5月15日前完成。',
  },
  meeting: {
    title: { zh: '专题民主生活会', en: 'Criticism meeting' },
    due: '05-20',
    notBefore: 'selfCheck',
    remind: ['-1 workday'],
    source: '5月20日前完成。',
  },
  review: {
    title: { zh: '民主评议', en: 'Democratic review' },
    due: '05-30',
    notBefore: 'meeting',
    remind: ['-3 workdays', '-1 workday'],
    source: '5月30日前完成。',
  },
  plan: {
    title: { zh: '整改落实方案和公开承诺', en: 'Rectification plan and public commitment' },
    due: '06-10',
    notBefore: 'review',
    remind: ['-3 workdays', '-1 workday'],
    source: '6月10日前完成。',
  },
  examples: {
    title: { zh: '正反典型情况', en: 'Positive and negative examples' },
    due: '06-20',
    notBefore: 'plan',
    remind: ['-3 workdays'],
    source: '并将正反典型情况报馆“责任风暴”、“治庸计划”领导小组办公室。6月20日前完成。',
  },
  analysis: {
    title: { zh: '综合分析报告', en: 'Analysis report' },
    due: '06-20',
    notBefore: 'plan',
    remind: ['-3 workdays'],
    source: '形成综合分析报告。6月20日前完成。',
  },

  // Own dates: each unit's, or each finding's.
  measures: {
    title: { zh: '逐项整改措施', en: 'Measures for each problem' },
    due: 'entry + 5 workdays',
    remind: ['-1 workday'],
    source: '认真研究制定整改方案,明确整改时限,落实整改措施',
  },
  mended: {
    title: { zh: '整改时限', en: 'The day that the plan set' },
    due: 'context.finishOn',
    remind: ['-3 days'],
    source: '明确整改时限',
  },
  lookBack: {
    title: { zh: '回头看重新自查', en: 'Checked again, looking back' },
    due: 'entry + 10 days',
    remind: ['-3 days'],
    source: '认真开展“回头看”,重新进行自查和整改',
  },
  reviewedAgain: {
    title: { zh: '重新评议', en: 'Reviewed again' },
    due: 'entry + 7 days',
    remind: ['-3 days'],
  },
  assessed: {
    title: { zh: '民主测评', en: 'Assessment of what was done' },
    due: 'entry + 7 days',
    remind: ['-3 days'],
    source: '在部门内部进行公开承诺和民主测评',
  },
} as const satisfies { [name: string]: DateSpec }
