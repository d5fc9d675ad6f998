import { defineCampaign, open } from '@duban/engine'
import fc from 'fast-check'
import t from 'tap'
import { z } from 'zod'
import { report } from '../src/report/index.ts'
import { startPlay, type Play } from './player.ts'
import { treePlan } from './tree.ts'

const title = { zh: '自查', en: 'Self-check' }
const check = report('selfCheck', {
  title: { zh: '自查报告', en: 'Self-check report' },
  record: z.strictObject({ found: z.int() }),
  submit: ['reporter'],
  accept: ['office'],
  due: 'reports',
  mend: 'entry + 3 workdays',
  tell: ['lead'],
})
const campaign = defineCampaign({
  id: 'self-check',
  version: 1,
  title,
  roles: {
    office: { title: { zh: '办公室', en: 'Office' }, scope: 'campaign', recused: 'ownUnit' },
    lead: { title: { zh: '领导', en: 'Lead' }, scope: 'campaign' },
    reporter: { title: { zh: '经办人', en: 'Reporter' }, scope: 'unit' },
  },
  dates: {
    reports: { title, due: '01-16', remind: ['-2 workdays'] },
    closes: { title, due: '02-27' },
    ...check.dates,
  },
  commands: {
    'plan.end': { title, by: ['lead'], payload: z.strictObject({}), opens: 'closes' },
    ...check.commands,
  },
  machines: ({ machine, on }) => ({
    campaign: machine().createMachine({
      meta: { title },
      initial: 'running',
      states: {
        running: {
          meta: { title },
          entry: open('unit'),
          on: { 'every.unit.accepted': 'over', 'plan.end': 'over' },
        },
        over: { meta: { title }, type: 'final' },
      },
    }),
    unit: machine<typeof check.context & { found: number }>({
      updates: {
        ...check.updates,
        // The payload's own type reaches the author.
        count: on('selfCheck.submit', ({ payload }) => ({ found: payload.found })),
      },
    }).createMachine({
      meta: { title },
      context: { ...check.context, found: 0 },
      initial: 'selfCheck',
      states: {
        ...check.states({ accepted: 'finished', tags: ['submitted'] }),
        finished: { meta: { title: { zh: '合格', en: 'Good' } }, type: 'final', tags: 'accepted' },
      },
    }),
  }),
})
const people = {
  ma: ['office'],
  bai: ['lead'],
  lu: ['reporter@north'],
  he: ['reporter@south', 'office'],
}
const begin = (): Play => startPlay(campaign, treePlan(['north', 'south'], people))
const unit = (play: Play, id: string) => play.unit(id)

void t.test('a report is returned, mended in its own time, and accepted by another', async (t) => {
  const play = begin()
  const north = unit(play, 'north')
  t.equal(play.say('lu', 'selfCheck.submit', north, { found: 3 }), 'ok')
  t.equal(play.say('ma', 'selfCheck.return', north, { reason: '漏查一项' }), 'ok')
  t.ok(play.notices.some(({ to, zh }) => to.includes('reporter') && zh.includes('被退回')))
  play.goTo('2026-01-09 00:00')
  t.equal(play.state(north), '逾期未报自查报告', 'three working days after Monday are over')
  t.equal(play.say('lu', 'selfCheck.submit', north, { found: 4 }), 'wrong_state')
  t.equal(play.say('lu', 'selfCheck.makeUp', north, { found: 4 }), 'invalid_payload')
  t.equal(play.say('lu', 'selfCheck.makeUp', north, { found: 4, reason: '住院' }), 'ok')
  t.equal(play.say('ma', 'selfCheck.accept', north, {}), 'ok')
  t.equal(play.state(north), '合格')
  t.match(play.context(north), {
    selfCheck: { last: { found: 4, late: '住院', by: 'lu' }, returns: [{ by: 'ma' }] },
  })
  const south = unit(play, 'south')
  t.equal(play.say('he', 'selfCheck.submit', south, { found: 0 }), 'ok')
  t.not(play.say('he', 'selfCheck.accept', south, {}), 'ok', 'nobody accepts their own')
  t.equal(play.say('ma', 'selfCheck.accept', south, {}), 'ok')
  t.equal(play.root().state.status, 'done')
  t.ok(play.proves())
})

void t.test('a missed date is reminded of before, told of after, and binds at its instant', async (t) => {
  const play = begin()
  play.goTo('2026-01-16 23:59')
  t.ok(
    play.notices.some(({ to }) => to.includes('reporter')),
    'reminded',
  )
  t.equal(play.state(unit(play, 'north')), '待报送自查报告')
  play.goTo('2026-01-17 00:00')
  t.equal(play.state(unit(play, 'north')), '逾期未报自查报告')
  t.ok(play.notices.some(({ to, zh }) => to.includes('lead') && zh === 'north逾期未报自查报告'))
})

void t.test('whatever is said in whatever order, only what was accepted is accepted', async () => {
  const acts = fc.constantFrom('submit', 'makeUp', 'accept', 'return', 'wait')
  fc.assert(
    fc.property(fc.array(acts, { maxLength: 12 }), (story) => {
      const play = begin()
      let day = 6
      const told = { submit: 0, return: 0, accept: 0 }
      for (const act of story) {
        if (act === 'wait') play.goTo(`2026-01-${String((day += 2)).padStart(2, '0')} 09:00`)
        else {
          const payload = { submit: { found: 1 }, makeUp: { found: 1, reason: '迟' } }
          const who = act === 'submit' || act === 'makeUp' ? 'lu' : 'ma'
          const said = { ...payload, accept: {}, return: { reason: '补' } }[act]
          const ok = play.say(who, `selfCheck.${act}`, unit(play, 'north'), said) === 'ok'
          if (ok) told[act === 'makeUp' ? 'submit' : act] += 1
        }
      }
      const { selfCheck } = play.context(unit(play, 'north')) as typeof check.context
      return (
        told.accept <= 1 &&
        told.return === selfCheck.returns.length &&
        (selfCheck.accepted !== null) === (told.accept === 1) &&
        told.submit - told.return - told.accept <= 1 &&
        play.proves()
      )
    }),
    { numRuns: 60 },
  )
})

void t.test('options that cannot be are refused at load', async (t) => {
  const good = { title, submit: ['reporter'], due: 'reports' } as const
  t.throws(() => report('self.check', good), /camelCase/u)
  t.throws(() => report('check', { ...good, submit: [] }), /at least one role/u)
  t.throws(() => report('check', { ...good, mend: '01-20' }), /count from the return/u)
})
