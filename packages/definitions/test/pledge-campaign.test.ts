import type { Instance, Json } from '@duban/engine'
import t from 'tap'
import type { Counts } from '@duban/kit'
import type { Disclosure } from '@duban/kit'
import { pledgeCampaign } from '../src/pledge-campaign/v1.ts'
import type { Rated } from '../src/pledge-campaign/v1/payloads.ts'
import type { PledgeContext } from '../src/pledge-campaign/v1/pledge-context.ts'
import { startPlay, type Play } from '../../kit/test/player.ts'
import { demoPlan } from './samples.ts'
import { story } from './story.ts'

const branch = 'county-office'
const secretary = 'chen-siyu'
const member = 'qian-zhiyuan'
const committee = 'zhao-wenhui'
const masses = 'luo-qing'

const find = (play: Play, kind: string, person?: string): Instance => {
  const found = play
    .instances(kind)
    .find((it) => person === undefined || (play.context(it) as PledgeContext).owner === person)
  if (!found) throw new Error(`no ${kind} ${person ?? ''}`)
  return found
}
/** The last objection to a pledge or a board. */
const objection = (play: Play, to: Instance, kind: string): Instance => {
  const found = play.children(to, kind).at(-1)
  if (!found) throw new Error(`no ${kind}`)
  return found
}
const branchState = (play: Play): string => play.state(find(play, 'branch'))
const mine = (play: Play, person: string): Instance => find(play, 'memberPledge', person)

/** A branch of two whose members were listed on 3 July. */
function listed(): Play {
  const play = startPlay(pledgeCampaign, demoPlan([branch], 'pledge-campaign'))
  play.goTo('2026-07-03 09:00')
  const members = [{ person: secretary }, { person: member }]
  play.say(secretary, 'branch.list', find(play, 'branch'), { members })
  return play
}
const five: Json = {
  items: {
    jointBuilding: '与社区党支部共建一次',
    pairing: '每名党员结对一户',
    convenience: '设便民服务岗',
    jobs: '提供见习岗位两个',
    knowledge: '送法进社区两场',
  },
}
const own: Json = { items: [{ text: '文件当日办结' }, { text: '来访首问负责' }] }

function publish(play: Play): void {
  play.say(secretary, 'unitPledge.publish', find(play, 'unitPledge'), five)
  for (const person of [secretary, member]) {
    play.say(person, 'memberPledge.publish', mine(play, person), own)
  }
}
/** All pledges stood their five working days: they are in force from 14 July. */
function inForce(): Play {
  const play = listed()
  play.goTo('2026-07-06 09:00')
  publish(play)
  play.goTo('2026-07-14 09:00')
  return play
}
const told = { summary: '逐项对照承诺,均已落实。' }
function talk(play: Play, ...people: string[]): void {
  for (const person of people) play.say(person, 'memberPledge.talk', mine(play, person), told)
  play.say(secretary, 'unitPledge.talk', find(play, 'unitPledge'), told)
}
const good = { level: 'good', comment: '办文及时,服务热情。' }
/** Both have talked, progress has been public: assessment is open from 24 November. */
function assessing(): Play {
  const play = inForce()
  play.goTo('2026-11-10 09:00')
  talk(play, secretary, member)
  play.goTo('2026-11-16 09:00')
  play.say(secretary, 'progress.publish', find(play, 'branch'), {
    summary: '承诺十一项,完成十项。',
  })
  play.goTo('2026-11-24 09:00')
  return play
}
function assessAll(play: Play): void {
  play.say(member, 'unitPledge.peerAssess', find(play, 'unitPledge'), good)
  play.say(masses, 'unitPledge.massesAssess', find(play, 'unitPledge'), good)
  for (const [person, peer] of [
    [secretary, member],
    [member, secretary],
  ] as const) {
    play.say(peer, 'memberPledge.peerAssess', mine(play, person), good)
    play.say(masses, 'memberPledge.massesAssess', mine(play, person), good)
  }
}
const starred = (stars: number) => ({ stars, comment: '表现突出' })
function rateAll(play: Play): void {
  play.say(committee, 'memberPledge.rate', mine(play, secretary), starred(4))
  play.say(secretary, 'memberPledge.rate', mine(play, member), starred(5))
  play.say(committee, 'unitPledge.rate', find(play, 'unitPledge'), starred(5))
}
function meet(play: Play, n: number, heldOn: string, was: 'present' | 'excused' = 'present'): Instance {
  const meeting = play.instances('study')[n]
  if (!meeting) throw new Error(`no meeting ${n}`)
  const day = { heldOn, place: '党员活动室', agenda: '学习培训' }
  play.say(secretary, 'study.announce', meeting, day)
  play.goTo(`${heldOn} 17:00`)
  const roll = [
    { person: secretary, was: 'present' },
    { person: member, was },
  ]
  play.say(secretary, 'study.record', meeting, { heldOn, minutes: '统一思想,明确要求。', roll })
  return meeting
}

