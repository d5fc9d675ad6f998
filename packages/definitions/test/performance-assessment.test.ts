import type { Instance } from '@duban/engine'
import t from 'tap'
import type { YearFigures } from '../src/performance-assessment/v1/campaign.ts'
import { sheet } from '../src/performance-assessment/v1/indicators.ts'
import { performanceAssessment } from '../src/performance-assessment/v1.ts'
import { startPlay, type Play } from '../../kit/test/player.ts'
import { demoPlan } from './samples.ts'
import { story } from './story.ts'

const housing = 'gov-housing'
const water = 'gov-water'
const heads: { [unit: string]: string } = { [housing]: 'zhong-yuan', [water]: 'jin-bo' }
const units = Object.keys(heads)
const target = (no: string, owner: string) => ({
  no,
  title: `第${no}项任务`,
  owner,
  dueOn: '2026-06-30',
})
const full = Object.fromEntries(
  [
    'coverage',
    'permits',
    'digitalHall',
    'housing',
    'sunlight',
    'legality',
    'proposals',
    'petitions',
    'supervision',
  ].map((item) => [item, 4]),
)
const scores = { ...full, democracy: 14, lawfulness: 14 }

const onRoot = (play: Play, by: string, command: string, payload: object) =>
  play.say(by, command, play.root(), payload as never)
const asHead = (play: Play, on: Instance, command: string, payload: object) =>
  play.say(heads[on.unit ?? ''] ?? '', command, on, payload as never)

/** The targets of both sections are approved on 12 January. */
function running(): Play {
  const play = startPlay(performanceAssessment, demoPlan(units, 'performance-assessment'))
  play.goTo('2026-01-12 09:00')
  onRoot(play, 'guo-lin', 'targets.submit', { targets: [target('1', housing), target('2', water)] })
  t.equal(onRoot(play, 'xu-zheng', 'targets.approve', {}), 'ok')
  return play
}
function register(play: Play, no: string, owner: string, type = 'petition'): Instance {
  const said = { no, type, title: '咨询规划许可', owner, dueOn: '2026-03-20' }
  const code = onRoot(play, 'guo-lin', 'petition.register', said)
  const one = play.instances('petition').at(-1)
  if (code !== 'ok' || !one) throw new Error(code)
  return one
}
function done(play: Play, goal: Instance): void {
  asHead(play, goal, 'goal.report', { result: '已完成' })
  play.say('guo-lin', 'goal.confirm', goal, {})
}
const goalOf = (play: Play, unit: string): Instance => {
  const found = play.instances('goal').find((one) => one.unit === unit)
  if (!found) throw new Error(`no goal of ${unit}`)
  return found
}
const figures = (play: Play): YearFigures =>
  (play.context(play.root()) as { report: { figures: YearFigures } }).report.figures

void t.test('the sheet has 36 and 28 points, and the third part none', async (t) => {
  t.match(sheet.add({ scores }), { groups: { results: 36, capacity: 28 }, total: 64 })
})

void t.test('a year from the targets to the last petition', async (t) => {
  const play = running()
  play.goTo('2026-02-10 09:00')
  const bulletin = { meetingOn: '2026-02-10', text: '进度正常', praise: [housing], urge: [] }
  t.equal(onRoot(play, 'guo-lin', 'bulletin.issue', bulletin), 'ok')
  play.goTo('2026-03-02 09:00')
  const first = register(play, '信001', housing)
  const second = register(play, '建002', water, 'proposal')
  t.equal(first.unit, housing)
  t.match(play.context(first), { registeredBy: 'guo-lin' })
  play.goTo('2026-03-10 09:00')
  t.equal(asHead(play, first, 'reply.answer', { text: '已答复' }), 'ok')
  t.equal(asHead(play, second, 'reply.answer', { text: '已办理' }), 'ok')
  play.goTo('2026-03-12 09:00')
  play.say('peng-fei', 'reply.rate', first, { rating: 'satisfied' })
  play.say('peng-fei', 'reply.rate', second, { rating: 'satisfied' })
  t.equal(play.state(first), '已办结')
  play.goTo('2026-06-01 09:00')
  for (const unit of units) done(play, goalOf(play, unit))

  play.goTo('2026-11-30 09:00')
  const own = { scores, explanation: '圆满完成' }
  t.equal(asHead(play, play.unit(housing), 'selfScore.submit', own), 'wrong_state')
  play.goTo('2026-12-02 09:00')
  for (const unit of units) asHead(play, play.unit(unit), 'selfScore.submit', own)
  play.goTo('2026-12-15 09:00')
  const lower = { scores: { ...scores, permits: 3.5 }, opinion: '已核' }
  const verify = (unit: string, payload: object) =>
    play.say('guo-lin', 'score.verify', play.unit(unit), payload as never)
  t.equal(verify(housing, lower), 'guard_refused', 'lower than claimed needs a reason')
  t.equal(verify(housing, { ...lower, reasons: { permits: '两件超期' } }), 'ok')
  const penalty = { lateReply: { points: 1, reason: '一件逾期' } }
  t.equal(verify(water, { scores, penalty, opinion: '已核' }), 'ok')
  t.match(play.context(play.root()), {
    scores: [
      { unit: housing, self: 64, verified: 63.5 },
      { unit: water, self: 64, verified: 63 },
    ],
  })
  t.equal(onRoot(play, 'guo-lin', 'yearReport.submit', { explanation: '自评如下' }), 'ok')
  t.match(figures(play), {
    registered: 2,
    replied: 2,
    replyRate: 100,
    satisfaction: { rate: 100 },
    score: 63.25,
  })
  t.equal(onRoot(play, 'xu-zheng', 'yearReport.return', { reason: '请补充说明' }), 'ok')
  onRoot(play, 'guo-lin', 'yearReport.submit', { explanation: '补充说明' })
  t.equal(onRoot(play, 'xu-zheng', 'yearReport.approve', {}), 'ok')
  play.goTo('2027-01-01 00:00')
  t.equal(play.state(play.root()), '已结束')
  t.ok(play.proves())
  t.strictSame(play.refused, [])
  story(t, 'performance-assessment.main', play)
})

