import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import { isTooSlow, isUnavailable } from '../database/open.ts'
import { DefinitionUnavailable } from '../definitions.ts'
import { localeOf, problemOf, ProblemError, type ProblemCode } from './problem.ts'

// Fastify's own refusals of a request, before any handler.
const fastifyCodes: { [code: string]: ProblemCode } = {
  FST_ERR_CTP_INVALID_JSON_BODY: 'malformed_body',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'malformed_body',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'malformed_body',
  FST_ERR_CTP_BODY_TOO_LARGE: 'body_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_BAD_URL: 'bad_id',
  FST_ERR_MAX_PARAM_LENGTH: 'uri_too_long',
}

type Refused = Error & Partial<FastifyError>

/** Every failure leaves as problem+json, without a stack, and is logged once. */
export const errors = fp(async (app: FastifyInstance) => {
  app.setErrorHandler(refuse)
  app.setNotFoundHandler((request, reply) => {
    refuse(new ProblemError('not_found'), request, reply)
  })
})

/** What the router refuses before it has found a route. */
export function frameworkErrors(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  refuse(error, request, reply)
}

function refuse(error: Refused, request: FastifyRequest, reply: FastifyReply): void {
  const { code, more } = read(error)
  const { method, url, log } = request
  if (code === 'internal') log.error({ method, url, err: error }, 'a request failed')
  else if (code === 'machine_failed') log.error({ method, url, code, ...more }, 'a definition failed')
  else if (code === 'database_unavailable') {
    log.warn({ method, url, err: error }, 'the database is not available')
  } else if (code === 'keys_unavailable') {
    log.warn({ method, url, code, err: error.cause }, 'the keys of JWKS_URL are not available')
  } else if (code === 'definition_unavailable') {
    log.warn({ method, url, code, ...more }, 'a campaign runs on a version that is not here')
  } else log.info({ method, url, code, rule: more.rule, reason: error.message }, 'refused')
  answer(request, reply, code, more)
}

function read(error: Refused): { code: ProblemCode; more: ProblemError['more'] } {
  if (error instanceof ProblemError) return { code: error.code, more: error.more }
  if (hasZodFastifySchemaValidationErrors(error)) {
    const inPath = error.validationContext === 'params'
    const issues = error.validation.map(({ instancePath, message }) => ({
      path: `${error.validationContext ?? ''}${instancePath}`,
      message: message ?? '',
    }))
    return { code: inPath ? 'bad_id' : 'invalid_request', more: { issues } }
  }
  if (isUnavailable(error) || isTooSlow(error)) return { code: 'database_unavailable', more: {} }
  if (error instanceof DefinitionUnavailable) {
    return { code: 'definition_unavailable', more: { rule: error.definition } }
  }
  const known = fastifyCodes[error.code ?? '']
  if (known) return { code: known, more: {} }
  // JSON that secure-json-parse refuses: __proto__ and its kin.
  if (error instanceof SyntaxError || error.statusCode === 400) return { code: 'malformed_body', more: {} }
  return { code: 'internal', more: {} }
}

function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  code: ProblemCode,
  more: ProblemError['more'],
): FastifyReply {
  const problem = problemOf(code, localeOf(request.headers['accept-language']), more)
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer')
  if (problem.status === 503) reply.header('retry-after', '1')
  return reply.code(problem.status).type('application/problem+json; charset=utf-8').send(JSON.stringify(problem))
}
