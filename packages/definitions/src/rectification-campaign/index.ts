import type { Entry } from '../catalogue.ts'
import { demo } from './demo.ts'
import { sampleForms } from './sampleForms.ts'
import { rectificationCampaign } from './v1/index.ts'

export const entry: Entry = { definition: rectificationCampaign, demo, sampleForms }
