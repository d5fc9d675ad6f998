import { ladder } from '@duban/kit'
import { obligation } from '@duban/kit'
import { report } from '@duban/kit'
import { rollUp } from '@duban/kit'
import { tasks } from '@duban/kit'
import { Archive, Filing, Goals, Meeting, Pairing, Planting, Policy, Roster, Scheme, Summary } from './records.ts'

/** (一)准备阶段. */
export const scheme = report('scheme', {
  title: { zh: '实施方案和组织架构', en: 'Scheme and structure' },
  submit: ['townOffice'],
  record: Scheme,
  accept: ['townChief'],
  due: 'prepared',
  tell: ['townChief', 'office'],
  source: '科学拟订我镇林长制实施方案和组织架构…报请镇党委、镇政府审阅通过',
})

/** (二)实施阶段: the seven, in the plan's order. */
export const seven = tasks({
  launch: {
    title: { zh: '召开启动大会', en: 'Launch meeting' },
    by: ['townOffice'],
    due: 'launched',
    record: Meeting,
    tell: ['townChief'],
    source: '召开镇林长制工作启动大会,正式启动林长制工作',
  },
  pairing: {
    title: { zh: '对接包保村', en: 'Members and their villages' },
    by: ['townOffice'],
    due: 'paired',
    record: Pairing,
    tell: ['townChief'],
    source: '各林长制成员完成和包保村的对接,共同研讨推进措施',
  },
  filing: {
    title: { zh: '方案资料报县备案', en: 'Papers filed with the county' },
    by: ['townOffice'],
    due: 'filed',
    record: Filing,
    amend: true,
    copy: ['office'],
    tell: ['townChief', 'office'],
    source: '将我镇制定的方案、组织架构、正式文件及会议相关资料报县林长制办公室备案',
  },
  goals: {
    title: { zh: '目标分解至各村', en: 'Goals for each village' },
    by: ['townOffice'],
    due: 'split',
    record: Goals,
    tell: ['townChief'],
    source: '将镇人民政府保护发展森林资源目标分解至各村',
  },
  roster: {
    title: { zh: '“一林一警”名单备案', en: 'Roster of forest officers' },
    by: ['townOffice', 'police'],
    due: 'policed',
    record: Roster,
    amend: ['police'],
    copy: ['office', 'chief'],
    tell: ['townChief', 'office'],
    source: '名单实行动态调整,如有变动由派出所及时通知备案',
  },
  archive: {
    title: { zh: '建立基础档案，设立公示牌', en: 'Archive and boards' },
    by: ['townOffice'],
    due: 'archived',
    record: Archive,
    amend: true,
    copy: ['office'],
    tell: ['townChief', 'office'],
    source: '完成林长制基础档案建立工作…并报县林长制办公室备案。设立林长信息公示牌',
  },
  planting: {
    title: { zh: '认养认建和义务植树', en: 'Adoption and planting of trees' },
    by: ['townChief'],
    due: 'planted',
    record: Planting,
    tell: ['townOffice'],
    source: '镇级林长组织开展义务植树,认建“责任林”',
  },
})

/** The village's own plan, by the day on which the goals are split. */
export const policy = report('policy', {
  title: { zh: '“一林一策”规划', en: 'The village’s plan' },
  submit: ['chief'],
  record: Policy,
  due: 'split',
  tell: ['townOffice'],
  source: '村级林长因地制宜按照一林一策原则对本村林业资源进行产业发展规划',
})

/** 林长会议. */
export const meeting = obligation('meeting', {
  title: { zh: '林长会议', en: 'Meeting of the chiefs' },
  by: ['townOffice'],
  record: Meeting,
  tell: ['townChief', 'office'],
  source: '林长会议每季度至少召开一次',
})

/** 季度报告: village → town → county. */
export const quarterly = rollUp({
  figures: {
    patrols: { title: { zh: '巡护次数', en: 'Patrols' } },
    stopped: { title: { zh: '制止并报告破坏资源行为（起）', en: 'Offences stopped and reported' } },
    fires: { title: { zh: '森林火情（起）', en: 'Forest fires' } },
    planted: { title: { zh: '造林（亩）', en: 'Planted (mu)' }, decimals: 1 },
  },
  levels: [
    {
      kind: 'villageReport',
      title: { zh: '村季度工作进展', en: 'Quarterly report of a village' },
      by: ['chief'],
      source: '各村林长每季度向镇林长制办公室报告季度工作进展情况',
    },
    {
      kind: 'townReport',
      title: { zh: '镇季度工作进展', en: 'Quarterly report of a town' },
      by: ['townOffice'],
      due: 'context.due + 5 days',
      tell: ['townChief'],
      source: '由镇林长制办公室进行汇总上报县林长制办公室',
    },
    {
      kind: 'quarter',
      title: { zh: '县季度工作进展', en: 'Quarter' },
      by: ['office'],
      due: 'context.due + 10 days',
    },
  ],
})

/** 总结报告. */
export const summary = report('summary', {
  title: { zh: '林长制工作总结', en: 'Summary' },
  submit: ['townOffice'],
  record: Summary,
  accept: ['office'],
  due: 'summaryDue',
  tell: ['townChief'],
  source: '2021年4月10日形成林长制工作总结报告报县林长制办公室',
})

/** 通报, then 约谈, of who was found wanting. */
export const measure = ladder(
  'measure',
  {
    circular: { by: ['townOffice'], source: '把检查结果进行全镇通报' },
    interview: {
      by: ['townChief'],
      source: '对落实工作不力的,将由林长或副林长对责任人员进行约谈',
    },
  },
  { tell: ['chief'] },
)
