import type { Entry } from '../catalogue.ts'
import { sessionFillings } from '../kit/attendance.ts'
import { demo } from './demo.ts'
import { pledgeCampaign } from './v1.ts'

export const entry: Entry = {
  definition: pledgeCampaign,
  demo,
  fillings: {
    ...sessionFillings('study', true),
    'branch.list': ({ payload }) => ({
      members: [...new Set((payload as { members: { person: string }[] }).members.map((one) => one.person))].map(
        (person) => ({ person }),
      ),
    }),
  },
}
