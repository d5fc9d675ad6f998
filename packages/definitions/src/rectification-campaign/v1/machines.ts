import { append, keep, notify, open, state, t, type Kind } from '@duban/engine'
import { duty } from '@duban/kit'
import { analysis, aspects, tasks, type Author, type Problem, type Said } from './plan.ts'

type Aspect = keyof typeof aspects
type Task = (typeof tasks)[number]
export type Review = {
  /** What was reviewed: the self-check's report (民主评议), or what was put right (民主测评). */
  of: 'report' | 'rectification'
  ratings: Said<'review.rate'>[]
  /** How many said yes to each aspect. */
  yes: { [aspect in Aspect]: number }
  passed: boolean
}
export type UnitContext = {
  unit: string
  stage: Review['of']
  /** Each self-check: the first, and one for each look back. */
  checks: Said<'selfCheck.submit'>[]
  meeting: Said<'meeting.record'> | null
  /** What is to be put right: found by the section itself, or pointed out by reviewers. */
  problems: Problem[]
  /** Of those, what the last review pointed out: should it not pass, it stays on the list. */
  pointedOut: Problem[]
  commitment: Said<'commitment.publish'> | null
  /** Of the review under way. */
  ratings: Said<'review.rate'>[]
  /** The reviews that ended, in order. */
  reviews: Review[]
}
type CampaignContext = {
  tasks: Task[]
  examples: Said<'examples.submit'> | null
  decision: Said<'conclusion.decide'> | null
} & typeof analysis.context

const final = { type: 'final' } as const
const press = (zh: string, en: string) => notify(['secretary', 'branch'], t(zh, en))
const someNotPassed = press(
  '仍有部门测评未过关，请督促或决定结束：{campaign}',
  'Some sections have not passed; press them or decide to end: {campaign}',
)
const noExamples = press('正反典型情况逾期未报：{campaign}', 'The examples are overdue: {campaign}')
/** The twin of a duty in which it is late, what that is called, and what the section and the branch are told. */
const late = <const State extends string>(name: State, zh: string, en: string, told: string, toldEn: string) =>
  [name, t(zh, en), notify(['secretary', 'branch', 'reporter'], t(`{unit}${told}`, `{unit}: ${toldEn}`))] as const

/** 支部: mobilisation, self-check and review of its sections, then rectification, examples and report. */
export function campaign({ machine }: Author): Kind {
  return machine<CampaignContext>({ guards: analysis.guards, updates: analysis.updates }).createMachine({
    ...state(t('治庸问责作风整顿', 'Rectification of working style')),
    context: { tasks, examples: null, decision: null, ...analysis.context },
    initial: 'mobilising',
    states: {
      mobilising: state(t('动员部署', 'Mobilising'), {
        source: '进行动员部署',
        entry: open('task', { each: 'context.tasks' }),
        on: { 'every.task.done': 'checking' },
        after: { tasks: 'checking' },
      }),
      checking: state(t('自查自纠', 'Self-check and review'), {
        entry: open('unit'),
        on: { 'every.unit.reviewed': 'rectifying' },
        after: { review: 'rectifying' },
      }),
      rectifying: state(t('整改落实和总结', 'Rectification and summary'), {
        type: 'parallel',
        onDone: 'closed',
        states: {
          sections: state(t('部门整改', 'Sections'), {
            initial: 'working',
            states: {
              // Until passed: looking back may take longer than the report.
              ...duty('working', t('各部门整改中', 'Sections at work'), {
                on: { 'every.unit.passed': 'allPassed' },
                due: 'analysis',
                late: ['overdue', t('仍有部门未过关', 'Some have not passed'), someNotPassed],
                onLate: {
                  'every.unit.passed': 'allPassed',
                  'conclusion.decide': { target: 'decided', actions: keep('decision') },
                },
              }),
              allPassed: state(t('全部过关', 'All have passed'), final),
              decided: state(t('决定结束', 'Ended by decision'), final),
            },
          }),
          examples: state(t('抓好典型', 'Examples'), {
            source: '抓好一批典型',
            initial: 'choosing',
            states: {
              ...duty('choosing', t('选树典型', 'Choosing examples'), {
                on: { 'examples.submit': { target: 'submitted', actions: keep('examples') } },
                due: 'examples',
                late: ['overdue', t('典型情况逾期', 'Examples overdue'), noExamples],
              }),
              submitted: state(t('典型已报', 'Submitted'), final),
            },
          }),
          report: state(t('综合分析', 'Report'), {
            initial: 'analysis',
            states: { ...analysis.states({ approved: 'received' }), received: state(t('报告已报', 'Received'), final) },
          }),
        },
      }),
      closed: state(t('已结束', 'Closed'), final),
    },
  })
}

