import t from 'tap'
import { beginDrill, drillServer, events } from '../drill.ts'
t.test('smoke', async (t) => {
  const server = await drillServer(t)
  const d = await beginDrill(server)
  console.error(await events(server, d.id, d.id))
  const a = await d.ask('of-u1', 'u1', 'report.submit', { findings: [{ what: 'a' }] })
  console.error(a.status, a.text)
})
