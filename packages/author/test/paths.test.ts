import { catalogue } from '@duban/definitions'
import t from 'tap'
import { paths, pathsText, walk } from '../src/paths/index.ts'

const entry = catalogue.find(({ definition }) => definition.id === 'legal-health-check')
if (!entry) throw new Error('the legal health check is offered')
const result = paths({ entry })
const movesTo = (state: string): number | undefined =>
  result.paths.find((path) => path.state === state)?.story.length

void t.test('there is a story to every state', async (t) => {
  t.strictSame(result.unreached, [])
  t.equal(movesTo('campaign.drafting'), 0)
  t.equal(movesTo('campaign.selfCheck'), 2, 'submitted and approved')
  t.equal(movesTo('unit.overdue'), 3, 'and then the 18th passes')
})

void t.test('each can be walked again, and no move of it is idle', async (t) => {
  // Every state can be reached again; a few stories are tried without each of their moves, which takes long.
  for (const [index, path] of result.paths.entries()) {
    const world = walk(entry, path)
    t.equal(world.proves().length, 0, path.state)
    if (index % 6 !== 0) continue
    for (const [n] of path.story.entries()) {
      const story = path.story.filter((_, m) => m !== n)
      t.throws(() => walk(entry, { ...path, story }), path.state)
    }
  }
})

void t.test('the same search finds the same', async (t) => {
  const few = { entry, looks: 20, seeds: 0, units: 1 }
  t.strictSame(paths(few), paths(few))
})

void t.test('they read as who does what on which day', async (t) => {
  const text = pathsText(entry, result)
  t.match(text, 'legal-health-check@1: 33 of 33 states reached')
  t.match(
    text,
    /unit\.overdue: 3 moves, 1 unit\n(?: {2}.*\n){2} {2}2026-04-19 00:00 {2}time has passed/u,
  )
})

void t.test('what is not reached within the looks allowed is listed', async (t) => {
  const short = paths({ entry, looks: 2, seeds: 0, units: 1 })
  t.ok(short.unreached.includes('campaign.closed'))
  t.match(pathsText(entry, short), /not reached: .*campaign\.closed/u)
})

void t.test(
  'what the search does not find, a random campaign does, and is told in short',
  async (t) => {
    const chance = paths({ entry, looks: 2, seeds: 3, units: 2 })
    const closed = chance.paths.find(({ state }) => state === 'campaign.closed')
    if (!closed) return t.fail('some random campaign comes to its end')
    t.ok(closed.story.length < 60, `${closed.story.length} moves`)
    t.equal(walk(entry, closed).root().state.status, 'done')
  },
)
