import { defineCampaign, type CommandSpec, type DateSpec } from '@duban/engine'
import fc from 'fast-check'
import t from 'tap'
import { z } from 'zod'
import { approvals, type ApprovalsOptions, type ApprovalStep } from '../src/approvals/index.ts'
import type { Routing } from '../src/approvals/record.ts'
import { startPlay, type Play } from './player.ts'
import { smallPlan } from './plan.ts'

const text = (zh: string) => ({ zh, en: zh })
const joint = {
  title: text('三家会审'),
  each: { patrol: text('巡察办'), discipline: text('纪委机关'), personnel: text('组织部') },
  within: 'entry + 10 workdays',
} satisfies ApprovalStep
const panel = {
  title: text('专家评审'),
  sign: ['expert'],
  mode: 'all',
  namedBy: ['patrol'],
  least: 2,
} satisfies ApprovalStep

/** A plan that a clerk drafts and others approve; whoever approves it last ends the campaign. */
function planning(steps: ApprovalsOptions['steps'], more: Partial<ApprovalsOptions> = {}) {
  const plan = approvals('plan', {
    title: text('整改方案'),
    submit: ['clerk'],
    steps,
    mend: 'entry + 5 workdays',
    ...more,
  })
  const known = ['clerk', 'patrol', 'discipline', 'personnel', 'party', 'expert']
  return defineCampaign({
    id: 'planning',
    version: 1,
    title: text('整改'),
    roles: Object.fromEntries(known.map((role) => [role, { title: text(role), scope: 'campaign' as const }])),
    dates: {
      planned: { title: text('报方案'), due: '04-22' },
      ...(plan.dates as { [name: string]: DateSpec }),
    },
    commands: {
      ...(plan.commands as { [name: string]: CommandSpec }),
      // Everybody has something to do, whichever steps there are.
      'all.end': { title: text('结束'), by: known, payload: z.strictObject({}), until: 'planned' },
    },
    machines: ({ machine }) => ({
      campaign: machine<typeof plan.context>({
        guards: { ...plan.guards },
        updates: { ...plan.updates },
      }).createMachine({
        meta: { title: text('整改') },
        context: { ...plan.context },
        initial: 'plan',
        states: {
          ...plan.states({ approved: 'running' }),
          running: { meta: { title: text('集中整改') }, on: { 'all.end': 'over' } },
          over: { meta: { title: text('结束') }, type: 'final' },
        },
      } as never),
    }),
  })
}
const people = {
  chen: ['clerk'],
  liu: ['clerk'],
  a: ['patrol'],
  b: ['discipline', 'patrol'],
  c: ['personnel'],
  p: ['party'],
  e: ['expert'],
  f: ['expert'],
  g: ['expert'],
}
const document = { title: '整改方案', text: '问题清单、任务清单、责任清单。' }
const begun = (steps: ApprovalsOptions['steps'], more?: Partial<ApprovalsOptions>): Play =>
  startPlay(planning(steps, more), smallPlan(people))
const state = (play: Play): string => play.state(play.root())
const routing = (play: Play) => (play.context(play.root()) as { plan: Routing }).plan
const say = (play: Play, person: string, command: string, payload: object = {}) =>
  play.say(person, `plan.${command}`, play.root(), payload as never)
const submit = (play: Play, person = 'chen') => say(play, person, 'submit', document)
const no = { reason: '责任人不明确' }

void t.test('会审: each body has its say, in any order, and all agree', async (t) => {
  const play = begun({ joint })
  submit(play)
  t.equal(state(play), '纪委机关待提出意见 + 巡察办待提出意见 + 组织部待提出意见')
  t.equal(say(play, 'c', 'joint.patrol.sign'), 'role_required')
  t.equal(say(play, 'c', 'joint.personnel.sign', { opinion: '同意' }), 'ok')
  t.equal(say(play, 'c', 'joint.personnel.refuse', no), 'wrong_state', 'once')
  t.equal(say(play, 'chen', 'withdraw'), 'guard_refused', 'somebody has spoken')
  t.equal(say(play, 'b', 'joint.discipline.sign'), 'ok')
  t.equal(say(play, 'b', 'joint.patrol.sign'), 'guard_refused', 'nobody speaks for two bodies')
  t.equal(say(play, 'a', 'joint.patrol.sign'), 'ok')
  t.equal(state(play), '集中整改')
  t.match(routing(play).entries, [
    { act: 'submitted', step: null },
    { act: 'signed', step: 'joint.personnel', by: 'c', opinion: '同意' },
    { act: 'signed', step: 'joint.discipline', by: 'b' },
    { act: 'signed', step: 'joint.patrol', by: 'a' },
  ])
  t.ok(play.proves())
})

