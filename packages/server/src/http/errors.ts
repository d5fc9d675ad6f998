import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import { isUnavailable } from '../database/open.ts'
import { localeOf, problemOf, ProblemError, type ProblemCode } from './problem.ts'

// Fastify's own refusals of a request, before any handler.
const fastifyCodes: { [code: string]: ProblemCode } = {
  FST_ERR_CTP_INVALID_JSON_BODY: 'malformed_body',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'malformed_body',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'malformed_body',
  FST_ERR_CTP_BODY_TOO_LARGE: 'body_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_BAD_URL: 'bad_id',
  FST_ERR_MAX_URL_LENGTH: 'uri_too_long',
}

/** Every failure leaves as problem+json, without a stack, and is logged once. */
export const errors = fp(async (app: FastifyInstance) => {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const { code, more } = read(error)
    if (code === 'internal') request.log.error({ err: error }, 'a request failed')
    else if (code === 'database_unavailable')
      request.log.warn({ err: error }, 'the database is not available')
    else request.log.info({ code, rule: more.rule, reason: error.message }, 'refused')
    return answer(request, reply, code, more)
  })
  app.setNotFoundHandler((request, reply) => answer(request, reply, 'not_found', {}))
})

function read(error: FastifyError): { code: ProblemCode; more: ProblemError['more'] } {
  if (error instanceof ProblemError) return { code: error.code, more: error.more }
  if (hasZodFastifySchemaValidationErrors(error)) {
    const inPath = error.validationContext === 'params'
    const issues = error.validation.map(({ instancePath, message }) => ({
      path: `${error.validationContext ?? ''}${instancePath}`,
      message: message ?? '',
    }))
    return { code: inPath ? 'bad_id' : 'invalid_request', more: { issues } }
  }
  if (isUnavailable(error)) return { code: 'database_unavailable', more: {} }
  const known = fastifyCodes[error.code]
  if (known) return { code: known, more: {} }
  // JSON that secure-json-parse refuses: __proto__ and its kin.
  // Nested so deeply that nobody can read it.
  if (error instanceof RangeError && error.message.includes('call stack')) {
    return { code: 'malformed_body', more: {} }
  }
  if (error instanceof SyntaxError || error.statusCode === 400)
    return { code: 'malformed_body', more: {} }
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
  return reply
    .code(problem.status)
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify(problem))
}
