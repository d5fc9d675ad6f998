import type { SampleForms } from '@duban/kit'
import { paper, peers, sheet } from './v1/scoring.ts'

/** Counts that add up, lists that are whole, and a reason wherever the panel scores lower. */
export const sampleForms: SampleForms = {
  'briefing.count': (form) => ({
    assembly: { kind: 'wholeStaff' },
    count: paper.sampleForm(form),
  }),
  'documents.record': (form) => {
    const dueOn = `${form.facts.startsOn.slice(0, 4)}-02-${form.pick(['10', '27'])}`
    const finding = { no: '1', title: '台账不全', advice: '补齐台账。', dueOn }
    return {
      ...sheet.verifiedSampleForm(form, form.context.selfScore.last),
      record: '查阅会议记录和台账。',
      findings: form.pick([[], [finding], []]),
    }
  },
  'peers.rate': (form) => ({ ratings: peers.sampleForm(form) }),
  'results.announce': ({ facts, pick }) => ({
    scope: '全校中层干部',
    concludeOn: `${facts.startsOn.slice(0, 4)}-${pick(['02-28', '03-31'])}`,
  }),
}
