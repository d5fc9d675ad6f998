import type { Instance, Json } from '@duban/engine'
import t from 'tap'
import type { Counts, Session } from '@duban/kit'
import { lateNotices, type Post } from '@duban/kit'
import { lawLiaisonRegistry } from '../src/law-liaison-registry/v1.ts'
import { startPlay, type Play } from '../../kit/test/player.ts'
import { demoPlan } from './samples.ts'
import { story } from './story.ts'

const office = 'county-office'
const corrections = 'county-corrections'
const lawyers = 'county-lawyers'
const heads: { [unit: string]: string } = {
  [office]: 'chen-siyu',
  [corrections]: 'feng-lei',
  [lawyers]: 'han-xue',
}
const liaisons: { [unit: string]: string } = {
  [office]: 'qian-zhiyuan',
  [corrections]: 'tang-weimin',
  [lawyers]: 'deng-yaqin',
}
const everybody = Object.values(liaisons)
const secretary = 'sun-lihua'
const lead = 'wang-jianguo'

const began = (...units: string[]): Play => startPlay(lawLiaisonRegistry, demoPlan(units, 'law-liaison-registry'))
const postOf = (play: Play, unit: string): Instance => {
  const post = play.instances('post').find((one) => one.unit === unit)
  if (!post) throw new Error(`no post of ${unit}`)
  return post
}
const post = (play: Play, unit: string) => (play.context(postOf(play, unit)) as { post: Post }).post
const sessionOf = (play: Play, title: string): Instance => {
  const found = play
    .instances('session')
    .find((one) => (play.context(one) as { session: Session }).session.title === title)
  if (!found) throw new Error(`no session ${title}`)
  return found
}
const state = (play: Play, unit: string): string => play.state(postOf(play, unit))

function appoint(play: Play, unit: string, person = liaisons[unit] ?? ''): void {
  const one = postOf(play, unit)
  const volunteer = { statement: '热爱法治工作,熟悉本部门情况。' }
  play.say(person, 'post.volunteer', one, volunteer)
  play.say(heads[unit] ?? '', 'post.recommend', one, { opinion: '同意推荐' })
  play.say(secretary, 'post.approve', one, {})
}
/** All departments have their liaison by 10 March. */
function appointed(...units: string[]): Play {
  const play = began(...units)
  play.goTo('2026-03-10 10:00')
  for (const unit of units) appoint(play, unit)
  return play
}
function announce(play: Play, title: string, heldOn: string): string {
  const day = { heldOn, place: '区政府一楼会议室', agenda: '部署全区依法治区工作任务,交流经验。' }
  return play.say(secretary, 'session.announce', sessionOf(play, title), day)
}
function record(play: Play, title: string, heldOn: string, ...absent: string[]): string {
  const roll = everybody.map((person) => ({
    person,
    was: absent.includes(person) ? 'absent' : 'present',
  }))
  const minutes = { heldOn, minutes: '部署工作,三个部门作了交流。', roll }
  return play.say(secretary, 'session.record', sessionOf(play, title), minutes)
}
const report: Json = {
  study: '全员学法四次。',
  enforcement: '行政执法全过程记录。',
  governance: '合法性审查全覆盖。',
  duties: '参加会议、培训各一次,报送信息十二条。',
}
const meeting = '年度普法联络员会议'
const training = '年度联络员集中培训'

