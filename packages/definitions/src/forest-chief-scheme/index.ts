import type { Entry } from '../catalogue.ts'
import { demo } from './demo.ts'
import { forestChiefScheme } from './v1.ts'

export const entry: Entry = { definition: forestChiefScheme, demo }
