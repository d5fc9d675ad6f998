import type { Instance, Json } from '@duban/engine'
import t from 'tap'
import { entry } from '../src/rectification-campaign/index.ts'
import type { UnitContext } from '../src/rectification-campaign/v1/machines.ts'
import { startPlay, type Play } from '../../kit/test/player.ts'
import { demoPlan } from './samples.ts'
import { story } from './story.ts'

const { definition } = entry
const office = 'county-office'
const corrections = 'county-corrections'
const heads: { [unit: string]: string } = {
  [office]: 'chen-siyu',
  [corrections]: 'feng-lei',
}
const head = (unit: string): string => heads[unit] ?? ''

const report = { report: '已按要求落实。' }
const queue = { area: 'style', title: '窗口服务态度生硬' }
const checked = (...problems: Json[]) => ({
  methods: ['opinion', 'questionnaire'],
  problems,
  report: '采取群众评议、问卷调查等方式集中排查。',
})
const meeting = {
  heldOn: '2026-05-18',
  analysis: '责任意识不强，制度落实不够。',
  criticism: '逐人开展批评与自我批评。',
}
const rating = (verdict: 'yes' | 'no', ...but: string[]) => ({
  aspects: Object.fromEntries(
    ['understanding', 'problems', 'causes', 'direction', 'measures'].map((aspect) => [
      aspect,
      but.includes(aspect) ? 'no' : verdict,
    ]),
  ),
})
const count = { summary: '评议情况已汇总。', problems: [] as Json[] }
const commitment = {
  scheme: '逐项明确整改时限和责任人。',
  commitment: '六月底前全部整改到位，请馆员和读者监督。',
  published: '馆内公示栏',
}
const plan = { measures: '开展服务规范培训', responsible: '部门负责人', finishOn: '2026-06-15' }
const result = { result: '已培训并公布服务规范。' }
const opinion = { opinion: '属实' }
const examples = {
  positive: [{ unit: office, who: '陈思雨', deeds: '主动延时服务，读者好评。' }],
  negative: [{ unit: office, who: '某馆员', deeds: '在岗不在状态。' }],
}
const analysis = { title: '综合分析报告', text: '查找问题、整改落实和典型情况综述。' }

/** Two sections, and the tasks of the mobilisation done by 28 April. */
function mobilised(...units: string[]): Play {
  const play = startPlay(definition, demoPlan(units, definition.id))
  play.goTo('2026-04-28 09:00')
  for (const task of play.children(play.root(), 'task')) {
    play.say('zhao-wenhui', 'task.report', task, report)
  }
  return play
}

/** The sections checked themselves, with these problems found, and held their meetings. */
function upToReview(play: Play, found: { [unit: string]: Json[] }): void {
  play.goTo('2026-05-12 09:00')
  for (const [unit, problems] of Object.entries(found)) {
    play.say(head(unit), 'selfCheck.submit', play.unit(unit), checked(...problems))
  }
  play.goTo('2026-05-18 16:00')
  for (const unit of Object.keys(found)) {
    play.say(head(unit), 'meeting.record', play.unit(unit), meeting)
  }
}

function rate(play: Play, unit: Instance, ...verdicts: ('yes' | 'no')[]): void {
  const reviewers = ['gao-yuanhang', 'luo-qing', 'tang-weimin']
  verdicts.forEach((verdict, n) => play.say(reviewers[n] ?? '', 'review.rate', unit, rating(verdict)))
}

function putRight(play: Play, unit: string): void {
  for (const finding of play.findings(unit)) {
    play.say(head(unit), 'finding.plan', finding, plan)
    play.say(head(unit), 'finding.rectify', finding, result)
    play.say('sun-lihua', 'finding.close', finding, opinion)
  }
}

const contextOf = (play: Play, unit: Instance) => play.context(unit) as UnitContext

