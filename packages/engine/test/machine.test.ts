// The engine's own way through a machine (one reused inert scope, snapshots as JSON in between) against
// xstate's `initialTransition` and `transition`, on random machines and random events.
import t from 'tap'
import fc from 'fast-check'
import { initialTransition, transition, type AnyMachineSnapshot, type AnyStateMachine } from 'xstate'
import { canonical, type JsonObject } from '../src/index.ts'
import { advance, buildMachine, describe, startMachine, type Moved } from '../src/definition/machine.ts'
import { deepFreeze } from './stage.ts'

const title = { meta: { title: { zh: '某', en: 'Some' } } }
const note = (name: string) => ({
  type: 'duban.notify',
  params: { to: [name], text: { zh: name, en: name } },
})
const at = '2026-04-01T00:00:00.000Z'

const kind = (spec: object): never =>
  ({
    spec: { ...title, ...spec },
    guards: { even: ({ context }: any) => context.n % 2 === 0 },
    updates: {
      count: ({ context }: any) => ({ n: context.n + 1 }),
      log: ({ context, event }: any) => ({ log: [...context.log, event.type].slice(-5) }),
    },
  }) as never

const machines: { [name: string]: AnyStateMachine } = {
  nested: buildMachine(
    'nested',
    kind({
      context: { n: 0, log: [] },
      initial: 'a',
      states: {
        a: {
          initial: 'x',
          entry: [note('in a'), 'count'],
          exit: note('out of a'),
          on: { b: 'b', d: { actions: 'log' } },
          states: {
            x: { on: { a: 'y' } },
            y: {
              always: { target: 'x', guard: 'even', actions: 'count' },
              on: { a: 'x', c: '#nested.end' },
            },
          },
          after: { soon: 'b' },
        },
        b: {
          on: {
            a: [{ target: 'a.y', guard: 'even' }, 'a'],
            b: { target: 'b', reenter: true, actions: 'count' },
          },
          entry: note('in b'),
          after: { soon: 'a', late: { actions: 'log' } },
        },
        end: { type: 'final', entry: note('the end') },
      },
      on: { c: { actions: [note('c'), 'count'] } },
    }),
    ['soon', 'late'],
  ),
  // Regions whose order is not the alphabet's, with a deep and a shallow history.
  parallel: buildMachine(
    'parallel',
    kind({
      context: { n: 0, log: [] },
      initial: 'on',
      states: {
        on: {
          type: 'parallel',
          on: { d: 'off' },
          states: {
            zeta: {
              initial: 'one',
              states: {
                one: {
                  entry: note('z1'),
                  exit: note('z1 out'),
                  on: { a: { target: 'two', actions: note('z') } },
                  after: { soon: 'two' },
                },
                two: {
                  initial: 'deep',
                  entry: 'count',
                  states: {
                    deep: { on: { b: 'deeper' } },
                    deeper: { on: { a: '#parallel.on.zeta.one' } },
                  },
                },
              },
            },
            alpha: {
              initial: 'one',
              states: {
                one: {
                  entry: note('a1'),
                  exit: note('a1 out'),
                  on: { a: { target: 'two', actions: [note('a'), 'log'] } },
                },
                two: { on: { a: 'one', c: { target: 'three', guard: 'even' } } },
                three: { type: 'final' },
              },
            },
            last: { type: 'history', history: 'deep' },
            recent: { type: 'history', history: 'shallow', target: 'zeta' },
          },
        },
        off: {
          entry: 'count',
          on: { a: 'on.last', b: 'on.recent', c: 'on' },
          after: { late: 'on.last' },
        },
      },
    }),
    ['soon', 'late'],
  ),
}

/** What xstate says, in the engine's words. Its scope is a real actor's; ids of timers are the same. */
function theirs([snapshot, actions]: [unknown, unknown]): Moved {
  const { status, value, context, historyValue, tags } = snapshot as AnyMachineSnapshot
  const nodes: { [id: string]: { id: string }[] } = historyValue
  const history = Object.entries(nodes)
  return {
    snapshot: {
      status,
      value,
      context,
      ...(history.length > 0 && {
        historyValue: Object.fromEntries(history.map(([id, nodes]) => [id, nodes.map((node) => ({ id: node.id }))])),
      }),
    },
    tags: [...tags].toSorted(),
    asked: (actions as { type: string; params: JsonObject }[]).map(({ type, params }) => ({
      type,
      params: params ?? {},
    })),
  }
}

// The nodes of a history are a set; xstate keeps them in the order in which they were entered.
function comparable({ snapshot, tags, asked }: Moved): string {
  const { historyValue, ...rest } = snapshot
  const sets = Object.entries((historyValue ?? {}) as { [id: string]: { id: string }[] }).map(([id, nodes]) => [
    id,
    nodes.map((node) => node.id).toSorted(),
  ])
  return canonical({ rest, tags, asked, history: Object.fromEntries(sets) })
}

const events = fc.array(
  fc.constantFrom(
    'a',
    'b',
    'c',
    'd',
    'xstate.after.soon.nested.a',
    'xstate.after.soon.nested.b',
    'xstate.after.late.nested.b',
    'xstate.after.soon.parallel.on.zeta.one',
    'xstate.after.late.parallel.off',
    'nothing',
  ),
  { maxLength: 30 },
)

