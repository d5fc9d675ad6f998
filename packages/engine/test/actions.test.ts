// What the engine's own actions do, each from its load to its step.
import t from 'tap'
import { z } from 'zod'
import {
  append,
  count,
  createWorld,
  defineCampaign,
  keep,
  open,
  planCampaign,
  state,
  t as text,
  tell,
  command,
  date,
  role,
  DefinitionError,
  type Definition,
  type EngineAction,
  type World,
} from '../src/index.ts'

const title = text('测', 'Test')
const form = z.strictObject({ what: z.string(), items: z.array(z.strictObject({ name: z.string() })).optional() })

function define(actions: EngineAction | EngineAction[], context: object): Definition {
  return defineCampaign({
    id: 'actions',
    version: 1,
    title,
    roles: { lead: role(title, 'campaign') },
    dates: { ends: date(title, '12-31') },
    commands: {
      'thing.do': command(title, ['lead'], form),
      'thing.list': command(title, ['lead'], z.strictObject({})),
    },
    messages: { 'item.told': { title, payload: z.strictObject({ mark: z.string(), name: z.string() }) } },
    machines: ({ machine }) => ({
      campaign: machine().createMachine({
        ...state(title),
        context,
        initial: 'open',
        states: {
          open: state(title, {
            on: {
              'thing.do': { actions },
              'item.told': { actions: append('told', 'payload') },
              'thing.list': 'listing',
            },
            after: { ends: 'over' },
          }),
          listing: state(title, {
            entry: open('item', { each: 'context.items', with: { mark: { value: 'x' } } }),
            on: { 'every.item.done': 'over' },
          }),
          over: state(title, { type: 'final' }),
        },
      }),
      item: machine<{ name: string; mark: string }, { name: string; mark: string }>().createMachine({
        ...state(title),
        context: ({ input }) => input,
        initial: 'told',
        states: {
          told: state(title, {
            tags: 'done',
            type: 'final',
            entry: tell('parent', 'item.told', { mark: { value: 'constant' }, name: 'context.name' }),
          }),
        },
      }),
    }),
  })
}

function play(definition: Definition): World {
  const planned = planCampaign(definition, {
    id: 'campaign-1',
    title: '一',
    startsOn: '2026-04-01',
    timezone: 'Asia/Shanghai',
    organiser: { unit: 'top', path: ['top'] },
    units: [{ id: 'top', title, path: ['top'] }],
    assignments: [{ id: 'a', role: 'lead', person: 'p', home: [] }],
  })
  if (!planned.ok) throw new Error(JSON.stringify(planned.refusal))
  const people = [{ person: 'o', home: ['top'], builtIn: ['organiser' as const] }]
  const { facts, assignments } = planned
  const made = createWorld(definition, { facts, assignments, people, by: 'o', at: '2026-04-01T00:00:00.000Z' })
  if (!made.ok) throw new Error(JSON.stringify(made.refusal))
  return made.world
}

const contextOf = (world: World): unknown => world.root().state.snapshot['context']
const nothing = { report: null, returns: [], seen: 0, told: [], inner: { last: null }, items: [] }
const said = { what: 'a', by: 'p', at: '2026-04-01T00:00:00.000Z' }

void t.test('each action changes just its own member of the context, and the replay agrees', async (t) => {
  const cases: [string, EngineAction | EngineAction[], object][] = [
    ['keep, without data: what was said, by whom and when', keep('report'), { report: said }],
    ['keep by paths and values', keep('report', { w: 'payload.what', n: { value: 1 } }), { report: { w: 'a', n: 1 } }],
    ['keep a path', keep('report', 'payload.what'), { report: 'a' }],
    ['keep a value', keep('report', { value: { deep: [true] } }), { report: { deep: [true] } }],
    ['keep inside a member', keep('inner.last', 'by'), { inner: { last: 'p' } }],
    ['append to a list', [append('returns'), append('returns', 'at')], { returns: [said, said.at] }],
    ['count', [count('seen'), count('seen')], { seen: 2 }],
    ['in the order written', [keep('report', 'context.seen'), count('seen')], { report: 0, seen: 1 }],
  ]
  for (const [what, actions, changes] of cases) {
    const world = play(define(actions, nothing))
    t.match(world.ask('p', world.root().id, 'thing.do', { what: 'a' }), { ok: true }, what)
    t.strictSame(contextOf(world), { ...nothing, ...changes }, what)
    t.strictSame(world.proves(), [], what)
  }
})

void t.test('a value that is always the same goes with openings and messages', async (t) => {
  const world = play(define(open('item', { each: 'payload.items', with: { mark: { value: 'x' } } }), nothing))
  world.ask('p', world.root().id, 'thing.do', { what: 'a', items: [{ name: 'one' }] })
  const [item] = world.children(world.root().id)
  t.match(item?.state.snapshot['context'], { name: 'one', mark: 'x' })
  t.match(contextOf(world), { told: [{ mark: 'constant', name: 'one' }] })
  t.strictSame(world.proves(), [])
})

void t.test('what is no list or no number refuses the step and changes nothing', async (t) => {
  for (const actions of [append('report'), count('report')]) {
    const world = play(define(actions, nothing))
    t.match(world.ask('p', world.root().id, 'thing.do', { what: 'a' }), { refusal: { code: 'machine_failed' } })
    t.strictSame(contextOf(world), nothing)
  }
})

void t.test('a misspelt member is refused at load, and says which there are', async (t) => {
  for (const actions of [
    keep('reprot'),
    append('retruns'),
    count('inner.x.y'),
    keep('Report'),
    keep('report', 'what' as never),
  ]) {
    try {
      define(actions, { report: null })
      t.fail(JSON.stringify(actions))
    } catch (error) {
      t.ok(error instanceof DefinitionError)
      t.match(String(error), /machines\.campaign\.open\.on\.thing\.do\S*: .*(?:report|is no path|names a member)/u)
    }
  }
})