void t.test('from mobilisation to the analysis report', async (t) => {
  const play = mobilised(office, corrections)
  t.equal(play.state(play.root()), '自查自纠')
  upToReview(play, { [office]: [queue], [corrections]: [] })
  play.goTo('2026-05-26 09:00')
  const unit = play.unit(office)
  t.equal(play.say('tang-weimin', 'review.rate', play.unit(corrections), rating('yes')), 'recused')
  rate(play, unit, 'yes', 'yes', 'no')
  t.equal(play.say('gao-yuanhang', 'review.rate', unit, rating('no')), 'guard_refused', 'once each')
  const pointedOut = { area: 'efficiency', title: '借阅审批环节多' }
  const counted = { ...count, problems: [pointedOut] }
  t.equal(play.say('zhao-wenhui', 'review.count', unit, counted), 'ok')
  t.equal(play.state(unit), '制定整改方案并公开承诺')
  t.match(contextOf(play, unit).reviews, [{ of: 'report', yes: { causes: 2 }, passed: true }])
  rate(play, play.unit(corrections), 'yes', 'yes')
  play.goTo('2026-05-31 09:00')
  t.equal(play.state(play.unit(corrections)), '制定整改方案并公开承诺', 'counted by its date')

  play.goTo('2026-06-08 09:00')
  for (const one of [office, corrections]) {
    t.equal(play.say(head(one), 'commitment.publish', play.unit(one), commitment), 'ok')
  }
  t.equal(play.findings(office).length, 2, 'found by itself, and pointed out')
  t.equal(play.state(play.unit(corrections)), '民主测评', 'with nothing to put right')
  putRight(play, office)
  play.goTo('2026-06-12 09:00')
  for (const one of [office, corrections]) {
    rate(play, play.unit(one), 'yes', 'yes')
    t.equal(play.say('zhao-wenhui', 'review.count', play.unit(one), count), 'ok')
    t.equal(play.state(play.unit(one)), '测评过关')
  }

  play.goTo('2026-06-18 09:00')
  const root = play.root()
  t.equal(play.say('sun-lihua', 'examples.submit', root, examples), 'ok')
  t.equal(play.say('sun-lihua', 'analysis.submit', root, analysis), 'ok')
  const why = { reason: '典型部分过简' }
  t.equal(play.say('wang-jianguo', 'analysis.secretary.return', root, why), 'ok')
  t.equal(play.say('sun-lihua', 'analysis.submit', root, analysis), 'ok')
  t.equal(play.say('wang-jianguo', 'analysis.secretary.sign', root, {}), 'ok')
  t.equal(play.say('qian-zhiyuan', 'analysis.receive.sign', root, { opinion: '收悉' }), 'ok')
  t.equal(play.root().state.status, 'done')
  story(t, 'rectification-campaign.main', play)
  t.ok(play.proves())
})

void t.test('who does not pass looks back, and does so until passed', async (t) => {
  const play = mobilised(office)
  upToReview(play, { [office]: [queue] })
  play.goTo('2026-05-28 09:00')
  const unit = play.unit(office)
  rate(play, unit, 'yes', 'no')
  const found = { ...count, problems: [{ area: 'discipline', title: '上班时间办私事' }] }
  t.equal(play.say('zhao-wenhui', 'review.count', unit, found), 'ok')
  t.equal(play.state(unit), '回头看：重新自查', 'half is not more than half')
  t.ok(
    play.notices.some(({ zh }) => /^办公室评议不过关，请于.*6-0?7/u.test(zh)),
    JSON.stringify(play.notices.at(-1)),
  )
  play.goTo('2026-06-02 09:00')
  t.equal(play.say('chen-siyu', 'selfCheck.submit', unit, checked(queue)), 'ok')
  t.equal(play.state(unit), '重新评议')
  rate(play, unit, 'yes', 'yes')
  play.goTo('2026-06-10 09:00')
  t.equal(play.state(unit), '制定整改方案并公开承诺')
  play.say('chen-siyu', 'commitment.publish', unit, commitment)
  t.equal(play.findings(office).length, 2, 'what was pointed out stays on the list')
  putRight(play, office)

  // 测评: what was put right does not pass either.
  play.say('gao-yuanhang', 'review.rate', unit, rating('yes', 'measures'))
  t.equal(play.say('zhao-wenhui', 'review.count', unit, count), 'ok')
  t.equal(play.state(unit), '回头看：重新自查')
  const again = checked({ area: 'style', title: '服务规范未上墙' })
  t.equal(play.say('chen-siyu', 'selfCheck.submit', unit, again), 'ok')
  t.equal(play.state(unit), '整改落实', 'no second plan, but what was found is put right')
  putRight(play, office)
  rate(play, unit, 'yes')
  play.say('zhao-wenhui', 'review.count', unit, count)
  t.equal(play.state(unit), '测评过关')
  t.strictSame(
    contextOf(play, unit).reviews.map((one) => [one.of, one.passed]),
    [
      ['report', false],
      ['report', true],
      ['rectification', false],
      ['rectification', true],
    ],
  )
  story(t, 'rectification-campaign.lookBack', play)
  t.ok(play.proves())
})

