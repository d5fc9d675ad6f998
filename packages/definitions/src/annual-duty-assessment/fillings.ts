import type { Fillings } from '../catalogue.ts'
import type { Filled } from '../kit/scoresheet.ts'

const share = [0, 0.1, 0.2, 0.5]

/** Counts that add up, lists that are whole, and a reason wherever the panel scores lower. */
export const fillings: Fillings = {
  'briefing.count': ({ pick }) => {
    const eligible = pick([12, 20, 36])
    const present = eligible - pick([0, 1, 2, 9])
    const invalid = pick([0, 1])
    const valid = present - invalid
    const excellent = pick([0, 5, valid])
    const count = { eligible, present, issued: present, returned: present, valid, invalid }
    const votes = { excellent, qualified: valid - excellent, basic: 0, unqualified: 0 }
    return { assembly: { kind: 'wholeStaff' }, count: { ...count, votes } }
  },
  'documents.record': ({ context, facts, payload, pick }) => {
    const self: Filled | null = context.selfScore.last
    const scores = self?.scores ?? (payload as unknown as Filled).scores
    const less = Object.entries(scores).map(([item, score]) => [
      item,
      Math.floor(score * (1 - pick(share))),
    ])
    const year = facts.startsOn.slice(0, 4)
    return {
      scores: Object.fromEntries(less),
      reasons: Object.fromEntries(Object.keys(scores).map((item) => [item, '佐证材料不全。'])),
      record: '查阅会议记录和台账。',
      findings:
        pick([0, 1, 2]) === 0
          ? []
          : [
              {
                no: '1',
                title: '台账不全',
                advice: '补齐台账。',
                dueOn: `${year}-02-${pick(['10', '27'])}`,
              },
            ],
    }
  },
  'peers.rate': ({ unit, facts, pick }) => ({
    ratings: facts.units
      .filter(({ id }) => id !== unit)
      .map(({ id }) => ({ unit: id, score: pick([70, 85, 92.5]) })),
  }),
  'results.announce': ({ facts, pick }) => ({
    scope: '全校中层干部',
    concludeOn: `${facts.startsOn.slice(0, 4)}-${pick(['02-28', '03-31'])}`,
  }),
}
