import { definitions, demoBureau } from '@duban/definitions'
import t from 'tap'
import { playBlindly } from './blindPlayer.ts'
import { bureauPlan, bureauServer } from './harness.ts'

// Months in seconds, by a script that knows nothing but the API.
for (const { id, name } of definitions) {
  void t.test(`${name} can be played to its end from tasks and schemas alone`, async (t) => {
    const server = await bureauServer(t)
    const made = await server.call('lin-shuwen', 'POST', '/api/campaigns', bureauPlan(id))
    t.equal(made.status, 201)
    t.same(made.json.warnings, [], 'the demo bureau staffs every role')
    const { done, refused } = await playBlindly(
      server,
      made.json.id,
      demoBureau.people,
      'shao-jingyuan',
    )
    t.comment(`${done.length} commands, refused: ${[...new Set(refused)].join('; ')}`)
    const verdict = await server.call(
      'shao-jingyuan',
      'GET',
      `/api/campaigns/${made.json.id}/verify`,
    )
    t.match(verdict.json, { ok: true, findings: [] })
  })
}
