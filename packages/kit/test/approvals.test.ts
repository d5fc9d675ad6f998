import { defineCampaign } from '@duban/engine'
import fc from 'fast-check'
import t from 'tap'
import { z } from 'zod'
import { approvals } from '../src/approvals/index.ts'
import type { Mode, Routing } from '../src/approvals/record.ts'
import { startPlay, type Play } from './player.ts'
import { smallPlan } from './plan.ts'

/** A scheme that sections countersign in some mode, and the lead approves. */
function drafting(mode: Mode) {
  const scheme = approvals('scheme', {
    title: { zh: '方案', en: 'Scheme' },
    submit: ['office'],
    steps: {
      cosign: { title: { zh: '会签', en: 'Countersigning' }, sign: ['section'], mode },
      approve: { title: { zh: '审批', en: 'Approval' }, sign: ['lead'] },
    },
    due: 'approved',
    copy: ['section'],
  })
  return defineCampaign({
    id: 'drafting',
    version: 1,
    title: { zh: '起草', en: 'Drafting' },
    roles: {
      office: { title: { zh: '办公室', en: 'Office' }, scope: 'campaign' },
      section: { title: { zh: '科室', en: 'Section' }, scope: 'campaign' },
      lead: { title: { zh: '组长', en: 'Lead' }, scope: 'campaign' },
    },
    dates: { approved: { title: { zh: '方案批准', en: 'Approved' }, due: '04-10' } },
    commands: {
      ...scheme.commands,
      'all.end': {
        title: { zh: '结束', en: 'End' },
        by: ['lead'],
        payload: z.strictObject({}),
      },
    },
    machines: ({ machine }) => ({
      campaign: machine<typeof scheme.context>({
        guards: { ...scheme.guards },
        updates: { ...scheme.updates },
      }).createMachine({
        meta: { title: { zh: '起草', en: 'Drafting' } },
        context: { ...scheme.context },
        initial: 'scheme',
        states: {
          ...scheme.states({ approved: 'running' }),
          running: {
            meta: { title: { zh: '实施', en: 'Running' } },
            on: { 'all.end': 'over' },
          },
          over: { meta: { title: { zh: '结束', en: 'Over' } }, type: 'final' },
        },
      }),
    }),
  })
}

const people = {
  sun: ['office', 'section'],
  qian: ['office'],
  a: ['section'],
  b: ['section'],
  c: ['section'],
  d: ['section'],
  wang: ['lead'],
}
const document = { title: '工作方案', text: '分四步实施。' }

function submitted(mode: Mode, ...cosign: string[]): Play {
  const play = startPlay(drafting(mode), smallPlan(people))
  t.equal(play.say('sun', 'scheme.submit', play.root(), { ...document, signers: { cosign } }), 'ok')
  return play
}
const routing = (play: Play) => (play.context(play.root()) as { scheme: Routing }).scheme
const say = (play: Play, person: string, command: string, payload: object = {}) =>
  play.say(person, `scheme.${command}`, play.root(), payload as never)

void t.test('会签 needs everybody, in any order', async (t) => {
  const play = submitted('all', 'a', 'b')
  t.equal(say(play, 'c', 'cosign.sign'), 'not_named')
  t.equal(say(play, 'b', 'cosign.sign', { opinion: '同意' }), 'ok')
  t.equal(say(play, 'b', 'cosign.sign'), 'not_named', 'nobody signs twice')
  t.equal(play.state(play.root()), '会签')
  t.equal(say(play, 'a', 'cosign.sign'), 'ok')
  t.equal(play.state(play.root()), '审批')
  t.equal(say(play, 'wang', 'approve.sign', { opinion: '照办' }), 'ok')
  t.equal(play.state(play.root()), '实施')
  t.match(routing(play), {
    document,
    waiting: [],
    entries: [
      { act: 'submitted', by: 'sun' },
      { act: 'signed', by: 'b', step: 'cosign', opinion: '同意' },
      { act: 'signed', by: 'a' },
      { act: 'signed', by: 'wang', step: 'approve', opinion: '照办' },
    ],
  })
  t.match(play.notices.at(-1), { to: ['section'], zh: '方案已获批准' }, '抄送')
  t.ok(play.proves())
})

