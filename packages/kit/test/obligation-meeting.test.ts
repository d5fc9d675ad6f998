import { defineCampaign, open, tell, unitId, type CampaignFacts } from '@duban/engine'
import t from 'tap'
import { z } from 'zod'
import { obligation, periods, type Period } from '../src/obligation/index.ts'
import { startPlay } from './player.ts'
import { smallPlan } from './plan.ts'

const text = (zh: string) => ({ zh, en: zh })
const words = z.string().min(1)
const Absent = z.strictObject({ unit: unitId(), reason: words.nullable() })
const meeting = obligation('meeting', {
  title: text('季度例会'),
  by: ['office'],
  announce: ['office'],
  record: z.strictObject({ minutes: words, absent: z.array(Absent).max(50) }),
  onRecord: tell('parent', 'meeting.held', { absent: 'payload.absent' }),
})
type Its = { periods: Period[]; noShows: { unit: string }[] }

/** 每季度召开例会，无故缺席的予以通报: units, no make-up, a circular for each that had no reason. */
const meetings = defineCampaign({
  id: 'meetings',
  version: 1,
  title: text('例会'),
  roles: {
    office: { title: text('办公室'), scope: 'campaign' },
    head: { title: text('负责人'), scope: 'unit' },
  },
  dates: { ...meeting.dates },
  commands: {
    ...meeting.commands,
    'circular.issue': {
      title: text('通报'),
      by: ['office'],
      payload: z.strictObject({ text: words }),
    },
    'circular.answer': {
      title: text('说明'),
      by: ['head'],
      payload: z.strictObject({ text: words }),
    },
  },
  messages: {
    'meeting.held': {
      title: text('例会已开'),
      payload: z.strictObject({ absent: z.array(Absent) }),
    },
  },
  machines: ({ machine, on }) => ({
    campaign: machine<Its, CampaignFacts>({
      updates: {
        noteNoShows: on('meeting.held', ({ payload }) => ({
          noShows: payload.absent.filter(({ reason }) => reason === null),
        })),
      },
    }).createMachine({
      meta: { title: text('例会') },
      context: ({ input }) => ({
        periods: periods({
          from: input.startsOn,
          to: `${input.startsOn.slice(0, 4)}-12-31`,
          every: 'quarter',
          due: 'announced',
        }),
        noShows: [],
      }),
      initial: 'running',
      states: {
        running: {
          meta: { title: text('进行中') },
          entry: open('meeting', { each: 'context.periods' }),
          on: {
            'meeting.held': {
              actions: ['noteNoShows', open('circular', { each: 'context.noShows', unit: 'unit' })],
            },
            'every.meeting.done': 'over',
          },
        },
        over: { meta: { title: text('结束') }, type: 'final' },
      },
    }),
    meeting: meeting.kind,
    circular: machine().createMachine({
      meta: { title: text('通报') },
      initial: 'open',
      states: {
        open: {
          meta: { title: text('待通报') },
          on: { 'circular.issue': 'issued' },
        },
        issued: { meta: { title: text('已通报') }, on: { 'circular.answer': 'answered' } },
        answered: { meta: { title: text('已说明') }, type: 'final' },
      },
    }),
  }),
})

void t.test('a unit that stayed away without a reason is named in a circular', async (t) => {
  const play = startPlay(meetings, smallPlan({ sun: ['office'], li: ['head@south'] }))
  const [first] = play.instances('meeting')
  if (!first) throw new Error('three quarters are left')
  t.equal(play.say('sun', 'meeting.announce', first, { on: '2026-05-20' }), 'ok')
  play.goTo('2026-05-20 15:00')
  const minutes = '部署汛期检查。'
  const absent = [
    { unit: 'north', reason: '抢险' },
    { unit: 'south', reason: null },
  ]
  t.equal(play.say('sun', 'meeting.record', first, { minutes, absent }), 'ok')
  const [circular, ...others] = play.instances('circular')
  if (!circular) throw new Error('one stayed away without a reason')
  t.equal(others.length, 0)
  t.equal(circular.unit, 'south')
  t.equal(play.say('sun', 'circular.issue', circular, { text: '无故缺席。' }), 'ok')
  t.equal(play.say('li', 'circular.answer', circular, { text: '记错了时间。' }), 'ok')
  t.strictSame(play.refused, [])
  t.ok(play.proves())
})
