import type { Instance } from '@duban/engine'
import t from 'tap'
import { entry } from '../src/deliberation-opinions/index.ts'
import type { MatterContext } from '../src/deliberation-opinions/v1/matter-context.ts'
import { startPlay, type Play } from '../../kit/test/player.ts'
import { demoPlan } from './samples.ts'
import { story } from './story.ts'

const { definition } = entry
const housing = 'gov-housing'
const members = ['du-heng', 'ren-yi', 'lu-ming', 'jiang-xue', 'wei-qiang']

const topic = {
  title: '老旧小区改造工作情况的报告',
  owner: housing,
  way: 'vote',
  members: 5,
  heldOn: '2026-03-27',
  replyBy: '2026-05-29',
}
const card = { opinion: '改造后物业管理跟不上。', problems: ['维修资金续筹难'] }
const session = { heard: '听取并审议了县住建局的专题工作报告。' }
const drafted = {
  title: '关于老旧小区改造工作的审议意见',
  articles: [{ text: '建立维修资金续筹机制。', measure: '年底前二十个小区完成续筹。' }],
}
const reply = { text: '已出台续筹办法，十二个小区完成续筹。' }
const hearing = { body: 'committee', record: '常委会会议听取了办理情况的报告。' }
const yes = { adopted: 'yes', opinion: '同意印发。' }

/** A session with one matter, its cards filled in by all members. */
function put(more: Partial<typeof topic> = {}): { play: Play; matter: Instance } {
  const play = startPlay(definition, demoPlan(undefined, definition.id))
  play.goTo('2026-03-10 09:00')
  t.equal(play.say('pan-li', 'matter.put', play.root(), { ...topic, ...more }), 'ok')
  const [matter] = play.children(play.root(), 'matter')
  if (!matter) throw new Error('one matter was put')
  return { play, matter }
}

/** Deliberated on 27 March, collated and read by director and chair. */
function signed(more: Partial<typeof topic> = {}): { play: Play; matter: Instance } {
  const { play, matter } = put(more)
  play.goTo('2026-03-25 09:00')
  for (const member of members) play.say(member, 'card.fill', matter, card)
  play.goTo('2026-03-27 15:00')
  play.say('pan-li', 'session.record', matter, session)
  play.goTo('2026-03-31 09:00')
  play.say('pan-li', 'opinions.submit', matter, drafted)
  play.say('meng-jie', 'opinions.director.sign', matter, {})
  play.say('fang-wenbin', 'opinions.chair.sign', matter, { opinion: '提交表决' })
  return { play, matter }
}

function vote(play: Play, matter: Instance, ...votes: string[]): void {
  votes.forEach((one, n) => play.say(members[n] ?? '', 'vote.cast', matter, { vote: one }))
}

function rate(play: Play, matter: Instance, ...ratings: string[]): void {
  ratings.forEach((rating, n) => play.say(members[n] ?? '', 'satisfaction.vote', matter, { rating }))
  t.equal(play.say('pan-li', 'satisfaction.count', matter, {}), 'ok')
}

/** Answered and heard. */
function heard(play: Play, matter: Instance): void {
  t.equal(play.say('zhong-yuan', 'reply.submit', matter, reply), 'ok')
  t.equal(play.say('pan-li', 'hearing.record', matter, hearing), 'ok')
}

/** Adopted by the head of the working body on 2 April: the department has its task. */
function issued(): { play: Play; matter: Instance } {
  const { play, matter } = signed({ way: 'responsible' })
  play.goTo('2026-04-02 09:00')
  play.say('cao-rui', 'responsible.decide', matter, yes)
  return { play, matter }
}

const seen = (play: Play, matter: Instance) => play.context(matter) as MatterContext

void t.test('from the cards to a vote, a written reply and its hearing', async (t) => {
  const { play, matter } = put()
  play.goTo('2026-03-25 09:00')
  for (const member of members) t.equal(play.say(member, 'card.fill', matter, card), 'ok')
  t.equal(play.say('du-heng', 'card.fill', matter, card), 'guard_refused', 'one card each')
  play.goTo('2026-03-27 15:00')
  t.equal(play.say('pan-li', 'session.record', matter, session), 'ok')
  play.goTo('2026-03-31 09:00')
  t.equal(play.say('pan-li', 'opinions.submit', matter, drafted), 'ok')
  const vague = { reason: '要求要明确，指标要量化' }
  t.equal(play.say('meng-jie', 'opinions.director.return', matter, vague), 'ok')
  t.equal(play.say('pan-li', 'opinions.submit', matter, drafted), 'ok')
  t.equal(play.say('fang-wenbin', 'opinions.chair.sign', matter, {}), 'wrong_state', 'in order')
  t.equal(play.say('meng-jie', 'opinions.director.sign', matter, {}), 'ok')
  t.equal(play.say('fang-wenbin', 'opinions.chair.sign', matter, { opinion: '提交表决' }), 'ok')

  play.goTo('2026-04-03 10:00')
  vote(play, matter, 'for', 'for', 'for', 'against')
  t.equal(play.say('du-heng', 'vote.cast', matter, { vote: 'for' }), 'guard_refused', 'once each')
  t.equal(play.say('pan-li', 'vote.count', matter, {}), 'ok')
  t.match(seen(play, matter).adoptions, [
    { adopted: 'yes', opinion: '应到5，实到4，达到过半数；赞成3，须达到应到5的过半数' },
  ])
  t.equal(play.say('cai-ning', 'reply.submit', matter, reply), 'role_required', 'of its department')
  play.goTo('2026-05-20 09:00')
  t.equal(play.say('zhong-yuan', 'reply.submit', matter, reply), 'ok')
  play.goTo('2026-06-12 09:00')
  t.equal(play.say('pan-li', 'hearing.record', matter, hearing), 'ok')
  rate(play, matter, 'satisfied', 'satisfied', 'satisfied', 'not', 'basically')
  t.equal(play.state(matter), '办结')

  play.goTo('2026-12-01 09:00')
  t.equal(play.state(play.root()), '年终总结')
  t.equal(play.say('pan-li', 'summary.submit', play.root(), { summary: '全年审议一件。' }), 'ok')
  t.match(play.context(play.root()), {
    summary: { statistics: { matters: 1, rate: 100, byUnit: { [housing]: { satisfied: 1 } } } },
  })
  story(t, 'deliberation-opinions.main', play)
  t.ok(play.proves())
})

