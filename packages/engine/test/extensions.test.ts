// What a definition can say beyond the plain campaign: own dates, trees of units, named persons, states done.
import t from 'tap'
import { z } from 'zod'
import {
  authorize,
  childrenOf,
  defineCampaign,
  DefinitionError,
  open,
  personId,
  unitId,
  type CampaignFacts,
  type Effect,
} from '../src/index.ts'
import { assignment, codeOf, on, place, planned, stage, waits } from './stage.ts'

const title = { zh: '某', en: 'Some' }
const meta = { title }
const Item = z.strictObject({ owner: unitId(), what: z.string(), by: z.iso.date().nullable() })

type Root = { units: string[]; ends: string | null }
type Entry = {
  owner: string
  what: string
  by: string | null
  filedBy: string
  handler: string | null
}

const ledger = defineCampaign({
  id: 'ledger',
  version: 1,
  title,
  roles: {
    office: { title, scope: 'campaign' },
    handler: { title, scope: 'campaign' },
  },
  dates: {
    ends: { title, due: '12-31' },
    dueOn: { title, due: 'context.by', remind: ['-1 day'] },
    second: { title, due: 'context.by + 5 workdays' },
  },
  commands: {
    'item.file': { title, by: ['office'], payload: Item },
    'item.appoint': { title, by: ['office'], payload: z.strictObject({ person: personId() }) },
    'item.finish': { title, by: ['handler'], only: 'context.handler', payload: z.strictObject({}) },
    'left.end': { title, by: ['office'], payload: z.strictObject({}) },
    'right.end': { title, by: ['office'], payload: z.strictObject({}) },
  },
  machines: ({ machine, on }) => ({
    campaign: machine<Root, CampaignFacts>({
      updates: { close: ({ event }) => ({ units: [event.at] }) },
    }).createMachine({
      meta,
      context: ({ input }) => ({
        units: input.units.map(({ id }) => id),
        ends: input.dates['ends']?.on ?? null,
      }),
      initial: 'both',
      states: {
        both: {
          meta,
          type: 'parallel',
          entry: open('town', { each: 'unitsBelow' }),
          on: {
            'item.file': {
              actions: open('item', { from: 'payload', unit: 'owner', with: { filedBy: 'by' } }),
            },
          },
          onDone: { target: 'over', actions: 'close' },
          after: { ends: 'over' },
          states: {
            left: {
              meta,
              initial: 'open',
              states: {
                open: { meta, on: { 'left.end': 'done' } },
                done: { meta, type: 'final' },
              },
            },
            right: {
              meta,
              initial: 'open',
              states: {
                open: { meta, on: { 'right.end': 'done' } },
                done: { meta, type: 'final' },
              },
            },
          },
        },
        over: { meta, type: 'final' },
      },
    }),
    town: machine().createMachine({
      meta,
      initial: 'open',
      states: {
        open: { meta, entry: open('village', { each: 'unitsBelow' }), after: { ends: 'done' } },
        done: { meta, type: 'final' },
      },
    }),
    village: machine().createMachine({
      meta,
      initial: 'open',
      states: { open: { meta, after: { ends: 'done' } }, done: { meta, type: 'final' } },
    }),
    item: machine<Entry, Omit<Entry, 'handler'>>({
      updates: { appoint: on('item.appoint', ({ payload }) => ({ handler: payload.person })) },
    }).createMachine({
      meta,
      context: ({ input }) => ({ ...input, handler: null }),
      initial: 'open',
      states: {
        open: {
          meta,
          on: { 'item.appoint': { actions: 'appoint' }, 'item.finish': 'finished' },
          after: { dueOn: 'overdue' },
        },
        overdue: {
          meta,
          on: { 'item.appoint': { actions: 'appoint' }, 'item.finish': 'finished' },
          after: { second: 'finished' },
        },
        finished: { meta, type: 'final' },
      },
    }),
  }),
})

const unit = (id: string, ...above: string[]) => ({ id, title, path: [...above, id] })
const units = [
  unit('north', 'county'),
  unit('north-1', 'county', 'north'),
  unit('north-2', 'county', 'north'),
  unit('south', 'county'),
  unit('south-1', 'county', 'south', 'district'),
]
const { facts } = planned(ledger, { units })
const { root, child, say, fire, must, take } = stage(ledger, facts)
const open1 = (effects: Effect[]) => effects.filter((one) => one.type === 'open')

void t.test('the root starts from the facts of the campaign', async (t) => {
  t.match(root().instance.state.snapshot['context'], {
    units: ['north', 'north-1', 'north-2', 'south', 'south-1'],
    ends: '2026-12-31',
  })
})

void t.test('units open along the tree, each below the nearest one that takes part', async (t) => {
  const [effect] = open1(root().effects)
  if (!effect) throw new Error('nothing opened')
  const opened = (unit: string | null) =>
    childrenOf(effect, facts, { id: facts.id, unit, path: [], number: '1' }).map((one) => one.unit)
  t.strictSame(opened(null), ['north', 'south'])
  t.strictSame(opened('north'), ['north-1', 'north-2'])
  t.strictSame(opened('south'), ['south-1'], 'past a unit that takes no part')
  t.strictSame(
    open1(must(child('town', units[1] as never, { unit: 'north-1' })).effects),
    [],
    'who has nobody below opens nobody',
  )
})