const done = (target: string) => ({ 'task.report': { target, actions: keep('report') } })

/** 任务: done in time, or late. */
export function task({ machine }: Author): Kind {
  return machine<Task & { report: Said<'task.report'> | null }, Task>().createMachine({
    ...state(t('动员部署任务', 'Mobilisation task')),
    context: ({ input }) => ({ ...input, report: null }),
    initial: 'pending',
    states: {
      ...duty('pending', t('待落实', 'To be done'), {
        source: '4月29日前完成。',
        on: done('done'),
        due: 'tasks',
        late: ['overdue', t('任务逾期', 'Overdue'), press('动员部署有一项任务逾期', 'A mobilisation task is overdue')],
        onLate: done('late'),
      }),
      done: state(t('已落实', 'Done'), { ...final, tags: 'done' }),
      late: state(t('逾期落实', 'Done late'), { ...final, tags: 'done' }),
    },
  })
}

const names = Object.keys(aspects) as Aspect[]

/** A plain count: each aspect needs more than half of those who reviewed. */
export function countReview({ stage, ratings }: UnitContext): Review {
  const yes = Object.fromEntries(
    names.map((aspect) => [aspect, ratings.filter((rating) => rating.aspects[aspect] === 'yes').length]),
  ) as Review['yes']
  const passed = ratings.length > 0 && names.every((aspect) => yes[aspect] * 2 > ratings.length)
  return { of: stage, ratings, yes, passed }
}

/** Where a review leads when it is counted, by the branch or by its date. */
const counted = (passed: string) => [
  { target: passed, guard: 'passed', actions: 'endReview' },
  { target: 'lookBack', guard: 'rated', actions: 'endReview' },
]
const rate = { 'review.rate': { guard: 'firstRating', actions: append('ratings') } }
const reviewed = (passed: string, ...first: { target: string; guard: string }[]) => ({
  ...rate,
  'review.count': [...first, ...counted(passed)].map((arrow) => ({ ...arrow, actions: ['recordCount', 'endReview'] })),
})
const notPassed = t('{unit}评议不过关，请于{due}前重新自查', '{unit} did not pass; check again by {due}')
const reviewOverdue = [
  'reviewOverdue',
  t('评议逾期', 'Review overdue'),
  notify(['secretary', 'branch', 'evaluator'], t('{unit}逾期无人评议', 'Nobody has reviewed {unit} in time')),
] as const

const lists = { checks: [], problems: [], pointedOut: [], ratings: [], reviews: [] }
const atFirst = { stage: 'report' as const, meeting: null, commitment: null, ...lists }
const checked = (target: string) => ({ target, actions: [append('checks'), 'setProblems'] })

