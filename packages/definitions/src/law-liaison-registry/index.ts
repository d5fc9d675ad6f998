import type { Entry } from '../catalogue.ts'
import { sessionFillings } from '../kit/attendance.ts'
import { registryFillings } from '../kit/registry.ts'
import { demo } from './demo.ts'
import { lawLiaisonRegistry } from './v1.ts'

export const entry: Entry = {
  definition: lawLiaisonRegistry,
  demo,
  fillings: { ...sessionFillings('session'), ...registryFillings('post') },
}
