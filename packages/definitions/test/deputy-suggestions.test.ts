import type { Instance, Json } from '@duban/engine'
import fc from 'fast-check'
import t from 'tap'
import { entry } from '../src/deputy-suggestions/index.ts'
import type { Closed } from '../src/deputy-suggestions/v1/payloads.ts'
import { figures, type Figures, type Filed } from '../src/deputy-suggestions/v1/register.ts'
import { startPlay, type Play } from '../../kit/test/player.ts'
import { demoPlan } from './samples.ts'
import { story } from './story.ts'

const { definition } = entry
const transport = 'gov-transport'
const housing = 'gov-housing'
const water = 'gov-water'
const handlers: { [unit: string]: string } = {
  [transport]: 'cai-ning',
  [housing]: 'zhong-yuan',
  [water]: 'jin-bo',
}

const call = { text: '请认真听取民意、了解民情，积极撰写闭会期间的建议。' }
const filings: [string, { title: string; text: string }][] = [
  ['lu-ming', { title: '沿海中线安装路灯', text: '未装路灯，经常发生交通事故。' }],
  ['wei-qiang', { title: '尽快点亮沿海中线', text: '夜间出行不便。' }],
  ['shen-lan', { title: '公园路南延和沿线排水', text: '道路不通，逢雨积水。' }],
]
const assignment = (title: string, from: number[], owner: string, key = false): Json => ({
  title,
  from,
  owner,
  dueOn: '2026-11-30',
  key,
})
const solved = { outcome: 'solved', text: '路灯已全部安装并亮灯。' }
const planned = { outcome: 'planned', text: '已列入项目。', plan: '2027年政府投资项目计划' }
const explained = { outcome: 'explained', text: '管网能力不足，暂不具备条件。' }
const why = { reason: '列入下年度继续督办' }

/** The call of 1 September, and three suggestions of which two are about the same. */
function called(): Play {
  const play = startPlay(definition, demoPlan(undefined, definition.id))
  play.goTo('2026-09-01 10:00')
  play.say('pan-li', 'call.issue', play.root(), call)
  play.goTo('2026-09-14 09:00')
  for (const [deputy, suggestion] of filings) {
    t.equal(play.say(deputy, 'suggestion.file', play.root(), suggestion), 'ok')
  }
  return play
}

/** Merged and split on 9 October: lights (of 1 and 2, key), road and drains (both of 3). */
function assigned(): { play: Play; lights: Instance; road: Instance; drains: Instance } {
  const play = called()
  play.goTo('2026-10-09 09:00')
  const matters = [
    assignment('沿海中线亮灯工程', [1, 2], transport, true),
    assignment('公园路南延', [3], housing),
    assignment('公园路沿线排水', [3], water),
  ]
  t.equal(play.say('pan-li', 'matter.assign', play.root(), { matters }), 'ok')
  t.equal(play.say('pan-li', 'assigning.finish', play.root(), {}), 'ok')
  const [lights, road, drains] = play.children(play.root(), 'matter')
  if (!lights || !road || !drains) throw new Error('three matters were assigned')
  return { play, lights, road, drains }
}

function answer(play: Play, matter: Instance, reply: Json, rating: string, deputy: string): void {
  t.equal(play.say(handlers[matter.unit ?? ''] ?? '', 'reply.answer', matter, reply), 'ok')
  t.equal(play.say(deputy, 'reply.rate', matter, { rating }), 'ok')
}

/** The key matter is entrusted to a leader, who looks at it. */
function inspected(play: Play, matter: Instance): void {
  play.say('pan-li', 'key.entrust', matter, { leader: 'xu-zheng' })
  const seen = { findings: '现场察看，灯杆已立。' }
  t.equal(play.say('dong-mei', 'key.inspect', matter, seen), 'not_named')
  t.equal(play.say('xu-zheng', 'key.inspect', matter, seen), 'ok')
}

function reported(play: Play): void {
  const text = { title: '代表建议办理情况报告', text: '情况见所附统计。' }
  t.equal(play.say('pan-li', 'report.submit', play.root(), text), 'ok')
  t.equal(play.say('fang-wenbin', 'report.chair.sign', play.root(), {}), 'ok')
  t.equal(play.root().state.status, 'done')
}
const figuresOf = (play: Play) => (play.context(play.root()) as { figures: Figures }).figures

