import { catalogue } from '@duban/definitions'
import t from 'tap'
import { simulate, simulationText } from '../src/simulate/index.ts'
import { lossy } from './lossy.ts'

const lost = simulate({ entry: lossy, runs: 20 })
const text = simulationText(lost)

void t.test('a message that nobody hears is told with who, where and a seed', async (t) => {
  t.match(lost.unheard, [{ message: 'unit.news', from: ['unit'], kind: 'campaign', state: 'summing' }])
  const { times = 0, seed = 0 } = lost.unheard[0] ?? {}
  t.match(
    text,
    `  unheard: unit told «unit.news» to campaign in «summing», which does not hear it: ${times} times, with seed ${seed} first`,
  )
  const again = simulate({ entry: lossy, seed })
  t.equal(again.unheard.length, 1, 'the seed shows it')
  const before = simulate({ entry: lossy, runs: seed - 1 })
  t.strictSame(before.unheard, [], 'and is the first that does')
})

void t.test('a child that could not be opened is told, and why', async (t) => {
  t.match(lost.unopened, [{ kind: 'matter', by: 'campaign', code: 'machine_failed' }])
  t.match(text, /not opened: a matter of campaign, machine_failed \(.*"soon".*\): \d+ times/u)
})

void t.test('a child on which nobody can do what is to be done is told', async (t) => {
  t.match(lost.forsaken, [{ kind: 'matter', unit: null, commands: ['matter.mend'] }])
  t.match(text, /nobody can do matter\.mend on a matter of no unit: \d+ times, with seed \d+ first/u)

  const [finance, ...others] = lossy.demo.duties.toReversed()
  const idle = simulate({
    entry: { ...lossy, demo: { ...lossy.demo, duties: others } },
    runs: 3,
  })
  t.ok(finance)
  t.match(
    idle.forsaken.find(({ kind }) => kind === 'unit'),
    { unit: 'county-office', commands: ['news.send'], times: 3, seed: 1 },
    'nobody holds the role there',
  )
})

void t.test('a plan that is well thought out has none of these', async (t) => {
  const entry = catalogue.find(({ definition }) => definition.id === 'deputy-suggestions')
  if (!entry) return t.fail('the suggestions of deputies are offered')
  t.match(simulate({ entry, runs: 3 }), { unheard: [], unopened: [], forsaken: [] })
})

void t.test('who came to no end is told with the seed and where everybody stood', async (t) => {
  const few = simulate({ entry: lossy, runs: 7, seed: 11, rounds: 0 })
  t.ok(few.endings.unfinished > 0)
  t.equal(few.unfinished.length, few.endings.unfinished)
  t.match(few.unfinished[0], {
    seed: 11,
    on: '2026-04-01',
    stood: { 'campaign.filing': 1, 'unit.working': 2 },
  })
  const told = simulationText(few)
  t.match(told, /seed 11 unfinished on 2026-04-01: unit\.working ×2, campaign\.filing/u)
  t.match(told, /and seeds 16, 17/u)
})

void t.test('more than a tenth that come to no end are a failure, unless a last day was asked for', async (t) => {
  const [entry] = catalogue
  if (!entry) return t.fail('there are definitions')
  const cut = simulate({ entry, runs: 2, rounds: 5 })
  t.strictSame(cut.failures, [])
  t.match(cut, { ok: false, tooManyUnfinished: true })
  t.match(simulationText(cut), 'FAILED: 2 of 2 came to no end, more than a tenth')
  const stopped = simulate({ entry, runs: 2, days: 3 })
  t.match(stopped, { ok: true, tooManyUnfinished: false, endings: { unfinished: 2 } })
})
