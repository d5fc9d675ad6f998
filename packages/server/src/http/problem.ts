import { refusals, type Json, type Locale, type RefusalCode, type Text } from '@duban/engine'

/** What the edge refuses before the engine is asked; the engine's own table follows it. */
const edge = {
  malformed_body: {
    status: 400,
    zh: '请求内容不是有效的 JSON。',
    en: 'The body is not valid JSON.',
  },
  invalid_request: {
    status: 400,
    zh: '请求有误，请按所列问题修改。',
    en: 'The request is not valid; correct what is listed.',
  },
  bad_id: { status: 400, zh: '编号格式有误。', en: 'This is not an id.' },
  bad_cursor: {
    status: 400,
    zh: '翻页标记无效，请从第一页开始。',
    en: 'The cursor is not valid; begin with the first page.',
  },
  unauthenticated: {
    status: 401,
    zh: '请先登录：缺少令牌或令牌无效。',
    en: 'Sign in first: the token is missing or not valid.',
  },
  token_expired: {
    status: 401,
    zh: '登录已过期，请重新登录。',
    en: 'The token has expired; sign in again.',
  },
  not_enrolled: {
    status: 403,
    zh: '令牌有效，但系统中没有这个人，请联系管理员。',
    en: 'The token is valid, but its person is not known here; ask an administrator.',
  },
  forbidden: { status: 403, zh: '您无权这样做。', en: 'You may not do this.' },
  not_found: { status: 404, zh: '没有找到。', en: 'Nothing is found here.' },
  unknown_definition: {
    status: 422,
    zh: '没有这个活动定义或版本。',
    en: 'There is no such definition, or not in this version.',
  },
  idempotency_key_reused: {
    status: 422,
    zh: '同一个 Idempotency-Key 已用于另一个请求，请换一个。',
    en: 'This Idempotency-Key was used for another request; use a new one.',
  },
  body_too_large: { status: 413, zh: '请求内容超过 1 MiB。', en: 'The body is larger than 1 MiB.' },
  unsupported_media_type: {
    status: 415,
    zh: '请以 application/json 发送。',
    en: 'Send application/json.',
  },
  uri_too_long: { status: 414, zh: '地址过长。', en: 'The address is too long.' },
  database_unavailable: {
    status: 503,
    zh: '数据库暂时不可用，未作任何改变，请稍后用同一个 Idempotency-Key 重试。',
    en: 'The database is not available at the moment; try again soon, with the same Idempotency-Key.',
  },
  definition_unavailable: {
    status: 503,
    zh: '本服务器没有该活动所用的定义版本，请稍后重试；如持续出现，请联系管理员升级服务器。',
    en: 'This server does not have the version on which the campaign runs. Try again soon; if it stays so, the server must be updated.',
  },
  keys_unavailable: {
    status: 503,
    zh: '身份认证服务的公钥暂时无法取得，不能核对登录，请稍后重试。',
    en: 'The identity provider’s keys cannot be had at the moment, so nobody can be recognised; try again soon.',
  },
  internal: {
    status: 500,
    zh: '内部错误，已记录。',
    en: 'Something is broken here; it has been logged.',
  },
} as const satisfies Record<string, { status: number } & Text>

export const problems = { ...refusals, ...edge }
export type ProblemCode = RefusalCode | keyof typeof edge

/** RFC 9457. `code` is stable; `title` is for people, in their language. */
export type Problem = {
  type: string
  title: string
  status: number
  code: ProblemCode
  rule?: string
  detail?: string
  issues?: Json
}

/** Thrown by handlers; becomes the answer. The one class of errors that are no bugs. */
export class ProblemError extends Error {
  readonly code: ProblemCode
  readonly more: { rule?: string; detail?: Text; issues?: Json }
  constructor(code: ProblemCode, more: { rule?: string; detail?: Text; issues?: Json } = {}) {
    super(code)
    this.name = 'ProblemError'
    this.code = code
    this.more = more
  }
}

export function problemOf(
  code: ProblemCode,
  locale: Locale,
  more: { rule?: string; detail?: Text; issues?: Json } = {},
): Problem {
  const { status, ...title } = problems[code]
  return {
    type: `urn:duban:problem:${code}`,
    title: title[locale],
    status,
    code,
    ...(more.rule !== undefined && { rule: more.rule }),
    ...(more.detail && { detail: more.detail[locale] }),
    ...(more.issues !== undefined && { issues: more.issues }),
  }
}

/** `Accept-Language`: the first of zh and en that the client names; zh when it names neither. */
export function localeOf(header: string | undefined): Locale {
  const wanted = (header ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...params] = part.trim().toLowerCase().split(';')
      const q = params.map((one) => /^\s*q=([\d.]+)/u.exec(one)?.[1]).find((one) => one !== undefined)
      return { tag, q: q === undefined ? 1 : Number(q) }
    })
    .toSorted((a, b) => b.q - a.q)
  for (const { tag } of wanted) {
    if (tag.startsWith('zh')) return 'zh'
    if (tag.startsWith('en')) return 'en'
  }
  return 'zh'
}
