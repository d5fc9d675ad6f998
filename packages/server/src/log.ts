import { pino, stdSerializers, type DestinationStream, type LevelWithSilent, type Logger } from 'pino'

/** JSON lines on standard output, or into a stream. */
export function createLog(level: LevelWithSilent, stream?: DestinationStream): Logger {
  const options = { level, serializers: { err: shown } }
  return stream ? pino(options, stream) : pino(options)
}

// What PostgreSQL says of an error, and what of it helps an operator.
const telling = ['code', 'severity', 'detail', 'schema', 'table', 'column', 'constraint'] as const

/**
 * An error as it is logged. `pg` hangs its whole client on some errors, settings and buffers included; of
 * what an error carries only these members are written.
 */
function shown(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const { type, message, stack } = stdSerializers.err(error)
  const carried = error as Error & { [member: string]: unknown }
  const told = telling.flatMap((member) =>
    typeof carried[member] === 'string' ? [[member, carried[member]] as const] : [],
  )
  return { type, message, stack, ...Object.fromEntries(told) }
}
