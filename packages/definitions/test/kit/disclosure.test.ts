import { defineCampaign, open } from '@duban/engine'
import fc from 'fast-check'
import t from 'tap'
import { z } from 'zod'
import { disclosure, openObjections, type Disclosure } from '../../src/kit/disclosure.ts'
import { startPlay, type Play } from '../player.ts'
import { smallPlan } from './plan.ts'

const text = (zh: string) => ({ title: { zh, en: zh } })
const list = disclosure('list', {
  title: { zh: '名单', en: 'List' },
  of: z.strictObject({ names: z.array(z.string()).min(1) }),
  publish: ['office'],
  object: ['public', 'office'],
  answer: ['office'],
  decide: ['lead'],
  publishBy: 'named',
})
const notice = defineCampaign({
  id: 'notice',
  version: 1,
  ...text('公示'),
  roles: {
    office: { ...text('办公室'), scope: 'campaign' },
    public: { ...text('群众代表'), scope: 'campaign' },
    lead: { ...text('组长'), scope: 'campaign' },
  },
  dates: { named: { ...text('公示期限'), due: '04-30' }, ...list.dates },
  commands: { ...list.commands },
  machines: ({ machine }) => ({
    campaign: machine().createMachine({
      meta: text('公示'),
      initial: 'running',
      states: {
        running: {
          meta: text('进行中'),
          entry: open('list'),
          on: { 'every.list.upheld': 'over' },
        },
        over: { meta: text('结束'), type: 'final' },
      },
    }),
    list: list.kind,
  }),
})

const begun = (): Play =>
  startPlay(
    notice,
    smallPlan({ sun: ['office'], qian: ['office'], li: ['public'], wang: ['lead'] }),
  )
const at = (play: Play, n = 0) => {
  const one = play.instances('list')[n]
  if (!one) throw new Error('a list for each unit')
  return one
}
type Its = Disclosure<{ names: string[] }>
const seen = (play: Play, n = 0) => (play.context(at(play, n)) as { list: Its }).list
const say = (play: Play, person: string, verb: string, more: object = {}, n = 0) => {
  const words: { [verb: string]: object } = {
    publish: { names: ['甲'] },
    revise: { names: ['乙'] },
    object: { text: '甲不符合条件' },
    answer: { outcome: 'rejected', text: '经核查符合条件' },
    decide: { reason: '并入下批' },
  }
  return play.say(person, `list.${verb}`, at(play, n), { ...words[verb], ...more })
}

void t.test('without an objection it is upheld when the period is over', async (t) => {
  const play = begun()
  t.equal(say(play, 'sun', 'publish'), 'ok')
  play.goTo('2026-04-09 23:59')
  t.equal(play.state(at(play)), '名单公示中', 'five working days, the holiday not counted')
  play.goTo('2026-04-10 00:00')
  t.equal(play.state(at(play)), '名单公示结束')
  t.ok(play.proves())
})

void t.test('an objection is answered; the period goes on from where it was', async (t) => {
  const play = begun()
  say(play, 'sun', 'publish')
  t.equal(say(play, 'sun', 'object'), 'four_eyes', 'who published does not object')
  t.equal(say(play, 'li', 'object'), 'ok')
  t.equal(say(play, 'li', 'object', { text: '乙更合适' }), 'ok')
  play.goTo('2026-04-03 09:00')
  t.equal(say(play, 'qian', 'answer'), 'ok')
  t.equal(play.state(at(play)), '名单公示中有异议待答复', 'one is still open')
  t.equal(openObjections(seen(play))[0]?.text, '乙更合适', 'the oldest was answered first')
  t.equal(say(play, 'qian', 'answer'), 'ok')
  t.equal(say(play, 'qian', 'answer'), 'wrong_state')
  play.goTo('2026-04-10 00:00')
  t.equal(play.state(at(play)), '名单公示结束')
})

void t.test('an accepted objection: revised, published again, a whole period', async (t) => {
  const play = begun()
  say(play, 'sun', 'publish')
  say(play, 'li', 'object')
  play.goTo('2026-04-09 09:00')
  t.equal(say(play, 'qian', 'answer', { outcome: 'accepted' }), 'ok')
  t.equal(play.state(at(play)), '名单采纳异议修改中')
  t.equal(say(play, 'sun', 'revise'), 'ok')
  t.strictSame(
    [seen(play).times, seen(play).published?.names, seen(play).objections],
    [2, ['乙'], []],
  )
  play.goTo('2026-04-16 23:59')
  t.equal(play.state(at(play)), '名单公示中')
  play.goTo('2026-04-17 00:00')
  t.equal(play.state(at(play)), '名单公示结束')
})

void t.test('the period may be over, the objection is not', async (t) => {
  const play = begun()
  say(play, 'sun', 'publish')
  play.goTo('2026-04-09 09:00')
  say(play, 'li', 'object')
  play.goTo('2026-04-10 00:00')
  t.equal(play.state(at(play)), '名单期满异议待答复')
  t.equal(say(play, 'li', 'object'), 'wrong_state', 'nothing new after the period')
  t.equal(say(play, 'wang', 'decide'), 'wrong_state')
  play.goTo('2026-04-18 00:00')
  t.equal(play.state(at(play)), '名单异议答复逾期')
  t.equal(say(play, 'qian', 'answer'), 'ok')
  t.equal(play.state(at(play)), '名单公示结束')
})

void t.test(
  'what is never published, answered or revised is pressed for, and can be ended by decision',
  async (t) => {
    const play = begun()
    say(play, 'sun', 'publish', {}, 1)
    say(play, 'li', 'object', {}, 1)
    say(play, 'qian', 'answer', { outcome: 'accepted' }, 1)
    play.goTo('2026-05-01 00:00')
    t.equal(play.state(at(play)), '名单逾期未公示')
    t.equal(play.state(at(play, 1)), '名单修改逾期')
    t.ok(play.notices.some(({ to, zh }) => to.includes('lead') && zh.endsWith('逾期未公示')))
    t.equal(say(play, 'wang', 'decide'), 'ok')
    t.equal(say(play, 'wang', 'decide', {}, 1), 'ok')
    t.equal(play.state(play.root()), '结束')
  },
)

const acts = ['publish', 'object', 'reject', 'accept', 'revise', 'wait'] as const
void t.test('never upheld with an objection open, or after one was accepted', async () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...acts), { maxLength: 30 }), (tried) => {
      const play = begun()
      for (const act of tried) {
        if (act === 'wait') play.advanceToNext()
        else if (act === 'reject') say(play, 'qian', 'answer')
        else if (act === 'accept') say(play, 'qian', 'answer', { outcome: 'accepted' })
        else say(play, act === 'object' ? 'li' : 'sun', act)
        const { objections } = seen(play)
        const bad = objections.some(
          ({ answer }) => answer === null || answer.outcome === 'accepted',
        )
        if (play.state(at(play)) === '名单公示结束' && bad) return false
      }
      return play.proves()
    }),
    { numRuns: 60 },
  )
})

void t.test('options that cannot be are refused at load', async (t) => {
  const who = {
    publish: ['office'],
    object: ['public'],
    answer: ['office'],
    decide: ['lead'],
  } as const
  const what = { title: { zh: '名单', en: 'List' }, of: z.strictObject({}) }
  t.throws(() => disclosure('list', { ...what, ...who, object: [] }), /list\.object/u)
  t.throws(() => disclosure('list', { ...what, ...who, length: '0 days' }), /length/u)
})
