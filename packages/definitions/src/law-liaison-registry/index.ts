import type { Entry } from '../catalogue.ts'
import { sessionSampleForms } from '@duban/kit'
import { registrySampleForms } from '@duban/kit'
import { demo } from './demo.ts'
import { lawLiaisonRegistry } from './v1.ts'

export const entry: Entry = {
  definition: lawLiaisonRegistry,
  demo,
  sampleForms: { ...sessionSampleForms('session'), ...registrySampleForms('post') },
}
