import t from 'tap'
import { at, beginDrill, drillPlan, drillServer, planDrill, whole, type DrillServer } from '../drill.ts'

const none = { findings: [] }
const finding = { findings: [{ what: 'a' }] }

void t.test('a refusal is told with its rule, changes nothing, and is kept', async (t) => {
  const server = await drillServer(t)
  const drill = await beginDrill(server)
  await drill.ask('of-u1', 'u1', 'report.submit', finding)
  await server.scheduler.catchUp()
  const before = await whole(server.db)
  const refused = async (
    code: string,
    rule: string,
    status: number,
    ...[person, target, command, payload]: [string, string, string, object]
  ) => {
    const { json } = await drill.ask(person, target, command, payload)
    t.match(json, { status, code, rule }, `${person} ${command} ${target}`)
    t.match(await lastRefusal(server), { person_id: person, event: command, code, rule })
  }
  await refused('role_required', 'lead', 403, 'of-u1', 'root', 'drill.end', {})
  await refused('role_required', 'reporter', 403, 'lead', 'u2', 'report.submit', none)
  await refused('role_required', 'lead | checker', 403, 'of-u1', 'u1', 'report.return', {
    reason: 'x',
  })
  await refused('recused', 'checker', 403, 'checkerOfU1', 'u1', 'report.return', { reason: 'x' })
  await refused('not_yet_open', 'checksOpen', 409, 'checker', 'u1/0', 'finding.check', {
    good: true,
  })
  await refused('wrong_state', 'report.late', 409, 'of-u1', 'u1', 'report.late', none)
  await refused('unknown_command', 'report.burn', 422, 'of-u1', 'u1', 'report.burn', {})
  await refused('invalid_payload', 'report.late', 422, 'of-u1', 'u1', 'report.late', { x: 1 })
  await refused('role_required', 'organiser | administrator', 403, 'lead', 'root', 'campaign.cancel', {
    reason: 'x',
  })
  await refused('role_required', 'organiser | administrator', 403, 'auditor', 'root', 'campaign.cancel', {
    reason: 'x',
  })
  t.same(await whole(server.db), before)
})

void t.test('a campaign that could not be started leaves the refusal, and nothing else', async (t) => {
  const server = await drillServer(t)
  const before = await whole(server.db)
  const brittle = { ...drillPlan(['u1']), definition: 'brittle', assignments: [] }
  const refused = async (code: string, rule: string | null, person: string, body: object) => {
    const { json } = await server.call(person, 'POST', '/api/campaigns', body)
    t.match(json, { code, ...(rule !== null && { rule }) })
    const kept = { person_id: person, event: 'campaign.start', code, rule, campaign_id: null }
    t.match(await lastRefusal(server), kept, `${code} is kept`)
  }
  await refused('forbidden', 'organiser | administrator', 'lead', drillPlan())
  await refused('forbidden', 'bureau', 'otherOrganiser', { ...drillPlan(), organiser: 'bureau' })
  await refused('unknown_definition', 'drip', 'organiser', { ...drillPlan(), definition: 'drip' })
  await refused('unknown_unit', null, 'organiser', { ...drillPlan(), units: ['nowhere'] })
  await refused('bad_plan', null, 'organiser', { ...drillPlan(), units: ['u1', 'u1'] })
  await refused('dates_contradict', null, 'organiser', {
    ...drillPlan(),
    dates: { ends: { on: '2026-04-02', reason: 'x' } },
  })
  await refused('machine_failed', null, 'organiser', { ...brittle, title: '起不来' })
  t.same(await whole(server.db), before)
})

