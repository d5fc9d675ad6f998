import type { Instance, Json } from '@duban/engine'
import t from 'tap'
import { deputyGroupActivities } from '../src/deputy-group-activities/v1.ts'
import type { Counts } from '@duban/kit'
import { startPlay, type Play } from '../../kit/test/player.ts'
import { demoPlan } from './samples.ts'
import { story } from './story.ts'

const one = 'congress-group-1'
const two = 'congress-group-2'
const deputies: { [group: string]: [string, string] } = {
  [one]: ['lu-ming', 'jiang-xue'],
  [two]: ['wei-qiang', 'shen-lan'],
}
const works = 'pan-li'

const find = (play: Play, kind: string, group: string, person?: string): Instance => {
  const found = play
    .instances(kind)
    .find(
      (it) => it.unit === group && (person === undefined || (play.context(it) as { person: string }).person === person),
    )
  if (!found) throw new Error(`no ${kind} of ${group}`)
  return found
}
const groupState = (play: Play, group: string): string => play.state(find(play, 'group', group))

/** Groups whose deputies are listed on 9 March. */
function listed(...groups: string[]): Play {
  const play = startPlay(deputyGroupActivities, demoPlan(groups, 'deputy-group-activities'))
  play.goTo('2026-03-09 09:00')
  for (const group of groups) {
    const [convener = ''] = deputies[group] ?? []
    const list = { deputies: (deputies[group] ?? []).map((person) => ({ person })) }
    play.say(convener, 'deputies.list', find(play, 'group', group), list)
  }
  return play
}
const notice = (heldOn: string): Json => ({
  heldOn,
  place: '镇人大主席团会议室',
  agenda: '视察学校周边交通',
})
const minutes = {
  studied: ['electoral', 'deputies', 'supervision'],
  drafting: '议案、质询案、建议的撰写方法',
  inspection: '视察县城学校周边交通秩序',
  exchange: '两名代表交流履职经验',
}
const report = { title: '关于学校周边交通的视察调研报告', text: '查看六所学校,提出三条建议。' }
type Which = 'first' | 'second'
function announce(play: Play, which: Which, group: string, heldOn: string): string {
  return play.say(works, `${which}.announce`, find(play, which, group), notice(heldOn))
}
function record(play: Play, which: Which, group: string, heldOn: string): string {
  const people = deputies[group] ?? []
  return play.say(people[0] ?? '', `${which}.record`, find(play, which, group), {
    heldOn,
    minutes: which === 'first' ? minutes : { ...minutes, report },
    roll: people.map((person) => ({ person, was: 'present' })),
  })
}
/** Announced, and held on that day with everybody there. */
function hold(play: Play, which: Which, group: string, heldOn: string): void {
  announce(play, which, group, heldOn)
  play.goTo(`${heldOn} 17:00`)
  record(play, which, group, heldOn)
}
const household = (n: number) => ({
  name: `联系户${n}`,
  phone: `1380000000${n}`,
  household: '四口之家,种植果树三亩。',
})
const contacts: Json = { contacts: [1, 2, 3].map(household) }
const help: Json = { help: [1, 2, 3].map((n) => ({ name: `联系户${n}`, given: '帮助联系农技员' })) }
const duty: Json = { heldOn: '2026-05-14', constituents: '第三选区', summary: '向选民述职' }

function doFirst(play: Play, group: string, ...people: string[]): void {
  for (const person of people) {
    const its = find(play, 'deputy', group, person)
    play.say(person, 'deputy.nameContacts', its, contacts)
    play.say(person, 'deputy.reportDuty', its, duty)
  }
}
function doSecond(play: Play, group: string, ...people: string[]): void {
  for (const person of people) {
    const its = find(play, 'deputy', group, person)
    play.say(person, 'deputy.reportHelp', its, help)
    play.say(person, 'deputy.reportDuty', its, duty)
  }
}

