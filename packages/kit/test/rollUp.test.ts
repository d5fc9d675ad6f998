import { defineCampaign, open, type CampaignFacts, type Instance } from '@duban/engine'
import fc from 'fast-check'
import t from 'tap'
import { periods, type Period } from '../src/obligation/index.ts'
import { adder, rollUp, type Totals } from '../src/rollUp/index.ts'
import { startPlay, type Play } from './player.ts'
import { treePlan } from './tree.ts'

const figures = {
  planted: { title: { zh: '造林（亩）', en: 'Planted' }, decimals: 1 },
  fires: { title: { zh: '火情（起）', en: 'Fires' } },
  steepest: { title: { zh: '最大坡度', en: 'Steepest' }, add: 'max' },
  least: { title: { zh: '最少巡护次数', en: 'Fewest patrols' }, add: 'min' },
} as const
const sums = adder(figures)

const given = fc.record({
  planted: fc.integer({ min: 0, max: 10_000_000 }).map((tenths) => tenths / 10),
  fires: fc.integer({ min: 0, max: 1_000_000 }),
  steepest: fc.integer({ min: 0, max: 90 }),
  least: fc.integer({ min: 0, max: 90 }),
})
const add = (all: Totals[]): Totals => all.reduce(sums.add as never, sums.none)

void t.test('order does not matter', async (t) => {
  fc.assert(
    fc.property(fc.array(given), fc.infiniteStream(fc.nat()), (villages, chance) => {
      const ones = villages.map(sums.one)
      const shuffled = ones.toSorted(() => (chance.next().value ?? 0) % 2 || -1)
      t.strictSame(add(shuffled), add(ones))
    }),
  )
})

void t.test('grouping does not matter, and who has nothing adds nothing', async (t) => {
  fc.assert(
    fc.property(fc.array(fc.array(given)), (towns) => {
      const ones = towns.map((villages) => villages.map(sums.one))
      t.strictSame(add(ones.map((town) => add([...town, sums.none]))), add(ones.flat()))
    }),
  )
})

void t.test('sums are exact, largest and smallest are some village’s own', async () => {
  fc.assert(
    fc.property(fc.array(given, { minLength: 1 }), (villages) => {
      const all = add(villages.map(sums.one))
      const tenths = villages.reduce((sum, { planted }) => sum + Math.round(planted * 10), 0)
      return (
        all.count === villages.length &&
        all['planted'] === tenths / 10 &&
        all['steepest'] === Math.max(...villages.map(({ steepest }) => steepest)) &&
        all['least'] === Math.min(...villages.map(({ least }) => least))
      )
    }),
  )
})

void t.test('what a village fills in is checked', async (t) => {
  const good = { planted: 1.5, fires: 0, steepest: 1, least: 0 }
  t.ok(sums.schema.safeParse(good).success)
  t.notOk(sums.schema.safeParse({ ...good, fires: -1 }).success)
  t.notOk(sums.schema.safeParse({ ...good, fires: 0.5 }).success)
  t.notOk(sums.schema.safeParse({ ...good, foxes: 1 }).success)
})

const title = { zh: '季度进展', en: 'Quarterly progress' }
const quarterly = rollUp({
  figures: { planted: figures.planted, fires: figures.fires },
  levels: [
    { kind: 'villageReport', title: { zh: '村季度报告', en: 'Village report' }, by: ['chief'] },
    { kind: 'townReport', title: { zh: '镇季度报告', en: 'Town report' }, by: ['townOffice'] },
    { kind: 'quarter', title: { zh: '县季度汇总', en: 'Quarter' }, by: ['office'] },
  ],
})
const campaign = defineCampaign({
  id: 'progress',
  version: 1,
  title,
  roles: {
    office: { title, scope: 'campaign' },
    lead: { title, scope: 'campaign' },
    townOffice: { title, scope: 'unit' },
    chief: { title, scope: 'unit' },
  },
  dates: { ...quarterly.dates, closes: { title, due: '12-31' } },
  commands: {
    'plan.end': { title, by: ['lead'], payload: sums.schema, opens: 'closes' },
    ...quarterly.commands,
  },
  messages: { ...quarterly.messages },
  machines: ({ machine }) => ({
    campaign: machine<{ quarters: Period[] }, CampaignFacts>().createMachine({
      meta: { title },
      context: ({ input }) => ({
        quarters: periods({ from: input.startsOn, to: '2026-06-30', every: 'quarter' }),
      }),
      initial: 'running',
      states: {
        running: {
          meta: { title },
          entry: open('quarter', { each: 'context.quarters' }),
          on: { 'every.quarter.collated': 'over', 'plan.end': 'over' },
        },
        over: { meta: { title }, type: 'final' },
      },
    }),
    ...quarterly.kinds,
  }),
})

const units = ['qing', 'qing/bei', 'qing/nan', 'liu', 'liu/xi']
const people = {
  ma: ['office'],
  bai: ['lead'],
  qin: ['townOffice@qing'],
  he: ['townOffice@liu'],
  ding: ['chief@bei'],
  gu: ['chief@nan'],
  shi: ['chief@xi'],
}
const at = (play: Play, kind: string, unit: string | null): Instance => {
  const found = play.instances(kind).find((one) => one.unit === unit)
  if (!found) throw new Error(`no ${kind} of ${unit}`)
  return found
}
const said = (planted: number, fires: number) => ({
  figures: { planted, fires },
  summary: '如实。',
})
const summary = { summary: '汇总情况。' }

