import t from 'tap'
import { bench, nobody, none, plan } from './bench.ts'

const invalid = { status: 400, code: 'invalid_request' }
const badId = { status: 400, code: 'bad_id' }

void t.test('what is not what it should be is refused before anything is asked of it', async (t) => {
  const { drill, campaign, u1, u3, check, create, ask } = await bench(t)
  for (const id of ['x', '1', '%00', `${drill.id}x`, "';--", '%F0%9F%8D%9C', 'a'.repeat(150)]) {
    await check(`id ${id}`, badId, ['organiser', 'GET', `/api/campaigns/${id}/instances`])
    await check(`id ${id}`, badId, ['organiser', 'GET', `${campaign}/instances/${id}`])
  }
  await check('id that is too long', { status: 414, code: 'uri_too_long' }, [
    'organiser',
    'GET',
    `/api/campaigns/${'a'.repeat(300)}`,
  ])
  await check('escape that is none', badId, ['organiser', 'GET', '/api/campaigns/%zz'])
  await create('day', invalid, plan({ startsOn: '2026-02-30' }))
  await create('day as a number', invalid, plan({ startsOn: 20260401 }))
  await create('year that no table keeps', { status: 422, code: 'dates_contradict' }, plan({ startsOn: '0000-01-01' }))
  await create('time zone', { status: 422, code: 'dates_contradict' }, plan({ timezone: 'Mars/Olympus' }))
  await create(
    'a start day after the dates',
    { status: 422, code: 'dates_contradict' },
    plan({ startsOn: '2026-05-01' }),
  )
  await create(
    'dates out of order',
    { status: 422, code: 'dates_contradict' },
    plan({ dates: { mended: { on: '2026-04-10', reason: 'x' } } }),
  )
  await create('a unit twice', { status: 422, code: 'bad_plan' }, plan({ units: ['u1', 'u1'] }))
  await create('no units', invalid, plan({ units: [] }))
  await create('units as text', invalid, plan({ units: 'u1' }))
  await create('a field too much', invalid, plan({ colour: 'red' }))
  await create('no title', invalid, plan({ title: ' ' }))
  await create('a list', invalid, [])
  await create('null', invalid, 'null')
  await ask('command as a number', invalid, 'of-u3', u3, 7, none)
  await ask('no command', invalid, 'of-u3', u3, undefined, none)
  await check('a field too much', invalid, [
    'of-u3',
    'POST',
    `${u3}/commands`,
    { command: 'report.late', payload: none, as: 'admin' },
  ])
  for (const payload of [
    {},
    null,
    undefined,
    'x',
    7,
    [],
    { findings: 'x' },
    { findings: [{}] },
    { findings: [], x: 1 },
  ]) {
    await ask(
      `payload ${JSON.stringify(payload)}`,
      { status: 422, code: 'invalid_payload', rule: 'report.late' },
      'of-u3',
      u3,
      'report.late',
      payload,
    )
  }
  await check('no such unit id', invalid, [
    'admin',
    'PUT',
    '/api/units',
    { units: [{ id: 'No Id', title: { zh: 'x', en: 'x' } }] },
  ])
  await check('unit twice', invalid, [
    'admin',
    'PUT',
    '/api/units',
    { units: [1, 2].map(() => ({ id: 'new', title: { zh: 'x', en: 'x' } })) },
  ])
  await check('unit below nothing', { status: 422, code: 'unknown_unit' }, [
    'admin',
    'PUT',
    '/api/units',
    { units: [{ id: 'new', title: { zh: 'x', en: 'x' }, parent: 'nowhere' }] },
  ])
  await check('units in a circle', invalid, [
    'admin',
    'PUT',
    '/api/units',
    { units: [{ id: 'bureau', title: { zh: 'x', en: 'x' }, parent: 'u1' }] },
  ])
  await check('unit below itself', invalid, [
    'admin',
    'PUT',
    '/api/units',
    { units: [{ id: 'new', title: { zh: 'x', en: 'x' }, parent: 'new' }] },
  ])
  await check('person of no unit', { status: 422, code: 'unknown_unit' }, [
    'admin',
    'PUT',
    '/api/people',
    { people: [{ id: 'new', name: 'x', unit: 'nowhere' }] },
  ])
  await check('unknown built-in role', invalid, [
    'admin',
    'PUT',
    '/api/people',
    { people: [{ id: 'new', name: 'x', unit: 'u1', roles: ['king'] }] },
  ])
  await check('limit', invalid, ['organiser', 'GET', '/api/units?limit=0'])
  await check('limit', invalid, ['organiser', 'GET', '/api/units?limit=many'])
  await check('status', invalid, ['organiser', 'GET', `${campaign}/instances?status=lost`])
  await check('version', invalid, ['organiser', 'GET', `${u1}/replay?version=-1`])
  await check('instant', invalid, ['organiser', 'GET', `${u1}/replay?at=yesterday`])
  await check('no reason', invalid, ['organiser', 'DELETE', `${campaign}/assignments/${nobody}`])
  for (const header of ['2', 'W/"2"', '"two"', '"0"', '"-1"', '"99999999999999999999"', '""']) {
    await ask(`If-Match ${header}`, invalid, 'of-u3', u3, 'report.late', none, {
      'if-match': header,
    })
  }
  for (const key of ['', ' ', 'a b', 'a'.repeat(256), 'schlüssel']) {
    await ask(`Idempotency-Key «${key}»`, invalid, 'of-u3', u3, 'report.late', none, {
      'idempotency-key': key,
    })
  }
})