void t.test('a year: two activities, contacts, help, reports, suggestions', async (t) => {
  const play = listed(one, two)
  play.goTo('2026-05-06 09:00')
  for (const group of [one, two]) {
    t.equal(groupState(play, group), '第一次活动')
    t.equal(announce(play, 'first', group, '2026-05-14'), 'ok')
  }
  play.goTo('2026-05-14 17:00')
  for (const group of [one, two]) {
    t.equal(record(play, 'first', group, '2026-05-14'), 'ok')
    t.equal(groupState(play, group), '代表确定联系群众并述职')
    doFirst(play, group, ...(deputies[group] ?? []))
  }
  t.equal(groupState(play, one), '第二次活动')
  const voice = { voice: 'suggestion', title: '增设护学岗', text: '上下学时段安排交警。' }
  const its = find(play, 'deputy', one, 'jiang-xue')
  t.equal(play.say('jiang-xue', 'suggestion.collect', its, voice), 'ok')

  play.goTo('2026-10-08 09:00')
  for (const group of [one, two]) announce(play, 'second', group, '2026-10-21')
  play.goTo('2026-10-21 17:00')
  for (const group of [one, two]) {
    t.equal(record(play, 'second', group, '2026-10-21'), 'ok')
    doSecond(play, group, ...(deputies[group] ?? []))
    t.equal(groupState(play, group), '待报送建议、批评、意见')
  }
  play.goTo('2026-10-28 09:00')
  for (const group of [one, two]) {
    const [convener = ''] = deputies[group] ?? []
    t.equal(play.say(convener, 'suggestions.forward', find(play, 'group', group), {}), 'ok')
  }
  t.equal(play.state(play.root()), '签收建议')
  const [suggestion] = play.instances('suggestion')
  if (!suggestion) throw new Error('one was collected')
  t.equal(suggestion.unit, one)
  t.equal(play.say(works, 'suggestion.receive', suggestion, { handedTo: '县公安局' }), 'ok')
  t.equal(play.state(play.root()), '待总结')
  const summary = { summary: '两个小组各开展两次活动。', unfinished: [] }
  t.equal(play.say(works, 'summary.submit', play.root(), summary), 'ok')
  t.equal(play.root().state.status, 'done')
  t.ok(play.proves())
  story(t, 'deputy-group-activities.main', play)
})

void t.test('each deputy names at least three contacts, each once, and for themselves', async (t) => {
  const play = listed(one)
  hold(play, 'first', one, '2026-05-14')
  const its = find(play, 'deputy', one, 'jiang-xue')
  const name = (person: string, ...numbers: number[]) =>
    play.say(person, 'deputy.nameContacts', its, { contacts: numbers.map(household) })
  t.equal(name('jiang-xue', 1, 2), 'invalid_payload', 'two are not enough')
  t.equal(name('jiang-xue', 1, 2, 2), 'invalid_payload', 'nor is one of them twice')
  t.equal(name('lu-ming', 1, 2, 3), 'not_named', 'nobody names them for another')
  const more = { ...household(1), idNumber: '110101' }
  t.equal(
    play.say('jiang-xue', 'deputy.nameContacts', its, {
      contacts: [more, household(2), household(3)],
    }),
    'invalid_payload',
    'nothing is kept that the plan does not ask for',
  )
  t.equal(name('jiang-xue', 1, 2, 3), 'ok')
})

void t.test('contacts are known to their deputy’s instance only', async (t) => {
  const play = listed(one)
  hold(play, 'first', one, '2026-05-14')
  doFirst(play, one, 'lu-ming', 'jiang-xue')
  const others = play.instances().filter(({ kind }) => kind !== 'deputy')
  t.notOk(others.some((it) => JSON.stringify(play.context(it)).includes('13800000001')))
  t.notOk(play.notices.some(({ zh }) => zh.includes('联系户')))
})

void t.test('the second activity reports on the help for each contact', async (t) => {
  const play = listed(one)
  hold(play, 'first', one, '2026-05-14')
  doFirst(play, one, 'lu-ming', 'jiang-xue')
  hold(play, 'second', one, '2026-10-21')
  const its = find(play, 'deputy', one, 'jiang-xue')
  const others = [1, 2, 4].map((n) => ({ name: `联系户${n}`, given: '走访慰问' }))
  t.equal(play.say('jiang-xue', 'deputy.reportHelp', its, { help: others }), 'guard_refused')
  t.equal(play.say('jiang-xue', 'deputy.reportHelp', its, help), 'ok')
})

void t.test('the second activity needs an inspection report', async (t) => {
  const play = listed(one)
  hold(play, 'first', one, '2026-05-14')
  doFirst(play, one, 'lu-ming', 'jiang-xue')
  play.say(works, 'second.announce', find(play, 'second', one), notice('2026-10-21'))
  const bare = { heldOn: '2026-10-21', minutes, roll: [{ person: 'lu-ming', was: 'present' }] }
  t.equal(play.say('lu-ming', 'second.record', find(play, 'second', one), bare), 'invalid_payload')
})

