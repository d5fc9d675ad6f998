/** Why the embedded PostgreSQL cannot run. */
export type EmbeddedCode =
  | 'DataDirectoryInUse'
  | 'DataDirectoryNotOurs'
  | 'DataDirectoryUnusable'
  | 'NoBinaries'
  | 'StartFailed'

/** The message is for the person who starts the server: what is wrong, where, and what to do. */
export class EmbeddedError extends Error {
  readonly code: EmbeddedCode

  constructor(code: EmbeddedCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'EmbeddedError'
    this.code = code
  }
}

export function inUse(dataDir: string, cause?: unknown): EmbeddedError {
  return new EmbeddedError(
    'DataDirectoryInUse',
    `Another Duban server is running on the data directory ${dataDir}. ` +
      'Stop it first, give this one another directory, or let both share a database by DATABASE_URL.',
    { cause },
  )
}
