import type { SampleForms } from '@duban/kit'
import { aspects } from './v1/plan.ts'

const dayAfter = (at: string, days: number): string =>
  new Date(Date.parse(at) + days * 86_400_000).toISOString().slice(0, 10)

/** Measures that end in some days, and reviewers of whom most are content. */
export const sampleForms: SampleForms = {
  'finding.plan': ({ at, payload, pick }) => ({
    ...(payload as object),
    finishOn: dayAfter(at, pick([5, 15])),
  }),
  'review.rate': ({ pick }) => {
    const verdict = pick(['yes', 'yes', 'yes', 'no'])
    return { aspects: Object.fromEntries(Object.keys(aspects).map((one) => [one, verdict])) }
  },
}
