import { defineCampaign, open } from '@duban/engine'
import fc from 'fast-check'
import t from 'tap'
import { z } from 'zod'
import { ladder, rungs, type Rung, type Step } from '../src/ladder/index.ts'
import { startPlay, type Play } from './player.ts'
import { treePlan } from './tree.ts'

const title = { zh: '督办', en: 'Pressing' }
const pressure = ladder(
  'pressure',
  {
    remind: { by: ['office'], after: 'entry + 1 day' },
    urge: { by: ['office'], after: 'entry + 3 workdays', title: { zh: '督办函', en: 'Letter' } },
    circular: { by: ['office'] },
    interview: { by: ['lead'] },
    account: { by: ['lead'] },
  },
  { tell: ['reporter'] },
)
const campaign = defineCampaign({
  id: 'pressing',
  version: 1,
  title,
  roles: {
    office: { title: { zh: '办公室', en: 'Office' }, scope: 'campaign' },
    lead: { title: { zh: '领导', en: 'Lead' }, scope: 'campaign' },
    reporter: { title: { zh: '经办人', en: 'Reporter' }, scope: 'unit' },
  },
  dates: { reports: { title, due: '01-09' }, ...pressure.dates },
  commands: {
    'report.submit': { title, by: ['reporter'], payload: z.strictObject({}) },
    'report.accept': { title, by: ['office'], payload: z.strictObject({}) },
    'report.return': { title, by: ['office'], payload: z.strictObject({}) },
    ...pressure.commands,
  },
  machines: ({ machine }) => ({
    campaign: machine().createMachine({
      meta: { title },
      initial: 'running',
      states: {
        running: { meta: { title }, entry: open('unit'), on: { 'every.unit.accepted': 'over' } },
        over: { meta: { title }, type: 'final' },
      },
    }),
    unit: machine<typeof pressure.context>({ updates: { ...pressure.updates } }).createMachine({
      meta: { title },
      context: { ...pressure.context },
      initial: 'writing',
      states: {
        writing: {
          meta: { title: { zh: '待报', en: 'Writing' } },
          on: { 'report.submit': 'submitted' },
          after: { reports: 'overdue' },
        },
        overdue: pressure.state({
          title: { zh: '逾期', en: 'Overdue' },
          tags: 'overdue',
          again: true,
          on: { 'report.submit': 'submitted' },
        }),
        submitted: {
          meta: { title: { zh: '已报', en: 'Submitted' } },
          on: { 'report.accept': 'accepted', 'report.return': 'overdue.again' },
        },
        accepted: { meta: { title: { zh: '合格', en: 'Good' } }, type: 'final', tags: 'accepted' },
      },
    }),
  }),
})
const people = { ma: ['office'], bai: ['lead'], lu: ['reporter@north'] }
const begin = (): Play => startPlay(campaign, treePlan(['north'], people))
const stepsOf = (play: Play): Step[] => (play.context(play.unit('north')) as { pressure: Step[] }).pressure
const why = { reason: '久拖不报', whom: '北片负责人' }

void t.test('the first rungs come by themselves, people take the rest, each once', async (t) => {
  const play = begin()
  const unit = play.unit('north')
  t.equal(play.say('ma', 'pressure.remind', unit, why), 'wrong_state', 'nothing is late yet')
  play.goTo('2026-01-10 00:00')
  t.equal(play.state(unit), '逾期')
  t.equal(play.say('ma', 'pressure.circular', unit, why), 'wrong_state', 'no rung is skipped')
  play.goTo('2026-01-16 00:00')
  t.equal(play.state(unit), '已督办函', 'a day, then three working days')
  t.equal(play.say('bai', 'pressure.interview', unit, why), 'wrong_state')
  t.equal(play.say('ma', 'pressure.circular', unit, why), 'ok')
  t.equal(play.say('ma', 'pressure.circular', unit, why), 'wrong_state', 'once')
  t.equal(play.say('ma', 'pressure.interview', unit, why), 'role_required')
  t.ok(play.notices.some(({ to, zh }) => to.includes('reporter') && zh === 'north：通报'))
  t.strictSame(
    stepsOf(play).map(({ rung, by, reason }) => [rung, by, reason]),
    [
      ['remind', null, null],
      ['urge', null, null],
      ['circular', 'ma', why.reason],
    ],
  )
})

void t.test('whoever comes back climbs on from where they stood', async (t) => {
  const play = begin()
  const unit = play.unit('north')
  play.goTo('2026-01-12 09:00')
  play.say('ma', 'pressure.urge', unit, why)
  t.equal(play.say('lu', 'report.submit', unit, {}), 'ok')
  t.equal(play.say('ma', 'report.return', unit, {}), 'ok')
  t.equal(play.state(unit), '已督办函')
  t.equal(play.say('ma', 'pressure.circular', unit, why), 'ok')
  play.say('lu', 'report.submit', unit, {})
  play.say('ma', 'report.accept', unit, {})
  t.equal(play.root().state.status, 'done')
  t.ok(play.proves())
})

const order = Object.keys(rungs) as Rung[]
void t.test('whatever is tried, the steps taken are the first rungs, in order, each once', async () => {
  const tries = fc.array(fc.constantFrom(...order, 'submit', 'return', 'wait'), { maxLength: 20 })
  fc.assert(
    fc.property(tries, (story) => {
      const play = begin()
      play.goTo('2026-01-10 09:00')
      let day = 10
      for (const one of story) {
        const unit = play.unit('north')
        if (one === 'wait') play.goTo(`2026-01-${(day += 1)} 09:00`)
        else if (one === 'submit') play.say('lu', 'report.submit', unit, {})
        else if (one === 'return') play.say('ma', 'report.return', unit, {})
        else
          for (const person of ['ma', 'bai']) {
            if (play.say(person, `pressure.${one}`, unit, why) === 'ok') break
          }
      }
      const taken = stepsOf(play).map(({ rung }) => rung)
      return taken.every((rung, n) => rung === order[n])
    }),
    { numRuns: 100 },
  )
})

void t.test('options that cannot be are refused at load', async (t) => {
  t.throws(() => ladder('pressure', {}), /at least one rung/u)
  t.throws(() => ladder('pressure', { shout: { by: ['office'] } } as never), /no rung «shout»/u)
  t.throws(() => ladder('pressure', { urge: { by: [] } }), /at least one role/u)
  t.throws(
    () => ladder('pressure', { urge: { by: ['a'] }, circular: { by: ['a'], after: 'entry + 1 day' } }),
    /only the first rungs/u,
  )
  t.throws(() => ladder('pressure', { urge: {} }), /urge: say by whom, or after what time/u)
  t.throws(
    () => ladder('pressure', { urge: { by: ['a'], after: '5 days' } }),
    /like entry \+ 3 workdays; or say from which day, from: context.dueOn/u,
  )
  const from = { from: 'context.dueOn' } as const
  t.throws(
    () => ladder('pressure', { urge: { after: 'entry + 5 days' } }, from),
    /urge.after: count a time after the day, like 0 days or 5 days/u,
  )
  t.throws(
    () => ladder('pressure', { urge: { after: '5 days' }, account: { after: '3 days' } }, from),
    /account.after: 3 days is before the rung below it, 5 days/u,
  )
  t.throws(() => ladder('pressure', { urge: { after: '1 day' } }, { from: 'dueOn' } as never), /from/u)
})