void t.test('或签 needs one, a sequence keeps its order', async (t) => {
  const either = submitted('one', 'a', 'b')
  t.equal(say(either, 'b', 'cosign.sign'), 'ok')
  t.equal(either.state(either.root()), '审批')

  const row = submitted('sequence', 'a', 'b')
  t.equal(say(row, 'b', 'cosign.sign'), 'not_named')
  t.equal(say(row, 'a', 'cosign.sign'), 'ok')
  t.strictSame(routing(row).waiting, ['b'])
  t.equal(say(row, 'b', 'cosign.sign'), 'ok')
  t.equal(row.state(row.root()), '审批')
})

void t.test('加签, 转办 and 委派, which comes back', async (t) => {
  const play = submitted('all', 'a', 'b')
  t.equal(say(play, 'a', 'cosign.delegate', { to: 'c' }), 'ok')
  t.equal(say(play, 'a', 'cosign.sign'), 'not_named', 'until it comes back')
  t.equal(say(play, 'c', 'cosign.sign', { opinion: '建议补充预算' }), 'ok')
  t.strictSame(routing(play).waiting, ['a', 'b'])
  t.equal(say(play, 'b', 'cosign.handOver', { to: 'a' }), 'guard_refused', 'has a turn already')
  t.equal(say(play, 'b', 'cosign.handOver', { to: 'd' }), 'ok')
  t.equal(say(play, 'a', 'cosign.addSigner', { persons: ['b', 'c'] }), 'guard_refused')
  t.equal(say(play, 'a', 'cosign.addSigner', { persons: ['c'] }), 'ok')
  for (const person of ['a', 'd']) t.equal(say(play, person, 'cosign.sign'), 'ok')
  t.equal(play.state(play.root()), '会签')
  t.equal(say(play, 'c', 'cosign.sign'), 'ok', 'who advised before may sign')
  t.equal(play.state(play.root()), '审批')
})

void t.test('the submitter may put another in the place of who cannot sign', async (t) => {
  const play = submitted('all', 'nobody')
  t.equal(say(play, 'qian', 'cosign.handOver', { from: 'nobody', to: 'a' }), 'not_named')
  t.equal(say(play, 'sun', 'cosign.handOver', { from: 'nobody', to: 'a' }), 'ok')
  t.equal(say(play, 'a', 'cosign.sign'), 'ok')
})

void t.test('nobody signs in the place of who is named', async (t) => {
  for (const mode of ['all', 'one', 'sequence'] as const) {
    const play = submitted(mode, 'a', 'b')
    const onBehalfOf = { person: 'a', home: ['bureau'] }
    play.grant('wang', 'section', { onBehalfOf })
    t.equal(say(play, 'wang', 'cosign.sign'), 'guard_refused')
    t.equal(say(play, 'wang', 'cosign.addSigner', { persons: ['c'] }), 'guard_refused')
    t.equal(say(play, 'wang', 'cosign.delegate', { to: 'c' }), 'guard_refused')
    t.equal(say(play, 'a', 'cosign.sign'), 'ok')
  }
})

void t.test('withdrawn while nobody has signed, urged any time', async (t) => {
  const play = submitted('all', 'a', 'b')
  t.equal(say(play, 'qian', 'withdraw'), 'not_named')
  t.equal(say(play, 'sun', 'withdraw'), 'ok')
  t.equal(play.state(play.root()), '起草方案')
  t.equal(say(play, 'sun', 'submit', { ...document, signers: { cosign: ['a'] } }), 'ok')
  t.equal(say(play, 'sun', 'urge'), 'ok')
  t.match(play.notices.at(-1), { to: ['section'], zh: '催办：方案待会签' })
  say(play, 'a', 'cosign.sign')
  t.equal(say(play, 'sun', 'withdraw'), 'guard_refused')
})

void t.test('returned to an earlier step, which begins anew', async (t) => {
  const play = submitted('all', 'a', 'b')
  for (const person of ['a', 'b']) say(play, person, 'cosign.sign')
  t.equal(say(play, 'wang', 'approve.return', { to: 'cosign', reason: '会签意见不全' }), 'ok')
  t.strictSame(routing(play).waiting, ['a', 'b'])
  t.equal(routing(play).round, 2)
  t.equal(say(play, 'a', 'cosign.return', { reason: '重写' }), 'ok')
  t.equal(play.state(play.root()), '起草方案')
  t.strictSame(routing(play).waiting, [])
  t.match(play.notices.at(-1), { to: ['office'], zh: '方案被退回' })
})

