import t from 'tap'
import type { Result } from '../src/annual-duty-assessment/v1/scoring.ts'
import { annualDutyAssessment } from '../src/annual-duty-assessment/v1.ts'
import { startPlay, type Play } from '../../kit/test/player.ts'
import { demoPlan } from './samples.ts'
import { story } from './story.ts'

const policy = 'county-policy'
const finance = 'county-finance'
const corrections = 'county-corrections'
const heads: { [unit: string]: string } = {
  [policy]: 'zheng-xiaolan',
  [finance]: 'zhou-min',
  [corrections]: 'feng-lei',
}
const units = Object.keys(heads)

const start = (): Play => startPlay(annualDutyAssessment, demoPlan(units, 'annual-duty-assessment'))
const asHead = (play: Play, unit: string, command: string, payload: object) =>
  play.say(heads[unit] ?? '', command, play.unit(unit), payload as never)
const asPanel = (play: Play, unit: string, command: string, payload: object, by = 'luo-qing') =>
  play.say(by, command, play.unit(unit), payload as never)
const onRoot = (play: Play, by: string, command: string, payload: object) =>
  play.say(by, command, play.root(), payload as never)

const dutyReport = {
  keyWork: '重点党建和业务工作项目均已完成。',
  thinking: '思想稳定，作风务实。',
  members: [],
  disclosed: 'meeting',
}
const scores = { overall: 19, policy: 19, work: 19, leadership: 19, integrity: 19 }
const selfScore = { scores, selfCheck: '对照评分表逐项自查。', recordBooks: 3 }
const publication = { title: '述职述廉报告汇编', channel: 'oa', missing: [] }
/** 30 should come; of those who came all voted «excellent» but one who spoilt the paper. */
const briefing = (present: number) => ({
  assembly: { kind: 'wholeStaff' },
  count: {
    eligible: 30,
    present,
    issued: present,
    returned: present,
    valid: present - 1,
    invalid: 1,
    votes: { excellent: present - 1, qualified: 0, basic: 0, unqualified: 0 },
  },
})
const documents = (...findings: object[]) => ({ scores, record: '资料齐全。', findings })
const ledger = { no: '1', title: '台账不全', advice: '补齐台账', dueOn: '2026-02-27' }
const ratings = (unit: string) => ({
  ratings: units.filter((one) => one !== unit).map((one) => ({ unit: one, score: 90 })),
})
const announcement = { scope: '全体中层干部', concludeOn: '2026-03-31' }

/** On 9 January all hand in report and self-score, and the office accepts. */
function handedIn(play: Play, taking = units): void {
  play.goTo('2026-01-09 09:00')
  for (const unit of taking) {
    asHead(play, unit, 'dutyReport.submit', dutyReport)
    asHead(play, unit, 'selfScore.submit', selfScore)
    play.say('sun-lihua', 'dutyReport.accept', play.unit(unit), {})
  }
}
function checkedOnSite(play: Play): void {
  play.goTo('2026-01-11 09:00')
  onRoot(play, 'sun-lihua', 'reports.publish', publication)
  for (const unit of units) {
    asPanel(play, unit, 'briefing.count', briefing(28))
    asPanel(play, unit, 'documents.record', documents(...(unit === finance ? [ledger] : [])))
  }
}
function judged(play: Play): void {
  play.goTo('2026-01-22 09:00')
  for (const unit of units) {
    asHead(play, unit, 'peers.rate', ratings(unit))
    asPanel(play, unit, 'panel.score', { score: 92, opinion: '履职到位。' })
  }
}
const results = (play: Play): Result[] => (play.context(play.root()) as { results: Result[] }).results

