import { createRemoteJWKSet, errors, jwtVerify, SignJWT, type CryptoKey } from 'jose'
import { builtInRoles, type BuiltInRole } from '@duban/engine'
import { ProblemError } from './problem.ts'

/** What a token says: who, and built-in roles that the identity provider grants beside those kept here. */
export type Identity = { person: string; roles: BuiltInRole[] }
export type Verify = (token: string) => Promise<Identity>

// Signatures only; `none` and shared secrets are not on the list.
const algorithms = ['EdDSA', 'ES256', 'ES384', 'RS256', 'PS256']
// A token without an end would be good for ever.
const requiredClaims = ['sub', 'exp']

/** Tokens of an OpenID provider, against its published keys. */
export function verifyByJwks(url: string, issuer: string, audience: string): Verify {
  const keys = createRemoteJWKSet(new URL(url))
  return reading((token) =>
    jwtVerify(token, keys, { algorithms, requiredClaims, issuer, audience }),
  )
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

function reading(
  verify: (token: string) => Promise<{ payload: { sub?: string; roles?: unknown } }>,
): Verify {
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