void t.test('one talk, two assessments, three disclosures', async (t) => {
  const play = listed()
  play.goTo('2026-07-06 09:00')
  publish(play)
  t.equal(play.state(mine(play, member)), '党员承诺公示中')
  t.equal(branchState(play), '支部承诺')
  play.goTo('2026-07-14 00:00')
  t.equal(branchState(play), '践诺', 'public for five working days without an objection')
  for (const [n, day] of ['2026-07-15', '2026-08-12', '2026-09-16'].entries()) meet(play, n, day)

  play.goTo('2026-09-30 09:00')
  const progress = { item: 'pairing', percent: 100, note: '结对八户' }
  t.equal(play.say(secretary, 'unitPledge.report', find(play, 'unitPledge'), progress), 'ok')
  const second = { item: 2, percent: 80, note: '接待来访四十人次' }
  t.equal(play.say(member, 'memberPledge.report', mine(play, member), second), 'ok')
  t.equal(
    play.say(member, 'memberPledge.report', mine(play, member), { ...second, item: 3 }),
    'guard_refused',
    'two items were pledged',
  )
  const upward = { progress: '承诺均已公示', practices: '座牌亮身份', effects: '办文提速' }
  t.equal(play.say(secretary, 'branch.report', find(play, 'branch'), upward), 'ok')

  play.goTo('2026-11-10 09:00')
  talk(play, secretary, member)
  t.equal(branchState(play), '践诺情况待公示')
  play.goTo('2026-11-16 09:00')
  const board = { summary: '承诺十一项,完成十项。', shortfalls: '送法进社区尚差一场。' }
  t.equal(play.say(secretary, 'progress.publish', find(play, 'branch'), board), 'ok')
  play.goTo('2026-11-24 09:00')
  t.equal(branchState(play), '评议')
  assessAll(play)
  t.equal(play.state(mine(play, member)), '党员承诺待评星')
  t.equal(
    play.say(secretary, 'memberPledge.rate', mine(play, secretary), starred(5)),
    'four_eyes',
    'nobody gives stars to themselves',
  )
  rateAll(play)
  t.equal(branchState(play), '评星定格待公示')
  play.goTo('2026-12-01 09:00')
  const starsBoard = { note: '星级见公示栏', corrections: [] }
  t.equal(play.say(secretary, 'stars.publish', find(play, 'branch'), starsBoard), 'ok')
  play.goTo('2026-12-09 09:00')
  t.equal(play.state(play.root()), '待总结')
  const { ratings, studyCounts } = play.context(find(play, 'branch')) as {
    ratings: Rated[]
    studyCounts: { [person: string]: Counts }
  }
  t.strictSame(
    ratings.map(({ of, stars }) => [of, stars]),
    [
      [secretary, 4],
      [member, 5],
      ['党支部承诺', 5],
    ],
  )
  t.match(studyCounts[member], { expected: 3, present: 3 })
  const summary = { summary: '支部承诺全部兑现。', unfinished: [] }
  t.equal(play.say(committee, 'summary.submit', play.root(), summary), 'ok')
  t.equal(play.root().state.status, 'done')
  t.ok(play.proves())
  story(t, 'pledge-campaign.main', play)
})