void t.test('villages report, towns collate, the county has sums and names nobody twice', async (t) => {
  const play = startPlay(campaign, treePlan(units, people))
  t.equal(play.instances('quarter').length, 2)
  t.equal(play.instances('villageReport').length, 3, 'the second quarter asks nobody yet')
  t.equal(play.say('ding', 'villageReport.submit', at(play, 'villageReport', 'bei'), said(0.1, 1)), 'ok')
  t.equal(play.say('gu', 'villageReport.submit', at(play, 'villageReport', 'nan'), said(0.5, 0)), 'ok')
  t.equal(play.state(at(play, 'townReport', 'qing')), '待汇总')
  t.equal(
    play.say('qin', 'villageReport.return', at(play, 'villageReport', 'nan'), {
      reason: '数据有误',
    }),
    'ok',
  )
  t.match(play.context(at(play, 'townReport', 'qing')), {
    missing: ['nan'],
    totals: { count: 1 },
  })
  t.equal(play.say('gu', 'villageReport.submit', at(play, 'villageReport', 'nan'), said(0.2, 2)), 'ok')
  t.equal(play.say('qin', 'townReport.collate', at(play, 'townReport', 'qing'), summary), 'ok')
  t.equal(play.state(at(play, 'quarter', null)), '收集中')

  play.goTo('2026-04-01 00:00')
  t.equal(play.state(at(play, 'villageReport', 'xi')), '逾期未报')
  t.equal(play.instances('villageReport').length, 6, 'the second quarter begins by its day')
  play.goTo('2026-04-11 00:00')
  t.equal(play.say('he', 'townReport.collate', at(play, 'townReport', 'liu'), summary), 'ok')
  const [first] = play.instances('quarter')
  if (!first) throw new Error('there are two')
  t.match(play.context(first), {
    totals: { count: 2, planted: 0.3, fires: 3 },
    rows: {},
    asked: 2,
    heard: 2,
    missingCount: 1,
  })
  t.match(play.context(at(play, 'townReport', 'liu')), { missing: ['xi'] })
  t.equal(play.say('ma', 'quarter.collate', first, summary), 'ok')
  t.equal(play.state(first), '已汇总')
  t.ok(play.proves())
})

void t.test('a late village makes up with a reason as long as its town has not collated', async (t) => {
  const play = startPlay(campaign, treePlan(units, people))
  play.goTo('2026-04-02 09:00')
  const village = at(play, 'villageReport', 'xi')
  t.equal(play.say('shi', 'villageReport.submit', village, said(1, 1)), 'wrong_state')
  t.equal(play.say('shi', 'villageReport.makeUp', village, { ...said(1, 1), reason: '停电' }), 'ok')
  t.match(play.context(at(play, 'townReport', 'liu')), { missing: [], totals: { planted: 1 } })
  t.ok(play.proves())
})

void t.test('options that cannot be are refused at load', async (t) => {
  const level = { kind: 'town', title, by: ['office'] }
  t.throws(() => adder({}), /at least one figure/u)
  t.throws(() => adder({ count: { title } }), /kept for/u)
  t.throws(() => rollUp({ figures, levels: [level] as never }), /at least two/u)
  t.throws(() => rollUp({ figures, levels: [{ ...level, by: [] }, level] as never }), /one role/u)
})

void t.test('a single round, without a period, begins at once', async (t) => {
  const once = { no: 1, title, from: null, to: null, due: '2026-01-30' }
  const single = defineCampaign({
    id: 'single',
    version: 1,
    title,
    roles: {
      office: { title, scope: 'campaign' },
      townOffice: { title, scope: 'unit' },
      chief: { title, scope: 'unit' },
    },
    dates: { ...quarterly.dates },
    commands: { ...quarterly.commands },
    messages: { ...quarterly.messages },
    machines: ({ machine }) => ({
      campaign: machine<{ once: typeof once }>().createMachine({
        meta: { title },
        context: { once },
        initial: 'running',
        states: {
          running: {
            meta: { title },
            entry: open('quarter', { from: 'context.once' }),
            on: { 'every.quarter.collated': 'over' },
          },
          over: { meta: { title }, type: 'final' },
        },
      }),
      ...quarterly.kinds,
    }),
  })
  const few = { ma: ['office'], he: ['townOffice@liu'], shi: ['chief@xi'] }
  const play = startPlay(single, treePlan(['liu', 'liu/xi'], few))
  t.equal(play.say('shi', 'villageReport.submit', at(play, 'villageReport', 'xi'), said(2, 0)), 'ok')
  t.equal(play.say('he', 'townReport.collate', at(play, 'townReport', 'liu'), summary), 'ok')
  t.equal(play.say('ma', 'quarter.collate', at(play, 'quarter', null), summary), 'ok')
  t.equal(play.root().state.status, 'done')
})
