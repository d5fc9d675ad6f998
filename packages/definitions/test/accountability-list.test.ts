import type { Instance } from '@duban/engine'
import t from 'tap'
import { listFor } from '../src/accountability-list/sampleForms.ts'
import type { ListContext } from '../src/accountability-list/v1/campaign.ts'
import { accountabilityList } from '../src/accountability-list/v1.ts'
import { startPlay, type Play } from '../../kit/test/player.ts'
import { demoPlan } from './samples.ts'
import { story } from './story.ts'

const [office, personnel, policy] = ['county-office', 'county-personnel', 'county-policy'] as const
const people: { [unit: string]: string } = {
  [office]: 'chen-siyu',
  [personnel]: 'liu-yang',
  [policy]: 'zheng-xiaolan',
}
const start = (): Play => startPlay(accountabilityList, demoPlan(undefined, 'accountability-list'))
/** Two sections: one item that two own together, and one that one owns. */
const list = {
  sections: [
    {
      no: '2',
      title: '推动主体责任落实',
      items: [
        {
          no: '2.2',
          title: '落实“一岗双责”',
          dueOn: '2026-06-30',
          owners: [{ unit: personnel }, { unit: policy, part: '分管股室' }],
        },
      ],
    },
    {
      no: '4',
      title: '深化作风建设',
      items: [{ no: '4.1', title: '纪律教育', dueOn: '2026-11-30', owners: [{ unit: office }] }],
    },
  ],
}
function issued(): Play {
  const play = start()
  const code = play.say('sun-lihua', 'list.issue', play.root(), list)
  if (code !== 'ok') throw new Error(code)
  return play
}
const shareOf = (play: Play, unit: string): Instance => {
  const found = play.instances('share').find((one) => one.unit === unit)
  if (!found) throw new Error(`no share of ${unit}`)
  return found
}
const itemState = (play: Play, n: number): string => play.state(play.instances('item')[n]!)
const submit = (play: Play, unit: string): string =>
  play.say(people[unit] ?? '', 'share.submit', shareOf(play, unit), { result: '已落实。' })
const accept = (play: Play, unit: string, by = 'qian-zhiyuan'): string =>
  play.say(by, 'share.accept', shareOf(play, unit), {})
const totals = (play: Play): ListContext => play.context(play.root()) as ListContext
const report = { to: ['committee', 'discipline', 'audit'], summary: '主体责任落实情况。' }
const why = { reason: '逾期未落实', whom: '政策法规股负责人' }

void t.test('the list of the source, with each owner’s share', async (t) => {
  const play = start()
  const whole = listFor(play.facts.units, '2026')
  t.equal(play.say('sun-lihua', 'list.issue', play.root(), whole), 'ok')
  t.equal(play.instances('section').length, 4)
  t.equal(play.instances('item').length, 8)
  t.equal(play.instances('share').length, 2 + 1 + 1 + 3 + 4 + 6 + 5 + 2)
})

void t.test('an item is done when the last of its owners is, and the year is summed up', async (t) => {
  const play = issued()
  const share = shareOf(play, personnel)
  t.equal(play.say('liu-yang', 'progress.report', share, { progress: '已签责任书。' }), 'ok')
  t.equal(play.say('zheng-xiaolan', 'progress.report', share, { progress: '无' }), 'role_required')
  t.equal(submit(play, personnel), 'ok')
  t.equal(play.say('sun-lihua', 'share.return', share, { reason: '未附责任书' }), 'ok')
  t.equal(submit(play, personnel), 'ok')
  t.equal(accept(play, personnel), 'ok')
  t.equal(itemState(play, 0), '落实中', 'the other owner has not')
  t.equal(submit(play, policy), 'ok')
  t.equal(accept(play, policy, 'sun-lihua'), 'recused', 'nobody judges the own section')
  t.equal(accept(play, policy), 'ok')
  t.equal(itemState(play, 0), '已落实')
  t.match(totals(play), {
    bySection: { 2: { shares: 2, late: 0 } },
    totals: { count: 1, shares: 2 },
  })

  play.goTo('2026-06-20 09:00')
  const [first, second] = play.instances('upward')
  if (!first || !second) throw new Error('twice a year')
  t.equal(play.say('sun-lihua', 'upward.record', first, report), 'ok')
  submit(play, office)
  accept(play, office, 'sun-lihua')
  t.equal(play.state(play.root()), '事项全部落实 + 定期报告中')
  play.goTo('2026-12-10 09:00')
  t.equal(play.say('sun-lihua', 'upward.record', second, report), 'ok')
  t.equal(play.state(play.root()), '待报总结')
  const summary = { summary: '全年3份责任全部落实。' }
  t.equal(play.say('sun-lihua', 'summary.submit', play.root(), summary), 'ok')
  t.equal(play.say('wang-jianguo', 'summary.return', play.root(), { reason: '补问题' }), 'ok')
  play.say('sun-lihua', 'summary.submit', play.root(), summary)
  t.equal(play.say('wang-jianguo', 'summary.approve', play.root(), {}), 'ok')
  t.equal(play.root().state.status, 'done')
  t.ok(play.proves())
  story(t, 'accountability-list.main', play)
})

void t.test('an overdue share is pressed rung by rung, made up, and counts as late', async (t) => {
  const play = issued()
  submit(play, personnel)
  accept(play, personnel)
  play.goTo('2026-07-01 00:00')
  const share = shareOf(play, policy)
  t.equal(play.state(share), '逾期未报落实情况')
  t.equal(play.say('wang-jianguo', 'pressure.account', share, why), 'wrong_state', 'in order')
  play.goTo('2026-07-09 00:00')
  t.equal(play.state(share), '已督促', 'by itself after five working days')
  t.equal(play.say('qian-zhiyuan', 'pressure.circular', share, why), 'ok')
  t.equal(play.say('zhao-wenhui', 'pressure.interview', share, why), 'ok')
  const made = { result: '已补齐。', reason: '人员变动' }
  t.equal(play.say('zheng-xiaolan', 'share.makeUp', share, made), 'ok')
  t.equal(play.say('qian-zhiyuan', 'share.return', share, { reason: '不实' }), 'ok')
  play.goTo('2026-07-17 00:00')
  t.equal(play.state(share), '已约谈', 'late again, it goes on from the rung reached')
  t.equal(play.say('wang-jianguo', 'pressure.account', share, why), 'ok')
  play.say('zheng-xiaolan', 'share.makeUp', share, made)
  t.equal(accept(play, policy), 'ok')
  t.match(totals(play).bySection, { 2: { shares: 2, late: 1 } })
  t.ok(play.proves())
  story(t, 'accountability-list.overdue', play)
})

void t.test('at the end of the year the head may conclude with items open', async (t) => {
  const play = start()
  play.goTo('2026-03-03 00:00')
  t.ok(play.notices.some(({ zh }) => zh === '责任清单逾期未下发'))
  play.say('sun-lihua', 'list.issue', play.root(), list)
  const conclude = () => play.say('wang-jianguo', 'list.conclude', play.root(), { reason: '转入下年继续落实' })
  t.equal(conclude(), 'not_yet_open')
  play.goTo('2027-01-01 00:00')
  t.equal(play.state(play.root()), '年度已到，仍有未结')
  t.equal(conclude(), 'ok')
  play.say('sun-lihua', 'summary.submit', play.root(), { summary: '三份未落实。' })
  play.say('wang-jianguo', 'summary.approve', play.root(), {})
  t.equal(shareOf(play, office).state.status, 'closed')
  t.ok(play.proves())
  story(t, 'accountability-list.year-end', play)
})
