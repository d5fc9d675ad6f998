import type { Definition } from '@duban/engine'
import type { Entry } from './catalogue.ts'
import { entry as accountabilityList } from './accountability-list/index.ts'
import { entry as annualDutyAssessment } from './annual-duty-assessment/index.ts'
import { entry as deliberationOpinions } from './deliberation-opinions/index.ts'
import { entry as deputyGroupActivities } from './deputy-group-activities/index.ts'
import { entry as deputySuggestions } from './deputy-suggestions/index.ts'
import { entry as forestChiefScheme } from './forest-chief-scheme/index.ts'
import { entry as lawLiaisonRegistry } from './law-liaison-registry/index.ts'
import { entry as legalHealthCheck } from './legal-health-check/index.ts'
import { entry as performanceAssessment } from './performance-assessment/index.ts'
import { entry as pledgeCampaign } from './pledge-campaign/index.ts'
import { entry as rectificationCampaign } from './rectification-campaign/index.ts'
import { entry as supervisionLedger } from './supervision-ledger/index.ts'

export type { SampleForms } from '@duban/kit'
export type { DemoPlan, Entry } from './catalogue.ts'
export { demoOrganisation, type DemoPerson, type DemoUnit } from './demo/organisation.ts'
export { checkItems, checkMethods } from './legal-health-check/v1/payloads.ts'
export { legalHealthCheck } from './legal-health-check/v1.ts'

/** Every campaign that is offered, one entry a folder. */
export const catalogue: Entry[] = [
  accountabilityList,
  annualDutyAssessment,
  deliberationOpinions,
  deputyGroupActivities,
  deputySuggestions,
  forestChiefScheme,
  lawLiaisonRegistry,
  legalHealthCheck,
  performanceAssessment,
  pledgeCampaign,
  rectificationCampaign,
  supervisionLedger,
]

/** Every definition that a server offers. */
export const definitions: Definition[] = catalogue.map(({ definition }) => definition)
