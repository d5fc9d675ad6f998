import { exportJWK, generateKeyPair, importJWK, type CryptoKey, type JWK } from 'jose'
import type { Db } from '../database/open.ts'

export type Keys = { publicKey: CryptoKey; privateKey: CryptoKey }

/** Demo mode signs its own tokens. The key is kept, so that they outlive a restart. */
export async function demoKeys(db: Db): Promise<Keys> {
  const row = await db.selectFrom('demo').select('value').where('name', '=', 'key').executeTakeFirst()
  if (row) {
    const { publicKey, privateKey } = row.value as { publicKey: JWK; privateKey: JWK }
    return {
      publicKey: (await importJWK(publicKey, 'EdDSA')) as CryptoKey,
      privateKey: (await importJWK(privateKey, 'EdDSA')) as CryptoKey,
    }
  }
  const keys = await generateKeyPair('EdDSA', { extractable: true })
  const value = JSON.stringify({
    publicKey: await exportJWK(keys.publicKey),
    privateKey: await exportJWK(keys.privateKey),
  })
  await db.insertInto('demo').values({ name: 'key', value }).execute()
  return keys
}
