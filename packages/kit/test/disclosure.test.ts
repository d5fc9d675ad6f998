import { defineCampaign, notify, open, type CommandSpec, type Kind } from '@duban/engine'
import fc from 'fast-check'
import t from 'tap'
import { z } from 'zod'
import { disclosure, type Disclosure, type Objection } from '../src/disclosure/index.ts'
import { startPlay, type Play } from './player.ts'
import { smallPlan } from './plan.ts'

const text = (zh: string) => ({ title: { zh, en: zh } })
const basis = {
  title: { zh: '名单', en: 'List' },
  of: z.strictObject({ names: z.array(z.string()).min(1) }),
  publish: ['office'],
  answer: ['office'],
  decide: ['lead'],
} as const

/** A campaign in which each unit has a list to make public. */
function campaignOf(list: { commands: object; messages: object; dates: object; kind: Kind; kinds: object }) {
  return defineCampaign({
    id: 'notice',
    version: 1,
    ...text('公示'),
    roles: {
      office: { ...text('办公室'), scope: 'campaign' },
      public: { ...text('群众代表'), scope: 'campaign' },
      lead: { ...text('组长'), scope: 'campaign' },
    },
    dates: { named: { ...text('公示期限'), due: '04-30' }, ...list.dates },
    commands: {
      ...(list.commands as { [name: string]: CommandSpec<'office' | 'public' | 'lead', 'named'> }),
    },
    messages: { ...list.messages },
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
      ...(list.kinds as { [kind: string]: Kind }),
    }),
  })
}
const plain = campaignOf(disclosure('list', { ...basis, object: ['public', 'office'], publishBy: 'named' }))
const people = { sun: ['office'], qian: ['office'], li: ['public'], wang: ['lead'] }
const begun = (definition = plain): Play => startPlay(definition, smallPlan(people))

const at = (play: Play, n = 0) => {
  const one = play.instances('list')[n]
  if (!one) throw new Error('a list for each unit')
  return one
}
/** The objections to a list, oldest first. */
const raised = (play: Play, n = 0) => play.children(at(play, n), 'listObjection')
const objection = (play: Play, which = 0, n = 0) => {
  const one = raised(play, n)[which]
  if (!one) throw new Error(`no objection ${which}`)
  return one
}
type Its = Disclosure<{ names: string[] }>
const seen = (play: Play, n = 0) => (play.context(at(play, n)) as { list: Its }).list
const words: { [verb: string]: object } = {
  publish: { names: ['甲'] },
  submit: { names: ['甲'] },
  approve: {},
  return: { reason: '缺身份证号' },
  revise: { names: ['乙'] },
  object: { text: '甲不符合条件' },
  register: { from: '某企业', text: '甲不符合条件' },
  verify: { findings: '已到现场核实' },
  answer: { outcome: 'rejected', text: '经核查符合条件' },
  decide: { reason: '并入下批' },
}
const say = (play: Play, person: string, verb: string, more: object = {}, n = 0) =>
  play.say(person, `list.${verb}`, at(play, n), { ...words[verb], ...more })
const reply = (play: Play, person: string, verb: string, which = 0, more: object = {}, n = 0) =>
  play.say(person, `list.${verb}`, objection(play, which, n), { ...words[verb], ...more })
const accepted = { outcome: 'accepted' }

void t.test('without an objection it is upheld when the period is over', async (t) => {
  const play = begun()
  t.equal(say(play, 'sun', 'publish'), 'ok')
  play.goTo('2026-04-09 23:59')
  t.equal(play.state(at(play)), '名单公示中', 'five working days, the holiday not counted')
  play.goTo('2026-04-10 00:00')
  t.equal(play.state(at(play)), '名单公示结束')
  t.ok(play.proves())
})

