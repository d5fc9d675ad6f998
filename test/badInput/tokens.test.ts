import { exportSPKI, generateKeyPair, SignJWT } from 'jose'
import { createHmac } from 'node:crypto'
import t from 'tap'
import { sign } from '../../packages/server/src/http/token.ts'
import { testKeys } from '../harness.ts'
import { bench } from './bench.ts'

const unauthenticated = { status: 401, code: 'unauthenticated' }
const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url')
const seconds = (): number => Math.floor(Date.now() / 1000)

void t.test('a token that we, or nobody, would give says nothing about anybody', async (t) => {
  const { server, check } = await bench(t)
  const { privateKey, publicKey } = await testKeys()
  const other = await generateKeyPair('EdDSA')
  const valid = await sign(privateKey, 'admin', 60)
  const [header = '', payload = '', signature = ''] = valid.split('.')
  const claims = { sub: 'admin', exp: seconds() + 60 }
  const pem = await exportSPKI(publicKey)
  const hmac = (head: object, key: string): string => {
    const text = `${encode(head)}.${encode(claims)}`
    return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`
  }
  const signed = (change: (jwt: SignJWT) => SignJWT): Promise<string> =>
    change(new SignJWT({}).setProtectedHeader({ alg: 'EdDSA' })).sign(privateKey)

  for (const [what, authorization] of [
    ['none', undefined],
    ['an empty one', 'Bearer '],
    ['another scheme', `Basic ${Buffer.from('admin:admin').toString('base64')}`],
    ['no token', 'Bearer admin'],
    ['two dots', 'Bearer ..'],
    ['alg none', `Bearer ${encode({ alg: 'none' })}.${encode(claims)}.`],
    ['alg None', `Bearer ${encode({ alg: 'None' })}.${encode(claims)}.`],
    ['no alg', `Bearer ${encode({})}.${encode(claims)}.`],
    ['HS256 with the public key for a secret', `Bearer ${hmac({ alg: 'HS256' }, pem)}`],
    ['HS256 with an empty secret', `Bearer ${hmac({ alg: 'HS256' }, '')}`],
    ['signed by somebody else', `Bearer ${await sign(other.privateKey, 'admin', 60)}`],
    ['other claims under the signature', `Bearer ${header}.${encode(claims)}.${signature}`],
    ['without its signature', `Bearer ${header}.${payload}.`],
    ['a key of its own in the header', `Bearer ${await withOwnKey()}`],
    ['nobody', `Bearer ${await signed((jwt) => jwt.setExpirationTime('1m'))}`],
    ['without an end', `Bearer ${await signed((jwt) => jwt.setSubject('admin'))}`],
    [
      'not yet valid',
      `Bearer ${await signed((jwt) => jwt.setSubject('admin').setExpirationTime('2h').setNotBefore('1h'))}`,
    ],
  ] as const) {
    const headers = authorization === undefined ? {} : { authorization }
    await check(what, unauthenticated, [null, 'GET', '/api/me', undefined, headers])
  }
  const expired = `Bearer ${await signed((jwt) => jwt.setSubject('admin').setExpirationTime(seconds() - 1))}`
  await check('expired', { status: 401, code: 'token_expired' }, [
    null,
    'GET',
    '/api/me',
    undefined,
    { authorization: expired },
  ])
  await check('of somebody unknown', { status: 403, code: 'not_enrolled' }, ['nobody', 'GET', '/api/me'])

  const refused = await server.call(null, 'GET', '/api/me')
  t.equal(refused.headers['www-authenticate'], 'Bearer')
  const good = await server.call(null, 'GET', '/api/me', undefined, {
    authorization: `bearer ${valid}`,
  })
  t.match(good.json, { person: 'admin', roles: ['administrator'] }, 'while a good one is taken')
})

void t.test('every route under /api but the description of the API wants a token', async (t) => {
  const { server, campaign, u1 } = await bench(t)
  const { json } = await server.call(null, 'GET', '/api/openapi.json')
  const ids: { [name: string]: string } = {
    campaign: campaign.split('/').at(-1) ?? '',
    instance: u1.split('/').at(-1) ?? '',
  }
  for (const [path, methods] of Object.entries<object>(json.paths)) {
    if (!path.startsWith('/api/')) continue
    const url = path.replaceAll(/\{(\w+)\}/gu, (_, name: string) => ids[name] ?? 'x')
    for (const method of Object.keys(methods)) {
      const body = method === 'get' || method === 'delete' ? undefined : {}
      const { status } = await server.call(null, method.toUpperCase() as 'GET', url, body)
      t.equal(status, 401, `${method} ${path}`)
    }
  }
})

/** A forger's key, offered to the verifier in the token itself. */
async function withOwnKey(): Promise<string> {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA', { extractable: true })
  const jwk = (await crypto.subtle.exportKey('jwk', publicKey)) as { kty: string }
  return new SignJWT({})
    .setProtectedHeader({ alg: 'EdDSA', jwk })
    .setSubject('admin')
    .setExpirationTime('1m')
    .sign(privateKey)
}
