// What counts, and how much. The document names the parts and the four grades; it prints no numbers, so
// these are ours: see the README.
import { ballot } from '@duban/kit'
import { peerReview, type PeerRecord } from '@duban/kit'
import { bands, scoresheet, weighted } from '@duban/kit'

/** 履职尽责考核评分表: the five contents of part 二, equal in weight. */
export const sheet = scoresheet({
  total: 100,
  groups: {
    duty: {
      title: { zh: '检查主要内容', en: 'Contents of the check' },
      most: 100,
      items: {
        overall: {
          title: { zh: '领导班子总体情况和班子成员综合表现', en: 'The team as a whole' },
          most: 20,
        },
        policy: {
          title: { zh: '贯彻党的路线、方针、政策', en: 'Carrying out Party policy' },
          most: 20,
        },
        work: {
          title: {
            zh: '落实学校决策部署，履行“一岗三责”',
            en: 'Decisions carried out, tasks done',
          },
          most: 20,
        },
        leadership: {
          title: {
            zh: '领导决策、管理运行、担当作为、团结协作',
            en: 'Leadership and co-operation',
          },
          most: 20,
        },
        integrity: {
          title: {
            zh: '党风廉政建设主体责任及违纪违规情况',
            en: 'Integrity and breaches of discipline',
          },
          most: 20,
        },
      },
    },
  },
})

/** 民主测评表: collected and counted on the spot. */
export const paper = ballot({
  options: {
    excellent: { title: { zh: '优秀', en: 'Excellent' }, worth: 100 },
    qualified: { title: { zh: '合格', en: 'Qualified' }, worth: 80 },
    basic: { title: { zh: '基本合格', en: 'Basically qualified' }, worth: 60 },
    unqualified: { title: { zh: '不合格', en: 'Unqualified' }, worth: 40 },
  },
  quorum: { of: 'eligible', share: 'twoThirds' },
})

export const peers = peerReview({ trim: 1 })

const total = weighted({
  ballot: { title: { zh: '民主测评', en: 'Ballot' }, weight: 30 },
  documents: { title: { zh: '查阅资料量化打分', en: 'Documents' }, weight: 40 },
  peers: { title: { zh: '互评', en: 'Peer review' }, weight: 10 },
  panel: { title: { zh: '检查组综合评议', en: 'Panel' }, weight: 20 },
})

const grade = bands({
  excellent: { title: { zh: '优秀', en: 'Excellent' }, from: 90 },
  qualified: { title: { zh: '合格', en: 'Qualified' }, from: 75, below: 90 },
  basic: { title: { zh: '基本合格', en: 'Basically qualified' }, from: 60, below: 75 },
  unqualified: { title: { zh: '不合格', en: 'Unqualified' }, from: 0, below: 60 },
})

/** What the root has heard of a unit: null until then, and for a ballot that never had a quorum. */
export type Parts = { ballot: number | null; documents: number | null; panel: number | null }
export const noParts: Parts = { ballot: null, documents: null, panel: null }

/** 考核结果: one unit's total out of 100, its grade, and what had no score. */
export type Result = ReturnType<typeof total> & { unit: string; grade: ReturnType<typeof grade> }

export function resultsOf(units: readonly string[], parts: { [unit: string]: Parts }, record: PeerRecord): Result[] {
  return peers.results(record, units).map(({ unit, score }) => {
    const added = total({ ...(parts[unit] ?? noParts), peers: score })
    return { unit, grade: grade(added.total), ...added }
  })
}
