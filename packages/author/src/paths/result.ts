import type { Story } from './story.ts'

export type Path = {
  /** `<kind>.<state>`. */
  state: string
  units: number
  story: Story
}

export type Paths = {
  definition: string
  paths: Path[]
  unreached: string[]
}
