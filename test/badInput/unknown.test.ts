import t from 'tap'
import { bench, nobody, plan } from './bench.ts'

const notFound = { status: 404, code: 'not_found' }

const assigned = (one: object) => plan({ assignments: [one] })

void t.test('what is not there is named', async (t) => {
  const { campaign, root, u3, check, create, grant, ask } = await bench(t)
  await create('definition', { status: 422, code: 'unknown_definition' }, plan({ definition: 'x' }))
  await create('version', { status: 422, code: 'unknown_definition' }, plan({ version: 9 }))
  await create('unit', { status: 422, code: 'unknown_unit' }, plan({ units: ['u1', 'nowhere'] }))
  await create('organiser', { status: 422, code: 'unknown_unit' }, plan({ organiser: 'nowhere' }))
  await create('role', { status: 422, code: 'unknown_role' }, assigned({ role: 'king', person: 'lead' }))
  await create('person', { status: 422, code: 'unknown_person' }, assigned({ role: 'lead', person: 'x' }))
  await create(
    'date',
    { status: 422, code: 'dates_contradict' },
    plan({ dates: { x: { on: '2026-05-01', reason: 'x' } } }),
  )
  await create(
    'name of every object as a date',
    { status: 422, code: 'dates_contradict' },
    plan({ dates: { constructor: { on: '2026-05-01', reason: 'x' } } }),
  )
  await grant('role', { status: 422, code: 'unknown_role' }, { role: 'king', person: 'lead' })
  await grant(
    'name of every object as a role',
    { status: 422, code: 'unknown_role' },
    { role: 'constructor', person: 'lead' },
  )
  await grant('person', { status: 422, code: 'unknown_person' }, { role: 'lead', person: 'x' })
  await grant('unit', { status: 422, code: 'unknown_unit' }, { role: 'reporter', person: 'lead', unit: 'elsewhere' })
  await grant('unit that a role needs', { status: 422, code: 'bad_assignment' }, { role: 'reporter', person: 'lead' })
  await grant(
    'unit that a role has no use for',
    { status: 422, code: 'bad_assignment' },
    { role: 'lead', person: 'lead', unit: 'u1' },
  )
  await grant(
    'until before from',
    { status: 422, code: 'bad_assignment' },
    { role: 'lead', person: 'lead', from: '2026-05-02T00:00:00Z', until: '2026-05-01T00:00:00Z' },
  )
  for (const command of [
    'report.burn',
    'toString',
    'constructor',
    '__proto__',
    'campaign.burn',
    'campaign.close',
    'campaign.constructor',
    'every.finding.closed',
    'all.hurry',
    'xstate.after.reports.unit.reporting',
    'xstate.init',
  ]) {
    await ask(`command ${command}`, { status: 422, code: 'unknown_command' }, 'organiser', root, command, {})
    // Administrative names are not for officers, whatever they are.
    if (command.startsWith('campaign.')) continue
    await ask(`command ${command}`, { status: 422, code: 'unknown_command' }, 'of-u3', u3, command, {})
  }
  await ask(
    'a grant by the other door',
    { status: 422, code: 'unknown_command' },
    'organiser',
    root,
    'assignment.grant',
    {},
  )
  await check('campaign', notFound, ['organiser', 'GET', `/api/campaigns/${nobody}`])
  await check('instance', notFound, ['organiser', 'GET', `${campaign}/instances/${nobody}`])
  await ask('instance', notFound, 'organiser', `${campaign}/instances/${nobody}`, 'drill.end', {})
  await check('date', notFound, ['organiser', 'GET', `${campaign}/dates/x`])
  await check('name of every object as a date', notFound, ['organiser', 'GET', `${campaign}/dates/constructor`])
  await check('definition', notFound, ['organiser', 'GET', '/api/definitions/x'])
  await check('version', notFound, ['organiser', 'GET', '/api/definitions/drill?version=9'])
  await check('path', notFound, ['organiser', 'GET', '/api/nothing'])
  await check('method', notFound, ['organiser', 'DELETE', '/api/campaigns'])
  await check('assignment', { status: 404, code: 'unknown_assignment' }, [
    'organiser',
    'DELETE',
    `${campaign}/assignments/${nobody}?reason=x`,
  ])
})