void t.test('four eyes: whoever mended, or in whose place it was mended, does not check', async (t) => {
  const server = await drillServer(t)
  const drill = await beginDrill(server)
  const grant = (body: object) => server.call('organiser', 'POST', `/api/campaigns/${drill.id}/assignments`, body)
  await grant({ role: 'checker', person: 'stranger', onBehalfOf: 'lead' })
  await grant({ role: 'checker', person: 'lead' })
  await drill.ask('of-u2', 'u2', 'report.submit', { findings: [{ what: 'a' }, { what: 'b' }] })
  server.clock.set('2026-05-01T00:00:00.000Z')
  await server.scheduler.catchUp()
  await drill.ask('checker', 'u2/0', 'finding.mend', { how: 'x' })
  const own = await drill.ask('checker', 'u2/0', 'finding.check', { good: true })
  t.match(own.json, { status: 403, code: 'four_eyes', rule: 'finding.mend' })

  await drill.ask('stranger', 'u2/1', 'finding.mend', { how: 'x' })
  const principal = await drill.ask('lead', 'u2/1', 'finding.check', { good: true })
  t.match(principal.json, { status: 403, code: 'four_eyes' }, 'mended on behalf of the lead')
  const other = await drill.ask('checkerOfU1', 'u2/0', 'finding.check', { good: true })
  t.equal(other.status, 200)
})

void t.test('who acts in another’s place is recorded with both, and recused for both', async (t) => {
  const server = await drillServer(t)
  const drill = await beginDrill(server)
  const granted = await server.call('organiser', 'POST', `/api/campaigns/${drill.id}/assignments`, {
    role: 'checker',
    person: 'stranger',
    onBehalfOf: 'of-u3',
  })
  t.equal(granted.status, 201)
  for (const unit of ['u2', 'u3']) await drill.ask(`of-${unit}`, unit, 'report.submit', finding)
  const { json } = await drill.ask('stranger', 'u2', 'report.return', { reason: 'x' })
  t.match(json.transition.event.actor, {
    person: 'stranger',
    authority: { role: 'checker', onBehalfOf: 'of-u3' },
  })
  const recused = await drill.ask('stranger', 'u3', 'report.return', { reason: 'x' })
  t.match(recused.json, { code: 'recused' })
})

void t.test('an assignment holds from, until, and not after it was revoked', async (t) => {
  const server = await drillServer(t)
  const drill = await beginDrill(server)
  const path = `/api/campaigns/${drill.id}/assignments`
  const body = {
    role: 'reporter',
    person: 'stranger',
    unit: 'u4',
    from: '2026-04-05T00:00:00+08:00',
    until: '2026-04-10T00:00:00+08:00',
  }
  const granted = await server.call('organiser', 'POST', path, body)
  t.equal(granted.status, 201)
  const submit = (unit: string, person: string) => drill.ask(person, unit, 'report.submit', finding)
  const back = () => drill.ask('lead', 'u4', 'report.return', { reason: 'x' })

  server.clock.set('2026-04-04T15:59:59.999Z')
  t.match((await submit('u4', 'stranger')).json, { code: 'role_required' })
  server.clock.set('2026-04-04T16:00:00.000Z')
  t.equal((await submit('u4', 'stranger')).status, 200, 'from its first instant')
  await back()
  server.clock.set('2026-04-09T15:59:59.999Z')
  t.equal((await submit('u4', 'stranger')).status, 200)
  await back()
  server.clock.set('2026-04-09T16:00:00.000Z')
  t.match((await submit('u4', 'stranger')).json, { code: 'role_required' }, 'not at «until»')

  const { json } = await server.call('organiser', 'GET', path)
  const mine = json.items.find((one: { person: string }) => one.person === 'of-u5')
  const revoke = () => server.call('organiser', 'DELETE', `${path}/${mine.id}?reason=left`)
  t.equal((await revoke()).status, 200)
  t.match((await submit('u5', 'of-u5')).json, { code: 'role_required' })
  t.match((await revoke()).json, { status: 404, code: 'unknown_assignment' })
  const unknown = `${path}/00000000-0000-4000-8000-000000000000?reason=x`
  t.match((await server.call('organiser', 'DELETE', unknown)).json, { code: 'unknown_assignment' })
})

