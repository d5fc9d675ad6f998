import type { CampaignFacts } from '../campaign/instance.ts'
import type { Definition } from './compiled.ts'

/** What an instance runs on: a version of the definition, and the campaign's facts for that version. */
export type PinnedDefinition = { definition: Definition; campaign: CampaignFacts }