void t.test('portions of an opening give the children that the whole gives', async (t) => {
  const effect: Effect & { type: 'open' } = { type: 'open', kind: 'item', items: ['a', 'b', 'c'] }
  const opener = { id: facts.id, unit: null, path: [], number: '7' }
  t.strictSame(
    [0, 1, 2].flatMap((n) => childrenOf(effect, facts, opener, n, n + 1)),
    childrenOf(effect, facts, opener),
  )
})

void t.test('one item opens one child, of the unit that it names and with what is added', async (t) => {
  const payload = { owner: 'south', what: '修路', by: null }
  const { effects } = must(say(root().instance, 'item.file', payload, on('04-02 09:00')))
  const [effect] = open1(effects)
  t.match(effect, { items: [payload], unit: 'owner', with: { filedBy: 'zhang' } })
  const [item] = childrenOf(effect!, facts, { id: facts.id, unit: null, path: [], number: '1' })
  t.match(item, {
    unit: 'south',
    path: ['county', 'south'],
    input: { ...payload, filedBy: 'zhang' },
  })
  const stranger = { ...payload, owner: 'west' }
  t.equal(codeOf(say(root().instance, 'item.file', stranger, on('04-02 09:00'))), 'unknown_unit')
})

const entry = { owner: 'south', what: '修路', filedBy: 'zhang' }

void t.test('an own date is the day that the context holds, reminders and all', async (t) => {
  const { instance } = must(child('item', { ...entry, by: '2026-04-20' }, { unit: 'south' }))
  t.strictSame(waits(instance), { 'dueOn -1 day': '04-19 09:00', dueOn: '04-21 00:00' })
  const late = must(fire(must(fire(instance)).instance))
  t.equal(place(late), 'overdue')
  t.strictSame(waits(late.instance), { second: '04-28 00:00' }, 'five working days after the day set')
})

void t.test('a day that is not set yet arms nothing, and what is no day is refused', async (t) => {
  const { instance } = must(child('item', { ...entry, by: null }, { unit: 'south' }))
  t.strictSame(instance.state.timers, {})
  t.equal(codeOf(child('item', { ...entry, by: 'soon' }, { unit: 'south' })), 'machine_failed')
})

void t.test('who is named in the context may, another holder of the role may not', async (t) => {
  const { instance } = must(child('item', { ...entry, by: null }, { unit: 'south' }))
  const ask = (person: string, about = instance) => {
    const asked = authorize(
      {
        definition: ledger,
        campaign: facts,
        assignments: [assignment('handler', person)],
        instance: about,
      },
      {
        command: 'item.finish',
        at: on('04-02 09:00'),
        asker: { person, home: ['county'], builtIn: [] },
      },
    )
    return asked.ok ? 'ok' : `${asked.refusal.code} ${asked.refusal.rule}`
  }
  t.equal(ask('li'), 'not_named context.handler', 'nobody is named')
  const appointed = must(say(instance, 'item.appoint', { person: 'li' }, on('04-02 09:00')))
  t.equal(ask('li', appointed.instance), 'ok')
  t.equal(ask('wang', appointed.instance), 'not_named context.handler')
})

void t.test('a state is done when all its regions are, within the event that ended the last', async (t) => {
  const half = must(say(root().instance, 'left.end', {}, on('04-02 09:00')))
  t.equal(half.instance.state.status, 'active')
  const whole = must(say(half.instance, 'right.end', {}, on('04-03 09:00')))
  t.equal(place(whole), 'over')
  t.equal(whole.transition.version, 3, 'one event, one transition')
  t.match(whole.instance.state.snapshot['context'], { units: [on('04-03 09:00')] })
  t.equal(codeOf(take(whole.instance, whole.transition.event)), 'campaign_over')
})

const broken = (command: object) => () =>
  defineCampaign({
    id: 'broken',
    version: 1,
    title,
    roles: { office: { title, scope: 'campaign' } },
    dates: { own: { title, due: 'context.day' } },
    commands: {
      'it.end': { title, by: ['office'], payload: z.strictObject({}), ...command },
    },
    machines: ({ machine }) => ({
      campaign: machine().createMachine({
        meta,
        initial: 'a',
        states: {
          a: {
            meta,
            initial: 'b',
            onDone: 'z',
            states: { b: { meta, on: { 'it.end': '#campaign.z' } } },
          },
          z: { meta, type: 'final' },
        },
      }),
    }),
  })

void t.test('what is never done, or opened from nowhere, is refused at load', async (t) => {
  t.throws(broken({ only: 'payload.x' }), /commands\.it\.end\.only: must be a path/u)
  t.throws(broken({ until: 'own' }), DefinitionError)
  t.throws(broken({ until: 'own' }), /until: «own» differs for each instance/u)
  t.throws(broken({}), /machines\.campaign\.a\.onDone: is never done/u)
  t.throws(() => open('x', { each: 'units', from: 'payload' }), RangeError)
})
