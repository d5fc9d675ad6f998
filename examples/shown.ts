// What the API shows, as far as a player needs it.

export type Problem = { code: string; rule?: string; issues?: unknown }

export type Shown = {
  kind: string
  unit: string | null
  version: number
  state: unknown
  stateTitle: { zh: string }
  context: unknown
  commands: { command: string; schema: { [key: string]: unknown } }[]
}