void t.test('a day that is not named, then put off; who was absent makes it up', async (t) => {
  const play = listed(one)
  play.goTo('2026-07-01 00:00')
  const session = find(play, 'first', one)
  t.equal(play.state(session), '第一次活动逾期未通知')
  t.equal(play.say(works, 'first.announce', session, notice('2026-07-15')), 'ok')
  play.goTo('2026-07-14 09:00')
  const later = { heldOn: '2026-07-22', reason: '防汛' }
  t.equal(play.say(works, 'first.postpone', session, later), 'ok')
  play.goTo('2026-07-22 17:00')
  const roll = [
    { person: 'lu-ming', was: 'present' },
    { person: 'jiang-xue', was: 'absent' },
  ]
  const record = { heldOn: '2026-07-22', minutes, roll }
  t.equal(play.say('lu-ming', 'first.record', session, record), 'ok')
  doFirst(play, one, 'lu-ming', 'jiang-xue')
  t.equal(groupState(play, one), '第一次活动补课')
  const makeUp = { person: 'jiang-xue', way: 'lesson', note: '自学三部法律' }
  t.equal(play.say('lu-ming', 'first.makeUp', session, makeUp), 'ok')
  t.equal(groupState(play, one), '第二次活动')
  const { firstCounts } = play.context(find(play, 'group', one)) as {
    firstCounts: { [person: string]: Counts }
  }
  t.match(firstCounts['jiang-xue'], { expected: 1, absent: 1, madeUp: 1 })
  story(t, 'deputy-group-activities.makeUp', play)
})

void t.test('a deputy who is late can still do it, or is excused by the commission', async (t) => {
  const play = listed(one)
  hold(play, 'first', one, '2026-05-14')
  doFirst(play, one, 'lu-ming')
  const its = find(play, 'deputy', one, 'jiang-xue')
  const why = { reason: '因病住院' }
  t.equal(play.say(works, 'deputy.excuse', its, why), 'wrong_state', 'not before it is overdue')
  play.goTo('2026-05-22 00:00')
  t.equal(play.state(its), '向选民述职逾期 + 确定联系群众逾期')
  t.ok(play.notices.some(({ to, zh }) => to.includes('works') && zh.startsWith('第一代表小组有代表')))
  t.equal(play.say('jiang-xue', 'deputy.reportDuty', its, duty), 'ok')
  t.equal(play.say(works, 'deputy.excuse', its, why), 'ok')
  t.equal(groupState(play, one), '第二次活动')
  hold(play, 'second', one, '2026-10-21')
  doSecond(play, one, 'lu-ming')
  t.equal(play.say('jiang-xue', 'deputy.reportHelp', its, help), 'ok', 'there is nobody to leave out')
  play.say('jiang-xue', 'deputy.reportDuty', its, duty)
  play.goTo('2026-11-05 00:00')
  t.equal(groupState(play, one), '建议报送逾期')
  t.equal(play.say('lu-ming', 'suggestions.forward', find(play, 'group', one), {}), 'ok')
  t.equal(play.state(play.root()), '待总结', 'with nothing to receive nobody waits')
  story(t, 'deputy-group-activities.overdue', play)
})

void t.test('the year ends, whoever is not done; the summary names them', async (t) => {
  const play = listed(one)
  play.goTo('2027-01-01 00:00')
  t.equal(play.state(play.root()), '待总结')
  play.goTo('2027-01-21 00:00')
  t.equal(play.state(play.root()), '总结逾期')
  const summary = { summary: '第一小组未开展活动。', unfinished: [one] }
  t.equal(play.say(works, 'summary.submit', play.root(), summary), 'ok')
  t.equal(find(play, 'group', one).state.status, 'closed')
})

void t.test('a group that lists nobody in time is overdue', async (t) => {
  const play = startPlay(deputyGroupActivities, demoPlan([one], 'deputy-group-activities'))
  play.goTo('2026-03-18 00:00')
  t.equal(groupState(play, one), '代表名单逾期')
  const list = { deputies: [{ person: 'jiang-xue' }] }
  t.equal(play.say('lu-ming', 'deputies.list', find(play, 'group', one), list), 'ok')
})
