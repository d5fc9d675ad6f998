import type { Definition } from '@duban/engine'
import type { SampleForms } from '@duban/kit'

/** A campaign as it is offered: the definition, and how the demo organisation would run it. */
export type Entry = { definition: Definition; demo: DemoPlan; sampleForms?: SampleForms }

/** Who would take part in the demo organisation, and in which duties. */
export type DemoPlan = {
  title: string
  /** YYYY-MM-DD. */
  startsOn: string
  /** The person, an organiser, who starts it. */
  organiser: string
  /** The units that take part. */
  units: string[]
  /** With `unit` where the role is a unit's. */
  duties: { person: string; role: string; unit?: string }[]
}