void t.test('a year of liaisons: appointed, met, trained, reported, judged', async (t) => {
  const play = began(office, corrections, lawyers)
  play.goTo('2026-03-10 10:00')
  t.equal(play.state(play.root()), '选任联络员')
  for (const unit of [office, corrections, lawyers]) appoint(play, unit)
  t.equal(play.state(play.root()), '联络员履职', 'every department has one')

  play.goTo('2026-04-08 09:00')
  t.equal(announce(play, meeting, '2026-04-22'), 'ok')
  play.goTo('2026-04-22 17:00')
  t.equal(record(play, meeting, '2026-04-22', 'tang-weimin'), 'ok')
  play.goTo('2026-04-28 10:00')
  const makeUp = { person: 'tang-weimin', way: 'lesson', note: '补课半天' }
  t.equal(play.say(secretary, 'session.makeUp', sessionOf(play, meeting), makeUp), 'ok')
  play.goTo('2026-09-01 09:00')
  announce(play, training, '2026-09-16')
  play.goTo('2026-09-16 18:00')
  t.equal(record(play, training, '2026-09-16'), 'ok')
  play.goTo('2026-09-20 09:00')
  const task = { title: '交办任务:报送普法统计报表', heldOn: '2026-10-10' }
  t.equal(play.say(secretary, 'task.assign', play.root(), task), 'ok')
  play.goTo('2026-10-10 17:00')
  t.equal(record(play, task.title, '2026-10-10', 'tang-weimin'), 'ok')

  play.goTo('2026-11-20 09:00')
  for (const [unit, person] of Object.entries(liaisons)) {
    if (unit === corrections) continue
    t.equal(play.say(person, 'report.submit', postOf(play, unit), report), 'ok')
    t.equal(play.say(secretary, 'report.accept', postOf(play, unit), {}), 'ok')
  }
  t.equal(play.say(secretary, 'post.commend', postOf(play, lawyers), { facts: '先进' }), 'not_yet_open')
  play.goTo('2026-12-02 09:00')
  t.equal(play.state(play.root()), '年终考核')
  t.equal(state(play, corrections), '普法联络员在任 + 书面报告逾期')
  const { sessionCounts } = play.context(play.root()) as { sessionCounts: { [p: string]: Counts } }
  const expected = { expected: 3, present: 1, excused: 0, absent: 2, madeUp: 1 }
  t.strictSame(sessionCounts['tang-weimin'], expected, 'the basis of the review')

  const praise = { facts: '完成任务好,工作成绩突出' }
  t.equal(play.say(secretary, 'post.commend', postOf(play, lawyers), praise), 'ok')
  const blame = { facts: '怠于履职:缺席培训任务,未报年度报告', documentNo: '通报〔2026〕3号' }
  t.equal(play.say(secretary, 'post.criticise', postOf(play, corrections), blame), 'ok')
  t.equal(play.say(secretary, 'post.proposeDismissal', postOf(play, corrections), blame), 'ok')
  t.equal(play.say(secretary, 'post.dismiss', postOf(play, corrections), blame), 'role_required')
  const dismissal = { leftOn: '2026-12-08', reason: '同意办公室建议' }
  play.goTo('2026-12-08 15:00')
  t.equal(play.say(lead, 'post.dismiss', postOf(play, corrections), dismissal), 'ok')
  play.goTo('2026-12-14 09:00')
  t.equal(state(play, corrections), '普法联络员人选逾期未推荐 + 书面报告逾期')
  play.goTo('2026-12-22 16:00')
  const conference = { heldOn: '2026-12-22', summary: '总结全年,表彰先进。', vacant: [corrections] }
  t.equal(play.say(secretary, 'conference.hold', play.root(), conference), 'ok')
  t.equal(play.root().state.status, 'done')
  t.ok(play.proves())
  story(t, 'law-liaison-registry.main', play)
})

void t.test('a liaison leaves: notice within five days, and a successor is proposed', async (t) => {
  const play = appointed(lawyers)
  play.goTo('2026-06-15 09:00')
  const left = { leftOn: '2026-06-12', reason: '工作变动' }
  t.equal(play.say('han-xue', 'post.leave', postOf(play, lawyers), left), 'ok')
  t.equal(
    play.say('deng-yaqin', 'report.submit', postOf(play, lawyers), report),
    'not_named',
    'who has left does not report',
  )
  play.goTo('2026-06-16 09:00')
  t.equal(play.say('han-xue', 'post.notify', postOf(play, lawyers), { letter: '函告' }), 'ok')
  t.equal(state(play, lawyers), '普法联络员空缺待报名 + 书面报告待报送')
  appoint(play, lawyers, 'zhou-min')
  t.equal(play.say('zhou-min', 'report.submit', postOf(play, lawyers), report), 'ok')
  t.strictSame(lateNotices([post(play, lawyers)]), [])
  story(t, 'law-liaison-registry.successor', play)
})

void t.test('a department that keeps silent is overdue from the sixth day on', async (t) => {
  const play = appointed(lawyers)
  play.goTo('2026-06-13 09:00')
  const left = { leftOn: '2026-06-12', reason: '办公室获悉其已调离' }
  t.equal(play.say(secretary, 'post.leave', postOf(play, lawyers), left), 'ok')
  play.goTo('2026-06-17 23:59')
  t.equal(state(play, lawyers), '普法联络员已离任待函告 + 书面报告待报送')
  play.goTo('2026-06-18 00:00')
  t.equal(state(play, lawyers), '普法联络员离任逾期未函告 + 书面报告待报送')
  play.goTo('2026-06-22 09:00')
  t.equal(play.say('han-xue', 'post.notify', postOf(play, lawyers), { letter: '函告' }), 'ok')
  t.equal(state(play, lawyers), '普法联络员人选逾期未推荐 + 书面报告待报送')
  appoint(play, lawyers, 'zhou-min')
  t.equal(state(play, lawyers), '普法联络员在任 + 书面报告待报送')
  t.equal(lateNotices([post(play, lawyers)]).length, 1, 'it stays on record')
  story(t, 'law-liaison-registry.lateNotice', play)
})