void t.test('each objection is answered for itself, in any order', async (t) => {
  const play = begun()
  say(play, 'sun', 'publish')
  t.equal(say(play, 'sun', 'object'), 'four_eyes', 'who published does not object')
  t.equal(say(play, 'li', 'object'), 'ok')
  t.equal(say(play, 'qian', 'object', { text: '乙更合适' }), 'ok')
  t.match(play.notices.at(-1), {
    to: ['office'],
    zh: 'north名单收到异议，请于2026-04-09 24:00前答复',
  })
  play.goTo('2026-04-03 09:00')
  t.equal(reply(play, 'qian', 'answer', 1), 'four_eyes', 'nobody answers what they objected')
  t.equal(reply(play, 'sun', 'answer', 1), 'ok')
  t.match(seen(play), { received: 2, open: 1, accepted: 0 })
  t.equal(play.state(objection(play)), '异议待答复')
  t.equal(reply(play, 'sun', 'answer'), 'ok')
  t.equal(reply(play, 'sun', 'answer'), 'campaign_over', 'once')
  t.match(play.context(objection(play)), {
    text: '甲不符合条件',
    from: null,
    by: 'li',
    answer: { outcome: 'rejected', by: 'sun' },
  })
  play.goTo('2026-04-10 00:00')
  t.equal(play.state(at(play)), '名单公示结束')
  t.strictSame(play.refused, [])
})

void t.test('an accepted objection: revised, published again, a whole period', async (t) => {
  const play = begun()
  say(play, 'sun', 'publish')
  say(play, 'li', 'object')
  play.goTo('2026-04-09 09:00')
  t.equal(reply(play, 'qian', 'answer', 0, accepted), 'ok')
  t.equal(play.state(at(play)), '名单采纳异议修改中')
  t.equal(say(play, 'sun', 'revise'), 'ok')
  t.match(seen(play), { times: 2, published: { names: ['乙'] }, accepted: 0 })
  play.goTo('2026-04-16 23:59')
  t.equal(play.state(at(play)), '名单公示中')
  play.goTo('2026-04-17 00:00')
  t.equal(play.state(at(play)), '名单公示结束')
})

void t.test('an objection has its time from the day it came, whether the period is over', async (t) => {
  const play = begun()
  say(play, 'sun', 'publish')
  say(play, 'li', 'object')
  play.goTo('2026-04-09 09:00')
  say(play, 'li', 'object')
  play.goTo('2026-04-10 00:00')
  t.equal(play.state(at(play)), '名单期满异议待答复')
  t.equal(play.state(objection(play)), '异议逾期未答复', 'of 1 April, so due on the 9th')
  t.match(
    play.notices.find(({ zh }) => zh.endsWith('逾期未答复')),
    { to: ['office', 'lead'] },
  )
  t.equal(say(play, 'li', 'object'), 'wrong_state', 'nothing new after the period')
  t.equal(say(play, 'wang', 'decide'), 'wrong_state')
  play.goTo('2026-04-16 23:59')
  t.equal(play.state(objection(play, 1)), '异议待答复')
  play.goTo('2026-04-17 00:00')
  t.equal(play.state(objection(play, 1)), '异议逾期未答复', 'of 9 April, so due on the 16th')
  t.equal(reply(play, 'qian', 'answer', 1), 'ok')
  t.equal(play.state(at(play)), '名单期满异议待答复')
  t.equal(reply(play, 'wang', 'decide'), 'ok')
  t.equal(play.state(at(play)), '名单公示结束')
})

void t.test('revised once for all that were accepted by then; a later one revises it again', async (t) => {
  const play = begun()
  say(play, 'sun', 'publish')
  for (const _ of ['first', 'second', 'third']) say(play, 'li', 'object')
  reply(play, 'qian', 'answer', 0, accepted)
  reply(play, 'qian', 'answer', 1, accepted)
  t.equal(play.state(at(play)), '名单采纳异议修改中')
  say(play, 'sun', 'revise')
  t.equal(play.state(at(play)), '名单公示中', 'the third is still open')
  reply(play, 'qian', 'answer', 2, accepted)
  t.equal(play.state(at(play)), '名单采纳异议修改中')
  say(play, 'sun', 'revise')
  t.match(seen(play), { times: 3, received: 3, open: 0 })
  t.strictSame(play.refused, [])
  t.ok(play.proves())
})

