import { parseArgs } from 'node:util'
import { z } from 'zod'

const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

const environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATA_DIR: z.string().min(1).default('./data'),
  // Not z.url: PostgreSQL's own form for sockets, postgres://user@/db?host=/dir, has no host in it.
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//u, 'must begin with postgres://')
    .optional(),
  LOG_LEVEL: z.enum(levels).default('info'),
  NODE_ENV: z.string().optional(),
  JWKS_URL: z.url({ protocol: /^https?$/u }).optional(),
  JWT_ISSUER: z.string().min(1).optional(),
  JWT_AUDIENCE: z.string().min(1).optional(),
})

export type Config = {
  port: number
  host: string
  dataDir: string
  databaseUrl: string | undefined
  logLevel: (typeof levels)[number]
  demo: { clock?: string } | false
  jwks: { url: string; issuer: string; audience: string } | undefined
}

/** Raised for whoever starts the server; its message is all that they should see. */
export class ConfigError extends Error {}

/**
 * Reads the environment and the command line, once.
 *
 * @throws {ConfigError} that names every setting to mend
 */
export function readConfig(env: { [name: string]: string | undefined }, args: string[]): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const parsed = environment.safeParse(given)
  if (!parsed.success) {
    const lines = parsed.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`)
    throw new ConfigError(`the environment is not valid:\n${lines.join('\n')}`)
  }
  const { NODE_ENV, PORT, HOST, DATA_DIR, DATABASE_URL, LOG_LEVEL, ...jwt } = parsed.data
  const demo = readArguments(args)
  if (demo && NODE_ENV === 'production') {
    throw new ConfigError('demo mode lets anybody be anybody; it is refused with NODE_ENV=production')
  }
  const { JWKS_URL, JWT_ISSUER, JWT_AUDIENCE } = jwt
  if (!demo && (!JWKS_URL || !JWT_ISSUER || !JWT_AUDIENCE)) {
    throw new ConfigError(
      'set JWKS_URL, JWT_ISSUER and JWT_AUDIENCE to those of your OpenID provider, or start with --demo',
    )
  }
  return {
    port: PORT,
    host: HOST,
    dataDir: DATA_DIR,
    databaseUrl: DATABASE_URL,
    logLevel: LOG_LEVEL,
    demo,
    jwks:
      JWKS_URL && JWT_ISSUER && JWT_AUDIENCE
        ? { url: JWKS_URL, issuer: JWT_ISSUER, audience: JWT_AUDIENCE }
        : undefined,
  }
}

function readArguments(given: string[]): Config['demo'] {
  const { demo, clock } = parse(given.filter((one) => one !== '--'))
  if (clock === undefined) return demo ? {} : false
  if (!demo) throw new ConfigError('--clock is for demo mode only')
  const instant = z.iso.datetime({ offset: true }).safeParse(clock)
  if (!instant.success) {
    throw new ConfigError('--clock needs an instant, for example --clock 2026-04-19T09:00:00+08:00')
  }
  return { clock: new Date(instant.data).toISOString() }
}

function parse(args: string[]): { demo: boolean; clock?: string } {
  try {
    const { values } = parseArgs({
      args,
      options: { demo: { type: 'boolean', default: false }, clock: { type: 'string' } },
    })
    return values
  } catch (error) {
    // It says what it does not know by throwing.
    if (error instanceof TypeError) throw new ConfigError(error.message, { cause: error })
    throw error
  }
}