void t.test('who submitted never signs, whoever submits it next', async (t) => {
  const play = startPlay(drafting('all'), smallPlan(people))
  const submit = (person: string, ...cosign: string[]) =>
    say(play, person, 'submit', { ...document, signers: { cosign } })
  t.equal(submit('sun', 'sun'), 'guard_refused')
  t.equal(submit('sun', 'a', 'a'), 'guard_refused', 'nobody is named twice')
  t.equal(submit('sun', 'a'), 'ok')
  say(play, 'sun', 'withdraw')
  t.equal(submit('qian', 'sun'), 'guard_refused')
})

void t.test('when it is overdue, all on its way are pressed', async (t) => {
  const play = submitted('all', 'a')
  play.goTo('2026-04-11 00:00')
  t.match(play.notices.at(-1), { to: ['office', 'section', 'lead'], zh: '方案逾期未批：起草' })
  t.equal(say(play, 'a', 'cosign.sign'), 'ok')
})

void t.test('what cannot be is refused when it is written', async (t) => {
  const title = { zh: '件', en: 'It' }
  const step = { title, sign: ['x'] }
  t.throws(() => approvals('a b', { title, submit: ['x'], steps: { step } }), /camelCase/u)
  t.throws(() => approvals('it', { title, submit: ['x'], steps: {} }), /nothing needs approval/u)
  t.throws(() => approvals('it', { title, submit: ['x'], steps: { draft: step } }), /other than/u)
})

// Whatever people try, the entries alone show that the laws of signing hold.
const persons = fc.constantFrom('sun', 'qian', 'a', 'b', 'c', 'd', 'wang')
const act = fc.oneof(
  { weight: 3, arbitrary: fc.constant(['cosign.sign', {}] as const) },
  fc.constant(['approve.sign', {}] as const),
  fc.constant(['withdraw', {}] as const),
  fc.constant(['cosign.return', { reason: '改' }] as const),
  fc.constant(['approve.return', { reason: '改', to: 'cosign' }] as const),
  fc
    .uniqueArray(persons, { minLength: 1, maxLength: 3 })
    .map((cosign) => ['submit', { ...document, signers: { cosign } }] as const),
  persons.map((person) => ['cosign.addSigner', { persons: [person] }] as const),
  persons.map((to) => ['cosign.delegate', { to }] as const),
  persons.map((to) => ['cosign.handOver', { to }] as const),
)

for (const mode of ['all', 'one', 'sequence'] as const) {
  void t.test(`the laws of signing hold in mode ${mode}`, async () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(persons, act), { maxLength: 40 }), (acts) => {
        const play = startPlay(drafting(mode), smallPlan(people))
        for (const [person, [command, payload]] of acts) {
          const before = routing(play)
          const stood = play.state(play.root())
          if (say(play, person, command, payload) !== 'ok') continue
          const after = routing(play)
          const left = stood === '会签' && play.state(play.root()) === '审批'
          if (left && mode !== 'one' && !allSigned(before, person)) return false
          if (stood !== '审批' && after.round > before.round && !anew(after)) return false
        }
        const { entries, submitters } = routing(play)
        const signed = entries.filter((one) => one.act === 'signed')
        const marks = signed.map(({ round, by }) => `${round} ${by}`)
        return (
          new Set(marks).size === marks.length && !signed.some(({ by }) => submitters.includes(by)) && play.proves()
        )
      }),
      { numRuns: 50 },
    )
  })
}

/** Everybody named, added or put in another's place had signed in this round, but for the last. */
function allSigned({ signers, entries, round }: Routing, last: string): boolean {
  const since = entries.filter((one) => one.round === round)
  const needed = new Set(signers['cosign'])
  for (const { act, by, to } of since) {
    if (act === 'signerAdded') to.forEach((person) => needed.add(person))
    if (act === 'handedOver') {
      needed.delete(by)
      to.forEach((person) => needed.add(person))
    }
  }
  needed.delete(last)
  for (const { act, by } of since) if (act === 'signed') needed.delete(by)
  return needed.size === 0
}

/** A round that begins finds nobody's signature. */
function anew({ entries, round }: Routing): boolean {
  return !entries.some((one) => one.round === round && one.act === 'signed')
}
