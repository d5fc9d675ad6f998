import { notify, open, type CampaignFacts } from '@duban/engine'
import { noRatings, type PeerRecord } from '@duban/kit'
import type { Author, Kind } from './commands.ts'
import { noParts, peers, resultsOf, type Parts, type Result } from './scoring.ts'

/** Who did it, and when. */
type Done = { by: string; at: string }

type CampaignContext = {
  units: string[]
  among: number
  published: ({ title: string; missing: string[] } & Done) | null
  parts: { [unit: string]: Parts }
  peers: PeerRecord
  results: Result[]
  /** Units that rated nobody: counted without. */
  notRating: string[]
  submitted: ({ analysis: string } & Done) | null
  returns: ({ reason: string } & Done)[]
  approved: Done | null
  announced: ({ scope: string } & Done) | null
  concludeOn: string | null
  decision: ({ reason: string } & Done) | null
}

const publish = (target: string) => ({
  'reports.publish': { target, actions: 'recordPublication' },
})

/** 履职尽责考核: three stages, approval by the committee, rectification. */
export function campaign({ machine, on }: Author): Kind {
  const part = (
    { parts }: CampaignContext,
    { unit, score }: { unit: string; score: number | null },
    name: keyof Parts,
  ) => ({ parts: { ...parts, [unit]: { ...noParts, ...parts[unit], [name]: score } } })
  const ends = { 'every.unit.settled': 'closed' } as const

  return machine<CampaignContext, CampaignFacts>({
    guards: {
      // Before the last day only when nothing is lacking; after it with what there is.
      complete: ({ context }) =>
        peers.missing(context.peers, context.units).length === 0 &&
        context.units.every((unit) => Object.values(context.parts[unit] ?? noParts).every((score) => score !== null)),
    },
    updates: {
      recordPublication: on('reports.publish', ({ payload: { title, missing }, by, at }) => ({
        published: { title, missing, by, at },
      })),
      hearBallot: on('briefing.counted', ({ context, payload }) => part(context, payload, 'ballot')),
      hearDocuments: on('documents.scored', ({ context, payload }) => part(context, payload, 'documents')),
      hearPanel: on('panel.scored', ({ context, payload }) => part(context, payload, 'panel')),
      hearPeers: on('peers.rated', ({ context, payload }) => ({
        peers: peers.add(context.peers, payload.from, payload.ratings),
      })),
      totalUp: on('results.submit', ({ context, payload, by, at }) => ({
        results: resultsOf(context.units, context.parts, context.peers),
        notRating: peers.missing(context.peers, context.units),
        submitted: { ...payload, by, at },
      })),
      recordReturn: on('results.return', ({ context, payload, by, at }) => ({
        returns: [...context.returns, { ...payload, by, at }],
      })),
      recordApproval: on('results.approve', ({ by, at }) => ({ approved: { by, at } })),
      recordAnnouncement: on('results.announce', ({ payload: { scope, concludeOn }, by, at }) => ({
        announced: { scope, by, at },
        concludeOn,
      })),
      recordDecision: on('conclusion.decide', ({ payload, by, at }) => ({
        decision: { ...payload, by, at },
      })),
    },
  }).createMachine({
    meta: { title: { zh: '履职尽责考核', en: 'Annual duty assessment' } },
    context: ({ input }) => ({
      units: input.units.map(({ id }) => id),
      among: input.units.length,
      published: null,
      parts: {},
      peers: noRatings,
      results: [],
      notRating: [],
      submitted: null,
      returns: [],
      approved: null,
      announced: null,
      concludeOn: null,
      decision: null,
    }),
    initial: 'selfCheck',
    on: {
      'briefing.counted': { actions: 'hearBallot' },
      'documents.scored': { actions: 'hearDocuments' },
      'panel.scored': { actions: 'hearPanel' },
      'peers.rated': { actions: 'hearPeers' },
    },
    states: {
      selfCheck: {
        meta: {
          title: { zh: '总结自查', en: 'Reports and self-check' },
          source: '第一阶段:总结自查阶段(2019年1月10日前)',
        },
        entry: open('unit', { with: { among: 'context.among' } }),
        after: { reports: 'collating' },
      },
      collating: {
        meta: {
          title: { zh: '汇总公开述职述廉报告', en: 'Collating and publishing the reports' },
          source: '考核领导小组办公室汇总形成…通过OA系统公开',
        },
        on: publish('onSite'),
        after: { siteCloses: 'publicationOverdue' },
      },
      onSite: {
        meta: {
          title: { zh: '现场考查', en: 'On-site check' },
          source: '第二阶段:现场考查阶段(2019年1月10至20日)',
        },
        after: { siteCloses: 'reviewing' },
      },
      publicationOverdue: {
        meta: { title: { zh: '述职述廉报告逾期未公开', en: 'Publication overdue' } },
        tags: 'overdue',
        entry: notify(['committee', 'office'], {
          zh: '述职述廉报告逾期未公开：{campaign}',
          en: 'The reports have not been published in time: {campaign}',
        }),
        on: publish('reviewing'),
      },
      reviewing: {
        meta: {
          title: { zh: '综合评议', en: 'Overall review' },
          source: '第三阶段:综合评议阶段(2019年1月下旬)',
        },
        on: { 'results.submit': { target: 'approving', guard: 'complete', actions: 'totalUp' } },
        after: { reviewed: 'concluding' },
      },
      concluding: {
        meta: { title: { zh: '待提请审定', en: 'Results to be submitted' } },
        entry: notify(['panel', 'committee'], {
          zh: '综合评议期满，请提请审定：{campaign}',
          en: 'The review has ended; submit the results: {campaign}',
        }),
        on: { 'results.submit': { target: 'approving', actions: 'totalUp' } },
      },
      approving: {
        meta: {
          title: { zh: '考核结果待审定', en: 'Results awaiting approval' },
          source: '报校党委审定',
        },
        on: {
          'results.approve': { target: 'announcing', actions: 'recordApproval' },
          'results.return': { target: 'concluding', actions: 'recordReturn' },
        },
      },
      announcing: {
        meta: { title: { zh: '待通报考核结果', en: 'Results to be circulated' } },
        on: {
          'results.announce': {
            target: 'rectifying',
            actions: ['recordAnnouncement', open('result', { each: 'context.results', unit: 'unit' })],
          },
        },
      },
      rectifying: {
        meta: {
          title: { zh: '督促整改', en: 'Rectification' },
          source: '对检查考核中发现的问题坚决督促整改',
        },
        on: ends,
        after: { concluded: 'rectificationOverdue' },
      },
      rectificationOverdue: {
        meta: { title: { zh: '整改逾期', en: 'Rectification overdue' } },
        tags: 'overdue',
        entry: notify(['committee', 'office'], {
          zh: '仍有单位未办结，请督促或决定结束：{campaign}',
          en: 'Some units are not settled; press them or decide to end: {campaign}',
        }),
        on: { ...ends, 'conclusion.decide': { target: 'closed', actions: 'recordDecision' } },
      },
      closed: { meta: { title: { zh: '已结束', en: 'Closed' } }, type: 'final' },
    },
  })
}
