import type { Fillings } from '../catalogue.ts'
import type { Filled } from '../kit/scoresheet.ts'

const days = ['02-27', '04-30', '06-30', '09-30', '11-30']

/** Days of this campaign's year, and a reason wherever the office scores lower. */
export const fillings: Fillings = {
  'targets.submit': ({ facts, pick }) => ({
    targets: facts.units.map(({ id }, n) => ({
      no: `${n + 1}`,
      title: '年度重点任务',
      owner: id,
      dueOn: `${facts.startsOn.slice(0, 4)}-${pick(days)}`,
    })),
  }),
  'goal.setTime': ({ at, pick }) => ({
    makeUpOn: dayAfter(at, pick([5, 15, 40])),
    note: '限期补齐。',
  }),
  'petition.register': ({ facts, at, payload, pick }) => ({
    ...(payload as object),
    type: pick(['petition', 'proposal', 'instruction']),
    owner: pick(facts.units).id,
    dueOn: dayAfter(at, pick([5, 15, 30])),
  }),
  'score.verify': ({ context, payload, pick }) => {
    const self: Filled | null = context.selfScore.last
    const { scores } = self ?? (payload as unknown as Filled)
    const items = Object.entries(scores)
    return {
      scores: Object.fromEntries(
        items.map(([item, score]) => [item, Math.floor(score * pick([1, 0.8]))]),
      ),
      reasons: Object.fromEntries(
        [...items.map(([item]) => item), 'praise'].map((item) => [item, '佐证材料不全。']),
      ),
      opinion: '已核对佐证材料。',
    }
  },
}

function dayAfter(instant: string, days: number): string {
  return new Date(Date.parse(instant) + days * 86_400_000).toISOString().slice(0, 10)
}
