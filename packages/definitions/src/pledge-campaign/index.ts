import type { Entry } from '../catalogue.ts'
import { sessionSampleForms } from '@duban/kit'
import { demo } from './demo.ts'
import { pledgeCampaign } from './v1.ts'

export const entry: Entry = {
  definition: pledgeCampaign,
  demo,
  sampleForms: {
    ...sessionSampleForms('study', true),
    'branch.list': ({ payload }) => ({
      members: [...new Set((payload as { members: { person: string }[] }).members.map((one) => one.person))].map(
        (person) => ({ person }),
      ),
    }),
  },
}