void t.test('the engine goes where xstate goes, and asks for what xstate asks for', async (t) => {
  for (const [name, machine] of Object.entries(machines)) {
    fc.assert(
      fc.property(events, (types) => {
        const input = { input: null, at }
        let their = initialTransition(machine, input as never) as [unknown, unknown]
        let our: Moved = startMachine(machine, input)
        if (comparable(our) !== comparable(theirs(their))) return false
        return types.every((type) => {
          const event = { type, at }
          // As the next request finds it: read back from text, keys in another order.
          const stored = JSON.parse(canonical(our.snapshot)) as JsonObject
          const moved = advance(machine, stored, event)
          if ('refused' in moved) return !(their[0] as AnyMachineSnapshot).can(event)
          our = moved
          their = transition(machine, their[0] as never, event) as [unknown, unknown]
          return comparable(our) === comparable(theirs(their))
        })
      }),
      { numRuns: 300 },
    )
    t.pass(name)
  }
})

const play = (machine: AnyStateMachine, types: string[]): string[] => {
  let { snapshot } = startMachine(machine, { input: null, at })
  return types.map((type) => {
    const moved = advance(machine, snapshot, { type, at })
    if ('refused' in moved) return moved.refused
    ;({ snapshot } = moved)
    return canonical(moved)
  })
}

void t.test('instances that take turns know nothing of each other', async (t) => {
  fc.assert(
    fc.property(events, events, fc.array(fc.boolean(), { maxLength: 60 }), (left, right, turns) => {
      const [one, two] = Object.values(machines) as [AnyStateMachine, AnyStateMachine]
      const sides = [
        {
          machine: one,
          todo: [...left],
          last: startMachine(one, { input: null, at }),
          told: [] as string[],
        },
        {
          machine: two,
          todo: [...right],
          last: startMachine(two, { input: null, at }),
          told: [] as string[],
        },
      ]
      for (const turn of [...turns, ...left.map(() => true), ...right.map(() => false)]) {
        const side = sides[turn ? 0 : 1]
        const type = side?.todo.shift()
        if (!side || type === undefined) continue
        const moved = advance(side.machine, side.last.snapshot, { type, at })
        side.told.push('refused' in moved ? moved.refused : canonical(moved))
        if (!('refused' in moved)) side.last = moved
      }
      return (
        canonical(sides[0]?.told) === canonical(play(one, left)) &&
        canonical(sides[1]?.told) === canonical(play(two, right))
      )
    }),
    { numRuns: 100 },
  )
  t.pass()
})

void t.test('a step that fails halfway leaves nothing behind for the next', async (t) => {
  const machine = buildMachine(
    'failing',
    {
      spec: {
        ...title,
        context: {},
        initial: 'a',
        states: {
          a: {
            on: { bad: { actions: [note('left over'), 'fail'] }, good: { actions: note('good') } },
          },
        },
      },
      guards: {},
      updates: {
        fail: () => {
          throw new Error('no')
        },
      },
    } as never,
    [],
  )
  const { snapshot } = startMachine(machine, { input: null, at })
  t.throws(() => advance(machine, snapshot, { type: 'bad', at }), /no/u)
  t.match(advance(machine, snapshot, { type: 'good', at }), {
    asked: [{ params: { to: ['good'] } }],
  })
})

void t.test('regions act in the order in which they are written, however the state was stored', async (t) => {
  const machine = machines['parallel'] as AnyStateMachine
  const { snapshot } = startMachine(machine, { input: null, at })
  const sorted = JSON.parse(canonical(snapshot)) as JsonObject
  t.strictSame(Object.keys((sorted['value'] as { on: object }).on), ['alpha', 'zeta'])
  const moved = advance(machine, sorted, { type: 'a', at })
  const told =
    'refused' in moved ? [] : moved.asked.flatMap(({ params }) => (params['to'] as string[] | undefined) ?? [])
  t.strictSame(told, ['a1 out', 'z1 out', 'z', 'a'])
  t.same(advance(machine, snapshot, { type: 'a', at }), moved)
})

void t.test('a snapshot is not written into, nor the definition', async (t) => {
  for (const machine of Object.values(machines)) {
    const config = canonical(machine.config)
    let { snapshot } = startMachine(machine, { input: null, at })
    for (const type of ['a', 'b', 'c', 'd', 'a', 'b']) {
      const moved = advance(machine, deepFreeze(structuredClone(snapshot)), { type, at })
      if (!('refused' in moved)) ({ snapshot } = moved)
      describe(machine, deepFreeze(structuredClone(snapshot)))
    }
    t.equal(canonical(machine.config), config)
    t.same(startMachine(machine, { input: null, at }), startMachine(machine, { input: null, at }))
  }
})

void t.test('two instances of one kind share no context', async (t) => {
  const machine = machines['nested'] as AnyStateMachine
  const one = startMachine(machine, { input: null, at })
  const moved = advance(machine, one.snapshot, { type: 'd', at })
  t.match(moved, { snapshot: { context: { log: ['d'] } } })
  t.match(startMachine(machine, { input: null, at }).snapshot, { context: { log: [] } })
})
