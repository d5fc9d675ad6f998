import { notify, open } from '@duban/engine'
import { satisfactionStatistics } from '@duban/kit'
import { mean } from '@duban/kit'
import { reply, type Author, type Kind } from './commands.ts'
import type { Bulletin, Petition, Target, Verified } from './payloads.ts'

/** Who did it, and when. */
type Done = { by: string; at: string }
/** 办复率、满意率, and the mean of the verified scores out of 64; null without any. */
export type YearFigures = {
  registered: number
  replied: number
  /** Per cent of what was registered, one decimal; null when nothing was. */
  replyRate: number | null
  satisfaction: ReturnType<typeof satisfactionStatistics>
  score: number | null
}
type CampaignContext = typeof reply.parent.context & {
  targets: Target[]
  returns: ({ reason: string } & Done)[]
  registered: { [type in Petition['type']]: number }
  bulletins: (Bulletin & Done)[]
  scores: Verified[]
  report: ({ explanation: string; figures: YearFigures } & Done) | null
  decision: ({ reason: string } & Done) | null
}

function figuresOf({ registered, replyRatings, scores }: CampaignContext): YearFigures {
  const all = Object.values(registered).reduce((sum, n) => sum + n, 0)
  const replied = replyRatings.filter(({ answers }) => answers > 0).length
  return {
    registered: all,
    replied,
    replyRate: all === 0 ? null : Math.floor((replied * 2000 + all) / (2 * all)) / 10,
    satisfaction: satisfactionStatistics(replyRatings),
    score: mean(scores.map(({ verified }) => verified)).mean,
  }
}