void t.test('what is never published, answered or revised is pressed for, and can be ended by decision', async (t) => {
  const play = begun()
  say(play, 'sun', 'publish', {}, 1)
  say(play, 'li', 'object', {}, 1)
  say(play, 'li', 'object', {}, 1)
  reply(play, 'qian', 'answer', 0, accepted, 1)
  play.goTo('2026-05-01 00:00')
  t.equal(play.state(at(play)), '名单逾期未公示')
  t.equal(play.state(at(play, 1)), '名单修改逾期')
  t.ok(play.notices.some(({ to, zh }) => to.includes('lead') && zh.endsWith('逾期未公示')))
  t.equal(say(play, 'wang', 'decide'), 'ok')
  t.equal(say(play, 'wang', 'decide', {}, 1), 'ok')
  t.equal(play.state(at(play, 1)), '名单期满异议待答复', 'the other objection is answered all the same')
  t.equal(reply(play, 'qian', 'answer', 1, {}, 1), 'ok')
  t.equal(play.state(play.root()), '结束')
})

void t.test('registered for who has no account, verified by others, and the notice stands', async (t) => {
  const list = disclosure('list', {
    ...basis,
    register: ['office', 'public'],
    publishBy: 'named',
    verify: ['lead'],
    accepted: 'stands',
    called: { zh: '反映', en: 'Reflection' },
    answerWithin: '15 workdays',
    length: '15 days',
  })
  t.notOk('list.revise' in list.commands || 'list.object' in list.commands)
  const play = begun(campaignOf(list))
  say(play, 'sun', 'publish')
  play.goTo('2026-04-09 09:00')
  t.equal(say(play, 'sun', 'register'), 'ok')
  t.match(play.context(objection(play)), { from: '某企业', by: 'sun', verified: null })
  t.equal(reply(play, 'sun', 'answer'), 'wrong_state', 'to be verified first')
  play.goTo('2026-04-29 09:00')
  t.equal(reply(play, 'wang', 'verify'), 'ok')
  t.equal(play.state(at(play)), '名单期满异议待答复')
  play.goTo('2026-04-30 23:59')
  t.equal(play.state(objection(play)), '反映已核实待答复')
  play.goTo('2026-05-01 00:00')
  t.equal(play.state(objection(play)), '反映逾期待答复', 'received on 9 April, so due on the 30th')
  t.equal(reply(play, 'sun', 'answer', 0, accepted), 'ok', 'what was verified is not verified again')
  t.equal(play.state(at(play)), '名单公示结束')
  t.match(play.context(objection(play)), { outcome: 'accepted' } satisfies Partial<Objection>)
})