void t.test('one refuses: all are heard, then it goes back and has a time of its own', async (t) => {
  const play = begun({ joint })
  submit(play)
  say(play, 'a', 'joint.patrol.refuse', no)
  t.match(state(play), /巡察办已提出意见/u)
  say(play, 'b', 'joint.discipline.sign')
  say(play, 'c', 'joint.personnel.sign')
  t.equal(state(play), '修改整改方案')
  t.match(play.notices.at(-1), { to: ['clerk'], zh: '整改方案被退回' })
  play.goTo('2026-04-09 23:59')
  t.equal(state(play), '修改整改方案', 'five working days, the holiday not counted')
  play.goTo('2026-04-10 00:00')
  t.equal(state(play), '逾期未重报整改方案')
  t.match(routing(play), { mendedLate: true, late: false })
  t.equal(submit(play), 'ok')
  t.match(state(play), /巡察办待提出意见/u, 'all are asked again')
  for (const [person, body] of [
    ['a', 'patrol'],
    ['b', 'discipline'],
    ['c', 'personnel'],
  ]) {
    t.equal(say(play, person ?? '', `joint.${body}.sign`), 'ok')
  }
  t.equal(state(play), '集中整改')
  t.ok(play.proves())
})

void t.test('at once, if the plan says so', async (t) => {
  const play = begun({ joint: { ...joint, atOnce: true } })
  submit(play)
  say(play, 'c', 'joint.personnel.sign')
  say(play, 'a', 'joint.patrol.refuse', no)
  t.equal(state(play), '修改整改方案')
  t.equal(say(play, 'b', 'joint.discipline.sign'), 'wrong_state')
  t.equal(submit(play), 'ok')
  t.equal(say(play, 'chen', 'withdraw'), 'ok')
  t.equal(state(play), '修改整改方案', 'withdrawn, and still in the time to mend')
})

void t.test('the bodies that say nothing in time are overdue, and only those', async (t) => {
  const play = begun({ joint })
  submit(play)
  say(play, 'c', 'joint.personnel.sign')
  play.goTo('2026-04-17 00:00')
  t.equal(state(play), '纪委机关逾期未提出意见 + 巡察办逾期未提出意见 + 组织部已提出意见')
  t.strictSame(
    play.notices.filter(({ zh }) => zh.endsWith('逾期未提出意见')).map(({ to }) => to),
    [['discipline'], ['patrol']],
  )
  say(play, 'b', 'joint.discipline.sign')
  say(play, 'a', 'joint.patrol.sign')
  t.equal(state(play), '集中整改')
})

void t.test('in a row with other steps; a later one returns it to the bodies', async (t) => {
  const party = { title: text('党组审议'), sign: ['party'] }
  const play = begun({ party, joint, last: { ...party, title: text('定稿'), sign: ['expert'] } })
  submit(play)
  say(play, 'p', 'party.sign')
  for (const [person, body] of [
    ['a', 'patrol'],
    ['b', 'discipline'],
    ['c', 'personnel'],
  ]) {
    say(play, person ?? '', `joint.${body}.sign`)
  }
  t.equal(state(play), '定稿')
  t.equal(say(play, 'e', 'last.return', { to: 'joint', reason: '补组织部意见' }), 'ok')
  t.match(state(play), /组织部待提出意见/u)
})

void t.test('not submitted in time it is overdue, and submitted all the same', async (t) => {
  const play = begun({ joint }, { submitBy: 'planned' })
  t.equal(state(play), '起草整改方案')
  play.goTo('2026-04-23 00:00')
  t.equal(state(play), '逾期未报整改方案')
  t.match(play.notices.at(-1), { to: ['clerk'] })
  t.equal(submit(play), 'ok')
  t.equal(say(play, 'chen', 'withdraw'), 'ok')
  t.equal(state(play), '逾期未报整改方案', 'its date has passed')
})

