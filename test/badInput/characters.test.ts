import t from 'tap'
import { bench, nobody, none, plan } from './bench.ts'

const invalid = { status: 400, code: 'invalid_request' }
const notFound = { status: 404, code: 'not_found' }

void t.test('characters that cannot be kept', async (t) => {
  const { campaign, root, u3, finding, check, create, ask } = await bench(t)
  for (const [name, bad] of [
    ['U+0000', '\u0000'],
    ['half a surrogate pair', '\ud800'],
  ] as const) {
    await create(`${name} in a title`, invalid, plan({ title: `a${bad}b` }))
    await create(`${name} in a unit`, invalid, plan({ units: [`u1${bad}`] }))
    await create(`${name} in a definition`, invalid, plan({ definition: `drill${bad}` }))
    await create(`${name} in a reason`, invalid, plan({ dates: { mended: { on: '2026-05-21', reason: bad } } }))
    await create(`${name} in a key`, invalid, plan({ dates: { [bad]: { on: '2026-05-21', reason: 'x' } } }))
    await ask(`${name} in a command`, invalid, 'of-u3', u3, `report${bad}`, none)
    await ask(`${name} in a payload`, invalid, 'of-u3', u3, 'report.late', {
      findings: [{ what: bad }],
    })
    await ask(`${name} in a key of a payload`, invalid, 'of-u3', u3, 'report.late', {
      findings: [],
      [bad]: 1,
    })
    await ask(`${name} in an unchecked part`, invalid, 'of-u1', finding, 'finding.break', {
      anything: { a: [bad] },
    })
    await ask(`${name} in a reason`, invalid, 'organiser', root, 'campaign.cancel', {
      reason: `x${bad}`,
    })
    await check(`${name} in a name`, invalid, [
      'admin',
      'PUT',
      '/api/people',
      { people: [{ id: 'new', name: `x${bad}`, unit: 'u1' }] },
    ])
    await check(`${name} in a unit's title`, invalid, [
      'admin',
      'PUT',
      '/api/units',
      { units: [{ id: 'new', title: { zh: `x${bad}`, en: 'x' } }] },
    ])
  }
  await check('U+0000 in a query', invalid, ['organiser', 'GET', `${campaign}/instances?kind=%00`])
  await check('U+0000 in a query', invalid, ['organiser', 'GET', `${campaign}/instances?unit=%00`])
  await check('U+0000 in a query', invalid, ['organiser', 'DELETE', `${campaign}/assignments/${nobody}?reason=x%00`])
  await check('U+0000 in a path', notFound, ['organiser', 'GET', `${campaign}/dates/%00`])
  await check('U+0000 in a path', notFound, ['organiser', 'GET', '/api/definitions/%00'])
})
