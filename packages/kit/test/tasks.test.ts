import { defineCampaign, open } from '@duban/engine'
import fc from 'fast-check'
import t from 'tap'
import { z } from 'zod'
import { tasks } from '../src/tasks/index.ts'
import { startPlay } from './player.ts'
import { treePlan } from './tree.ts'

const title = { zh: '任务', en: 'Tasks' }
const list = tasks({
  launch: { title: { zh: '启动大会', en: 'Launch' }, by: ['office'], due: 'launched' },
  roster: {
    title: { zh: '名单备案', en: 'Roster' },
    by: ['office'],
    due: 'filed',
    record: z.strictObject({ names: z.array(z.string()) }),
    amend: ['lead'],
    copy: ['office'],
    tell: ['lead'],
  },
})
function definition(done?: 'over') {
  return defineCampaign({
    id: 'tasks',
    version: 1,
    title,
    roles: {
      office: { title: { zh: '办公室', en: 'Office' }, scope: 'unit' },
      lead: { title: { zh: '领导', en: 'Lead' }, scope: 'campaign' },
    },
    dates: { launched: { title, due: '01-16' }, filed: { title, due: '01-30' } },
    commands: {
      'plan.end': { title, by: ['lead'], payload: z.strictObject({}) },
      ...list.commands,
    },
    machines: ({ machine }) => ({
      campaign: machine().createMachine({
        meta: { title },
        initial: 'running',
        states: {
          running: {
            meta: { title },
            entry: open('unit'),
            on: { 'every.unit.finished': 'over', 'plan.end': 'over' },
          },
          over: { meta: { title }, type: 'final' },
        },
      }),
      unit: machine<typeof list.context>({
        guards: { ...list.guards },
        updates: { ...list.updates },
      }).createMachine({
        meta: { title },
        context: { ...list.context },
        initial: 'working',
        states: {
          working: { ...list.state({ title, ...(done && { done }) }), ...(!done && ended) },
          over: { meta: { title: { zh: '完成', en: 'Over' } }, type: 'final', tags: 'finished' },
        },
      }),
    }),
  })
}
const ended = { always: { guard: 'someTaskLate', target: 'over' } }
const plan = treePlan(['north'], { ma: ['office@north'], bai: ['lead'] })

void t.test('a filing is amended with a reason, and keeps who changed it', async (t) => {
  const play = startPlay(definition(), plan)
  const unit = play.unit('north')
  t.equal(play.say('bai', 'roster.amend', unit, { names: ['甲'], reason: '调整' }), 'wrong_state')
  t.equal(play.say('ma', 'roster.complete', unit, { names: ['甲'] }), 'ok', 'early is welcome')
  t.equal(play.say('ma', 'roster.complete', unit, { names: ['乙'] }), 'wrong_state')
  t.equal(play.say('ma', 'roster.amend', unit, { names: ['乙'] }), 'role_required')
  t.equal(play.say('bai', 'roster.amend', unit, { names: ['乙'] }), 'invalid_payload')
  t.equal(play.say('bai', 'roster.amend', unit, { names: ['乙'], reason: '调动' }), 'ok')
  t.ok(play.notices.some(({ to, zh }) => to.includes('office') && zh === 'north变更：名单备案'))
  t.match(play.context(unit), {
    tasks: {
      launch: null,
      roster: { names: ['乙'], late: false, amended: [{ reason: '调动', by: 'bai' }] },
    },
  })
})

void t.test('each task has its own date; when all are done the machine goes on', async (t) => {
  const play = startPlay(definition('over'), plan)
  play.goTo('2026-01-17 00:00')
  t.ok(play.notices.some(({ zh }) => zh === 'north逾期未完成：启动大会'))
  t.notOk(play.notices.some(({ zh }) => zh.includes('名单备案')))
  t.equal(play.say('ma', 'launch.complete', play.unit('north'), { summary: '补开' }), 'ok')
  t.match(play.context(play.unit('north')), { tasks: { launch: { late: true } } })
  t.equal(play.say('ma', 'roster.complete', play.unit('north'), { names: [] }), 'ok')
  t.equal(play.state(play.unit('north')), '完成')
  t.equal(play.root().state.status, 'done')
  t.ok(play.proves())
})

void t.test('the order in which tasks are done changes nothing but who is late', async () => {
  const orders = fc.tuple(fc.boolean(), fc.constantFrom('2026-01-10', '2026-01-20', '2026-02-10'))
  fc.assert(
    fc.property(orders, ([launchFirst, day]) => {
      const play = startPlay(definition('over'), plan)
      play.goTo(`${day} 09:00`)
      const launch = () => play.say('ma', 'launch.complete', play.unit('north'), { summary: '开' })
      const roster = () => play.say('ma', 'roster.complete', play.unit('north'), { names: [] })
      const codes = launchFirst ? [launch(), roster()] : [roster(), launch()]
      const { tasks } = play.context(play.unit('north')) as typeof list.context
      return (
        codes.every((code) => code === 'ok') &&
        tasks.launch?.late === day > '2026-01-16' &&
        tasks.roster?.late === day > '2026-01-30' &&
        play.state(play.unit('north')) === '完成'
      )
    }),
    { numRuns: 20 },
  )
})

void t.test('options that cannot be are refused at load', async (t) => {
  t.throws(() => tasks({}), /at least one task/u)
  t.throws(() => tasks({ launch: { title, by: [], due: 'launched' } }), /at least one role/u)
})
