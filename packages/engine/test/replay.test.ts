import t from 'tap'
import fc from 'fast-check'
import { canonical, digestText, replay, type Instance, type StoredTransition, type Stepped } from '../src/index.ts'
import { define, draft, inspection } from './inspection.ts'
import { actor, deepFreeze, facts, on, stage } from './stage.ts'

const { unit, root, child, say, tell, fire, act, down } = stage()

type Played = { history: StoredTransition[]; instance: Instance }
type Story = { kind: string; moves: [string, number][] }
type Move = (instance: Instance, at: string) => Stepped

const moves: { [name: string]: Move } = {
  submit: (one, at) => say(one, 'report.submit', { risks: ['合同', 'a"b'] }, at),
  review: (one, at) => say(one, 'review.record', { findings: [{ name: 'x' }] }, at, actor('qian', 'reviewer')),
  pass: (one, at) => say(one, 'review.record', { findings: [] }, at, actor('qian', 'reviewer')),
  rectify: (one, at) => say(one, 'finding.rectify', { how: 'so' }, at),
  back: (one, at) => say(one, 'finding.return', { reason: 'no' }, at, actor('qian', 'reviewer')),
  begin: (one, at) => say(one, 'check.begin', { note: ' z ' }, at),
  reminded: (one, at) => tell(one, 'check.reminded', { z: 1, a: [1, { y: 2, b: 3 }] }, at),
  late: (one, at) => tell(one, 'unit.late', { unit: 'law' }, at),
  every: (one, at) => tell(one, 'every.unit.reported', { total: 2 }, at),
  extend: (one, at) =>
    down(one, 'campaign.extend', { dates: { reports: '2026-05-02', rectified: '2026-06-02' }, reason: '汛期' }, at),
  suspend: (one, at) => down(one, 'campaign.suspend', { reason: 'x' }, at),
  resume: (one, at) => down(one, 'campaign.resume', {}, at),
  cancel: (one, at) => act(one, 'campaign.cancel', { reason: 'x' }, at),
}

/** A random story of one instance: moves, refused or not, and whatever falls due on the way. */
const stories: fc.Arbitrary<Story> = fc.record({
  kind: fc.constantFrom('campaign', 'unit', 'finding'),
  moves: fc.array(fc.tuple(fc.constantFrom(...Object.keys(moves)), fc.integer({ min: 0, max: 200 })), {
    maxLength: 20,
  }),
})

/** `between` is what becomes of an instance from one step to the next. */
function play(
  { kind, moves: todo }: Story,
  between: (instance: Instance) => Instance = (instance) => instance,
): Played {
  const history: StoredTransition[] = []
  const keep = (before: Instance, stepped: Stepped): Instance => {
    if (!stepped.ok) return before
    const { instance, record, hash } = stepped
    history.push({ version: instance.version, record, hash })
    return between(instance)
  }
  const opened = openings[kind]?.() as Stepped & { ok: true }
  let instance = keep(opened.instance, opened)
  let now = instance.at
  for (const [name, hours] of todo) {
    now = new Date(Date.parse(now) + hours * 3600_000).toISOString()
    for (let due = nextDue(instance); due !== undefined && due <= now; due = nextDue(instance)) {
      instance = keep(instance, fire(instance, due > instance.at ? due : instance.at))
    }
    instance = keep(instance, (moves[name] as Move)(instance, now))
  }
  return { history, instance }
}

const openings: { [kind: string]: () => Stepped } = {
  campaign: () => root(),
  unit: () => unit(),
  finding: () => child('finding', { name: 'x', no: 1 }),
}

function nextDue({ state }: Instance): string | undefined {
  if (state.status !== 'active') return undefined
  return Object.values(state.timers)
    .map(({ due }) => due)
    .toSorted()[0]
}

void t.test('a history replays to the same instance, to the last byte', async (t) => {
  fc.assert(
    fc.property(stories, (story) => {
      const { history, instance } = play(story)
      const replayed = replay(inspection, facts, history)
      return (
        replayed.mismatch === null &&
        replayed.steps === history.length &&
        canonical(replayed.instance) === canonical(instance)
      )
    }),
    { numRuns: 300 },
  )
  t.pass()
})

