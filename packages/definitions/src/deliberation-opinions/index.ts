import type { Entry } from '../catalogue.ts'
import { demo } from './demo.ts'
import { sampleForms } from './sampleForms.ts'
import { deliberationOpinions } from './v1.ts'

export const entry: Entry = { definition: deliberationOpinions, demo, sampleForms }
