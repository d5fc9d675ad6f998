import type { Entry } from '../catalogue.ts'
import { demo } from './demo.ts'
import { sampleForms } from './sampleForms.ts'
import { supervisionLedger } from './v1.ts'

export const entry: Entry = { definition: supervisionLedger, demo, sampleForms }