void t.test('a history played from stored text is the one played in memory', async (t) => {
  // A server that forgets everything between two steps, and one that keeps it all, write the same bytes.
  fc.assert(
    fc.property(stories, (story) => {
      const stored = play(story, (instance) => JSON.parse(canonical(instance)) as Instance)
      return canonical(stored) === canonical(play(story))
    }),
    { numRuns: 100 },
  )
  t.pass()
})

void t.test('a step writes into nothing that it is given', async (t) => {
  deepFreeze(facts)
  fc.assert(
    fc.property(stories, (story) => canonical(play(story, deepFreeze)) === canonical(play(story))),
    { numRuns: 100 },
  )
  t.pass()
})

/** Every place in a JSON value, with the same value edited there. */
function edits(value: unknown): unknown[] {
  if (typeof value === 'string') return [`${value}x`]
  if (typeof value === 'number') return [value + 1]
  if (typeof value === 'boolean') return [!value]
  if (value === null) return ['null']
  if (Array.isArray(value)) {
    return [
      [...value, 'more'],
      ...value.flatMap((item, n) => [value.toSpliced(n, 1), ...edits(item).map((edited) => value.with(n, edited))]),
    ]
  }
  const object = value as { [key: string]: unknown }
  return [
    { ...object, more: 1 },
    ...Object.entries(object).flatMap(([key, item]) => {
      const { [key]: _, ...less } = object
      return [less, ...edits(item).map((edited) => ({ ...object, [key]: edited }))]
    }),
  ]
}

void t.test('any edit of any field of any record is named, with its version', async (t) => {
  let count = 0
  fc.assert(
    fc.property(stories, (story) => {
      const { history } = play(story)
      return history.every((kept, n) =>
        edits(JSON.parse(kept.record)).every((edited) => {
          count += 1
          const record = canonical(edited)
          const { mismatch } = replay(inspection, facts, history.with(n, { ...kept, record }))
          return mismatch?.version === kept.version && mismatch.what === 'hash'
        }),
      )
    }),
    { numRuns: 20 },
  )
  t.ok(count > 1_000, `${count} edits`)
})

void t.test('an edit whose hash was made anew is named there, or where the chain breaks', async (t) => {
  fc.assert(
    fc.property(stories, fc.nat(), fc.nat(), (story, where, which) => {
      const { history } = play(story)
      const n = where % history.length
      const kept = history[n] as StoredTransition
      const possible = edits(JSON.parse(kept.record))
      const record = canonical(possible[which % possible.length])
      if (record === kept.record) return true
      const forged = history.with(n, { ...kept, record, hash: digestText(record) })
      const { mismatch } = replay(inspection, facts, forged)
      if (mismatch) return mismatch.version === kept.version || mismatch.version === kept.version + 1
      // A last record can be exchanged for another that is right in itself; that is what the log is for.
      return n === history.length - 1
    }),
    { numRuns: 1_000 },
  )
  t.pass()
})

const verdict = (kept: StoredTransition[]): string => {
  const { mismatch, steps } = replay(inspection, facts, kept)
  return mismatch ? `${mismatch.version} ${mismatch.what} after ${steps}` : `${steps} match`
}

void t.test('what was left out, put in, exchanged or cut off is named', async (t) => {
  const { history } = play({
    kind: 'unit',
    moves: [
      ['reminded', 1],
      ['reminded', 1],
      ['submit', 5],
      ['reminded', 1],
    ],
  })
  t.equal(history.length, 5)
  const [first, second, third, ...rest] = history as [
    StoredTransition,
    StoredTransition,
    StoredTransition,
    ...StoredTransition[],
  ]
  t.equal(verdict(history), '5 match')
  t.equal(verdict([]), '0 match')
  t.equal(verdict([first, second]), '2 match', 'a shorter history is right as far as it goes')
  t.equal(verdict([second, third, ...rest]), '2 gap after 0')
  t.equal(verdict([first, third, ...rest]), '3 gap after 1')
  t.equal(verdict([first, first, second]), '1 gap after 1')
  t.equal(verdict([first, third, second, ...rest]), '3 gap after 1')
  t.equal(verdict([first, { ...third, version: 2 }, { ...second, version: 3 }]), '2 chain after 1')
  t.equal(verdict([first, { ...second, version: 2, record: '{', hash: digestText('{') }]), '2 unreadable after 1')
  for (const record of ['null', '[]', '1', '{}', '{"event":null}', '{"event":{}}']) {
    t.equal(verdict([{ version: 1, record, hash: digestText(record) }]), '1 unreadable after 0', record)
  }
})

