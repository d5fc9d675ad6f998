import { z } from 'zod'
import { ProblemError } from './problem.ts'

const key = z
  .string()
  .regex(/^[\x21-\x7e]{1,255}$/u, 'an Idempotency-Key is 1 to 255 visible ASCII characters')
  .optional()
  .describe('makes a retry safe: the same key gets the first answer')

export const idempotencyKey = z.object({ 'idempotency-key': key })
export const commandHeaders = z.object({
  'idempotency-key': key,
  'if-match': z.string().max(64).optional().describe('"<version>": refused when it has changed since'),
})

/** @throws {ProblemError} `invalid_request` when it is no quoted version */
export function readIfMatch(header: string | undefined): number | undefined {
  if (header === undefined || header === '*') return undefined
  const version = /^"([1-9]\d{0,8})"$/u.exec(header)?.[1]
  if (version === undefined) {
    throw new ProblemError('invalid_request', {
      issues: [{ path: 'headers/if-match', message: 'write the version in quotes: If-Match: "3"' }],
    })
  }
  return Number(version)
}