void t.test('a branch pledges something for each of the five activities, a member for themselves', async (t) => {
  const play = listed()
  const { jobs: _, ...four } = (five as { items: { [activity: string]: string } }).items
  const say = (items: Json) => play.say(secretary, 'unitPledge.publish', find(play, 'unitPledge'), { items })
  t.equal(say(four), 'invalid_payload')
  t.equal(play.say(member, 'memberPledge.publish', mine(play, secretary), own), 'not_named')
  t.equal(play.say(member, 'memberPledge.publish', mine(play, member), own), 'ok')
})

void t.test('an objection to a pledge: answered, or accepted and the pledge made public again', async (t) => {
  const play = listed()
  play.goTo('2026-07-06 09:00')
  publish(play)
  const pledge = mine(play, member)
  t.equal(play.say(member, 'memberPledge.object', pledge, { text: '无' }), 'four_eyes')
  play.say(masses, 'memberPledge.object', pledge, { text: '“当日办结”不够具体' })
  const first = objection(play, pledge, 'memberPledgeObjection')
  t.equal(play.state(first), '异议待答复')
  play.goTo('2026-07-08 09:00')
  const accepted = { outcome: 'accepted', text: '采纳,补充时限。' }
  t.equal(play.say(secretary, 'memberPledge.answer', first, accepted), 'ok')
  t.equal(play.state(pledge), '党员承诺采纳异议修改中')
  const better = { items: [{ text: '文件两小时内分送,当日办结' }] }
  t.equal(play.say(secretary, 'memberPledge.revise', pledge, better), 'not_named')
  t.equal(play.say(member, 'memberPledge.revise', pledge, better), 'ok')
  play.say(masses, 'memberPledge.object', pledge, { text: '首问负责为何删去' })
  const rejected = { outcome: 'rejected', text: '已列入支部承诺。' }
  play.goTo('2026-07-10 09:00')
  const second = objection(play, pledge, 'memberPledgeObjection')
  t.equal(play.say(secretary, 'memberPledge.answer', second, rejected), 'ok')
  play.goTo('2026-07-15 23:59')
  t.equal(play.state(pledge), '党员承诺公示中', 'a whole period from the 8th on')
  play.goTo('2026-07-16 00:00')
  t.equal(play.state(pledge), '党员承诺践诺中')
  const { memberPledge } = play.context(pledge) as { memberPledge: Disclosure<object> }
  t.match(memberPledge, { times: 2, received: 2, open: 0 })
  story(t, 'pledge-campaign.objection', play)
})

void t.test('who could not come to a meeting makes it up, excused or not', async (t) => {
  const play = listed()
  const first = meet(play, 0, '2026-07-15', 'excused')
  t.equal(play.state(first), '党员大会补课中')
  play.goTo('2026-07-30 00:00')
  t.equal(play.state(first), '党员大会补课逾期')
  const relayed = { person: member, way: 'relayed', note: '由支委传达学习' }
  t.equal(play.say(secretary, 'study.makeUp', first, relayed), 'ok')
  const second = meet(play, 1, '2026-08-12', 'excused')
  const reported = { person: member, way: 'reported', note: '由秘书汇报' }
  t.equal(play.say(secretary, 'study.makeUp', second, reported), 'ok')
  const third = meet(play, 2, '2026-09-16', 'excused')
  const why = { person: member, reason: '长期驻外' }
  t.equal(play.say(secretary, 'study.waive', third, why), 'role_required')
  t.equal(play.say(committee, 'study.waive', third, why), 'ok')
  const { studyCounts } = play.context(find(play, 'branch')) as {
    studyCounts: { [person: string]: Counts }
  }
  t.match(studyCounts[member], { expected: 3, excused: 3, madeUp: 2 })
  story(t, 'pledge-campaign.makeUp', play)
})

