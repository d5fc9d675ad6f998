import {
  command,
  date,
  role,
  t,
  unitId,
  type Author as AuthorOf,
  type NoMessages,
  type Said as SaidIn,
} from '@duban/engine'
import { approvals, choice, evidence, rectification } from '@duban/kit'
import { z } from 'zod'

export const roles = {
  secretary: role(t('支部书记', 'Branch secretary'), 'campaign'),
  branch: role(t('支部委员', 'Branch committee'), 'campaign'),
  leadingOffice: role(t('领导小组办公室', 'Office of the leading group'), 'campaign'),
  reporter: role(t('部门负责人', 'Head of section'), 'unit'),
  evaluator: role(t('服务对象和群众代表', 'Service users and representatives'), 'campaign', { recused: 'ownUnit' }),
}

/** 问题: one that was found, from its plan to 销号. */
export const finding = rectification({
  by: ['reporter'],
  verify: ['branch'],
  decide: ['secretary'],
  planDue: 'measures',
  due: 'mended',
  wording: {
    plan: { source: '认真研究制定整改方案,明确整改时限,落实整改措施' },
    rectify: { source: '着力抓好整改落实工作' },
  },
})

/** 综合分析报告, on its way to the leading group's office. */
export const analysis = approvals('analysis', {
  title: t('综合分析报告', 'Analysis report'),
  submit: ['branch'],
  steps: {
    secretary: { title: t('书记审签', 'Signed by the secretary'), sign: ['secretary'] },
    receive: { title: t('领导小组办公室接收', 'Received'), sign: ['leadingOffice'] },
  },
  due: 'analysis',
  copy: ['branch'],
  source: '形成综合分析报告。6月20日前完成。',
})

const twice = ['-3 workdays', '-1 workday']
const measures = '认真研究制定整改方案,明确整改时限,落实整改措施'
const chosen = '并将正反典型情况报馆“责任风暴”、“治庸计划”领导小组办公室。6月20日前完成。'
const lookedBack = '认真开展“回头看”,重新进行自查和整改'
export const dates = {
  tasks: date(t('动员部署各项工作', 'Mobilisation tasks'), '04-29', '4月29日前完成。', { remind: twice }),
  selfCheck: date(t('集中排查', 'Self-check'), '05-15', '5月15日前完成。', { notBefore: 'tasks', remind: twice }),
  meeting: date(t('专题民主生活会', 'Criticism meeting'), '05-20', '5月20日前完成。', {
    notBefore: 'selfCheck',
    remind: ['-1 workday'],
  }),
  review: date(t('民主评议', 'Democratic review'), '05-30', '5月30日前完成。', { notBefore: 'meeting', remind: twice }),
  plan: date(t('整改落实方案和公开承诺', 'Rectification plan and public commitment'), '06-10', '6月10日前完成。', {
    notBefore: 'review',
    remind: twice,
  }),
  examples: date(t('正反典型情况', 'Examples'), '06-20', chosen, { notBefore: 'plan', remind: ['-3 workdays'] }),
  analysis: date(t('综合分析报告', 'Analysis report'), '06-20', '形成综合分析报告。6月20日前完成。', {
    notBefore: 'plan',
    remind: ['-3 workdays'],
  }),
  // Own dates: each unit's, or each finding's.
  measures: date(t('逐项整改措施', 'Measures'), 'entry + 5 workdays', measures, { remind: ['-1 workday'] }),
  mended: date(t('整改时限', 'The day that the plan set'), 'context.finishOn', '明确整改时限', { remind: ['-3 days'] }),
  lookBack: date(t('回头看重新自查', 'Checked again'), 'entry + 10 days', lookedBack, { remind: ['-3 days'] }),
  reviewedAgain: date(t('重新评议', 'Reviewed again'), 'entry + 7 days', undefined, { remind: ['-3 days'] }),
  assessed: date(t('民主测评', 'Assessment'), 'entry + 7 days', '在部门内部进行公开承诺和民主测评', {
    remind: ['-3 days'],
  }),
  ...finding.dates,
}