void t.test('an assessment from the reports to the last finding', async (t) => {
  const play = start()
  t.strictSame(play.warnings, [])
  handedIn(play)
  t.equal(asPanel(play, policy, 'briefing.count', briefing(28)), 'not_yet_open', 'the panel comes from the 10th on')
  play.goTo('2026-01-10 09:00')
  t.equal(asPanel(play, policy, 'briefing.count', briefing(28)), 'ok', 'the stages share this day')
  t.equal(play.state(play.root()), '总结自查')
  checkedOnSite(play)
  t.equal(play.state(play.root()), '现场考查')
  judged(play)
  t.equal(onRoot(play, 'luo-qing', 'results.submit', { analysis: '总体良好。' }), 'ok')
  // 30 of the ballot, 40 × 0.95, 10 × 0.9, 20 × 0.92.
  t.match(results(play), [
    { unit: finance, total: 95.4, grade: 'excellent', missing: [] },
    { unit: policy },
    { unit: corrections },
  ])
  t.equal(onRoot(play, 'wang-jianguo', 'results.approve', {}), 'ok')
  play.goTo('2026-01-26 09:00')
  t.equal(onRoot(play, 'sun-lihua', 'results.announce', announcement), 'ok')
  t.strictSame(
    play.instances('result').map(({ unit }) => unit),
    results(play).map(({ unit }) => unit),
    'each unit has a result of its own',
  )
  const [finding] = play.findings(finance)
  if (!finding) throw new Error('the panel found something')
  play.goTo('2026-02-09 09:00')
  const plan = { measures: '补齐', responsible: '股长', finishOn: '2026-02-20' }
  play.say('zhou-min', 'finding.plan', finding, plan)
  play.say('zhou-min', 'finding.rectify', finding, { result: '已补齐' })
  t.equal(play.state(play.root()), '督促整改')
  t.equal(play.say('gao-yuanhang', 'finding.close', finding, { opinion: '属实' }), 'ok')
  t.equal(play.state(play.root()), '已结束')
  t.ok(play.proves())
  t.strictSame(play.refused, [])
  story(t, 'annual-duty-assessment.main', play)
})

void t.test('nobody is judged by their own section, nor rates themselves', async (t) => {
  const play = start()
  handedIn(play)
  checkedOnSite(play)
  play.goTo('2026-01-22 09:00')
  const score = { score: 100, opinion: '很好。' }
  t.equal(asPanel(play, corrections, 'panel.score', score, 'tang-weimin'), 'recused')
  const rate = (list: object[]) => asHead(play, policy, 'peers.rate', { ratings: list })
  const [one, other] = ratings(policy).ratings
  if (!one || !other) throw new Error('there are two others')
  t.equal(rate([one, { unit: policy, score: 100 }]), 'guard_refused')
  t.equal(rate([one]), 'guard_refused', 'the whole list, or nothing')
  t.equal(rate([one, one]), 'invalid_payload')
  t.equal(rate([one, other]), 'ok')
  t.equal(asPanel(play, policy, 'panel.score', score), 'ok')
  t.equal(asPanel(play, policy, 'panel.score', score), 'guard_refused', 'each scores once')
})

void t.test('whoever scores lower than the unit itself says why', async (t) => {
  const play = start()
  handedIn(play)
  play.goTo('2026-01-12 09:00')
  const lower = { ...documents(), scores: { ...scores, work: 15 } }
  t.equal(asPanel(play, policy, 'documents.record', lower), 'guard_refused')
  const reasons = { work: '一项重点任务没有佐证。' }
  t.equal(asPanel(play, policy, 'documents.record', { ...lower, reasons }), 'ok')
  t.match(play.context(play.unit(policy)), {
    documentsScore: 91,
    documents: { differences: [{ item: 'work', self: 19, verified: 15, difference: -4 }] },
  })
})