void t.test('reviewed by others before it is public, and before it is public again', async (t) => {
  const list = disclosure('list', {
    ...basis,
    review: ['office', 'lead'],
    object: ['public'],
    reviseWithin: '2 workdays',
    publishBy: 'named',
    onRevise: notify('public', { zh: '名单已更正', en: 'Corrected' }),
  })
  t.notOk('list.publish' in list.commands)
  const play = begun(campaignOf(list))
  t.equal(say(play, 'sun', 'submit'), 'ok')
  t.equal(say(play, 'sun', 'approve'), 'four_eyes')
  t.equal(say(play, 'qian', 'return'), 'ok')
  t.equal(play.state(at(play)), '名单待报审')
  say(play, 'sun', 'submit')
  t.equal(say(play, 'qian', 'approve', { opinion: '同意' }), 'ok')
  t.match(seen(play), {
    published: { names: ['甲'], by: 'sun', approved: { by: 'qian' } },
    times: 1,
  })
  say(play, 'li', 'object')
  reply(play, 'qian', 'answer', 0, accepted)
  play.goTo('2026-04-04 00:00')
  t.equal(play.state(at(play)), '名单修改逾期', 'two working days')
  say(play, 'sun', 'revise')
  t.equal(say(play, 'wang', 'return'), 'ok')
  t.equal(play.state(at(play)), '名单采纳异议修改中')
  say(play, 'sun', 'revise')
  play.goTo('2026-04-10 00:00')
  t.equal(play.state(at(play)), '名单审核逾期')
  const corrected = () => play.notices.filter(({ zh }) => zh === '名单已更正').length
  t.equal(corrected(), 0, 'not before it is public again')
  t.equal(say(play, 'wang', 'approve'), 'ok')
  t.equal(corrected(), 1)
  t.match(seen(play), { published: { names: ['乙'] }, times: 2, submitted: null })

  play.goTo('2026-04-29 09:00')
  say(play, 'sun', 'submit', {}, 1)
  play.goTo('2026-05-01 00:00')
  t.equal(play.state(at(play, 1)), '名单审核逾期', 'its date has come, whatever the reviewers have')
  t.equal(say(play, 'qian', 'approve', {}, 1), 'ok')
  t.strictSame(play.refused, [])
})

const acts = ['publish', 'object', 'reject', 'accept', 'close', 'revise', 'decide', 'wait'] as const
void t.test('upheld when all are answered, revised if one was accepted; each late by itself', async () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...acts), { maxLength: 30 }), (tried) => {
      const play = begun()
      for (const act of tried) {
        const which = raised(play).findIndex(({ state }) => state.status === 'active')
        if (act === 'wait') play.advanceToNext()
        else if (act === 'publish' || act === 'revise') say(play, 'sun', act)
        else if (act === 'object') say(play, 'li', act)
        else if (act === 'decide') say(play, 'wang', act)
        else if (which >= 0 && act === 'close') reply(play, 'wang', 'decide', which)
        else if (which >= 0) reply(play, 'qian', 'answer', which, act === 'accept' ? accepted : {})
        const all = raised(play)
        const open = all.filter(({ state }) => state.status === 'active').length
        const its = seen(play)
        if (its.received !== all.length || its.open !== open) return false
        const over = play.state(at(play)) === '名单公示结束'
        if (over && (open > 0 || (its.accepted > 0 && its.decided === null))) return false
      }
      return play.refused.length === 0 && play.proves()
    }),
    { numRuns: 60 },
  )
})

void t.test('an objection is overdue after its own working days, whenever it came', async () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9 }), fc.boolean(), (day, late) => {
      const play = begun()
      say(play, 'sun', 'publish')
      play.goTo(`2026-04-0${day} 10:00`)
      say(play, 'li', 'object')
      // 2026: 4–6 April are the Qingming holiday.
      const due = ['09', '10', '13', '13', '13', '13', '14', '15', '16'][day - 1] ?? ''
      play.goTo(`2026-04-${due} ${late ? '23:59' : '09:00'}`)
      if (play.state(objection(play)) !== '异议待答复') return false
      play.goTo(`2026-04-${String(Number(due) + 1)} 00:00`)
      return play.state(objection(play)) === '异议逾期未答复'
    }),
    { numRuns: 20 },
  )
})

const it = (more: object) => () => disclosure('list', { ...basis, object: ['public'], ...more })
void t.test('options that cannot be are refused at load', async (t) => {
  t.throws(it({ object: [] }), /list\.object/u)
  t.throws(it({ review: [] }), /list\.review/u)
  t.throws(it({ length: '0 days' }), /length/u)
  t.throws(it({ object: undefined }), /object, register or both/u)
  t.throws(it({ reviewWithin: '2 days' }), /name in review/u)
  t.throws(it({ accepted: 'stands', reviseWithin: '2 days' }), /not revised/u)
})