const words = z.string().trim().min(1).max(4000)
const label = z.string().trim().min(1).max(200)
/** 突出问题: the four areas that the plan names. */
export const areas = {
  mechanism: t('工作机制', 'Working mechanisms'),
  discipline: t('工作纪律', 'Working discipline'),
  style: t('工作作风', 'Working style'),
  efficiency: t('工作效能', 'Efficiency'),
}
/** 评议: what reviewers look at, in the plan's own words. */
export const aspects = {
  understanding: t('认识深不深', 'Is it understood deeply?'),
  problems: t('查找的问题准不准', 'Are the problems the right ones?'),
  causes: t('原因分析得透不透', 'Are the causes gone into?'),
  direction: t('发展思路清不清', 'Is the way ahead clear?'),
  measures: t('工作措施可不可行', 'Are the measures feasible?'),
}
const methods = {
  opinion: t('群众评议', 'Opinions of the public'),
  questionnaire: t('问卷调查', 'Questionnaire'),
  meeting: t('专题座谈', 'Round-table meeting'),
}
const problem = z.strictObject({ area: choice(areas), title: label, detail: words.optional() })
export type Problem = z.output<typeof problem>
const problems = z.array(problem).max(100)
const example = z.strictObject({ unit: unitId(), who: label, deeds: words })

export const commands = {
  'task.report': command(
    t('报送落实情况', 'Report a task done'),
    ['branch'],
    z.strictObject({ report: words, evidence }),
    '将大讨论汇报送交图书馆“责任风暴”、“治庸计划”领导小组办公室',
  ),
  'selfCheck.submit': command(
    t('报送自查自纠报告', 'Submit the self-check'),
    ['reporter'],
    z.strictObject({ methods: z.array(choice(methods)).min(1).max(3), problems, report: words, evidence }),
    '对近两年来支部各部门馆员队伍中存在的突出问题进行集中排查',
  ),
  'meeting.record': command(
    t('报送专题民主生活会情况', 'Report the criticism meeting'),
    ['reporter'],
    // Causes of the problems and what is to be done; 批评与自我批评.
    z.strictObject({ heldOn: z.iso.date(), analysis: words, criticism: words, evidence }),
    '召开专题民主生活会,对查找出来的问题进行深刻剖析',
  ),
  'review.rate': command(
    t('评议', 'Review'),
    ['evaluator'],
    z.strictObject({ aspects: z.record(choice(aspects), z.enum(['yes', 'no'])), opinion: words.optional() }),
    '组织服务对象、群众代表对支部的自查自纠报告进行民主评议',
  ),
  // With problems that the reviewers pointed out and the self-check had not.
  'review.count': command(
    t('汇总评议情况', 'Count the review'),
    ['branch'],
    z.strictObject({ summary: words, problems }),
    {
      notBy: ['review.rate'],
      source: '并将民主评测活动情况报馆“责任风暴”、“治庸计划”领导小组办公室',
    },
  ),
  'commitment.publish': command(
    t('报整改落实方案并公开承诺', 'Publish plan and commitment'),
    ['reporter'],
    // 整改落实方案; 公开承诺, and where it can be read.
    z.strictObject({ scheme: words, commitment: words, published: label, evidence }),
    '要将整改落实情况,采取一定方式公开承诺,接受馆员和读者的评议',
  ),
  ...finding.commands,
  'examples.submit': command(
    t('报送正反典型', 'Submit the examples'),
    ['branch'],
    z.strictObject({ positive: z.array(example).min(1).max(100), negative: z.array(example).max(100) }),
    '树立一批能力强、作风实、业绩好、群众认可的正面典型',
  ),
  ...analysis.commands,
  'conclusion.decide': command(
    t('决定带未过关部门结束', 'Decide to end with sections not passed'),
    ['secretary'],
    z.strictObject({ reason: words }),
    { opens: 'analysis' },
  ),
}

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

export type Said<Name extends keyof typeof commands> = SaidIn<typeof commands, Name>
export type Author = AuthorOf<typeof commands, NoMessages, keyof typeof dates>
