import { catalogue } from '@duban/definitions'
import t from 'tap'
import { run } from '../src/cli.ts'
import { doneWhile, paths, pathsText, searching, walk, type Watched } from '../src/paths/index.ts'
import { duban } from './duban.ts'

const entry = catalogue.find(({ definition }) => definition.id === 'deputy-suggestions')
if (!entry) throw new Error('the suggestions of deputies are offered')
const result = paths({ entry })
const movesTo = (state: string): number | undefined => result.paths.find((path) => path.state === state)?.story.length

void t.test('there is a story to every state', async (t) => {
  t.strictSame(result.unreached, [])
  t.equal(movesTo('campaign.preparing'), 0)
  t.equal(movesTo('campaign.calling'), 1, 'the letter went out')
  t.equal(movesTo('campaign.assignOverdue'), 3, 'it went out, somebody filed, and nobody assigned it')
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
  t.match(text, /campaign\.assignOverdue: 3 moves, 1 unit\n(?: {2}.*\n){2} {2}2026-10-21 00:00 {2}time has passed/u)
})

void t.test('what is not reached within the looks allowed is listed', async (t) => {
  const short = paths({ entry, looks: 2, seeds: 0, units: 1 })
  t.ok(short.unreached.includes('campaign.closed'))
  t.match(pathsText(entry, short), /not reached: .*campaign\.closed/u)
})

void t.test('what the search does not find, a random campaign does, and is told in short', async (t) => {
  const chance = paths({ entry, looks: 2, seeds: 1, units: 2 })
  const closed = chance.paths.find(({ state }) => state === 'campaign.closed')
  if (!closed) return t.fail('some random campaign comes to its end')
  t.ok(closed.story.length < 60, `${closed.story.length} moves`)
  t.equal(walk(entry, closed).root().state.status, 'done')
})

void t.test('a search that is stopped tells what was found by then, and lists the rest', async (t) => {
  const told: Watched[] = []
  const some = await doneWhile(
    searching({ entry, units: 1 }),
    (now) => told.push(now) < 15,
    () => performance.now(),
  )
  t.ok(some.paths.length > 1 && some.unreached.length > 1)
  t.equal(some.paths.length + some.unreached.length, 27, 'no state is forgotten')
  for (const path of some.paths) t.equal(walk(entry, path).proves().length, 0, path.state)
  t.match(told[0], { doing: 'looking', n: 1, of: 300, units: 1, states: 27 })
  t.ok(told.every(({ found }, n) => found >= (told[n - 1]?.found ?? 0)))
  t.strictSame(
    await doneWhile(
      searching({ entry, looks: 5, seeds: 0 }),
      () => true,
      () => 0,
    ),
    paths({ entry, looks: 5, seeds: 0 }),
    'watching changes nothing',
  )
})

void t.test('the command stops when its time is over, and says how to give it more', async (t) => {
  const said = await duban(['paths', 'deputy-suggestions', '--seconds', '0'], { lang: 'en' })
  t.match(said, { status: 0, err: /0 seconds are over; this is what was found by then/u })
  t.match(said.out, /campaign\.preparing: 0 moves/u)
  t.match(said.out, /not reached: .*campaign\.closed/u)
  t.match(await duban(['paths', 'deputy-suggestions', '--seconds', 'soon']), { status: 2 })
})

void t.test('interrupted, it prints what it has; where somebody watches, it says how far it is', async (t) => {
  const lines: string[] = []
  let [out, err, left] = ['', '', false]
  const status = await run(['paths', 'deputy-suggestions', '--json'], {
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    env: { LANG: 'zh_CN.UTF-8' },
    cwd: '.',
    progress: (line) => void lines.push(line),
    onInterrupt: (interrupted) => {
      const timer = setTimeout(interrupted, 300)
      return () => {
        clearTimeout(timer)
        left = true
      }
    },
  })
  t.match({ status, err, left }, { status: 0, err: '', left: true })
  const all = JSON.parse(out) as ReturnType<typeof paths> & { stopped: string }
  t.equal(all.stopped, 'interrupt')
  t.ok(all.paths.length > 0 && all.unreached.length > 0)
  t.match(lines[0], /^\d+ 秒，1 个单位，查看 1\/300，已到达 \d+\/27 个状态$/u)
  t.equal(lines.at(-1), '', 'the line is cleared')
})
