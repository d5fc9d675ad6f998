import type { Instance } from '@duban/engine'
import t from 'tap'
import type { ItemContext } from '../src/supervision-ledger/v1/item.ts'
import type { LedgerContext } from '../src/supervision-ledger/v1/ledger.ts'
import { supervisionLedger } from '../src/supervision-ledger/v1.ts'
import { startPlay, type Play } from '../../kit/test/player.ts'
import { demoPlan } from './samples.ts'
import { story } from './story.ts'

const start = (): Play => startPlay(supervisionLedger, demoPlan(undefined, 'supervision-ledger'))
const road = {
  source: 'keyProject',
  title: '环城路改造',
  basis: '区委常委会纪要〔2026〕3号',
  office: 'inspection',
  owner: 'gov-transport',
  dueOn: '2026-06-30',
}
function register(play: Play, more: object = {}): Instance {
  const code = play.say('guo-lin', 'item.register', play.root(), { ...road, ...more })
  const item = play.instances('item').at(-1)
  if (code !== 'ok' || !item) throw new Error(`not registered: ${code}`)
  return item
}
const itemOf = (play: Play, item: Instance): ItemContext => play.context(item) as ItemContext
const counts = (play: Play): LedgerContext['counts'] => (play.context(play.root()) as LedgerContext).counts
const lightOf = (play: Play, item: Instance): string => play.state(item).split(' + ')[1] ?? ''
const progress = { percent: 40, progress: '路基完成。' }
const done = { result: '全线通车。' }
const why = { reason: '久拖不办', whom: '交通局主要负责人' }

void t.test('items of several sources arrive all year, each for its unit', async (t) => {
  const play = start()
  register(play)
  play.goTo('2026-03-02 09:00')
  const school = register(play, {
    source: 'proposal',
    title: '增设城东幼儿园',
    basis: '人大第12号议案',
    owner: 'gov-education',
    office: 'assessment',
  })
  t.equal(school.unit, 'gov-education')
  t.match(itemOf(play, school), { filedBy: 'guo-lin', filedAt: '2026-03-02T01:00:00.000Z' })
  t.match(counts(play), { keyProject: { registered: 1 }, proposal: { registered: 1 } })
  const stranger = { ...road, owner: 'county-office' }
  t.not(play.say('guo-lin', 'item.register', play.root(), stranger), 'ok', 'takes no part')
  t.equal(play.say('cai-ning', 'progress.report', school, progress), 'role_required')
})

void t.test('an item is reported on, returned, closed by another; the year ends', async (t) => {
  const play = start()
  const item = register(play)
  play.goTo('2026-02-03 09:00')
  t.equal(play.say('cai-ning', 'progress.report', item, progress), 'ok')
  play.goTo('2026-03-04 00:00')
  t.match(play.state(item), '久未报告', 'a month without a word')
  play.goTo('2026-03-05 09:00')
  t.equal(play.say('cai-ning', 'completion.submit', item, done), 'ok')
  t.equal(play.say('peng-fei', 'completion.return', item, { reason: '两处未通车' }), 'ok')
  t.equal(play.say('cai-ning', 'completion.submit', item, done), 'ok')
  t.equal(play.say('cai-ning', 'item.close', item, {}), 'role_required')
  t.equal(play.say('guo-lin', 'item.close', item, { opinion: '现场核查属实。' }), 'ok')
  t.match(counts(play).keyProject, { registered: 1, closed: 1, late: 0 })

  t.equal(play.say('xu-zheng', 'ledger.close', play.root(), { reason: '早结' }), 'not_yet_open')
  play.goTo('2027-01-01 00:00')
  t.equal(play.state(play.root()), '待报年度总结', 'nothing is open')
  t.equal(play.say('guo-lin', 'item.register', play.root(), road), 'late')
  const summary = { summary: '全年立项1件，办结1件。' }
  t.equal(play.say('guo-lin', 'summary.submit', play.root(), summary), 'ok')
  t.equal(play.say('xu-zheng', 'summary.return', play.root(), { reason: '补分析' }), 'ok')
  t.equal(play.say('guo-lin', 'summary.submit', play.root(), summary), 'ok')
  t.equal(play.say('xu-zheng', 'summary.approve', play.root(), {}), 'ok')
  t.equal(play.root().state.status, 'done')
  t.ok(play.proves())
  story(t, 'supervision-ledger.main', play)
})

