/** What a guard or an update sees: the engine's own shape, with the part of the context that a fragment needs. */
export type Seen<Context> = {
  context: Context
  event: { type: string; payload?: unknown; by?: string; at: string }
}

/** Guards and updates of a fragment, to be spread into those of the author's machine. */
export type Guards<Context> = { [name: string]: (seen: Seen<Context>) => boolean }
export type Updates<Context> = { [name: string]: (seen: Seen<Context>) => Partial<Context> }

/** Who did it, and when. */
export type Done = { by: string; at: string }

/** The name of a fragment's own guard, update or state: `lot` and `hold` give `lotHold`. */
export function named(name: string, what: string): string {
  return `${name}${what.charAt(0).toUpperCase()}${what.slice(1)}`
}
