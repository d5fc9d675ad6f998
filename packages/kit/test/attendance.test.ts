import { defineCampaign, open } from '@duban/engine'
import fc from 'fast-check'
import t from 'tap'
import { z } from 'zod'
import {
  attendanceRate,
  countAttendance,
  missed,
  outstanding,
  session,
  type Counts,
  type Presence,
  type Session,
} from '../src/attendance/index.ts'
import { startPlay, type Play } from './player.ts'
import { smallPlan } from './plan.ts'

const people = ['zhao', 'qian', 'sun', 'li']
const roll = fc
  .array(fc.constantFrom<Presence>('present', 'excused', 'absent'), { minLength: 4, maxLength: 4 })
  .map((found) => people.map((person, n) => ({ person, was: found[n] ?? 'absent' })))
const some = fc.uniqueArray(fc.constantFrom(...people)).map((all) => all.map((person) => ({ person })))
const sitting = fc.record({ roll, madeUp: some, waived: some })

void t.test('whoever missed it is outstanding until it is made up or let off', async () => {
  fc.assert(
    fc.property(sitting, fc.boolean(), (one, excusedToo) => {
      const left = outstanding(one, excusedToo)
      const settled = new Set([...one.madeUp, ...one.waived].map(({ person }) => person))
      return missed(one.roll, excusedToo).every((person) => left.includes(person) !== settled.has(person))
    }),
  )
})

void t.test('counts add up, and do not depend on how the year is cut', async () => {
  fc.assert(
    fc.property(fc.array(sitting, { maxLength: 6 }), fc.nat(6), (sittings, cut) => {
      const whole = countAttendance(sittings)
      const parts = countAttendance(sittings.slice(cut), countAttendance(sittings.slice(0, cut)))
      for (const one of Object.values(whole)) {
        if (one.present + one.excused + one.absent !== one.expected) return false
        if (one.madeUp > one.excused + one.absent) return false
        const rate = attendanceRate(one)
        if (rate === null || rate < 0 || rate > 100) return false
      }
      return JSON.stringify(whole) === JSON.stringify(parts)
    }),
  )
})

void t.test('a rate of nothing is no rate; a third is 33.3', async (t) => {
  t.equal(attendanceRate({ expected: 0, present: 0, excused: 0, absent: 0, madeUp: 0 }), null)
  t.equal(attendanceRate({ expected: 3, present: 1, excused: 1, absent: 1, madeUp: 0 }), 33.3)
})

const text = (zh: string) => ({ title: { zh, en: zh } })
const meeting = session('meeting', {
  title: { zh: '例会', en: 'Meeting' },
  announce: ['office'],
  record: ['office'],
  decide: ['lead'],
  announceBy: 'named',
})
const year = defineCampaign({
  id: 'meetings',
  version: 1,
  ...text('例会制度'),
  roles: {
    office: { ...text('办公室'), scope: 'campaign' },
    lead: { ...text('组长'), scope: 'campaign' },
  },
  dates: { named: { ...text('通知期限'), due: '06-30' }, ...meeting.dates },
  commands: {
    ...meeting.commands,
    'year.end': { ...text('结束'), by: ['lead'], payload: z.strictObject({}) },
  },
  messages: { ...meeting.messages },
  machines: ({ machine }) => ({
    campaign: machine<typeof meeting.ledger.context>({
      updates: { ...meeting.ledger.updates },
    }).createMachine({
      meta: text('例会制度'),
      context: { ...meeting.ledger.context },
      initial: 'running',
      states: {
        running: {
          meta: text('进行中'),
          entry: open('meeting'),
          on: { ...meeting.ledger.on, 'every.meeting.complete': 'over' },
        },
        over: { meta: text('完成'), on: { ...meeting.ledger.on, 'year.end': 'ended' } },
        ended: { meta: text('结束'), type: 'final' },
      },
    }),
    meeting: meeting.kind,
  }),
})

function begun(): Play {
  return startPlay(year, smallPlan({ sun: ['office'], wang: ['lead'], zhao: ['lead'] }))
}
const only = (play: Play, n = 0) => {
  const one = play.instances('meeting')[n]
  if (!one) throw new Error('a meeting for each unit')
  return one
}
const day = { heldOn: '2026-05-13', place: '三楼会议室', agenda: '部署全年工作' }
const held = (...absent: string[]) => ({
  heldOn: day.heldOn,
  minutes: '部署工作,交流经验。',
  roll: ['sun', 'wang', 'zhao'].map((person) => ({
    person,
    was: absent.includes(person) ? 'absent' : 'present',
  })),
})
const seen = (play: Play, n = 0) => (play.context(only(play, n)) as { meeting: Session }).meeting

