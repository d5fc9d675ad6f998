import type { Entry } from '../catalogue.ts'
import { demo } from './demo.ts'
import { fillings } from './fillings.ts'
import { legalHealthCheck } from './v1.ts'

export const entry: Entry = { definition: legalHealthCheck, demo, fillings }
