import type { Entry } from '../catalogue.ts'
import { demo } from './demo.ts'
import { fillings } from './fillings.ts'
import { deputySuggestions } from './v1.ts'

export const entry: Entry = { definition: deputySuggestions, demo, fillings }
