import type { SampleForms } from '@duban/kit'
import { sheet } from './v1/indicators.ts'

const days = ['02-27', '04-30', '06-30', '09-30', '11-30']

/** Days of this campaign's year, and a reason wherever the office scores lower. */
export const sampleForms: SampleForms = {
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
  'score.verify': (form) => ({
    ...sheet.verifiedSampleForm(form, form.context.selfScore.last),
    opinion: '已核对佐证材料。',
  }),
}

function dayAfter(instant: string, days: number): string {
  return new Date(Date.parse(instant) + days * 86_400_000).toISOString().slice(0, 10)
}
