import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'
import { ProblemError } from './problem.ts'

// Deeper than any payload that a person could read, and far from what recursion cannot follow.
const MOST_NESTED = 64

/**
 * Refuses, for all routes at once, what could not be kept as it was sent: U+0000, which PostgreSQL cannot
 * store, and lone surrogates, which have no UTF-8 form and so no stable hash.
 */
export const plain = fp(async (app: FastifyInstance) => {
  app.addHook('preValidation', async ({ body, query }) => {
    const path = badText(query, 'querystring', 0) ?? badText(body, 'body', 0)
    if (path !== undefined) {
      throw new ProblemError('invalid_request', {
        issues: [{ path, message: 'contains a character that cannot be kept' }],
      })
    }
  })
})

function badText(value: unknown, path: string, depth: number): string | undefined {
  if (typeof value === 'string') return isKept(value) ? undefined : path
  if (typeof value !== 'object' || value === null) return undefined
  if (depth >= MOST_NESTED) throw new ProblemError('malformed_body', { rule: 'nested too deeply' })
  for (const [key, inside] of Object.entries(value)) {
    if (!isKept(key)) return path
    const bad = badText(inside, `${path}/${key}`, depth + 1)
    if (bad !== undefined) return bad
  }
  return undefined
}

function isKept(text: string): boolean {
  return !text.includes('\u0000') && text.isWellFormed()
}
