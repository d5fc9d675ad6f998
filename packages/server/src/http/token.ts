import { createRemoteJWKSet, errors, jwtVerify, SignJWT, type CryptoKey, type JWTVerifyGetKey } from 'jose'
import { builtInRoles, type BuiltInRole } from '@duban/engine'
import { ProblemError } from './problem.ts'

/** What a token says: who, and built-in roles that the identity provider grants beside those kept here. */
export type Identity = { person: string; roles: BuiltInRole[] }
export type Verify = (token: string) => Promise<Identity>

// Signatures only; `none` and shared secrets are not on the list.
const algorithms = ['EdDSA', 'ES256', 'ES384', 'RS256', 'PS256']
// A token without an end would be good for ever.
const requiredClaims = ['sub', 'exp']

const aboutTheToken = [errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys, errors.JOSENotSupported]

/** Tokens of an OpenID provider, against its published keys. */
export function verifyByJwks(url: string, issuer: string, audience: string): Verify {
  const keys = reachable(createRemoteJWKSet(new URL(url)))
  return reading((token) => jwtVerify(token, keys, { algorithms, requiredClaims, issuer, audience }))
}

/** What the key set says of a token is the token’s fault; that the set cannot be had is nobody’s who calls. */
function reachable(keys: ReturnType<typeof createRemoteJWKSet>): JWTVerifyGetKey {
  return async (header, token) => {
    try {
      return await keys(header, token)
    } catch (cause) {
      if (aboutTheToken.some((kind) => cause instanceof kind)) throw cause
      throw Object.assign(new ProblemError('keys_unavailable'), { cause })
    }
  }
}

/** Tokens of a key that we hold: demo mode, and tests. */
export function verifyByKey(key: CryptoKey): Verify {
  return reading((token) => jwtVerify(token, key, { algorithms, requiredClaims }))
}

/** @param seconds how long it is good for */
export function sign(key: CryptoKey, person: string, seconds: number): Promise<string> {
  return new SignJWT({})
    .setProtectedHeader({ alg: 'EdDSA' })
    .setSubject(person)
    .setIssuedAt()
    .setExpirationTime(`${seconds}s`)
    .sign(key)
}

function reading(verify: (token: string) => Promise<{ payload: { sub?: string; roles?: unknown } }>): Verify {
  return async (token) => {
    try {
      const { payload } = await verify(token)
      if (!payload.sub) throw new ProblemError('unauthenticated')
      const claimed: unknown[] = Array.isArray(payload.roles) ? payload.roles : []
      return { person: payload.sub, roles: builtInRoles.filter((role) => claimed.includes(role)) }
    } catch (error) {
      if (error instanceof errors.JWTExpired) throw new ProblemError('token_expired')
      if (error instanceof errors.JOSEError) throw new ProblemError('unauthenticated')
      throw error
    }
  }
}
