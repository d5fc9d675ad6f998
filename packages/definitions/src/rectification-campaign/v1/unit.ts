import { notify, open } from '@duban/engine'
import type { Arrows, Author, Kind } from './commands.ts'
import { countReview, type UnitContext } from './unit-context.ts'

const late = (zh: string, en: string) =>
  notify(['secretary', 'branch', 'reporter'], { zh: `{unit}${zh}`, en: `{unit}: ${en}` })

const rate: Arrows = { 'review.rate': { guard: 'firstRating', actions: 'recordRating' } }
/** Where a review leads when it is counted, by the branch or by its date. */
const counted = (passed: string) => [
  { target: passed, guard: 'passed', actions: 'endReview' } as const,
  { target: 'lookBack', guard: 'rated', actions: 'endReview' } as const,
]
const reviewed = (passed: string): Arrows => ({
  ...rate,
  'review.count': counted(passed).map((arrow) => ({
    ...arrow,
    actions: ['recordCount', arrow.actions],
  })),
})

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
      recordCheck: on('selfCheck.submit', ({ context, payload, by, at }) => ({
        checks: [...context.checks, { ...payload, by, at }],
        problems: [...context.pointedOut, ...payload.problems],
        pointedOut: [],
      })),
      recordMeeting: on('meeting.record', ({ payload, by, at }) => ({
        meeting: { ...payload, by, at },
      })),
      recordRating: on('review.rate', ({ context, payload, by, at }) => ({
        ratings: [...context.ratings, { ...payload, by, at }],
      })),
      recordCount: on('review.count', ({ context, payload }) => ({
        problems: [...context.problems, ...payload.problems],
        pointedOut: payload.problems,
      })),
      endReview: ({ context }) => ({
        reviews: [...context.reviews, countReview(context)],
        ratings: [],
      }),
      recordCommitment: on('commitment.publish', ({ payload, by, at }) => ({
        commitment: { ...payload, by, at },
      })),
      // From here on it is judged by what was put right.
      toRectification: () => ({ stage: 'rectification' as const }),
    },
  }).createMachine({
    meta: { title: { zh: '部门', en: 'Section' } },
    context: ({ input }) => ({
      unit: input.id,
      stage: 'report',
      checks: [],
      meeting: null,
      problems: [],
      pointedOut: [],
      commitment: null,
      ratings: [],
      reviews: [],
    }),
    initial: 'checking',
    states: {
      checking: {
        meta: {
          title: { zh: '集中排查', en: 'Checking itself' },
          source: '支部开展一次集中排查活动',
        },
        on: { 'selfCheck.submit': { target: 'meeting', actions: 'recordCheck' } },
        after: { selfCheck: 'checkOverdue' },
      },
      checkOverdue: {
        meta: { title: { zh: '排查逾期', en: 'Self-check overdue' } },
        tags: 'overdue',
        entry: late('自查自纠报告逾期未报', 'the self-check is overdue'),
        on: { 'selfCheck.submit': { target: 'meeting', actions: 'recordCheck' } },
      },
      meeting: {
        meta: {
          title: { zh: '专题民主生活会', en: 'Criticism meeting' },
          source: '召开专题民主生活会',
        },
        on: { 'meeting.record': { target: 'reviewing', actions: 'recordMeeting' } },
        after: { meeting: 'meetingOverdue' },
      },
      meetingOverdue: {
        meta: { title: { zh: '民主生活会逾期', en: 'Meeting overdue' } },
        tags: 'overdue',
        entry: late('专题民主生活会逾期', 'the meeting is overdue'),
        on: { 'meeting.record': { target: 'reviewing', actions: 'recordMeeting' } },
      },

      reviewing: {
        meta: {
          title: { zh: '民主评议', en: 'Democratic review' },
          source: '组织开展一次民主评议活动',
        },
        on: reviewed('planning'),
        after: { review: [...counted('planning'), { target: 'reviewOverdue' }] },
      },
      reviewingAgain: {
        meta: { title: { zh: '重新评议', en: 'Reviewed again' } },
        on: reviewed('planning'),
        after: { reviewedAgain: [...counted('planning'), { target: 'reviewOverdue' }] },
      },
      reviewOverdue: {
        meta: { title: { zh: '评议逾期', en: 'Review overdue' } },
        tags: 'overdue',
        entry: notify(['secretary', 'branch', 'evaluator'], {
          zh: '{unit}逾期无人评议',
          en: 'Nobody has reviewed {unit} in time',
        }),
        on: {
          ...rate,
          'review.count': [
            {
              target: 'planning',
              guard: 'reportPassed',
              actions: ['recordCount', 'endReview'],
            },
            { target: 'passed', guard: 'passed', actions: ['recordCount', 'endReview'] },
            { target: 'lookBack', guard: 'rated', actions: ['recordCount', 'endReview'] },
          ],
        },
      },

      lookBack: {
        meta: {
          title: { zh: '回头看：重新自查', en: 'Looking back: checking again' },
          source: '测评不过关的,认真开展“回头看”,重新进行自查和整改',
        },
        entry: notify(['secretary', 'reporter'], {
          zh: '{unit}评议不过关，请于{due}前重新自查',
          en: '{unit} did not pass; check again by {due}',
        }),
        on: {
          'selfCheck.submit': [
            { target: 'rectifying', guard: 'assessing', actions: 'recordCheck' },
            { target: 'reviewingAgain', actions: 'recordCheck' },
          ],
        },
        after: { lookBack: 'lookBackOverdue' },
      },
      lookBackOverdue: {
        meta: { title: { zh: '回头看逾期', en: 'Look back overdue' } },
        tags: 'overdue',
        entry: late('回头看逾期', 'the look back is overdue'),
        on: {
          'selfCheck.submit': [
            { target: 'rectifying', guard: 'assessing', actions: 'recordCheck' },
            { target: 'reviewingAgain', actions: 'recordCheck' },
          ],
        },
      },

      planning: {
        meta: {
          title: { zh: '制定整改方案并公开承诺', en: 'Planning and committing itself' },
          source: '认真研究制定整改方案',
        },
        tags: 'reviewed',
        on: { 'commitment.publish': { target: 'rectifying', actions: 'recordCommitment' } },
        after: { plan: 'planOverdue' },
      },
      planOverdue: {
        meta: { title: { zh: '整改方案逾期', en: 'Plan overdue' } },
        tags: ['reviewed', 'overdue'],
        entry: late('整改落实方案逾期未报', 'the plan is overdue'),
        on: { 'commitment.publish': { target: 'rectifying', actions: 'recordCommitment' } },
      },
      rectifying: {
        meta: { title: { zh: '整改落实', en: 'Rectifying' }, source: '着力抓好整改落实工作' },
        tags: 'reviewed',
        entry: ['toRectification', open('finding', { each: 'context.problems' })],
        on: { 'every.finding.settled': 'assessing' },
      },
      assessing: {
        meta: {
          title: { zh: '民主测评', en: 'Assessment' },
          source: '个人的整改落实情况,在部门内部进行公开承诺和民主测评',
        },
        tags: 'reviewed',
        on: reviewed('passed'),
        after: { assessed: [...counted('passed'), { target: 'reviewOverdue' }] },
      },
      passed: {
        meta: { title: { zh: '测评过关', en: 'Passed' } },
        type: 'final',
        tags: ['reviewed', 'passed'],
      },
    },
  })
}