void t.test('a meeting whose day is named later; all came, and it is over', async (t) => {
  const play = begun()
  t.equal(play.state(only(play)), '例会待通知时间')
  t.equal(play.say('sun', 'meeting.announce', only(play), day), 'ok')
  play.goTo('2026-05-13 17:00')
  t.equal(play.say('sun', 'meeting.record', only(play), held()), 'ok')
  t.equal(play.state(only(play)), '例会完成')
  t.equal(seen(play).recorded?.late, false)
  t.ok(play.proves())
})

void t.test('those who were absent make it up, until nobody is left', async (t) => {
  const play = begun()
  play.say('sun', 'meeting.announce', only(play), day)
  play.say('sun', 'meeting.record', only(play), held('wang', 'zhao'))
  t.equal(play.state(only(play)), '例会补课中')
  const makeUp = (person: string) =>
    play.say('sun', 'meeting.makeUp', only(play), { person, way: 'relayed', note: '逐条传达' })
  t.equal(makeUp('sun'), 'guard_refused', 'who was there has nothing to make up')
  t.equal(makeUp('wang'), 'ok')
  t.equal(makeUp('wang'), 'guard_refused', 'once is enough')
  t.equal(play.state(only(play)), '例会补课中')
  const why = { person: 'zhao', reason: '长期病假' }
  t.equal(play.say('sun', 'meeting.waive', only(play), why), 'role_required')
  t.equal(play.say('wang', 'meeting.waive', only(play), why), 'ok')
  t.equal(play.state(only(play)), '例会完成')
  play.say('sun', 'meeting.announce', only(play, 1), day)
  play.say('sun', 'meeting.record', only(play, 1), held())
  t.equal(play.state(play.root()), '完成')
  const { meetingCounts } = play.context(play.root()) as { meetingCounts: { [p: string]: Counts } }
  t.strictSame(meetingCounts['wang'], { expected: 2, present: 1, excused: 0, absent: 1, madeUp: 1 })
  t.strictSame(meetingCounts['zhao'], { expected: 2, present: 1, excused: 0, absent: 1, madeUp: 0 })
})

void t.test('make-up that is late is pressed for, done late, or left by decision', async (t) => {
  const play = begun()
  for (const n of [0, 1]) {
    play.say('sun', 'meeting.announce', only(play, n), day)
    play.say('sun', 'meeting.record', only(play, n), held('zhao'))
  }
  t.equal(play.say('wang', 'meeting.close', only(play), { reason: '已调离' }), 'wrong_state')
  play.goTo('2026-04-16 23:59')
  t.equal(play.state(only(play)), '例会补课中')
  play.goTo('2026-04-17 00:00')
  t.equal(play.state(only(play)), '例会补课逾期', 'ten working days from the record')
  t.ok(play.notices.some(({ to, zh }) => to.includes('lead') && zh.endsWith('尚有人未补课')))
  const late = { person: 'zhao', way: 'lesson', note: '补课一次' }
  t.equal(play.say('sun', 'meeting.makeUp', only(play), late), 'ok')
  t.equal(play.say('wang', 'meeting.close', only(play, 1), { reason: '已调离' }), 'ok')
  t.equal(seen(play, 1).closed?.by, 'wang')
})

void t.test('a day that passes without a record is overdue; one put off counts anew', async (t) => {
  const play = begun()
  for (const n of [0, 1]) play.say('sun', 'meeting.announce', only(play, n), day)
  const later = { heldOn: '2026-05-20', reason: '与上级会议冲突' }
  t.equal(play.say('sun', 'meeting.postpone', only(play, 1), later), 'ok')
  play.goTo('2026-05-15 23:59')
  t.equal(play.state(only(play)), '例会已通知待召开')
  play.goTo('2026-05-16 00:00')
  t.equal(play.state(only(play)), '例会逾期未登记', 'two working days after Wednesday the 13th')
  t.equal(play.state(only(play, 1)), '例会已通知待召开')
  t.equal(play.say('sun', 'meeting.record', only(play), held()), 'ok')
  t.equal(seen(play).recorded?.late, true)
})

void t.test('a day that nobody names is pressed for, and can be given up by decision', async (t) => {
  const play = begun()
  play.goTo('2026-07-01 00:00')
  t.equal(play.state(only(play)), '例会逾期未通知')
  t.equal(play.say('sun', 'meeting.announce', only(play), { ...day, heldOn: '2026-07-08' }), 'ok')
  t.equal(play.say('wang', 'meeting.close', only(play, 1), { reason: '并入年会' }), 'ok')
  t.ok(play.proves())
})

void t.test('options that cannot be are refused at load', async (t) => {
  const title = { zh: '例会', en: 'Meeting' }
  const who = { title, announce: ['office'], record: ['office'], decide: ['lead'] } as const
  t.throws(() => session('Team meeting', who), /camelCase/u)
  t.throws(() => session('meeting', { ...who, makeUpWithin: 'soon' }), /makeUpWithin/u)
  t.throws(() => session('meeting', { ...who, decide: [] }), /meeting\.decide/u)
})