void t.test('a revocation and a command at the same moment: one of them comes first', async (t) => {
  const server = await drillServer(t)
  const drill = await beginDrill(server)
  const path = `/api/campaigns/${drill.id}/assignments`
  const { json } = await server.call('organiser', 'GET', path)
  const mine = json.items.find((one: { person: string }) => one.person === 'of-u5')
  const [revoked, submitted] = await Promise.all([
    server.call('organiser', 'DELETE', `${path}/${mine.id}?reason=left`),
    drill.ask('of-u5', 'u5', 'report.submit', none),
  ])
  t.equal(revoked.status, 200)
  t.match(submitted.status, /200|403/u)
  const verdict = await server.call('auditor', 'GET', `/api/campaigns/${drill.id}/verify`)
  t.match(verdict.json, { ok: true })
})

void t.test('administrators and the organisers above steer, others do not', async (t) => {
  const server = await drillServer(t)
  const drill = await planDrill(server)
  const extend = (person: string) =>
    drill.ask(person, 'root', 'campaign.extend', {
      dates: { mended: person === 'admin' ? '2026-05-22' : '2026-05-21' },
      reason: 'x',
    })
  t.equal((await extend('organiser')).status, 200)
  t.equal((await extend('admin')).status, 200)
  t.match((await extend('otherOrganiser')).json, { status: 404 }, 'not even seen')
  t.match((await extend('lead')).json, { status: 403 })

  const create = (person: string) =>
    server.call(person, 'POST', '/api/campaigns', {
      definition: 'drill',
      title: 'x',
      startsOn: '2026-04-01',
      units: ['u1'],
      organiser: 'bureau',
    })
  t.match((await create('otherOrganiser')).json, { status: 403, code: 'forbidden' })
  t.match((await create('of-u1')).json, { status: 403, code: 'forbidden' })
  t.equal((await create('admin')).status, 201)
  for (const path of ['/api/units', '/api/people']) {
    const body = path === '/api/units' ? { units: [] } : { people: [] }
    t.match((await server.call('organiser', 'PUT', path, body)).json, { status: 403 }, path)
  }
  t.match((await server.call('of-u1', 'GET', '/api/people')).json, { status: 403 })
})

void t.test('an officer sees the root and their own unit, and of the rest not that it exists', async (t) => {
  const server = await drillServer(t)
  const drill = await beginDrill(server)
  for (const unit of ['u1', 'u2']) await drill.ask(`of-${unit}`, unit, 'report.submit', finding)
  await server.scheduler.catchUp()
  const base = `/api/campaigns/${drill.id}`
  const u2 = await drill.find('u2')
  const hidden = await drill.find('u2/0')
  for (const id of [u2, hidden]) {
    for (const path of ['', '/history', '/replay']) {
      const { json } = await server.call('of-u1', 'GET', `${base}/instances/${id}${path}`)
      t.match(json, { status: 404, code: 'not_found' }, path)
    }
  }
  const asked = await drill.ask('of-u1', 'u2', 'report.submit', none)
  t.match(asked.json, { status: 404, code: 'not_found' })

  const board = await server.call('of-u1', 'GET', `${base}/instances`)
  t.same(
    board.json.items.map((one: { kind: string; unit: string }) => [one.kind, one.unit]),
    [
      ['campaign', null],
      ['finding', 'u1'],
      ['unit', 'u1'],
    ],
  )
  const ours = new Set(board.json.items.map((one: { id: string }) => one.id))
  const history = await server.call('of-u1', 'GET', `${base}/history?limit=500`)
  t.equal(
    history.json.items.every((one: { instance: string }) => ours.has(one.instance)),
    true,
  )
  const stream = await server.call('of-u1', 'GET', `${base}/history`, undefined, {
    accept: 'application/x-ndjson',
  })
  const streamed = stream.text.trimEnd().split('\n')
  t.equal(
    streamed.every((line) => ours.has(JSON.parse(line).instance)),
    true,
  )
  const transcript = await server.call('of-u1', 'GET', `${base}/history`, undefined, {
    accept: 'text/plain',
  })
  t.notMatch(transcript.text, /u2/u)
  const due = await server.call('of-u1', 'GET', `${base}/deadlines?limit=500`)
  t.equal(
    due.json.items.every((one: { instance: string }) => ours.has(one.instance)),
    true,
  )
  t.match((await server.call('of-u1', 'GET', `${base}/verify`)).json, { status: 403 })
  const tasks = await server.call('of-u1', 'GET', '/api/tasks')
  t.equal(
    tasks.json.items.every((one: { instance: string }) => ours.has(one.instance)),
    true,
  )
  const held = await server.call('of-u1', 'GET', `${base}/assignments`)
  t.equal(
    held.json.items.some((one: { unit?: string }) => one.unit === 'u2'),
    false,
  )

  for (const path of ['', '/instances', '/history', '/verify', '/assignments', '/deadlines']) {
    const { json } = await server.call('stranger', 'GET', `${base}${path}`)
    t.match(json, { status: 404, code: 'not_found' }, `a stranger: ${path}`)
  }
  const theirs = await server.call('stranger', 'GET', '/api/campaigns')
  t.same(theirs.json.items, [])
})

