import { notify, open, tell } from '@duban/engine'
import type { Outcome } from '@duban/kit'
import type { Difference } from '@duban/kit'
import { mean } from '@duban/kit'
import { dutyReport, selfScore, type Author, type Kind } from './commands.ts'
import type { Briefing, Documents } from './payloads.ts'
import { paper, peers, sheet } from './scoring.ts'

/** Who did it, and when. */
type Done = { by: string; at: string }

type UnitContext = typeof dutyReport.context &
  typeof selfScore.context & {
    unit: string
    /** How many units take part. */
    among: number
    /** Every session: those without a quorum too. */
    briefings: (Briefing & Outcome & Done)[]
    ballot: number | null
    waived: ({ reason: string } & Done) | null
    documents: (Documents & Done & { total: number; differences: Difference[] }) | null
    documentsScore: number | null
    /** One for each member of the panel who scored. */
    panel: ({ score: number; opinion: string } & Done)[]
    panelScore: number | null
  }

const late = (zh: string, en: string) =>
  notify(['panel', 'office', 'committee'], { zh: `{unit}${zh}`, en: `{unit}: ${en}` })

/** 单位(部门): what it hands in, what is checked on site, and how it is judged, side by side. */
export function unit({ machine, on }: Author): Kind {
  const counted = tell('parent', 'briefing.counted', {
    unit: 'context.unit',
    score: 'context.ballot',
  })
  const counts = (target: string | null) => ({
    'briefing.count': [
      { target: 'rated', guard: 'quorate', actions: ['recordBriefing', counted] },
      { ...(target !== null && { target }), actions: 'recordBriefing' },
    ],
  })
  const checks = {
    'documents.record': {
      target: 'rectifying',
      guard: 'explained',
      actions: [
        'recordDocuments',
        open('finding', { each: 'payload.findings' }),
        tell('parent', 'documents.scored', {
          unit: 'context.unit',
          score: 'context.documentsScore',
        }),
      ],
    },
  } as const
  const scores = [
    'recordScore',
    tell('parent', 'panel.scored', { unit: 'context.unit', score: 'context.panelScore' }),
  ] as const

  return machine<UnitContext, { id: string; among: number }>({
    guards: {
      quorate: on('briefing.count', ({ payload }) => paper.outcome(payload.count).result === 'counted'),
      // Whoever scores lower than the unit itself says why.
      explained: on('documents.record', ({ context, payload }) => {
        const self = context.selfScore.last
        return self === null || sheet.unexplained(self, payload).length === 0
      }),
      ratesAll: on('peers.rate', ({ context, payload }) =>
        peers.isWhole(payload.ratings, { self: context.unit, units: context.among }),
      ),
      firstScore: on('panel.score', ({ context, by }) => context.panel.every((one) => one.by !== by)),
      scored: ({ context }) => context.panel.length > 0,
    },
    updates: {
      ...dutyReport.updates,
      ...selfScore.updates,
      recordBriefing: on('briefing.count', ({ context, payload, by, at }) => {
        const outcome = paper.outcome(payload.count)
        return {
          briefings: [...context.briefings, { ...payload, ...outcome, by, at }],
          ballot: outcome.rating,
        }
      }),
      recordWaiver: on('briefing.waive', ({ payload, by, at }) => ({
        waived: { ...payload, by, at },
      })),
      recordDocuments: on('documents.record', ({ context, payload, by, at }) => {
        const { total } = sheet.add(payload)
        const self = context.selfScore.last
        const differences = self === null ? [] : sheet.differences(self, payload)
        return {
          documents: { ...payload, by, at, total, differences },
          documentsScore: total,
        }
      }),
      recordScore: on('panel.score', ({ context, payload, by, at }) => {
        const panel = [...context.panel, { ...payload, by, at }]
        return {
          panel,
          panelScore: mean(
            panel.map(({ score }) => score),
            { trim: 1 },
          ).mean,
        }
      }),
    },
  }).createMachine({
    meta: { title: { zh: '单位（部门）', en: 'Unit' } },
    context: ({ input }) => ({
      ...dutyReport.context,
      ...selfScore.context,
      unit: input.id,
      among: input.among,
      briefings: [],
      ballot: null,
      waived: null,
      documents: null,
      documentsScore: null,
      panel: [],
      panelScore: null,
    }),
    initial: 'assessed',
    states: {
      assessed: {
        meta: { title: { zh: '考核中', en: 'Being assessed' } },
        type: 'parallel',
        onDone: 'settled',
        states: {
          report: {
            meta: { title: { zh: '述职述廉', en: 'Report on duty' } },
            initial: 'dutyReport',
            states: {
              ...dutyReport.states({ accepted: 'filed' }),
              filed: { meta: { title: { zh: '述职述廉报告已归档', en: 'Filed' } }, type: 'final' },
            },
          },
          self: {
            meta: { title: { zh: '自查自评', en: 'Self-check' } },
            initial: 'selfScore',
            states: {
              ...selfScore.states({ accepted: 'filed' }),
              filed: { meta: { title: { zh: '自评已归档', en: 'Filed' } }, type: 'final' },
            },
          },
          briefing: {
            meta: { title: { zh: '汇报与民主测评', en: 'Briefing and ballot' } },
            initial: 'awaited',
            states: {
              awaited: {
                meta: {
                  title: { zh: '待汇报测评', en: 'Briefing awaited' },
                  source: '汇报(述职)与民主测评',
                },
                on: counts('inquorate'),
                after: { siteCloses: 'overdue' },
              },
              inquorate: {
                meta: { title: { zh: '未达人数，待再次测评', en: 'No quorum: to be held again' } },
                on: counts(null),
                after: { siteCloses: 'overdue' },
              },
              overdue: {
                meta: { title: { zh: '测评逾期', en: 'Ballot overdue' } },
                tags: 'overdue',
                entry: late('现场测评逾期', 'the ballot is overdue'),
                on: {
                  ...counts(null),
                  'briefing.waive': { target: 'waived', actions: 'recordWaiver' },
                },
              },
              rated: { meta: { title: { zh: '已测评', en: 'Ballot counted' } }, type: 'final' },
              waived: { meta: { title: { zh: '不再测评', en: 'No ballot' } }, type: 'final' },
            },
          },
          documents: {
            meta: { title: { zh: '查阅资料', en: 'Documents' } },
            initial: 'awaited',
            states: {
              awaited: {
                meta: {
                  title: { zh: '待查阅资料', en: 'Documents to be checked' },
                  source: '查阅资料',
                },
                on: checks,
                after: { siteCloses: 'overdue' },
              },
              overdue: {
                meta: { title: { zh: '查阅资料逾期', en: 'Check of documents overdue' } },
                tags: 'overdue',
                entry: late('资料逾期未查', 'the documents have not been checked in time'),
                on: checks,
              },
              rectifying: {
                meta: {
                  title: { zh: '问题整改', en: 'Findings being rectified' },
                  source: '对检查考核中发现的问题坚决督促整改',
                },
                on: { 'every.finding.settled': 'rectified' },
              },
              rectified: {
                meta: { title: { zh: '问题已结', en: 'Findings settled' } },
                type: 'final',
              },
            },
          },
          peers: {
            meta: { title: { zh: '互评', en: 'Peer review' } },
            initial: 'rating',
            states: {
              rating: {
                meta: {
                  title: { zh: '待评其他单位', en: 'To rate the others' },
                  source: '各单位(部门)互评',
                },
                on: {
                  'peers.rate': {
                    target: 'rated',
                    guard: 'ratesAll',
                    actions: tell('parent', 'peers.rated', {
                      from: 'context.unit',
                      ratings: 'payload.ratings',
                    }),
                  },
                },
                after: { reviewed: 'missing' },
              },
              rated: { meta: { title: { zh: '已互评', en: 'Others rated' } }, type: 'final' },
              missing: { meta: { title: { zh: '未参加互评', en: 'Did not rate' } }, type: 'final' },
            },
          },
          panel: {
            meta: { title: { zh: '检查组综合评议', en: 'Panel' } },
            initial: 'scoring',
            states: {
              scoring: {
                meta: { title: { zh: '待综合评议', en: 'To be scored' }, source: '检查组综合评议' },
                on: { 'panel.score': { guard: 'firstScore', actions: scores } },
                after: { reviewed: [{ target: 'scored', guard: 'scored' }, { target: 'overdue' }] },
              },
              overdue: {
                meta: { title: { zh: '综合评议逾期', en: 'Score overdue' } },
                tags: 'overdue',
                entry: late('综合评议逾期', 'the panel has not scored in time'),
                on: { 'panel.score': { target: 'scored', actions: scores } },
              },
              scored: { meta: { title: { zh: '已综合评议', en: 'Scored' } }, type: 'final' },
            },
          },
        },
      },
      settled: {
        meta: { title: { zh: '办结', en: 'Settled' } },
        type: 'final',
        tags: 'settled',
      },
    },
  })
}