void t.test('three ways of adopting', async (t) => {
  const vote3 = signed()
  vote(vote3.play, vote3.matter, 'for', 'for', 'abstain')
  t.equal(vote3.play.say('pan-li', 'vote.count', vote3.matter, {}), 'ok')
  t.equal(vote3.play.state(vote3.matter), '起草审议意见', 'two of five are not more than half')

  const chairs = signed({ way: 'chairs' })
  t.equal(chairs.play.state(chairs.matter), '主任会议讨论')
  t.equal(chairs.play.say('cao-rui', 'responsible.decide', chairs.matter, yes), 'wrong_state')
  t.equal(chairs.play.say('du-heng', 'chairs.decide', chairs.matter, yes), 'ok')
  t.equal(chairs.play.state(chairs.matter), '交办，承办部门办理')

  const head = signed({ way: 'responsible' })
  t.equal(head.play.say('cao-rui', 'responsible.decide', head.matter, yes), 'ok')
  t.equal(head.play.state(head.matter), '交办，承办部门办理')
})

void t.test('what is not adopted is drafted and read anew', async (t) => {
  const { play, matter } = signed({ way: 'chairs' })
  play.goTo('2026-04-02 09:00')
  const no = { adopted: 'no', opinion: '第一条避重就轻，重新归纳。' }
  t.equal(play.say('du-heng', 'chairs.decide', matter, no), 'ok')
  t.equal(play.state(matter), '起草审议意见')
  play.say('pan-li', 'opinions.submit', matter, drafted)
  play.say('meng-jie', 'opinions.director.sign', matter, {})
  play.say('fang-wenbin', 'opinions.chair.sign', matter, {})
  play.goTo('2026-04-24 09:00')
  t.equal(seen(play, matter).formedLate, true, 'fifteen working days after the session')
  t.equal(play.say('fang-wenbin', 'chairs.decide', matter, yes), 'ok')
  story(t, 'deliberation-opinions.notAdopted', play)
})

void t.test('a reply that is overdue, returned, and handed back until the chair decides', async (t) => {
  const { play, matter } = issued()
  play.goTo('2026-05-29 23:59')
  t.equal(play.state(matter), '交办，承办部门办理')
  play.goTo('2026-05-30 09:00')
  t.equal(play.state(matter), '办理情况逾期')
  t.ok(play.notices.some(({ to, zh }) => to.includes('chair') && zh.includes('逾期未报送')))
  play.goTo('2026-06-02 09:00')
  t.equal(play.say('zhong-yuan', 'reply.submit', matter, reply), 'ok')
  const empty = { reason: '敷衍办理，未答第一条' }
  t.equal(play.say('meng-jie', 'reply.return', matter, empty), 'ok')
  play.goTo('2026-06-10 09:00')
  heard(play, matter)
  rate(play, matter, 'not', 'not', 'not', 'satisfied')
  t.equal(play.state(matter), '不满意，交回再办')
  play.goTo('2026-07-20 09:00')
  heard(play, matter)
  rate(play, matter, 'not', 'satisfied')
  t.equal(play.state(matter), '不满意，交回再办', 'half is not more than half')
  play.goTo('2026-09-10 09:00')
  heard(play, matter)
  rate(play, matter, 'not')
  t.equal(play.state(matter), '多次不满意，待主任决定')
  t.equal(
    play.say('fang-wenbin', 'matter.decide', matter, {
      decision: 'close',
      reason: '受条件限制，列入明年计划',
    }),
    'ok',
  )
  t.match(play.context(play.root()), {
    settled: [{ unit: housing, first: 'not', last: 'not', answers: 4 }],
  })
  story(t, 'deliberation-opinions.handedBack', play)
  t.ok(play.proves())
})

void t.test('at the end of the year the chair may conclude with matters unsettled', async (t) => {
  const { play, matter } = put({ heldOn: '2026-11-27', replyBy: '2026-12-25' })
  play.goTo('2026-11-28 09:00')
  t.equal(play.state(matter), '会议记录逾期')
  t.equal(play.say('pan-li', 'session.record', matter, session), 'ok')
  play.goTo('2026-12-01 09:00')
  t.equal(play.say('pan-li', 'matter.put', play.root(), topic), 'late')
  play.goTo('2027-01-04 09:00')
  t.equal(play.state(play.root()), '年终仍有未结')
  t.equal(seen(play, matter).opinions.late, true)
  const why = { reason: '转下年度继续督办' }
  t.equal(play.say('fang-wenbin', 'conclusion.decide', play.root(), why), 'ok')
  play.say('pan-li', 'summary.submit', play.root(), { summary: '一件转下年度。' })
  t.equal(play.root().state.status, 'done')
  story(t, 'deliberation-opinions.overdue', play)
})