void t.test('called for a month, merged and split, handled, rated and reported', async (t) => {
  const play = called()
  t.equal(play.say('pan-li', 'assigning.finish', play.root(), {}), 'not_yet_open')
  play.goTo('2026-10-02 00:00')
  t.equal(play.state(play.root()), '交办', 'a month after the first of September')
  t.equal(play.say('lu-ming', 'suggestion.file', play.root(), filings[0]![1]), 'late')
  play.goTo('2026-10-09 09:00')
  const nobodys = { matters: [assignment('无此件', [4], housing)] }
  t.equal(play.say('pan-li', 'matter.assign', play.root(), nobodys), 'guard_refused')
  const matters = [assignment('沿海中线亮灯工程', [1, 2], transport, true)]
  t.equal(play.say('pan-li', 'matter.assign', play.root(), { matters }), 'ok')
  t.equal(play.say('pan-li', 'assigning.finish', play.root(), {}), 'guard_refused', '3 is left')
  const rest = [assignment('公园路南延', [3], housing), assignment('公园路沿线排水', [3], water)]
  t.equal(play.say('pan-li', 'matter.assign', play.root(), { matters: rest }), 'ok')
  t.equal(play.say('pan-li', 'assigning.finish', play.root(), {}), 'ok')

  const [lights, road, drains] = play.children(play.root(), 'matter')
  if (!lights || !road || !drains) throw new Error('three matters were assigned')
  t.match(play.context(lights), { lead: 'lu-ming', filers: ['lu-ming', 'wei-qiang'] })
  play.goTo('2026-11-10 09:00')
  t.equal(play.say('jin-bo', 'reply.answer', lights, solved), 'role_required', 'of its department')
  answer(play, lights, solved, 'satisfied', 'lu-ming')
  t.equal(play.state(lights), '答复办结 + 重点建议，待明确领办领导', 'a key one is looked at')
  inspected(play, lights)
  t.equal(play.state(lights), '办结')
  const noPlan = { ...planned, plan: undefined } as unknown as Json
  t.not(play.say('zhong-yuan', 'reply.answer', road, noPlan), 'ok', 'which plan?')
  answer(play, road, planned, 'basically', 'shen-lan')
  answer(play, drains, explained, 'satisfied', 'shen-lan')
  t.equal(play.state(play.root()), '起草办理情况报告')
  t.match(figuresOf(play), {
    suggestions: 3,
    matters: 3,
    byDeputy: { 'lu-ming': 1, 'shen-lan': 1, 'wei-qiang': 1 },
    outcomes: { solved: 1, planned: 1, explained: 1, unanswered: 0 },
    solvedRate: 66.7,
    planned: ['公园路南延'],
    key: 1,
    satisfaction: { rate: 66.7, contentRate: 100, byUnit: { [housing]: { rate: 0 } } },
  })
  reported(play)
  story(t, 'deputy-suggestions.main', play)
  t.ok(play.proves())
})

void t.test('what does not satisfy is handled again, twice, then the leader decides', async (t) => {
  const { play, lights, road, drains } = assigned()
  play.goTo('2026-10-20 09:00')
  answer(play, road, explained, 'not', 'shen-lan')
  t.equal(play.state(road), '重新办理：答复 + 一般建议')
  play.goTo('2026-11-16 09:00')
  answer(play, road, planned, 'satisfied', 'shen-lan')
  t.equal(play.state(road), '办结')

  for (const day of ['2026-11-17', '2026-12-01', '2026-12-10']) {
    play.goTo(`${day} 09:00`)
    answer(play, drains, explained, 'not', 'shen-lan')
  }
  t.equal(play.state(drains), '答复待领导决定 + 一般建议')
  t.equal(play.say('xu-zheng', 'reply.decide', drains, { decision: 'close', ...why }), 'ok')
  play.goTo('2026-12-11 09:00')
  answer(play, lights, solved, 'satisfied', 'lu-ming')
  inspected(play, lights)
  t.match(figuresOf(play), {
    outcomes: { solved: 1, planned: 1, explained: 1 },
    satisfaction: { rate: 66.7, firstRate: 33.3, not: 1 },
  })
  story(t, 'deputy-suggestions.again', play)
})

void t.test('late in everything, and concluded by decision', async (t) => {
  const play = called()
  play.goTo('2026-10-21 09:00')
  t.equal(play.state(play.root()), '交办逾期', 'ten working days, the holiday not counted')
  const matters = [assignment('沿海中线亮灯工程', [1], transport, true)]
  play.say('pan-li', 'matter.assign', play.root(), { matters })
  t.equal(play.say('fang-wenbin', 'unassigned.decide', play.root(), { reason: '内容重复' }), 'ok')
  t.match(play.context(play.root()), { unassigned: { numbers: [2, 3] } })
  const [lights] = play.children(play.root(), 'matter')
  if (!lights) throw new Error('one matter was assigned')
  play.goTo('2026-12-01 09:00')
  t.equal(play.state(lights), '答复逾期 + 重点督办逾期')
  t.equal(play.say('cai-ning', 'reply.answer', lights, solved), 'ok')
  play.goTo('2026-12-17 09:00')
  t.equal(play.state(lights), '答复办结 + 重点督办逾期', 'nobody rated within fifteen days')
  play.goTo('2027-01-04 09:00')
  t.equal(play.state(play.root()), '办理逾期')
  t.equal(play.say('pan-li', 'conclusion.decide', play.root(), why), 'role_required')
  t.equal(play.say('fang-wenbin', 'conclusion.decide', play.root(), why), 'ok')
  play.say('cao-rui', 'report.submit', play.root(), { title: '报告', text: '尚有一件未结。' })
  const short = { reason: '未说明未结原因' }
  t.equal(play.say('fang-wenbin', 'report.chair.return', play.root(), short), 'ok')
  reported(play)
  story(t, 'deputy-suggestions.overdue', play)
  t.ok(play.proves())
})

const filed = fc
  .array(fc.constantFrom('lu-ming', 'shen-lan', 'wei-qiang'))
  .map((deputies) => deputies.map((by, n): Filed => ({ no: n + 1, by, at: '', title: '建议', text: '建议' })))
const closed = fc.array(
  fc.record({
    title: fc.constant('建议件'),
    unit: fc.constantFrom(housing, water),
    key: fc.boolean(),
    outcome: fc.constantFrom('solved', 'planned', 'explained', 'unanswered'),
  }),
) as fc.Arbitrary<Closed[]>

const sum = (counts: { [name: string]: number }): number => Object.values(counts).reduce((a, b) => a + b, 0)

void t.test('figures: outcomes make up the matters, and deputies the suggestions', async () => {
  fc.assert(
    fc.property(filed, closed, (all, done) => {
      const { suggestions, matters, byDeputy, outcomes, planned, solvedRate } = figures(all, done, [])
      return (
        sum(byDeputy) === suggestions &&
        sum(outcomes) === matters &&
        planned.length === outcomes.planned &&
        (solvedRate === null) === (matters === 0) &&
        (solvedRate ?? 0) <= 100
      )
    }),
  )
})
