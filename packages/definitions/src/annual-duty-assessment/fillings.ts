import type { Fillings } from '../catalogue.ts'
import { paper, peers, sheet } from './v1/scoring.ts'

/** Counts that add up, lists that are whole, and a reason wherever the panel scores lower. */
export const fillings: Fillings = {
  'briefing.count': (form) => ({
    assembly: { kind: 'wholeStaff' },
    count: paper.filling(form),
  }),
  'documents.record': (form) => {
    const dueOn = `${form.facts.startsOn.slice(0, 4)}-02-${form.pick(['10', '27'])}`
    const finding = { no: '1', title: '台账不全', advice: '补齐台账。', dueOn }
    return {
      ...sheet.verifiedFilling(form, form.context.selfScore.last),
      record: '查阅会议记录和台账。',
      findings: form.pick([[], [finding], []]),
    }
  },
  'peers.rate': (form) => ({ ratings: peers.filling(form) }),
  'results.announce': ({ facts, pick }) => ({
    scope: '全校中层干部',
    concludeOn: `${facts.startsOn.slice(0, 4)}-${pick(['02-28', '03-31'])}`,
  }),
}