void t.test('an auditor reads everything and changes nothing', async (t) => {
  const server = await drillServer(t)
  const drill = await beginDrill(server)
  await drill.ask('of-u1', 'u1', 'report.submit', finding)
  await server.scheduler.catchUp()
  const before = await whole(server.db)
  const base = `/api/campaigns/${drill.id}`
  for (const path of [
    '',
    '/instances',
    `/instances/${await drill.find('u1')}`,
    `/instances/${await drill.find('u1')}/history`,
    `/instances/${await drill.find('u1/0')}/replay`,
    '/history',
    '/verify',
    '/assignments',
    '/deadlines',
    '/dates/reports',
  ]) {
    t.equal((await server.call('auditor', 'GET', `${base}${path}`)).status, 200, path)
  }
  const board = await server.call('auditor', 'GET', `${base}/instances/${await drill.find('u1')}`)
  t.same(board.json.commands, [])
  t.same((await server.call('auditor', 'GET', '/api/tasks')).json.items, [])
  const { json } = await server.call('auditor', 'GET', `${base}/assignments`)
  for (const refused of [
    await drill.ask('auditor', 'u1', 'report.return', { reason: 'x' }),
    await drill.ask('auditor', 'root', 'campaign.suspend', { reason: 'x' }),
    await server.call('auditor', 'POST', `${base}/assignments`, {
      role: 'lead',
      person: 'auditor',
    }),
    await server.call('auditor', 'DELETE', `${base}/assignments/${json.items[0].id}?reason=x`),
    await server.call('auditor', 'PUT', '/api/units', { units: [] }),
    await server.call('auditor', 'PUT', '/api/people', { people: [] }),
  ]) {
    t.match(refused.json, { status: 403 })
  }
  t.same(await whole(server.db), before)
})

void t.test('what an instance offers is what its commands then accept', async (t) => {
  const server = await drillServer(t)
  const drill = await beginDrill(server)
  await drill.ask('of-u1', 'u1', 'report.submit', finding)
  server.clock.set(at.checksOpen)
  await server.scheduler.catchUp()
  const payloads: { [command: string]: object } = {
    'report.late': none,
    'report.return': { reason: 'x' },
    'finding.mend': { how: 'x' },
    'drill.end': {},
    'drill.hurry': {},
    'drill.begin': {},
    'report.submit': none,
    'finding.check': { good: true },
    'finding.break': {},
  }
  for (const person of ['lead', 'checker', 'checkerOfU1', 'of-u1', 'of-u2']) {
    for (const target of ['root', 'u1', 'u2', 'u1/0']) {
      const id = await drill.find(target)
      const path = `/api/campaigns/${drill.id}/instances/${id}`
      const { json, status } = await server.call(person, 'GET', path)
      if (status === 404) continue
      const offered = json.commands.map((one: { command: string }) => one.command)
      for (const [command, payload] of Object.entries(payloads)) {
        if (offered.includes(command)) continue
        const { json: answer } = await drill.ask(person, target, command, payload)
        t.match(
          answer.code,
          /role_required|recused|four_eyes|late|not_yet_open|wrong_state/u,
          `${person} ${command} ${target} was not offered`,
        )
      }
    }
  }
})

async function lastRefusal({ db }: DrillServer): Promise<object | undefined> {
  return db.selectFrom('refusal').selectAll().orderBy('id', 'desc').limit(1).executeTakeFirst()
}
