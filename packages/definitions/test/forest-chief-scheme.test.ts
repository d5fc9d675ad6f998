import type { Instance, Json } from '@duban/engine'
import t from 'tap'
import type { LevelContext } from '@duban/kit'
import type { TownContext } from '../src/forest-chief-scheme/v1/town.ts'
import type { VillageContext } from '../src/forest-chief-scheme/v1/village.ts'
import { forestChiefScheme } from '../src/forest-chief-scheme/v1.ts'
import { startPlay, type Play } from '../../kit/test/player.ts'
import { demoPlan } from './samples.ts'
import { story } from './story.ts'

const [qinghe, beigou, nanpo] = ['qinghe', 'qinghe-beigou', 'qinghe-nanpo'] as const
const chiefs: { [village: string]: string } = { [beigou]: 'ding-shan', [nanpo]: 'gu-ping' }
const villages = [beigou, nanpo]
const start = (units: string[] = [qinghe, ...villages]): Play =>
  startPlay(forestChiefScheme, demoPlan(units, 'forest-chief-scheme'))
const of = (play: Play, kind: string, unit: string | null = qinghe, n = 0): Instance => {
  const found = play.instances(kind).filter((one) => one.unit === unit)[n]
  if (!found) throw new Error(`no ${kind} of ${unit}`)
  return found
}
const town = (play: Play): TownContext => play.context(of(play, 'town')) as TownContext
/** Says it and insists that it is taken. */
function say(play: Play, person: string, command: string, on: Instance, payload: Json): void {
  const code = play.say(person, command, on, payload)
  if (code !== 'ok') throw new Error(`${command} by ${person}: ${code}`)
}

const scheme = { survey: '摸清各村林地。', scheme: '镇林长制方案。', structure: '两级林长。' }
const meeting = { on: '2026-11-03', resolutions: '正式启动。' }
const records: { [task: string]: Json } = {
  launch: meeting,
  pairing: { pairs: [{ member: '林业站长', village: beigou }] },
  filing: { papers: ['scheme', 'structure'] },
  goals: { goals: [{ village: beigou, forest: 1200, goal: '只增绿、不减绿' }] },
  roster: { officers: [{ officer: '杜建军', area: '北片', village: beigou }] },
  archive: { files: 86, boards: 3 },
  planting: { trees: 500, groups: '镇中心校、家庭林' },
}
const report = (patrols: number, planted: number): Json => ({
  figures: { patrols, stopped: 1, fires: 0, planted },
  summary: '按要求巡护。',
})
const visit = { on: '2026-12-03', attention: '备好巡护手册。' }
const good = { result: 'good', findings: '台账齐全。' }
const poor = { result: 'poor', findings: '巡护手册空白。' }
const why = { reason: '检查发现落实不力', whom: '南坡村林长' }

function prepare(play: Play): void {
  say(play, 'ma-chunlan', 'scheme.submit', of(play, 'town'), scheme)
  say(play, 'qin-hai', 'scheme.accept', of(play, 'town'), {})
}
function doTasks(play: Play, ...names: string[]): void {
  for (const name of names) {
    const who = name === 'planting' ? 'qin-hai' : 'ma-chunlan'
    say(play, who, `${name}.complete`, of(play, 'town'), records[name] ?? null)
  }
}
function plan(play: Play): void {
  for (const village of villages) {
    say(play, chiefs[village]!, 'policy.submit', of(play, 'village', village), { policy: '一策' })
  }
}
function check(play: Play, village: string, result: Json): void {
  say(play, 'ma-chunlan', 'check.announce', of(play, 'village', village), visit)
  say(play, 'ma-chunlan', 'check.record', of(play, 'village', village), result)
}
/** The nth quarter through all levels. */
function quarter(play: Play, n: number): void {
  for (const village of villages) {
    say(play, chiefs[village]!, 'villageReport.submit', of(play, 'villageReport', village, n), report(10, 0.5))
  }
  say(play, 'ma-chunlan', 'townReport.collate', of(play, 'townReport', qinghe, n), {
    summary: '汇总',
  })
  say(play, 'bai-yulin', 'quarter.collate', of(play, 'quarter', null, n), { summary: '县汇总' })
  say(play, 'ma-chunlan', 'meeting.record', of(play, 'meeting', qinghe, n), meeting)
}

