import t from 'tap'
import { beginDrill, drillDatabase, serveDrill } from '../drill.ts'
import { recordedLog } from './recorded.ts'
import { cuttable } from './wire.ts'

void t.test('a network that swallows everything is noticed, and left behind', async (t) => {
  const { url } = await drillDatabase(t)
  const line = await cuttable(t, url)
  const { log, lines } = recordedLog()
  const server = await serveDrill(t, line.url, { log, silence: 1_000 })
  const drill = await beginDrill(server)
  const unit = await drill.find('u1')
  const asked = () =>
    server.call('of-u1', 'POST', `/api/campaigns/${drill.id}/instances/${unit}/commands`, {
      command: 'report.submit',
      payload: { findings: [] },
    })

  line.hush()
  lines.length = 0
  const began = performance.now()
  const unavailable = { status: 503, code: 'database_unavailable' }
  t.match((await server.call('admin', 'GET', '/api/units')).json, unavailable)
  t.match((await asked()).json, unavailable, 'a command, too')
  t.ok(performance.now() - began < 45_000, 'nobody waits for as long as without it')
  const requests = lines.filter(({ reqId }) => reqId !== undefined)
  t.equal(requests.length, 2, 'each is logged once')

  line.restore()
  // On a connection whose answer was swallowed the next statement waits, too, and ends as unavailable.
  for (let n = 0; n < 12; n += 1) {
    t.equal((await server.call('admin', 'GET', '/api/units')).status, 200, 'no silent connection was kept')
  }
  t.equal((await asked()).status, 200, 'nor one of the executor')
})
