import t from 'tap'
import { drillPlan } from '../drill.ts'
import { bench, none } from './bench.ts'

void t.test('what may not be done now, or by them', async (t) => {
  const { drill, campaign, root, u1, u3, finding, check, ask } = await bench(t)
  await ask('in the wrong state', { status: 409, code: 'wrong_state' }, 'of-u1', u1, 'report.late', none)
  await ask('when it is late', { status: 409, code: 'late', rule: 'reports' }, 'of-u3', u3, 'report.submit', none)
  await ask(
    'before it opens',
    { status: 409, code: 'not_yet_open', rule: 'checksOpen' },
    'checker',
    finding,
    'finding.check',
    { good: true },
  )
  await ask('by the wrong role', { status: 403, code: 'role_required', rule: 'lead' }, 'of-u1', root, 'drill.end', {})
  await ask(
    'by somebody recused',
    { status: 403, code: 'recused', rule: 'checker' },
    'checkerOfU1',
    u1,
    'report.return',
    { reason: 'x' },
  )
  await ask('on a stale version', { status: 412, code: 'stale' }, 'of-u3', u3, 'report.late', none, {
    'if-match': '"1"',
  })
  await check('with a used key', { status: 422, code: 'idempotency_key_reused' }, [
    'of-u2',
    'POST',
    `${campaign}/instances/${await drill.find('u2')}/commands`,
    { command: 'report.late', payload: none },
    { 'idempotency-key': 'used' },
  ])
  await ask('a date that is none', { status: 422, code: 'unknown_date' }, 'organiser', root, 'campaign.extend', {
    dates: { x: '2026-06-01' },
    reason: 'x',
  })
  await ask(
    'a day before the present one',
    { status: 422, code: 'bad_extension' },
    'organiser',
    root,
    'campaign.extend',
    { dates: { mended: '2026-05-01' }, reason: 'x' },
  )
  await ask('a date that has passed', { status: 422, code: 'bad_extension' }, 'organiser', root, 'campaign.extend', {
    dates: { reports: '2026-05-01' },
    reason: 'x',
  })
  await ask(
    'a resumption of what runs',
    { status: 409, code: 'not_suspended' },
    'organiser',
    root,
    'campaign.resume',
    {},
  )
  await ask(
    'an act of the root on a unit',
    { status: 422, code: 'unknown_command' },
    'organiser',
    u3,
    'campaign.cancel',
    { reason: 'x' },
  )
  await check('without a token', { status: 401, code: 'unauthenticated' }, [null, 'GET', '/api/me'])
  await check('a campaign by an officer', { status: 403, code: 'forbidden' }, [
    'of-u1',
    'POST',
    '/api/campaigns',
    drillPlan(),
  ])
})

void t.test('an instance by its id in capitals is the same instance', async (t) => {
  const { server, u3 } = await bench(t)
  const path = u3.replace(/[^/]+$/u, (id) => id.toUpperCase())
  const { status, text } = await server.call('of-u3', 'POST', `${path}/commands`, {
    command: 'report.late',
    payload: none,
  })
  t.equal(status, 200, text)
})

void t.test('a definition that fails on a command says so, and changes nothing', async (t) => {
  const { server, lines, finding } = await bench(t)
  lines.length = 0
  const { json, text } = await server.call('of-u1', 'POST', `${finding}/commands`, {
    command: 'finding.break',
    payload: {},
  })
  t.match(json, { status: 500, code: 'machine_failed' })
  t.notMatch(text, /\.ts:|node_modules/u)
  t.equal(lines.length, 1)
  t.equal(lines[0]?.level, 50, 'an operator must hear of it')
})