void t.test('from the scheme to the county’s last quarter, stages side by side', async (t) => {
  const play = start()
  prepare(play)
  t.equal(play.say('ma-chunlan', 'goals.complete', of(play, 'town'), records['goals'] ?? null), 'ok')
  t.equal(town(play).tasks.goals?.late, false, 'two months early')
  doTasks(play, 'launch', 'pairing', 'filing')
  t.equal(
    play.say('ma-chunlan', 'check.announce', of(play, 'village', beigou), visit),
    'not_yet_open',
    'checks begin on 30 November',
  )
  play.goTo('2026-11-30 09:00')
  check(play, beigou, good)
  check(play, nanpo, good)
  say(play, 'ma-chunlan', 'results.publish', of(play, 'town'), { summary: '两村均好。' })
  plan(play)
  doTasks(play, 'roster')
  t.equal(
    play.say('ma-chunlan', 'roster.amend', of(play, 'town'), { officers: [], reason: '调动' }),
    'role_required',
    'changes are the police station’s to file',
  )
  play.goTo('2026-12-28 09:00')
  quarter(play, 0)
  const moved = {
    officers: [{ officer: '李明', area: '北片', village: beigou }],
    reason: '民警调动',
  }
  say(play, 'du-jianjun', 'roster.amend', of(play, 'town'), moved)
  t.match(town(play).tasks.roster, { amended: [{ reason: '民警调动', by: 'du-jianjun' }] })
  t.ok(play.notices.some(({ to, zh }) => to.includes('office') && zh.includes('变更：“一林一警”')))
  play.goTo('2027-02-20 09:00')
  doTasks(play, 'archive', 'planting')
  play.goTo('2027-03-30 09:00')
  say(play, 'ma-chunlan', 'summary.submit', of(play, 'town'), { summary: '半年总结。' })
  say(play, 'bai-yulin', 'summary.return', of(play, 'town'), { reason: '缺数据' })
  say(play, 'ma-chunlan', 'summary.submit', of(play, 'town'), { summary: '半年总结，附数据。' })
  say(play, 'bai-yulin', 'summary.accept', of(play, 'town'), {})
  t.equal(of(play, 'town').state.status, 'active', 'one meeting is not held yet')
  quarter(play, 1)
  t.equal(of(play, 'town').state.status, 'done')
  t.equal(play.root().state.status, 'done')
  t.ok(play.proves())
  story(t, 'forest-chief-scheme.main', play)
})

void t.test('figures go from village to town to county; the missing are named', async (t) => {
  const play = start(['qinghe', beigou, nanpo, 'liushu', 'liushu-xihe'])
  play.goTo('2026-12-30 09:00')
  say(play, 'ding-shan', 'villageReport.submit', of(play, 'villageReport', beigou), report(30, 1.2))
  say(play, 'ma-chunlan', 'villageReport.return', of(play, 'villageReport', beigou), {
    reason: '数据不实',
  })
  say(play, 'ding-shan', 'villageReport.submit', of(play, 'villageReport', beigou), report(25, 0.1))
  say(play, 'tian-fang', 'villageReport.submit', of(play, 'villageReport', 'liushu-xihe'), report(5, 0.2))
  say(play, 'he-miao', 'townReport.collate', of(play, 'townReport', 'liushu'), { summary: '一村' })
  play.goTo('2027-01-01 00:00')
  t.equal(play.state(of(play, 'villageReport', nanpo)), '逾期未报')
  t.ok(play.notices.some(({ to, zh }) => to.includes('townOffice') && zh.includes('南坡村逾期未报')))
  play.goTo('2027-01-06 00:00')
  t.equal(play.state(of(play, 'townReport')), '汇总逾期')
  say(play, 'ma-chunlan', 'townReport.collate', of(play, 'townReport'), { summary: '缺一村' })
  t.match(play.context(of(play, 'townReport')), { missing: [nanpo] })
  const { totals, missingCount, rows } = play.context(of(play, 'quarter', null)) as LevelContext
  t.strictSame(totals, { count: 2, patrols: 30, stopped: 2, fires: 0, planted: 0.3 })
  t.equal(missingCount, 1)
  t.strictSame(rows, {}, 'the county keeps sums, not villages')
  say(play, 'bai-yulin', 'quarter.collate', of(play, 'quarter', null), { summary: '县汇总' })
  t.equal(play.say('gu-ping', 'villageReport.makeUp', of(play, 'villageReport', nanpo), {}), 'campaign_over')
  t.ok(play.proves())
  story(t, 'forest-chief-scheme.quarter', play)
})