void t.test('events that no server makes are named, and do not stop the auditor', async (t) => {
  const { history } = play({ kind: 'unit', moves: [['reminded', 1]] })
  const [first, second] = history as [StoredTransition, StoredTransition]
  const forged = (event: object, more: object = {}): string => {
    const record = canonical({
      ...JSON.parse(second.record),
      ...more,
      event: { at: on('04-10 09:00'), ...event },
    })
    const { mismatch } = replay(inspection, facts, [first, { version: 2, record, hash: digestText(record) }])
    return `${mismatch?.what}: ${mismatch?.detail}`
  }
  t.match(forged({ type: 'telepathy' }), /unreadable: .*event.type/u)
  t.match(forged({ type: 'open' }), /unreadable: .*event.instance/u)
  t.match(forged({ type: 'command', command: 'report.submit' }), /unreadable: .*event\.(?:payload|actor)/u)
  const actor = { person: 'x', home: [], authority: { role: 'reporter' } }
  t.match(forged({ type: 'command', command: 'report.submit', payload: {}, actor, sudo: true }), /unreadable: .*sudo/u)
  t.match(forged({ type: 'command', command: '__proto__', payload: {}, actor }), /refused: .*unknown_command/u)
  t.match(
    forged({ type: 'act', act: 'campaign.close', payload: {} }),
    /refused: .*asked for by a person or comes from above/u,
  )
  t.match(
    forged({
      type: 'message',
      message: 'check.reminded',
      payload: null,
      cause: { instance: 'x', version: 1, hash: 'x' },
      at: on('03-01 09:00'),
    }),
    /time: .*before/u,
  )
  t.match(forged(JSON.parse(second.record).event, { status: 'done' }), /step: recomputed otherwise: status/u)
})

void t.test('a record in another spelling is not the record', async (t) => {
  const [first] = play({ kind: 'unit', moves: [] }).history as [StoredTransition]
  const record = JSON.stringify(JSON.parse(first.record), null, 1)
  const { mismatch } = replay(inspection, facts, [{ ...first, record, hash: digestText(record) }])
  t.match(mismatch, { what: 'step', detail: 'the same values, not in canonical form' })
})

void t.test('a history made with another definition is not judged by this one', async (t) => {
  const other = draft()
  other.dates.reports.due = '04-20'
  const { history } = play({ kind: 'unit', moves: [] })
  t.match(replay(define(other), facts, history).mismatch, { version: 1, what: 'definition' })
})

void t.test('a replay ends where it is told to: the state then', async (t) => {
  const { history } = play({
    kind: 'unit',
    moves: [
      ['reminded', 1],
      ['submit', 5],
      ['reminded', 1],
    ],
  })
  const until = (version: number) =>
    replay(inspection, facts, history, (transition) => transition.version <= version).instance
  t.equal(until(2)?.state.snapshot['value'], 'checking')
  t.equal(until(3)?.state.snapshot['value'], 'reported')
  t.equal(until(0), null)
})

void t.test('a deadline that was due and left out is missed, though every hash is right', async (t) => {
  const opened = unit()
  const late = say(opened.instance, 'report.submit', { risks: [] }, on('04-25 09:00'))
  if (!late.ok) throw new Error(late.refusal.code)
  const kept = [opened, late].map(({ instance, record, hash }) => ({
    version: instance.version,
    record,
    hash,
  }))
  t.match(replay(inspection, facts, kept), {
    mismatch: { version: 2, what: 'deadline', detail: /reports/u },
    steps: 1,
  })
})