void t.test('a candidate who is not approved, and a department without one', async (t) => {
  const play = began(office, lawyers)
  play.goTo('2026-03-09 09:00')
  const one = postOf(play, lawyers)
  play.say('deng-yaqin', 'post.volunteer', one, { statement: '愿意担任' })
  play.say('han-xue', 'post.recommend', one, { opinion: '同意' })
  const why = { reason: '不具备大学本科以上学历' }
  t.equal(play.say(secretary, 'post.refuse', one, why), 'ok')
  appoint(play, lawyers, 'zhou-min')
  play.goTo('2026-04-02 00:00')
  t.equal(play.state(play.root()), '联络员履职', 'the year does not wait for those who have none')
  t.equal(state(play, office), '普法联络员人选逾期未推荐 + 书面报告待报送')
  t.ok(play.notices.some(({ to, zh }) => to.includes('group') && zh.startsWith('尚有部门未选派')))
  appoint(play, office)
  t.equal(state(play, office), '普法联络员在任 + 书面报告待报送')
  story(t, 'law-liaison-registry.refused', play)
})

void t.test('a report is returned and comes again, and one that does not is overdue', async (t) => {
  const play = appointed(office, lawyers)
  play.goTo('2026-11-10 09:00')
  for (const unit of [office, lawyers]) {
    const one = postOf(play, unit)
    t.equal(play.say(liaisons[unit] ?? '', 'report.submit', one, report), 'ok')
    t.equal(play.say(secretary, 'report.return', one, { reason: '执法部分过简' }), 'ok')
  }
  play.goTo('2026-11-13 09:00')
  t.equal(play.say('qian-zhiyuan', 'report.submit', postOf(play, office), report), 'ok')
  t.equal(play.say(secretary, 'report.accept', postOf(play, office), {}), 'ok')
  play.goTo('2026-11-18 00:00')
  t.equal(state(play, lawyers), '普法联络员在任 + 书面报告逾期', 'five working days after the return')
  t.equal(play.say('deng-yaqin', 'report.submit', postOf(play, lawyers), report), 'ok')
  t.equal((play.context(postOf(play, lawyers)) as { report: { late: boolean } }).report.late, true)
  story(t, 'law-liaison-registry.returned', play)
})

void t.test('who misses a training makes it up; what nobody announces is pressed for', async (t) => {
  const play = appointed(lawyers)
  play.goTo('2026-05-06 09:00')
  announce(play, training, '2026-05-20')
  play.goTo('2026-05-20 17:00')
  record(play, training, '2026-05-20', 'deng-yaqin')
  play.goTo('2026-06-04 00:00')
  t.equal(play.state(sessionOf(play, training)), '考勤事项补课逾期')
  const late = { person: 'deng-yaqin', way: 'lesson', note: '参加第二期' }
  t.equal(play.say(secretary, 'session.makeUp', sessionOf(play, training), late), 'ok')
  play.goTo('2026-11-01 00:00')
  t.equal(play.state(sessionOf(play, meeting)), '考勤事项逾期未通知')
  t.equal(announce(play, meeting, '2026-11-11'), 'ok')
  story(t, 'law-liaison-registry.makeUp', play)
})

void t.test('a special meeting is announced when it is called', async (t) => {
  const play = appointed(lawyers)
  const called = { title: '迎检工作紧急会议', heldOn: '2026-03-20' }
  t.equal(play.say(secretary, 'meeting.call', play.root(), called), 'ok')
  t.equal(play.state(sessionOf(play, called.title)), '考勤事项已通知待召开')
  play.goTo('2026-03-25 00:00')
  t.equal(play.state(sessionOf(play, called.title)), '考勤事项逾期未登记')
})

void t.test('the conference that is not held is overdue, and can still be held', async (t) => {
  const play = appointed(lawyers)
  play.goTo('2027-01-01 00:00')
  t.equal(play.state(play.root()), '总结表彰会逾期未开')
  const conference = { heldOn: '2027-01-08', summary: '总结全年。', vacant: [] }
  t.equal(play.say(secretary, 'conference.hold', play.root(), conference), 'ok')
  t.equal(play.root().state.status, 'done')
})
