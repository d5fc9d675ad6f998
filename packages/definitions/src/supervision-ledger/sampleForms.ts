import type { SampleForms } from '@duban/kit'
import { delay, sources } from './v1/plan.ts'

const days = ['03-31', '06-30', '09-30', '11-30', '12-20']

/** Items of this campaign's year, and extensions that are longer than what was given. */
export const sampleForms: SampleForms = {
  'item.register': ({ facts, payload, pick }) => ({
    ...(payload as object),
    source: pick(Object.keys(sources)),
    owner: pick(facts.units).id,
    dueOn: `${facts.startsOn.slice(0, 4)}-${pick(days)}`,
  }),
  ...delay.sampleForms,
}