void t.test('what is not done in time is made up in the time that the office sets', async (t) => {
  const play = running()
  const goal = goalOf(play, housing)
  play.goTo('2026-07-01 00:00')
  t.equal(play.state(goal), '未如期完成')
  t.ok(play.notices.some(({ to, zh }) => to.includes('head') && /未如期完成/u.test(zh)))
  play.goTo('2026-07-02 09:00')
  const time = { makeUpOn: '2026-07-15', note: '半月内补齐' }
  t.equal(play.say('guo-lin', 'goal.setTime', goal, time), 'ok')
  asHead(play, goal, 'goal.report', { result: '基本完成' })
  t.equal(play.say('guo-lin', 'goal.return', goal, { reason: '缺验收' }), 'ok')
  t.equal(play.state(goal), '限期补缺补漏', 'a returned one keeps its time')
  play.goTo('2026-07-16 00:00')
  t.equal(play.state(goal), '补缺补漏逾期')
  t.ok(play.notices.some(({ to }) => to.includes('lead')))
  t.equal(play.say('guo-lin', 'goal.setTime', goal, { ...time, makeUpOn: '2026-08-31' }), 'ok')
  play.goTo('2026-08-20 09:00')
  done(play, goal)
  t.equal(play.state(goal), '已完成')
  t.equal((play.context(goal) as { makeUps: unknown[] }).makeUps.length, 2)

  const other = goalOf(play, water)
  t.equal(play.say('guo-lin', 'goal.setTime', other, { ...time, makeUpOn: '2026-09-01' }), 'ok')
  play.goTo('2026-09-02 09:00')
  t.equal(play.say('xu-zheng', 'goal.close', other, { reason: '任务取消' }), 'ok')
  story(t, 'performance-assessment.makeUp', play)
})

void t.test('a petition is pressed for when late, handled again when it does not satisfy', async (t) => {
  const play = running()
  play.goTo('2026-03-02 09:00')
  const late = register(play, '信001', housing)
  const again = register(play, '信002', water)
  asHead(play, again, 'reply.answer', { text: '已答复' })
  play.say('peng-fei', 'reply.rate', again, { rating: 'not', opinion: '没有解决' })
  t.match(play.state(again), /重新办理/u)
  play.goTo('2026-03-10 09:00')
  asHead(play, again, 'reply.answer', { text: '已解决' })
  play.say('peng-fei', 'reply.rate', again, { rating: 'satisfied' })
  t.equal(play.state(again), '已办结')
  play.goTo('2026-03-21 00:00')
  t.match(play.state(late), /答复逾期/u)
  play.goTo('2026-04-01 09:00')
  const decision = { decision: 'close', reason: '重复来信' }
  t.equal(play.say('xu-zheng', 'reply.decide', late, decision), 'ok')
  play.goTo('2026-12-21 09:00')
  t.equal(play.state(play.root()).includes('待报绩效自评报告'), true, 'nobody has scored; it is told all the same')
  onRoot(play, 'guo-lin', 'yearReport.submit', { explanation: '如实报告' })
  t.match(figures(play), { registered: 2, replied: 1, replyRate: 50, score: null })
  t.match(figures(play).satisfaction, { satisfied: 1, unrated: 1, firstRate: 0 })
  story(t, 'performance-assessment.petitions', play)
})

void t.test('with matters open a month after the year, the leading group may decide to end', async (t) => {
  const play = running()
  play.goTo('2026-12-21 09:00')
  onRoot(play, 'guo-lin', 'yearReport.submit', { explanation: '如实报告' })
  onRoot(play, 'xu-zheng', 'yearReport.approve', {})
  play.goTo('2027-01-10 09:00')
  t.equal(play.state(play.root()), '待阶段性工作办结')
  t.equal(onRoot(play, 'xu-zheng', 'conclusion.decide', { reason: '转下年' }), 'wrong_state')
  play.goTo('2027-02-02 09:00')
  t.equal(play.state(play.root()), '仍有未结事项')
  t.equal(onRoot(play, 'xu-zheng', 'conclusion.decide', { reason: '转下年' }), 'ok')
  t.equal(play.state(play.root()), '已结束')
  story(t, 'performance-assessment.overdue', play)
})