void t.test('what is late is pressed for: pledge, talk, assessment, board', async (t) => {
  const play = listed()
  play.goTo('2026-07-06 09:00')
  play.say(secretary, 'unitPledge.publish', find(play, 'unitPledge'), five)
  play.say(secretary, 'memberPledge.publish', mine(play, secretary), own)
  play.goTo('2026-08-01 00:00')
  t.equal(play.state(mine(play, member)), '党员承诺逾期未公示')
  t.ok(play.notices.some(({ to, zh }) => to.includes('committee') && zh === '办公室党员承诺逾期未公示'))
  play.say(member, 'memberPledge.publish', mine(play, member), own)
  play.goTo('2026-11-10 09:00')
  talk(play, secretary)
  play.goTo('2026-11-16 00:00')
  t.equal(play.state(mine(play, member)), '党员承诺述讲逾期')
  const why = { reason: '援藏' }
  t.equal(play.say(committee, 'memberPledge.waive', mine(play, member), why), 'ok')
  t.equal(branchState(play), '践诺情况待公示')
  play.goTo('2026-12-01 00:00')
  t.equal(branchState(play), '践诺情况逾期未公示')
  t.equal(play.say(committee, 'progress.decide', find(play, 'branch'), { reason: '与星级一并公示' }), 'ok')
  t.equal(branchState(play), '评议')
  play.say(masses, 'memberPledge.massesAssess', mine(play, member), good)
  play.goTo('2026-12-11 00:00')
  t.equal(play.state(mine(play, member)), '党员承诺待评星', 'who did not assess in time is not waited for')
  play.goTo('2026-12-19 00:00')
  t.equal(play.state(mine(play, member)), '党员承诺评星逾期')
  rateAll(play)
  t.equal(branchState(play), '评星定格待公示')
  play.goTo('2026-12-26 00:00')
  t.equal(branchState(play), '评星定格逾期未公示')
  const board = { note: '星级见公示栏', corrections: [] }
  t.equal(play.say(secretary, 'stars.publish', find(play, 'branch'), board), 'ok')
  play.goTo('2027-01-05 09:00')
  t.equal(branchState(play), '学习补课', 'three meetings are still to be held')
  play.goTo('2027-01-16 00:00')
  t.equal(play.state(play.root()), '待总结')
  play.goTo('2027-02-01 00:00')
  t.equal(play.state(play.root()), '总结逾期')
  const summary = { summary: '一个支部未完成学习。', unfinished: [branch] }
  t.equal(play.say(committee, 'summary.submit', play.root(), summary), 'ok')
  story(t, 'pledge-campaign.overdue', play)
})

void t.test('everybody assesses once, nobody themselves; an objection to the stars corrects them', async (t) => {
  const play = assessing()
  const pledge = mine(play, member)
  t.equal(play.say(member, 'memberPledge.peerAssess', pledge, good), 'four_eyes')
  t.equal(play.say(secretary, 'memberPledge.peerAssess', pledge, good), 'ok')
  t.equal(play.say(secretary, 'memberPledge.peerAssess', pledge, good), 'guard_refused')
  t.equal(play.say(secretary, 'memberPledge.rate', pledge, starred(5)), 'wrong_state', 'both are needed')
  assessAll(play)
  rateAll(play)
  const its = find(play, 'branch')
  play.say(secretary, 'stars.publish', its, { note: '星级见公示栏', corrections: [] })
  t.equal(play.say(member, 'stars.object', its, { text: '支部只能评四星' }), 'ok')
  const accepted = { outcome: 'accepted', text: '送法进社区差一场,属实。' }
  const raised = objection(play, its, 'starsObjection')
  t.equal(play.say(secretary, 'stars.answer', raised, accepted), 'ok')
  const corrections = [{ of: '党支部承诺', stars: 4, reason: '一项未完成' }]
  t.equal(play.say(secretary, 'stars.revise', its, { note: '更正', corrections }), 'ok')
  t.equal(branchState(play), '评星定格公示中')
  story(t, 'pledge-campaign.correction', play)
})

void t.test('a branch that lists nobody in time is overdue', async (t) => {
  const play = startPlay(pledgeCampaign, demoPlan([branch], 'pledge-campaign'))
  play.goTo('2026-07-09 00:00')
  t.equal(branchState(play), '党员名单逾期')
  const members = [{ person: member }]
  t.equal(play.say(secretary, 'branch.list', find(play, 'branch'), { members }), 'ok')
})