/** 部门: self-check, meeting, review by service users, rectification, assessment; not passed, look back. */
export function unit({ machine, on }: Author): Kind {
  return machine<UnitContext, { id: string }>({
    guards: {
      firstRating: ({ context, event }) => context.ratings.every(({ by }) => by !== event.by),
      rated: ({ context }) => context.ratings.length > 0,
      passed: ({ context }) => countReview(context).passed,
      reportPassed: ({ context }) => context.stage === 'report' && countReview(context).passed,
      assessing: ({ context }) => context.stage === 'rectification',
    },
    updates: {
      setProblems: on('selfCheck.submit', ({ context, payload }) => ({
        problems: [...context.pointedOut, ...payload.problems],
        pointedOut: [],
      })),
      recordCount: on('review.count', ({ context, payload }) => ({
        problems: [...context.problems, ...payload.problems],
        pointedOut: payload.problems,
      })),
      endReview: ({ context }) => ({ reviews: [...context.reviews, countReview(context)], ratings: [] }),
    },
  }).createMachine({
    ...state(t('部门', 'Section')),
    context: ({ input }) => ({ unit: input.id, ...atFirst }),
    initial: 'checking',
    states: {
      ...duty('checking', t('集中排查', 'Checking itself'), {
        source: '支部开展一次集中排查活动',
        on: { 'selfCheck.submit': checked('meeting') },
        due: 'selfCheck',
        late: late('checkOverdue', '排查逾期', 'Overdue', '自查自纠报告逾期未报', 'the self-check is overdue'),
      }),
      ...duty('meeting', t('专题民主生活会', 'Criticism meeting'), {
        source: '召开专题民主生活会',
        on: { 'meeting.record': { target: 'reviewing', actions: keep('meeting') } },
        due: 'meeting',
        late: late('meetingOverdue', '民主生活会逾期', 'Overdue', '专题民主生活会逾期', 'the meeting is overdue'),
      }),
      reviewing: state(t('民主评议', 'Democratic review'), {
        source: '组织开展一次民主评议活动',
        on: reviewed('planning'),
        after: { review: [...counted('planning'), { target: 'reviewOverdue' }] },
      }),
      ...duty('reviewingAgain', t('重新评议', 'Reviewed again'), {
        on: reviewed('planning'),
        due: 'reviewedAgain',
        before: counted('planning'),
        late: reviewOverdue,
        onLate: reviewed('passed', { target: 'planning', guard: 'reportPassed' }),
      }),
      ...duty('lookBack', t('回头看：重新自查', 'Looking back: checking again'), {
        source: '测评不过关的,认真开展“回头看”,重新进行自查和整改',
        entry: notify(['secretary', 'reporter'], notPassed),
        on: { 'selfCheck.submit': [{ ...checked('rectifying'), guard: 'assessing' }, checked('reviewingAgain')] },
        due: 'lookBack',
        late: late('lookBackOverdue', '回头看逾期', 'Look back overdue', '回头看逾期', 'the look back is overdue'),
      }),
      ...duty('planning', t('制定整改方案并公开承诺', 'Planning and committing itself'), {
        source: '认真研究制定整改方案',
        tags: ['reviewed'],
        on: { 'commitment.publish': { target: 'rectifying', actions: keep('commitment') } },
        due: 'plan',
        late: late('planOverdue', '整改方案逾期', 'Plan overdue', '整改落实方案逾期未报', 'the plan is overdue'),
      }),
      rectifying: state(t('整改落实', 'Rectifying'), {
        source: '着力抓好整改落实工作',
        tags: 'reviewed',
        // From here on it is judged by what was put right.
        entry: [keep('stage', { value: 'rectification' }), open('finding', { each: 'context.problems' })],
        on: { 'every.finding.settled': 'assessing' },
      }),
      assessing: state(t('民主测评', 'Assessment'), {
        source: '个人的整改落实情况,在部门内部进行公开承诺和民主测评',
        tags: 'reviewed',
        on: reviewed('passed'),
        after: { assessed: [...counted('passed'), { target: 'reviewOverdue' }] },
      }),
      passed: state(t('测评过关', 'Passed'), { ...final, tags: ['reviewed', 'passed'] }),
    },
  })
}
