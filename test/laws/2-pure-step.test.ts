import { replay, type CampaignFacts, type Instance, type StoredTransition, type Transition } from '@duban/engine'
import { hash } from 'node:crypto'
import t from 'tap'
import { drill as definition } from '../definitions/drill.ts'
import { at, beginDrill, drillServer } from '../drill.ts'

void t.test('an exported history replays offline, to the same bytes, with the engine alone', async (t) => {
  const server = await drillServer(t)
  const drill = await beginDrill(server)
  await drill.ask('of-u1', 'u1', 'report.submit', { findings: [{ what: 'a' }, { what: 'b' }] })
  await drill.ask('organiser', 'root', 'campaign.extend', {
    // Not in alphabetical order, and not in that of the definition.
    dates: { mended: '2026-05-25', ends: '2026-05-26', checksOpen: '2026-04-22' },
    reason: 'flood',
  })
  server.clock.set('2026-05-02T00:00:00.000Z')
  await drill.ask('of-u1', 'u1/0', 'finding.mend', { how: 'x' })
  await drill.ask('checker', 'u1/0', 'finding.check', { good: false })
  server.clock.set('2026-07-01T00:00:00.000Z')
  await server.scheduler.catchUp()

  const { text } = await server.call('auditor', 'GET', `/api/campaigns/${drill.id}/history`, undefined, {
    accept: 'application/x-ndjson',
  })
  const lines = text.trimEnd().split('\n')
  const heads = await server.db.selectFrom('instance').select(['id', 'head']).execute()
  // From here on nothing but the lines.
  const kept = lines.map((line): Transition & { hash: string } => JSON.parse(line))
  const opening = kept[0]?.event as { campaign: CampaignFacts }
  const histories = Map.groupBy(kept, ({ instance }) => instance)
  const replayed = new Map<string, Instance>()
  for (const [id, history] of histories) {
    const { instance, mismatch } = replay(definition, opening.campaign, history.map(keptOf))
    t.equal(mismatch, null, id)
    if (instance) replayed.set(id, instance)
  }
  t.same(
    heads.map(({ id, head }) => [id, replayed.get(id)?.head === head]),
    heads.map(({ id }) => [id, true]),
  )
  t.equal(replayed.size, heads.length)
})

void t.test('a state at an instant, or of a version, is recomputed and matches', async (t) => {
  const server = await drillServer(t)
  const drill = await beginDrill(server)
  const u1 = `/api/campaigns/${drill.id}/instances/${await drill.find('u1')}`
  server.clock.set(at.afterReports)
  await server.scheduler.catchUp()
  const before = await server.call('auditor', 'GET', `${u1}/replay?at=${at.beforeReports}`)
  t.match(before.json, { matches: true, mismatch: null, instance: { state: 'reporting' } })
  const after = await server.call('auditor', 'GET', `${u1}/replay?at=${at.reports}`)
  t.match(after.json, { matches: true, instance: { state: 'overdue' } })
  const first = await server.call('auditor', 'GET', `${u1}/replay?version=1`)
  t.match(first.json, { matches: true, instance: { version: 1, state: 'reporting' } })
  const never = await server.call('auditor', 'GET', `${u1}/replay?at=2026-03-01T00:00:00Z`)
  t.match(never.json, { status: 404, code: 'not_found' })
})

/** The record is the canonical form of what the line shows beside its hash and `recordedAt`. */
function keptOf(line: Transition & { hash: string }): StoredTransition {
  const { hash: shown, recordedAt: _, ...transition } = line as typeof line & { recordedAt: string }
  const record = canonicalByHand(transition)
  if (hash('sha256', record, 'hex') !== shown) throw new Error(`version ${line.version}: other hash`)
  return { version: line.version, record, hash: shown }
}

/** RFC 8785 for what histories hold: strings, integers, booleans, null; written again to check ours. */
function canonicalByHand(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalByHand).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([key, one]) => `${JSON.stringify(key)}:${canonicalByHand(one)}`).join(',')}}`
}