void t.test('a village found wanting: circular, interview, and checked again until it is good', async (t) => {
  const play = start()
  play.goTo('2026-12-01 09:00')
  const village = of(play, 'village', nanpo)
  t.equal(play.say('ma-chunlan', 'check.record', village, poor), 'wrong_state', 'nobody is checked without notice')
  check(play, nanpo, poor)
  t.ok(play.notices.some(({ to, zh }) => to.includes('chief') && zh.includes('前来检查')))
  t.equal(play.say('qin-hai', 'measure.interview', village, why), 'wrong_state', 'circular first')
  say(play, 'ma-chunlan', 'measure.circular', village, why)
  t.equal(play.say('gu-ping', 'measure.interview', village, why), 'role_required')
  check(play, nanpo, poor)
  t.match(play.state(village), '已通报', 'it goes on from there')
  say(play, 'qin-hai', 'measure.interview', village, why)
  check(play, nanpo, good)
  t.match(play.state(village), '落实到位')
  const { checks, measure } = play.context(village) as VillageContext
  t.strictSame(
    checks.map(({ result }) => result),
    ['poor', 'poor', 'good'],
  )
  t.strictSame(
    measure.map(({ rung }) => rung),
    ['circular', 'interview'],
  )
  t.ok(play.proves())
  story(t, 'forest-chief-scheme.inspection', play)
})

void t.test('what is late is told of, and done late', async (t) => {
  const play = start()
  play.goTo('2026-11-05 23:59')
  t.notMatch(play.state(of(play, 'town')), /逾期/u)
  play.goTo('2026-11-06 00:00')
  t.match(play.state(of(play, 'town')), /启动大会：逾期/u)
  t.match(play.state(of(play, 'town')), /逾期未报实施方案/u)
  t.ok(play.notices.some(({ to, zh }) => to.includes('townChief') && zh.includes('召开启动大会')))
  say(play, 'ma-chunlan', 'scheme.makeUp', of(play, 'town'), { ...scheme, reason: '等县方案' })
  say(play, 'qin-hai', 'scheme.accept', of(play, 'town'), {})
  doTasks(play, 'launch')
  t.equal(town(play).tasks.launch?.late, true)
  play.goTo('2026-12-16 00:00')
  t.match(play.state(of(play, 'village', beigou)), /逾期未报“一林一策”规划/u)
  const late = { policy: '一策', reason: '林界未定' }
  say(play, 'ding-shan', 'policy.makeUp', of(play, 'village', beigou), late)

  play.goTo('2027-05-02 00:00')
  t.equal(play.state(play.root()), '到期未结')
  const decided = { reason: '余项纳入常态化工作' }
  t.equal(play.say('qin-hai', 'scheme.conclude', play.root(), decided), 'role_required')
  say(play, 'bai-yulin', 'scheme.conclude', play.root(), decided)
  t.equal(of(play, 'town').state.status, 'closed')
  t.ok(play.proves())
  story(t, 'forest-chief-scheme.overdue', play)
})
