import { defineCampaign } from '@duban/engine'
import { z } from 'zod'
import t from 'tap'
import { voting } from '../src/voting/index.ts'
import { startPlay, type Play } from './player.ts'
import { demoPlan } from '../../definitions/test/samples.ts'

const options = {
  yes: { title: { zh: '赞成', en: 'For' } },
  no: { title: { zh: '反对', en: 'Against' } },
  abstain: { title: { zh: '弃权', en: 'Abstain' } },
}
const vote = voting('vote', {
  chair: ['lead'],
  voters: ['reviewer'],
  closes: 'voted',
  options,
  motion: { carry: 'yes', against: 'no' },
})
const committee = defineCampaign({
  id: 'committee-vote',
  version: 1,
  title: { zh: '会议表决', en: 'Vote of a committee' },
  roles: {
    lead: { title: { zh: '主持人', en: 'Chair' }, scope: 'campaign' },
    reviewer: { title: { zh: '委员', en: 'Member' }, scope: 'campaign' },
  },
  dates: { voted: { title: { zh: '表决截止', en: 'Votes in' }, due: '04-10' } },
  commands: {
    ...vote.commands,
    'motion.withdraw': {
      title: { zh: '撤回', en: 'Withdraw' },
      by: ['lead'],
      payload: z.strictObject({}),
    },
  },
  machines: ({ machine }) => ({
    campaign: machine<typeof vote.context>({
      guards: { ...vote.guards },
      updates: { ...vote.updates },
    }).createMachine({
      meta: { title: { zh: '会议表决', en: 'Vote' } },
      context: { ...vote.context },
      initial: 'voteOpening',
      states: {
        ...vote.states({ carried: 'carried', lost: 'lost', noQuorum: 'again' }),
        carried: { meta: { title: { zh: '通过', en: 'Carried' } }, type: 'final' },
        lost: { meta: { title: { zh: '未通过', en: 'Lost' } }, type: 'final' },
        again: {
          meta: { title: { zh: '未达法定人数', en: 'No quorum' } },
          on: {
            'vote.open': { target: 'voteVoting', actions: 'voteOpen' },
            'motion.withdraw': 'lost',
          },
        },
      },
    }),
  }),
})

const voters = ['gao-yuanhang', 'luo-qing', 'tang-weimin']
function opened(): Play {
  const plan = demoPlan(['county-policy'])
  const assignments = plan.assignments.filter(({ role }) => role === 'lead' || role === 'reviewer')
  const play = startPlay(committee, { ...plan, assignments })
  play.say('wang-jianguo', 'vote.open', play.root(), { motion: '审定考核结果', voters })
  return play
}
const cast = (play: Play, person: string, choice: keyof typeof options) =>
  play.say(person, 'vote.cast', play.root(), { choice })

void t.test('when all whom the chair named have voted, the vote is counted', async (t) => {
  const play = opened()
  t.equal(cast(play, 'gao-yuanhang', 'yes'), 'ok')
  t.equal(cast(play, 'gao-yuanhang', 'yes'), 'not_named', 'one vote for each')
  t.equal(cast(play, 'deng-yaqin', 'yes'), 'not_named', 'a member who was not named')
  t.equal(cast(play, 'luo-qing', 'no'), 'ok')
  t.equal(play.state(play.root()), '表决中')
  t.equal(cast(play, 'tang-weimin', 'yes'), 'ok')
  t.equal(play.state(play.root()), '通过')
  t.match(play.context(play.root()), {
    vote: { count: { eligible: 3, votes: { yes: 2, no: 1, abstain: 0 } }, pending: [] },
  })
  t.ok(play.proves())
})

void t.test('on its date the vote closes with those who voted', async (t) => {
  const play = opened()
  cast(play, 'gao-yuanhang', 'yes')
  cast(play, 'luo-qing', 'no')
  play.goTo('2026-04-11 00:00')
  t.equal(play.state(play.root()), '未通过', 'one of two is no majority')
})

void t.test('without a quorum it can be put again', async (t) => {
  const play = opened()
  cast(play, 'gao-yuanhang', 'yes')
  t.equal(play.say('wang-jianguo', 'vote.close', play.root(), {}), 'ok')
  t.equal(play.state(play.root()), '未达法定人数', 'one of three')
  t.equal(play.say('wang-jianguo', 'vote.open', play.root(), { motion: '再次表决', voters }), 'ok')
  t.equal(cast(play, 'gao-yuanhang', 'yes'), 'ok', 'everybody votes afresh')
})

void t.test('who acts for a member does not vote for them', async (t) => {
  const play = opened()
  const { code } = play.grant('wang-jianguo', 'reviewer', {
    onBehalfOf: { person: 'luo-qing', home: ['province', 'city'] },
  })
  t.equal(code, 'ok')
  t.equal(cast(play, 'wang-jianguo', 'yes'), 'guard_refused')
  t.equal(cast(play, 'luo-qing', 'yes'), 'ok')
})

void t.test('a vote needs a motion, and somebody to vote', async (t) => {
  t.throws(() => voting('vote', { chair: ['lead'], voters: ['reviewer'], options }), RangeError)
  const motion = { carry: 'yes', against: 'no' } as const
  t.throws(() => voting('vote', { chair: ['lead'], voters: [], options, motion }), RangeError)
})
