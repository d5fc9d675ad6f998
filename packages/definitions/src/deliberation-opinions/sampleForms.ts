import type { SampleForms } from '@duban/kit'

const dayAfter = (at: string, days: number): string =>
  new Date(Date.parse(at) + days * 86_400_000).toISOString().slice(0, 10)

/** A session in some weeks, a reply some months later, and a committee of five. */
export const sampleForms: SampleForms = {
  'matter.put': ({ at, payload, pick }) => ({
    ...(payload as object),
    members: 5,
    heldOn: dayAfter(at, pick([7, 20])),
    replyBy: dayAfter(at, pick([60, 90])),
  }),
  'vote.cast': ({ pick }) => ({ vote: pick(['for', 'for', 'for', 'against', 'abstain']) }),
}