/** 绩效管理: targets, a year of work and petitions with bulletins, scores, the report of the year. */
export function campaign({ machine, on }: Author): Kind {
  const registers = {
    'petition.register': {
      actions: [
        'countPetition',
        open('petition', {
          from: 'payload',
          unit: 'owner',
          with: { registeredBy: 'by', registeredAt: 'at' },
        }),
      ],
    },
  } as const
  const drafting = {
    actions: notify(['lead', 'office'], {
      zh: '年度工作目标逾期未定：{campaign}',
      en: 'The targets of the year are overdue: {campaign}',
    }),
  }

  return machine<CampaignContext>({
    updates: {
      ...reply.parent.updates,
      recordTargets: on('targets.submit', ({ payload }) => ({ targets: payload.targets })),
      recordReturn: on('targets.return', ({ context, payload, by, at }) => ({
        returns: [...context.returns, { ...payload, by, at }],
      })),
      countPetition: on('petition.register', ({ context: { registered }, payload: { type } }) => ({
        registered: { ...registered, [type]: registered[type] + 1 },
      })),
      recordBulletin: on('bulletin.issue', ({ context, payload, by, at }) => ({
        bulletins: [...context.bulletins, { ...payload, by, at }],
      })),
      hearScore: on('unit.verified', ({ context, payload }) => ({
        scores: [...context.scores, payload],
      })),
      recordReport: on('yearReport.submit', ({ context, payload, by, at }) => ({
        report: { ...payload, figures: figuresOf(context), by, at },
      })),
      recordReportReturn: on('yearReport.return', ({ context, payload, by, at }) => ({
        returns: [...context.returns, { ...payload, by, at }],
      })),
      recordDecision: on('conclusion.decide', ({ payload, by, at }) => ({
        decision: { ...payload, by, at },
      })),
    },
  }).createMachine({
    meta: { title: { zh: '绩效管理', en: 'Performance assessment' } },
    context: {
      ...reply.parent.context,
      targets: [],
      returns: [],
      registered: { petition: 0, proposal: 0, instruction: 0 },
      bulletins: [],
      scores: [],
      report: null,
      decision: null,
    },
    initial: 'drafting',
    on: { ...reply.parent.on, 'unit.verified': { actions: 'hearScore' } },
    states: {
      drafting: {
        meta: {
          title: { zh: '拟定年度工作目标', en: 'Drafting the targets' },
          source: '提出初步年度工作目标意见',
        },
        on: { 'targets.submit': { target: 'approving', actions: 'recordTargets' } },
        after: { targetsSet: drafting },
      },
      approving: {
        meta: { title: { zh: '年度工作目标待审定', en: 'Targets awaiting approval' } },
        on: {
          'targets.approve': {
            target: 'running',
            actions: [open('unit'), open('goal', { each: 'context.targets', unit: 'owner' })],
          },
          'targets.return': { target: 'drafting', actions: 'recordReturn' },
        },
        after: { targetsSet: drafting },
      },
      running: {
        meta: { title: { zh: '年度运行', en: 'The year' } },
        type: 'parallel',
        onDone: 'goals',
        states: {
          arrivals: {
            meta: { title: { zh: '登记诉求件', en: 'Arrivals' } },
            initial: 'registering',
            states: {
              registering: {
                meta: {
                  title: { zh: '接收诉求件', en: 'Registering' },
                  source: '件件登记、件件跟踪督办落实',
                },
                on: registers,
                after: { yearEnds: 'ended' },
              },
              ended: {
                meta: { title: { zh: '登记截止', en: 'Registration ended' } },
                type: 'final',
              },
            },
          },
          meetings: {
            meta: { title: { zh: '业务会通报', en: 'Bulletins' } },
            initial: 'between',
            states: {
              between: {
                meta: { title: { zh: '两次通报之间', en: 'Between two bulletins' } },
                on: {
                  'bulletin.issue': { target: 'between', reenter: true, actions: 'recordBulletin' },
                },
                after: { nextMeeting: 'due', yearEnds: 'ended' },
              },
              due: {
                meta: { title: { zh: '应作业务会通报', en: 'A bulletin is due' } },
                tags: 'overdue',
                entry: notify('office', {
                  zh: '一个月未在业务会上通报：{campaign}',
                  en: 'No bulletin for a month: {campaign}',
                }),
                on: { 'bulletin.issue': { target: 'between', actions: 'recordBulletin' } },
                after: { yearEnds: 'ended' },
              },
              ended: {
                meta: { title: { zh: '年度通报完毕', en: 'Bulletins ended' } },
                type: 'final',
              },
            },
          },
          assessment: {
            meta: { title: { zh: '考核', en: 'Assessment' } },
            initial: 'working',
            states: {
              working: {
                meta: { title: { zh: '工作和自评', en: 'Work and self-scores' } },
                on: { 'every.unit.verified': 'reporting' },
                after: { verified: 'reporting' },
              },
              reporting: {
                meta: {
                  title: { zh: '待报绩效自评报告', en: 'Report of the year to be submitted' },
                  source: '绩效自评与说明',
                },
                on: { 'yearReport.submit': { target: 'approving', actions: 'recordReport' } },
                after: {
                  yearEnds: {
                    actions: notify(['lead', 'office'], {
                      zh: '绩效自评报告逾期：{campaign}',
                      en: 'The report of the year is overdue: {campaign}',
                    }),
                  },
                },
              },
              approving: {
                meta: { title: { zh: '绩效自评报告待审定', en: 'Report awaiting approval' } },
                on: {
                  'yearReport.approve': 'approved',
                  'yearReport.return': { target: 'reporting', actions: 'recordReportReturn' },
                },
              },
              approved: {
                meta: { title: { zh: '绩效自评报告已审定', en: 'Report approved' } },
                type: 'final',
              },
            },
          },
        },
      },
      goals: {
        meta: { title: { zh: '待阶段性工作办结', en: 'Stages of work being settled' } },
        on: { 'every.goal.settled': 'petitions' },
        after: { wrapUp: 'wrapUpOverdue' },
      },
      petitions: {
        meta: { title: { zh: '待诉求件办结', en: 'Petitions being settled' } },
        on: { 'every.petition.settled': 'closed' },
        after: { wrapUp: 'wrapUpOverdue' },
      },
      wrapUpOverdue: {
        meta: { title: { zh: '仍有未结事项', en: 'Matters still open' } },
        tags: 'overdue',
        entry: notify(['lead', 'office'], {
          zh: '仍有未结事项，请督促或决定结束：{campaign}',
          en: 'Matters are still open; press them or decide to end: {campaign}',
        }),
        on: { 'conclusion.decide': { target: 'closed', actions: 'recordDecision' } },
      },
      closed: { meta: { title: { zh: '已结束', en: 'Closed' } }, type: 'final' },
    },
  })
}
