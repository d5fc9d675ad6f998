import { catalogue } from '@duban/definitions'
import t from 'tap'
import { paths, pathsText, walk } from '../src/paths/index.ts'

const entry = catalogue.find(({ definition }) => definition.id === 'deputy-suggestions')
if (!entry) throw new Error('the suggestions of deputies are offered')
const result = paths({ entry })
const movesTo = (state: string): number | undefined =>
  result.paths.find((path) => path.state === state)?.story.length

void t.test('there is a story to every state', async (t) => {
  t.strictSame(result.unreached, [])
  t.equal(movesTo('campaign.preparing'), 0)
  t.equal(movesTo('campaign.calling'), 1, 'the letter went out')
  t.equal(
    movesTo('campaign.assignOverdue'),
    3,
    'it went out, somebody filed, and nobody assigned it',
  )
})

void t.test('each can be walked again, and no move of it is idle', async (t) => {
  for (const path of result.paths) {
    const world = walk(entry, path)
    t.equal(world.proves().length, 0, path.state)
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
  t.match(text, 'deputy-suggestions@1: 27 of 27 states reached')
  t.match(
    text,
    /campaign\.assignOverdue: 3 moves, 1 unit\n(?: {2}.*\n){2} {2}2026-10-21 00:00 {2}time has passed/u,
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