void t.test('a finding is returned, overdue, and carried over by the secretary', async (t) => {
  const play = mobilised(office)
  upToReview(play, { [office]: [queue] })
  rate(play, play.unit(office), 'yes')
  play.say('zhao-wenhui', 'review.count', play.unit(office), count)
  play.goTo('2026-06-05 09:00')
  play.say('chen-siyu', 'commitment.publish', play.unit(office), commitment)
  const [finding] = play.findings(office)
  if (!finding) throw new Error('one problem was found')
  play.say('chen-siyu', 'finding.plan', finding, plan)
  play.say('chen-siyu', 'finding.rectify', finding, result)
  t.equal(play.say('sun-lihua', 'finding.return', finding, { reason: '未见成效' }), 'ok')
  play.goTo('2026-06-15 09:00')
  t.equal(play.state(finding), '整改逾期', 'five working days after Friday')
  const later = { reason: '需改造大厅', until: '2026-12-31' }
  t.equal(play.say('wang-jianguo', 'finding.carryOver', finding, later), 'ok')
  t.equal(play.state(play.unit(office)), '民主测评')
  story(t, 'rectification-campaign.returned', play)
})

void t.test('everything late, and the secretary ends it', async (t) => {
  const play = startPlay(definition, demoPlan([office], definition.id))
  play.goTo('2026-04-30 09:00')
  const [task] = play.children(play.root(), 'task')
  if (!task) throw new Error('there are four tasks')
  t.equal(play.state(task), '任务逾期')
  t.equal(play.say('zhao-wenhui', 'task.report', task, report), 'ok')
  t.equal(play.state(task), '逾期落实')
  t.equal(play.state(play.root()), '自查自纠', 'the campaign goes on')

  play.goTo('2026-05-21 09:00')
  const unit = play.unit(office)
  t.equal(play.state(unit), '排查逾期')
  play.say('chen-siyu', 'selfCheck.submit', unit, checked())
  t.equal(play.state(unit), '民主生活会逾期')
  play.say('chen-siyu', 'meeting.record', unit, meeting)
  play.goTo('2026-05-31 09:00')
  t.equal(play.state(unit), '评议逾期', 'nobody had reviewed it')
  t.equal(play.say('sun-lihua', 'review.count', unit, count), 'guard_refused')
  rate(play, unit, 'yes')
  t.equal(play.say('sun-lihua', 'review.count', unit, count), 'ok')
  play.goTo('2026-06-11 09:00')
  t.equal(play.state(unit), '整改方案逾期')

  const why = { reason: '该部门已并入他部' }
  t.equal(play.say('wang-jianguo', 'conclusion.decide', play.root(), why), 'not_yet_open')
  play.goTo('2026-06-22 09:00')
  t.equal(play.state(play.root()), '典型情况逾期 + 起草综合分析报告 + 仍有部门未过关')
  t.equal(play.say('wang-jianguo', 'conclusion.decide', play.root(), why), 'ok')
  play.say('sun-lihua', 'examples.submit', play.root(), examples)
  play.say('sun-lihua', 'analysis.submit', play.root(), analysis)
  play.say('wang-jianguo', 'analysis.secretary.sign', play.root(), {})
  play.say('qian-zhiyuan', 'analysis.receive.sign', play.root(), {})
  t.equal(play.root().state.status, 'done')
  t.match(play.context(play.root()), { analysis: { late: true }, decision: why })
  story(t, 'rectification-campaign.overdue', play)
})