void t.test('others than the submitter name who signs, two at least', async (t) => {
  const play = begun({ panel })
  t.equal(submit(play), 'ok', 'nobody is named yet')
  t.equal(state(play), '专家评审待确定人员')
  t.equal(say(play, 'chen', 'panel.name', { persons: ['e', 'f'] }), 'role_required')
  t.equal(say(play, 'a', 'panel.name', { persons: ['e'] }), 'invalid_payload')
  t.equal(say(play, 'a', 'panel.name', { persons: ['e', 'e'] }), 'guard_refused')
  t.equal(say(play, 'a', 'panel.name', { persons: ['e', 'chen'] }), 'guard_refused')
  t.equal(say(play, 'a', 'panel.name', { persons: ['e', 'f'] }), 'ok')
  t.equal(say(play, 'g', 'panel.sign'), 'not_named')
  t.equal(say(play, 'e', 'panel.sign'), 'ok')
  t.equal(say(play, 'b', 'panel.handOver', { from: 'f', to: 'g' }), 'not_named')
  t.equal(say(play, 'a', 'panel.handOver', { from: 'f', to: 'g' }), 'ok', 'who named them may')
  t.equal(say(play, 'g', 'panel.return', no), 'ok')
  t.equal(state(play), '修改整改方案')
  submit(play)
  t.equal(state(play), '专家评审待确定人员', 'named anew in each round')
  t.equal(say(play, 'a', 'panel.name', { persons: ['e', 'f'] }), 'ok')
  for (const person of ['e', 'f']) t.equal(say(play, person, 'panel.sign'), 'ok')
  t.equal(state(play), '集中整改')
  t.ok(play.proves())
})

const signers = (...persons: string[]) => ({ ...document, signers: { panel: persons } })
void t.test('the submitter, too, names at least so many', async (t) => {
  const { namedBy: _, ...named } = panel
  const play = begun({ panel: named })
  t.equal(say(play, 'chen', 'submit', signers('e')), 'invalid_payload')
  t.equal(say(play, 'chen', 'submit', signers('e', 'f')), 'ok')
})

void t.test('what cannot be is refused when it is written', async (t) => {
  const it =
    (step: object, more: object = {}) =>
    () =>
      approvals('it', {
        title: text('件'),
        submit: ['x'],
        steps: { step: step as ApprovalStep },
        ...more,
      })
  const title = text('步')
  t.throws(it({ title, each: { one: title } }), /two bodies/u)
  t.throws(it({ ...joint, within: '10 workdays' }), /entry/u)
  t.throws(it(joint, { mend: 'start + 5 days' }), /entry/u)
  t.throws(it({ title, sign: ['y'], namedBy: ['z'] }), /give a mode/u)
  t.throws(it({ title, sign: ['y'], least: 2 }), /give a mode/u)
  t.throws(it({ title, sign: ['y'], mode: 'all', least: 0 }), /from 1 to 50/u)
})

const anybody = fc.constantFrom('chen', 'liu', 'a', 'b', 'c')
const bodies = ['patrol', 'discipline', 'personnel'] as const
const act = fc.oneof(
  fc.constant(['submit', document] as const),
  fc.constant(['withdraw', {}] as const),
  fc.constantFrom(...bodies).map((body) => [`joint.${body}.sign`, {}] as const),
  fc.constantFrom(...bodies).map((body) => [`joint.${body}.refuse`, no] as const),
)
for (const atOnce of [true, false]) {
  void t.test(`approved only when each body agreed in one round; at once: ${atOnce}`, async () => {
    const definition = planning({ joint: { ...joint, atOnce } })
    fc.assert(
      fc.property(fc.array(fc.tuple(anybody, act), { maxLength: 60 }), (acts) => {
        const play = startPlay(definition, smallPlan(people))
        for (const [person, [command, payload]] of acts) {
          const { round } = routing(play)
          const stood = state(play)
          if (say(play, person, command, payload) !== 'ok') continue
          const said = routing(play).entries.filter(
            (one) => one.round === round && ['signed', 'refused'].includes(one.act),
          )
          const refused = said.some((one) => one.act === 'refused')
          const over = atOnce ? refused : refused && said.length === bodies.length
          const back = routing(play).round > round && stood.includes('提出意见')
          if (over && state(play) !== '修改整改方案') return false
          if (back && command.startsWith('joint') && !over) return false
          if (state(play) !== '集中整改') continue
          const spoke = new Set(said.map(({ by }) => by))
          const whole = new Set(said.map((one) => one.step)).size === bodies.length
          return !refused && whole && spoke.size === bodies.length && play.proves()
        }
        return play.refused.length === 0 && play.proves()
      }),
      { numRuns: 60 },
    )
  })
}