void t.test('a report and the results are returned, and come again', async (t) => {
  const play = start()
  play.goTo('2026-01-08 09:00')
  asHead(play, policy, 'dutyReport.submit', dutyReport)
  const why = { reason: '未报告思想状况。' }
  t.equal(play.say('sun-lihua', 'dutyReport.return', play.unit(policy), why), 'ok')
  handedIn(play)
  checkedOnSite(play)
  judged(play)
  onRoot(play, 'luo-qing', 'results.submit', { analysis: '总体良好。' })
  t.equal(onRoot(play, 'wang-jianguo', 'results.return', { reason: '分析过简。' }), 'ok')
  t.equal(play.state(play.root()), '待提请审定')
  t.equal(onRoot(play, 'luo-qing', 'results.submit', { analysis: '逐项分析如下。' }), 'ok')
  t.equal(onRoot(play, 'zhao-wenhui', 'results.approve', {}), 'ok')
  story(t, 'annual-duty-assessment.returned', play)
})

void t.test('late reports, a ballot without a quorum, a missing rater: counted without', async (t) => {
  const play = start()
  handedIn(play, [policy, finance])
  play.goTo('2026-01-11 00:00')
  t.match(play.state(play.unit(corrections)), /逾期未报述职述廉报告/u)
  play.goTo('2026-01-13 09:00')
  const late = { reason: '负责人出差' }
  t.equal(asHead(play, corrections, 'dutyReport.makeUp', { ...dutyReport, ...late }), 'ok')
  t.equal(asHead(play, corrections, 'selfScore.makeUp', { ...selfScore, ...late }), 'ok')
  t.equal(asPanel(play, corrections, 'briefing.count', briefing(19)), 'ok')
  t.match(play.state(play.unit(corrections)), /未达人数，待再次测评/u, '19 of 30 are no two thirds')
  play.goTo('2026-01-21 09:00')
  t.equal(play.state(play.root()), '述职述廉报告逾期未公开')
  t.match(play.state(play.unit(corrections)), /测评逾期.*查阅资料逾期/u)
  onRoot(play, 'sun-lihua', 'reports.publish', publication)
  const waive = { reason: '人员集中外出' }
  t.equal(play.say('wang-jianguo', 'briefing.waive', play.unit(corrections), waive), 'ok')
  for (const unit of units) {
    if (unit !== corrections) asPanel(play, unit, 'briefing.count', briefing(28))
    asPanel(play, unit, 'documents.record', documents())
    asPanel(play, unit, 'panel.score', { score: 92, opinion: '履职到位。' })
    if (unit !== finance) asHead(play, unit, 'peers.rate', ratings(unit))
  }
  t.equal(
    onRoot(play, 'luo-qing', 'results.submit', { analysis: '提前总结。' }),
    'guard_refused',
    'before the last day only when nothing is lacking',
  )
  play.goTo('2026-02-01 00:00')
  t.equal(play.state(play.root()), '待提请审定')
  t.equal(onRoot(play, 'luo-qing', 'results.submit', { analysis: '一个单位未测评。' }), 'ok')
  t.strictSame((play.context(play.root()) as { notRating: string[] }).notRating, [finance])
  const found = results(play).find(({ unit }) => unit === corrections)
  t.match(found, { missing: ['ballot'], total: 65.4, grade: 'basic' })
  story(t, 'annual-duty-assessment.overdue', play)
})

void t.test('after the day the committee may end with findings open', async (t) => {
  const play = start()
  handedIn(play)
  checkedOnSite(play)
  judged(play)
  onRoot(play, 'luo-qing', 'results.submit', { analysis: '总体良好。' })
  onRoot(play, 'wang-jianguo', 'results.approve', {})
  onRoot(play, 'sun-lihua', 'results.announce', announcement)
  play.goTo('2026-04-01 00:00')
  t.equal(play.state(play.root()), '整改逾期')
  const [finding] = play.findings(finance)
  t.ok(finding && play.state(finding) === '整改逾期')
  t.equal(onRoot(play, 'wang-jianguo', 'conclusion.decide', { reason: '转入日常督办' }), 'ok')
  t.equal(play.state(play.root()), '已结束')
  story(t, 'annual-duty-assessment.rectificationOverdue', play)
})
