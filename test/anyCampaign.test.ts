import { catalogue } from '@duban/definitions'
import { playBlindly } from '@duban/examples/blindly.ts'
import t from 'tap'
import { bureauPlan, bureauServer } from './harness.ts'

// Months in seconds, by a script that knows nothing but the API.
for (const { definition, demo } of catalogue) {
  void t.test(`${definition.name} can be played to its end from tasks and schemas alone`, async (t) => {
    const startAt = `${demo.startsOn}T01:00:00.000Z`
    const server = await bureauServer(t, { startAt })
    const plan = bureauPlan(definition.id)
    const made = await server.call(demo.organiser, 'POST', '/api/campaigns', plan)
    t.equal(made.status, 201)
    await server.scheduler.catchUp()
    t.same(made.json.warnings, [], 'the demo organisation staffs every role')
    const { done, refused } = await playBlindly(
      {
        ask: async (person, path) => (await server.call(person, 'GET', path)).json,
        act: async (person, { campaign, instance }, command, payload) => {
          const path = `/api/campaigns/${campaign}/instances/${instance}/commands`
          const { status, json } = await server.call(person, 'POST', path, { command, payload })
          // What a running server does by itself after each commit: children open, messages arrive.
          await server.scheduler.catchUp()
          return status === 200 ? undefined : json
        },
        advanceTo: server.advanceTo,
      },
      made.json.id,
      [...new Set(demo.duties.map(({ person }) => person))],
      'shao-jingyuan',
    )
    t.comment(`${done.length} commands, refused: ${[...new Set(refused)].join('; ')}`)
    const path = `/api/campaigns/${made.json.id}/verify`
    const verdict = await server.call('shao-jingyuan', 'GET', path)
    t.match(verdict.json, { ok: true, findings: [] })
  })
}