void t.test('green, yellow, red by the own day; then rung by rung, and closed late', async (t) => {
  const play = start()
  const item = register(play)
  t.equal(lightOf(play, item), '绿灯')
  play.goTo('2026-06-16 00:00')
  t.equal(lightOf(play, item), '黄灯', 'fifteen days before the 30th')
  t.equal(play.say('guo-lin', 'pressure.urge', item, why), 'wrong_state', 'it is not overdue')
  play.goTo('2026-07-01 00:00')
  t.equal(lightOf(play, item), '红灯')
  t.ok(play.notices.some(({ to, zh }) => to.includes('leader') && zh.includes('红灯：交通运输局')))
  t.equal(play.say('xu-zheng', 'pressure.interview', item, why), 'wrong_state')
  t.equal(play.say('guo-lin', 'pressure.urge', item, why), 'ok')
  t.equal(play.say('peng-fei', 'pressure.circular', item, why), 'ok')
  t.equal(play.say('guo-lin', 'pressure.interview', item, why), 'role_required')
  t.equal(play.say('xu-zheng', 'pressure.interview', item, why), 'ok')
  t.equal(play.say('dong-mei', 'pressure.account', item, why), 'ok')
  play.say('cai-ning', 'completion.submit', item, done)
  play.say('guo-lin', 'item.close', item, {})
  t.match(counts(play).keyProject, { closed: 1, late: 1 })
  story(t, 'supervision-ledger.overdue', play)
})

void t.test('an extension is asked for, decided by a leader, and the light starts anew', async (t) => {
  const play = start()
  const item = register(play)
  const ask = (until: string) => play.say('cai-ning', 'extension.ask', item, { until, reason: '汛期停工' })
  play.goTo('2026-06-20 09:00')
  t.equal(ask('2026-06-15'), 'guard_refused', 'an earlier day is no extension')
  t.equal(ask('2026-08-31'), 'ok')
  t.equal(play.say('xu-zheng', 'extension.refuse', item, { reason: '理由不足' }), 'ok')
  t.equal(ask('2026-09-30'), 'ok')
  play.goTo('2026-07-01 09:00')
  t.equal(lightOf(play, item), '红灯', 'asking stops nothing')
  play.say('guo-lin', 'pressure.urge', item, why)
  t.equal(play.say('guo-lin', 'extension.grant', item, {}), 'role_required')
  t.equal(play.say('xu-zheng', 'extension.grant', item, {}), 'ok')
  t.equal(lightOf(play, item), '绿灯')
  t.match(itemOf(play, item), { dueOn: '2026-09-30', firstDueOn: '2026-06-30', late: false })
  play.goTo('2026-09-16 00:00')
  t.equal(lightOf(play, item), '黄灯')
  play.goTo('2026-10-01 00:00')
  t.equal(lightOf(play, item), '已督办函', 'nobody climbs the same rung twice')
  t.ok(play.proves())
  story(t, 'supervision-ledger.extension', play)
})

void t.test('what was submitted in time is not red because nobody has looked', async (t) => {
  const play = start()
  const item = register(play)
  play.goTo('2026-06-29 09:00')
  play.say('cai-ning', 'completion.submit', item, done)
  play.goTo('2026-07-01 00:00')
  t.equal(lightOf(play, item), '到期待核查')
  t.equal(play.say('guo-lin', 'completion.return', item, { reason: '未完工' }), 'ok')
  t.equal(lightOf(play, item), '红灯', 'returned after its day it is')
  t.equal(itemOf(play, item).late, true)
})

void t.test('at the end of the year what is open is carried over, or the leader decides', async (t) => {
  const play = start()
  const [first, second] = [register(play), register(play, { source: 'commitment' })]
  t.equal(play.say('xu-zheng', 'item.carryOver', first, { reason: '跨年' }), 'not_yet_open')
  play.goTo('2027-01-01 00:00')
  t.equal(play.state(play.root()), '年终清账')
  t.equal(play.say('xu-zheng', 'item.carryOver', first, { reason: '跨年工程' }), 'ok')
  t.match(counts(play).keyProject, { carried: 1, late: 1 })
  t.equal(play.state(play.root()), '年终清账')
  t.equal(play.say('xu-zheng', 'ledger.close', play.root(), { reason: '移交新专班' }), 'ok')
  play.goTo('2027-01-16 00:00')
  t.equal(play.state(play.root()), '年度总结逾期')
  play.say('peng-fei', 'summary.submit', play.root(), { summary: '两件未结。' })
  t.equal(play.say('dong-mei', 'summary.approve', play.root(), {}), 'ok')
  t.equal(second.state.status, 'active')
  t.equal(play.instances('item')[1]?.state.status, 'closed', 'ended with the ledger')
  t.ok(play.proves())
  story(t, 'supervision-ledger.year-end', play)
})
