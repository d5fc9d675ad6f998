import { defineCampaign, command, date, keep, notify, role, state, t as text } from '@duban/engine'
import t from 'tap'
import { z } from 'zod'
import { duty } from '../src/index.ts'
import { smallPlan } from './plan.ts'
import { startPlay } from './player.ts'

const title = text('报送', 'Report')

const played = (one: ReturnType<typeof definition>) => startPlay(one, smallPlan({ lead: ['lead'] })).world

function definition(before: { target: string; guard: string }[] = []) {
  return defineCampaign({
    id: 'one-duty',
    version: 1,
    title,
    roles: { lead: role(title, 'campaign') },
    dates: { reports: date(title, '04-18') },
    commands: {
      'report.submit': command(title, ['lead'], z.strictObject({ text: z.string() })),
      'report.excuse': command(title, ['lead'], z.strictObject({})),
    },
    machines: ({ machine }) => ({
      campaign: machine<{ report: object | null }>({
        guards: { isThere: ({ context }) => context.report !== null },
      }).createMachine({
        ...state(title),
        context: { report: null },
        initial: 'writing',
        states: {
          ...duty('writing', title, {
            on: { 'report.submit': { target: 'done', actions: keep('report') } },
            due: 'reports',
            late: ['writingLate', text('逾期', 'Late'), notify('lead', text('逾期未报', 'The report is late'))],
            onLate: { 'report.submit': 'done', 'report.excuse': 'done' },
            before,
            tags: ['open'],
          }),
          done: state(title, { type: 'final' }),
        },
      }),
    }),
  })
}

void t.test('in time it is kept; late it is asked for by notice, tagged, and still done', async (t) => {
  const inTime = played(definition())
  const root = inTime.root().id
  t.strictSame(inTime.tags(root), ['open'])
  t.match(inTime.ask('lead', root, 'report.excuse', {}), { refusal: { code: 'wrong_state' } })
  t.match(inTime.ask('lead', root, 'report.submit', { text: 'x' }), { ok: true })
  t.equal(inTime.root().state.status, 'done')

  const late = played(definition())
  late.goTo('2026-04-18T16:00:00.000Z')
  t.strictSame(late.tags(root), ['open', 'overdue'])
  t.match(late.notices(), [{ to: ['lead'], text: { zh: '逾期未报' } }])
  t.match(late.ask('lead', root, 'report.excuse', {}), { ok: true }, 'what is for the late alone')
  t.strictSame(late.proves(), [])
})

void t.test('what its date brings first, by a guard, comes before it is late', async (t) => {
  const world = played(definition([{ target: 'done', guard: 'isThere' }]))
  world.goTo('2026-04-18T16:00:00.000Z')
  t.strictSame(world.tags(world.root().id), ['open', 'overdue'], 'nothing was there')
})

void t.test('its states have names like states', async (t) => {
  const late = ['late', title, []] as const
  t.throws(() => duty('Self check', title, { on: {}, due: 'reports', late }), /duty «Self check»: give this part/u)
})
