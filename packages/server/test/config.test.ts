import t from 'tap'
import { ConfigError, readConfig } from '../src/config.ts'

const provider = { JWKS_URL: 'https://id.example/jwks', JWT_ISSUER: 'https://id.example', JWT_AUDIENCE: 'duban' }

void t.test('demo mode is asked for, and its clock may be set at the start', async (t) => {
  t.equal(readConfig(provider, []).demo, false)
  t.strictSame(readConfig({}, ['--demo']).demo, {})
  // As `pnpm start -- --clock …` hands it on.
  const set = readConfig({}, ['--demo', '--', '--clock', '2026-04-19T09:00:00+08:00'])
  t.strictSame(set.demo, { clock: '2026-04-19T01:00:00.000Z' })
})

void t.test('what is typed wrong is named, and nothing starts', async (t) => {
  const refused = (args: string[], why: RegExp): unknown =>
    t.throws(() => readConfig(provider, args), { constructor: ConfigError, message: why }, args.join(' '))
  refused(['--domo'], /--domo/u)
  refused(['--demo', 'now'], /'now'/u)
  refused(['--demo', '--clock'], /--clock <value>/u)
  refused(['--demo', '--clock', '19 April'], /--clock needs an instant, for example/u)
  refused(['--clock', '2026-04-19T09:00:00+08:00'], /for demo mode only/u)
  t.throws(() => readConfig({}, []), /JWKS_URL, JWT_ISSUER and JWT_AUDIENCE/u)
  t.throws(() => readConfig({ ...provider, PORT: 'http' }, []), /PORT/u)
  t.throws(() => readConfig({ NODE_ENV: 'production' }, ['--demo']), /refused with NODE_ENV=production/u)
})
