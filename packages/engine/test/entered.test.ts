import t from 'tap'
import { z } from 'zod'
import { createWorld, defineCampaign, notify, open, tell, type World } from '../src/index.ts'
import { on, planned } from './stage.ts'

const words = (zh: string, en: string) => ({ zh, en })
const pause = z.strictObject({})

/** The end of a day, the start of one, and a person each make the unit begin to count five days. */
const counting = (opensAt?: 'start of day') =>
  defineCampaign({
    id: 'counting',
    version: 1,
    title: words('期间', 'Counting'),
    roles: { clerk: { title: words('经办', 'Clerk'), scope: 'campaign' } },
    dates: {
      ends: { title: words('期满', 'End'), due: '04-10' },
      opens: {
        title: words('启动', 'Start'),
        due: opensAt ? '04-21' : '04-20',
        ...(opensAt && { at: opensAt }),
      },
      five: { title: words('五日', 'Five days'), due: 'entry + 5 days' },
      today: { title: words('当日', 'That day'), due: 'entry' },
    },
    commands: {
      'count.begin': { title: words('开始', 'Begin'), by: ['clerk'], payload: pause },
      'count.stop': { title: words('停止', 'Stop'), by: ['clerk'], payload: pause },
    },
    messages: { 'count.begin.all': { title: words('都开始', 'All begin') } },
    machines: ({ machine }) => ({
      campaign: machine().createMachine({
        meta: { title: words('活动', 'Campaign') },
        initial: 'first',
        entry: open('unit'),
        states: {
          first: { meta: { title: words('一', 'One') }, after: { ends: 'second' } },
          second: {
            meta: { title: words('二', 'Two') },
            entry: tell({ children: 'unit' }, 'count.begin.all'),
            after: { five: 'third' },
          },
          third: { meta: { title: words('三', 'Three') }, after: { opens: 'fourth' } },
          fourth: {
            meta: { title: words('四', 'Four') },
            entry: tell({ children: 'unit' }, 'count.begin.all'),
            on: { 'count.stop': 'over' },
          },
          over: { meta: { title: words('完', 'Over') }, type: 'final' },
        },
      }),
      unit: machine().createMachine({
        meta: { title: words('单位', 'Unit') },
        initial: 'idle',
        states: {
          idle: {
            meta: { title: words('待', 'Idle') },
            on: { 'count.begin.all': 'counting', 'count.begin': 'counting' },
          },
          counting: {
            meta: { title: words('计', 'Counting') },
            after: {
              five: 'idle',
              today: { actions: notify(['clerk'], words('日终', 'The day is over')) },
            },
          },
        },
      }),
    }),
  })

function begun(opensAt?: 'start of day'): {
  world: World
  waits: () => { [date: string]: string }
} {
  const definition = counting(opensAt)
  const { facts } = planned(definition)
  const clerk = {
    id: '00000000-0000-8000-8000-00000000000c',
    role: 'clerk',
    person: 'clerk',
    home: ['city'],
  }
  const made = createWorld(definition, {
    facts,
    assignments: [clerk],
    people: [{ person: 'clerk', home: ['city'], builtIn: ['organiser'] }],
    by: 'clerk',
    at: on('04-01 09:00'),
  })
  if (!made.ok) throw new Error(JSON.stringify(made.refusal))
  const { world } = made
  const waits = (): { [date: string]: string } => {
    const [unit] = world.children(facts.id, 'unit')
    return Object.fromEntries(Object.values(unit?.state.timers ?? {}).map(({ date, due }) => [date, due]))
  }
  return { world, waits }
}

void t.test('what the end of a day brings about counts from the day that ends', async (t) => {
  const { world, waits } = begun()
  world.goTo(on('04-11 08:00'))
  const root = Object.values(world.root().state.timers)
  t.match(root, [{ date: 'five', due: on('04-16 00:00') }], 'the 11th is the first day, the 15th the last')
  t.match(waits(), { five: on('04-16 00:00') }, 'so does what it told others')
  t.equal(waits()['today'], undefined, 'that day was over at once')
})

void t.test('what a person does at midnight counts from the day that begins', async (t) => {
  const { world, waits } = begun()
  const unit = world.children(world.facts.id, 'unit')[0]?.id ?? ''
  world.goTo(on('04-05 00:00'))
  t.equal(world.ask('clerk', unit, 'count.begin', {}).ok, true)
  t.same(waits(), { five: on('04-11 00:00'), today: on('04-06 00:00') })
})

void t.test('what the start of a day brings about counts from that day', async (t) => {
  const [end, start] = [begun(), begun('start of day')]
  for (const { world } of [end, start]) world.goTo(on('04-21 08:00'))
  t.match(end.waits(), { five: on('04-26 00:00') }, 'after the 20th')
  t.match(start.waits(), { five: on('04-27 00:00') }, 'on the 21st')
})
