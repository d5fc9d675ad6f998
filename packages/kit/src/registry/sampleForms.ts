import type { SampleForms } from '../sampleForms.ts'

/** How a unit would fill in the day of a leaving: today, or some days ago. */
export function registrySampleForms(name: string): SampleForms {
  return { [`${name}.leave`]: daysAgo, [`${name}.dismiss`]: daysAgo }
}

const daysAgo: SampleForms[string] = ({ payload, at, pick }) => ({
  ...(payload as object),
  leftOn: new Date(Date.parse(at) - pick([0, 1, 3, 7]) * 86_400_000).toISOString().slice(0, 10),
})
