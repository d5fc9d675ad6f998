import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose'
import t from 'tap'
import { verifyByJwks } from '../../packages/server/src/http/token.ts'
import { drillServer } from '../drill.ts'
import { recordedLog, refusedWell } from './recorded.ts'

const issuer = 'https://id.example'
const audience = 'duban'

void t.test('an identity provider that does not answer is no fault of the caller', async (t) => {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA', { extractable: true })
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'k1', alg: 'EdDSA' }] }
  let answer: { status: number; body: string } = { status: 200, body: JSON.stringify(jwks) }
  const provider = createServer((_, response) => {
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body)
  })
  const url = await listening(provider)
  const { log, lines } = recordedLog()
  const server = await drillServer(t, { log, verify: verifyByJwks(url, issuer, audience) })
  const token = await signed(privateKey)
  const me = (more: { [name: string]: string } = {}, kid = token) =>
    server.call(null, 'GET', '/api/me', undefined, { authorization: `Bearer ${kid}`, ...more })
  const unavailable = { status: 503, code: 'keys_unavailable' }

  await closed(provider)
  await refusedWell(t, server, lines, 'a closed port', me, unavailable)
  t.ok((await me()).headers['retry-after'])
  provider.listen(Number(new URL(url).port), '127.0.0.1')
  await once(provider, 'listening')
  answer = { status: 500, body: 'oops' }
  await refusedWell(t, server, lines, 'an error of theirs', me, unavailable)
  answer = { status: 200, body: '<html>' }
  await refusedWell(t, server, lines, 'no JSON', me, unavailable)
  answer = { status: 200, body: '{"keys":1}' }
  await refusedWell(t, server, lines, 'no keys', me, unavailable)

  answer = { status: 200, body: JSON.stringify(jwks) }
  t.match((await me()).json, { person: 'admin' }, 'it recovers without a restart')
  await closed(provider)
  t.match((await me()).json, { person: 'admin' }, 'and remembers the keys')
  const unknown = await signed((await generateKeyPair('EdDSA')).privateKey, 'k2')
  t.match((await me({}, unknown)).json, { status: 401, code: 'unauthenticated' }, 'a forger')
})

function signed(key: CryptoKey, kid = 'k1'): Promise<string> {
  return new SignJWT({})
    .setProtectedHeader({ alg: 'EdDSA', kid })
    .setSubject('admin')
    .setIssuer(issuer)
    .setAudience(audience)
    .setExpirationTime('1h')
    .sign(key)
}

async function listening(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`
}

async function closed(server: Server): Promise<void> {
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
}
