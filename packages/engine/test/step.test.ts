import t from 'tap'
import { z } from 'zod'
import { acts, canonical, dueTimers, notify, type Effect, type Instance } from '../src/index.ts'
import { define, draft } from './inspection.ts'
import { actor, codeOf, law, on, place, planned, stage, waits, type Done } from './stage.ts'

const { unit, root, child, say, tell, fire, act, take, must } = stage()
const words = { zh: '某', en: 'Some' }
const leaf = (more: object = {}) => ({ meta: { title: words }, ...more })
const noticesOf = ({ effects }: Done) =>
  effects.filter((effect): effect is Effect & { type: 'notify' } => effect.type === 'notify')

void t.test('a command moves the machine and goes on record with its actor', async (t) => {
  const before = unit()
  const payload = { risks: ['合同'] }
  const after = must(say(before.instance, 'report.submit', payload, on('04-10 09:00')))
  t.equal(place(after), 'reported')
  t.strictSame(after.instance.state.snapshot['context'], {
    unit: 'law',
    report: { risks: ['合同'], by: 'zhang', at: on('04-10 09:00') },
  })
  t.match(after.transition, {
    version: 2,
    from: 'checking',
    to: 'reported',
    status: 'active',
    previous: before.hash,
    event: { type: 'command', command: 'report.submit', payload, actor: { person: 'zhang' } },
  })
  t.equal(after.instance.head, after.hash)
  t.equal(after.instance.at, on('04-10 09:00'))
})

void t.test('what the schema makes of a payload is what is recorded and seen', async (t) => {
  const after = must(say(root().instance, 'check.begin', { note: '  now ' }, on('04-02 09:00')))
  t.match(after.transition.event, { payload: { note: 'now' } })
  const silent = must(say(root().instance, 'check.begin', {}, on('04-02 09:00')))
  t.match(silent.transition.event, { payload: { note: '' } })
})

void t.test('a refusal says why, and changes nothing', async (t) => {
  const { instance } = unit()
  const at = on('04-10 09:00')
  t.equal(codeOf(say(instance, 'report.burn', {}, at)), 'unknown_command')
  t.match(say(instance, 'report.submit', { risks: [1], more: true }, at), {
    refusal: {
      code: 'invalid_payload',
      rule: 'report.submit',
      issues: [{ path: '/risks/0' }, { path: '/' }],
    },
  })
  t.match(say(instance, 'review.record', { findings: [] }, at), {
    refusal: { code: 'wrong_state', rule: 'review.record' },
  })
})

void t.test('a guard that refuses is told apart from a state that does not accept', async (t) => {
  const guarded = draft()
  const { spec, guards } = guarded.kinds['finding']!
  guards.thorough = ({ event }: any) => event.payload.how.length > 3
  spec.states.open.on['finding.rectify'] = { target: 'rectified', guard: 'thorough' }
  const { child, say, must } = stage(define(guarded))
  const { instance } = must(child('finding', { name: 'x' }))
  t.equal(codeOf(say(instance, 'finding.rectify', { how: 'so' }, on('05-01 09:00'))), 'guard_refused')
  t.equal(codeOf(say(instance, 'finding.close', {}, on('05-01 09:00'))), 'wrong_state')
  t.equal(codeOf(say(instance, 'finding.rectify', { how: 'so and so' }, on('05-01 09:00'))), 'ok')
})

void t.test('an empty arrow silences what a state around would do', async (t) => {
  const silenced = draft()
  silenced.kinds['unit']!.spec.states.late.on['check.reminded'] = {}
  const { unit, fire, tell, must } = stage(define(silenced))
  let { instance } = unit()
  t.equal(codeOf(tell(instance, 'check.reminded', null, on('04-10 09:00'))), 'ok')
  while (instance.state.snapshot['value'] !== 'late') ({ instance } = must(fire(instance)))
  // It was expected, so it is no news to anybody.
  t.equal(codeOf(tell(instance, 'check.reminded', null, on('04-20 09:00'))), 'guard_refused')
})

void t.test('texts that no database or hash can hold are refused wherever they stand', async (t) => {
  const { instance } = unit()
  for (const bad of ['a\u0000b', '\uD800', 'x\uDC00']) {
    t.match(say(instance, 'report.submit', { risks: ['fine', bad] }, on('04-10 09:00')), {
      refusal: { code: 'invalid_payload', issues: [{ path: '/risks/1' }] },
    })
    t.match(say(instance, 'report.submit', { [bad]: 1 }, on('04-10 09:00')), {
      refusal: { code: 'invalid_payload' },
    })
    t.equal(codeOf(act(root().instance, 'campaign.cancel', { reason: bad }, on('04-10 09:00'))), 'invalid_payload')
    t.equal(codeOf(tell(instance, 'check.reminded', { bad }, on('04-10 09:00'))), 'invalid_payload')
    t.equal(codeOf(child('finding', { name: bad })), 'invalid_payload')
  }
  let deep: unknown = 'x'
  for (let n = 0; n < 100_000; n += 1) deep = [deep]
  t.equal(codeOf(say(instance, 'report.submit', deep, on('04-10 09:00'))), 'invalid_payload')
})

void t.test('names that JavaScript knows are names like any other', async (t) => {
  const at = on('04-10 09:00')
  const { instance } = unit()
  for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
    t.equal(codeOf(say(instance, name, {}, at)), 'unknown_command', name)
    t.equal(codeOf(tell(instance, name, {}, at)), 'wrong_state', name)
    t.equal(codeOf(take(instance, { type: 'deadline', at, timer: name, due: at })), 'wrong_state', name)
    t.equal(codeOf(act(root().instance, name, {}, at)), 'unknown_command', name)
    const dates = JSON.parse(`{ "${name}": "2026-05-01" }`) as { [date: string]: string }
    const extended = act(root().instance, 'campaign.extend', { dates, reason: 'x' }, at)
    t.match(codeOf(extended), /unknown_date|bad_extension/u, name)
    const given = { id: '00000000-0000-8000-8000-000000000009', role: name, person: 'a', home: [] }
    t.equal(codeOf(act(root().instance, 'assignment.grant', { assignment: given }, at)), 'unknown_role', name)
  }

  const named = draft()
  named.dates.constructor = { title: words, due: 'entry + 1 day' }
  named.dates.valueOf = { title: words, due: '06-01' }
  named.kinds['finding']!.spec.states.open.after = { constructor: 'overdue' }
  named.kinds['finding']!.spec.states.overdue.after = { valueOf: 'rectified' }
  delete named.dates.rectified
  const definition = define(named)
  const play = stage(definition, planned(definition).facts)
  const opened = play.must(play.child('finding', { name: 'x' }, { at }))
  t.strictSame(waits(opened.instance), { constructor: '04-12 00:00' })
  t.strictSame(waits(play.must(play.fire(opened.instance)).instance), { valueOf: '06-02 00:00' })
})

void t.test('a path finds only what the data itself holds', async (t) => {
  const reaching = draft()
  const { states } = reaching.kinds['unit']!.spec
  states.late.entry[0].params.data = {
    a: 'context.constructor',
    b: 'context.report.x',
    c: 'payload',
  }
  const { unit, fire, must } = stage(define(reaching))
  let last: Done = unit()
  while (place(last) !== 'late') last = must(fire(last.instance))
  t.match(last.effects, [{ type: 'tellParent', payload: { a: null, b: null, c: null } }])
})

void t.test('a deadline fires at its instant and not before, once', async (t) => {
  const { instance } = unit()
  t.strictSame(waits(instance), {
    'reports -3 workdays': '04-15 09:00',
    'reports -1 day': '04-17 09:00',
    reports: '04-19 00:00',
  })
  const timer = 'xstate.after.reports.unit.checking'
  const due = on('04-19 00:00')
  const early = { type: 'deadline', timer, due, at: on('04-18 23:59:59.999') } as const
  t.equal(codeOf(take(instance, early)), 'wrong_state')
  t.equal(codeOf(take(instance, { ...early, at: due, due: on('04-18 00:00') })), 'wrong_state')
  const late = must(take(instance, { ...early, at: due }))
  t.equal(place(late), 'late')
  t.strictSame(waits(late.instance), {}, 'its reminders go with it')
  t.equal(codeOf(take(late.instance, { ...early, at: due })), 'wrong_state')
})

void t.test('leaving the state takes the deadline and its reminders away', async (t) => {
  const after = must(say(unit().instance, 'report.submit', { risks: [] }, on('04-10 09:00')))
  t.strictSame(waits(after.instance), {})
})

void t.test('what falls due is told in order: by instant, reminders first, then by name', async (t) => {
  const due = on('04-18 09:00')
  const timers = {
    b: { date: 'x', due },
    a: { date: 'x', due },
    z: { date: 'x', due, reminder: '-1 day' },
    early: { date: 'x', due: on('04-17 09:00') },
    later: { date: 'x', due: on('04-18 09:00:00.001') },
  }
  t.strictSame(
    dueTimers(timers, due).map(({ key }) => key),
    ['early', 'z', 'a', 'b'],
  )
})

void t.test('a deadline whose guard says no is spent all the same, and on record', async (t) => {
  let last = root()
  last = must(say(last.instance, 'check.begin', {}, on('04-02 09:00'), actor('li', 'lead')))
  last = must(tell(last.instance, 'every.unit.reported', { total: 2 }, on('04-10 09:00')))
  t.equal(place(last), 'reviewing')
  const after = must(fire(last.instance))
  t.equal(after.transition.event.type, 'deadline')
  t.equal(place(after), 'reviewing')
  t.strictSame(waits(after.instance), {})
  const told = must(tell(last.instance, 'unit.late', { unit: 'law' }, on('04-11 09:00')))
  t.equal(place(must(fire(told.instance))), 'concluding')
})

void t.test('a reminder reminds those who may act in the state that waits', async (t) => {
  const { instance } = unit()
  const reminded = must(fire(instance))
  t.strictSame(reminded.effects, [
    {
      type: 'notify',
      to: ['reporter'],
      unit: 'law',
      text: {
        zh: '提醒：政策法规股“报送自查报告”将于 2026-04-18 24:00 到期',
        en: 'Reminder for Policy unit: «Unit reports» is due 2026-04-18 24:00',
      },
    },
  ])
  t.equal(place(reminded), 'checking')
  t.strictSame(waits(reminded.instance), {
    'reports -1 day': '04-17 09:00',
    reports: '04-19 00:00',
  })
})

void t.test('a reminder of a state around reaches whoever acts in the state inside', async (t) => {
  const nested = draft()
  nested.kinds['finding']!.spec.states.open = leaf({
    initial: 'planning',
    states: {
      planning: leaf({ on: { 'finding.return': 'doing' } }),
      doing: leaf({ on: { 'finding.rectify': '#finding.rectified' } }),
    },
    after: { rectified: 'overdue' },
  })
  const { child, say, fire, must } = stage(define(nested))
  const planning = must(child('finding', { name: 'x' }, { at: on('05-01 09:00') }))
  t.match(must(fire(planning.instance)).effects, [{ to: ['reviewer'] }])
  const doing = must(say(planning.instance, 'finding.return', { reason: '' }, on('05-02 09:00')))
  t.match(must(fire(doing.instance)).effects, [{ to: ['reporter'] }])
})

void t.test('a state entered after its date, or its reminder’s, does not look back', async (t) => {
  t.strictSame(waits(unit(on('04-17 12:00')).instance), { reports: '04-19 00:00' })
  const overdue = unit(on('04-20 12:00'))
  t.strictSame(waits(overdue.instance), { reports: '04-19 00:00' })
  t.equal(place(must(fire(overdue.instance, on('04-20 12:00')))), 'late')
})

void t.test('an instance’s own date counts from each entry', async (t) => {
  const opened = must(child('finding', { name: 'x' }, { at: on('05-01 09:00') }))
  t.strictSame(waits(opened.instance), {
    'rectified -2 days': '05-09 09:00',
    rectified: '05-12 00:00',
  })
  const done = must(say(opened.instance, 'finding.rectify', { how: 'so' }, on('05-05 09:00')))
  t.strictSame(waits(done.instance), {})
  const again = must(say(done.instance, 'finding.return', { reason: 'no' }, on('05-20 09:00')))
  t.strictSame(waits(again.instance), {
    'rectified -2 days': '05-28 09:00',
    rectified: '05-31 00:00',
  })
})

void t.test('a machine opens children, for each unit or for each item', async (t) => {
  const began = must(say(root().instance, 'check.begin', {}, on('04-02 09:00')))
  t.strictSame(began.effects, [{ type: 'open', kind: 'unit', items: 'units' }])
  const reported = must(say(unit().instance, 'report.submit', { risks: [] }, on('04-10 09:00')))
  const findings = [{ name: 'a' }, { name: 'b' }]
  const found = must(say(reported.instance, 'review.record', { findings }, on('04-20 09:00')))
  t.strictSame(found.effects, [{ type: 'open', kind: 'finding', items: findings }])
  const none = must(say(reported.instance, 'review.record', { findings: [] }, on('04-20 09:00')))
  t.equal(place(none), 'done')
})

void t.test('a machine tells its parent and notifies people', async (t) => {
  let last = unit()
  while (place(last) !== 'late') last = must(fire(last.instance))
  t.strictSame(last.effects, [
    { type: 'tellParent', message: 'unit.late', payload: { unit: 'law' } },
    {
      type: 'notify',
      to: ['lead', 'reporter'],
      unit: 'law',
      text: { zh: '政策法规股逾期', en: 'Policy unit is late' },
    },
  ])
})

void t.test('texts of notices are filled as they are, and only once', async (t) => {
  const filled = draft()
  filled.kinds['unit']!.spec.on['check.reminded'].actions = notify('lead', {
    zh: '{unit} {campaign} {due}',
    en: '{unit} {campaign} {due}',
  })
  const definition = define(filled)
  const { facts } = planned(definition, {
    title: '$& {unit} {due}',
    units: [{ ...law, title: { zh: "$' 股", en: '{campaign}' } }],
  })
  const { unit, tell, must } = stage(definition, facts)
  const [notice] = noticesOf(must(tell(unit().instance, 'check.reminded', null, on('04-10 09:00'))))
  t.strictSame(notice?.text, {
    zh: "$' 股 $& {unit} {due} 2026-04-18 24:00",
    en: '{campaign} $& {unit} {due} 2026-04-18 24:00',
  })
})

void t.test('a date at the start of a day is told as that day, not as 24:00 of the one before', async (t) => {
  const opening = draft()
  opening.kinds['unit']!.spec.states.reported.after = { reviewOpens: 'rectifying' }
  opening.kinds['unit']!.spec.states.reported.entry = notify('lead', {
    zh: '{due}',
    en: '{due}',
  })
  const { unit, say, must } = stage(define(opening))
  const reported = must(say(unit().instance, 'report.submit', { risks: [] }, on('04-10 09:00')))
  t.equal(noticesOf(reported)[0]?.text.zh, '2026-04-19 00:00')
})

void t.test('a final state ends the instance, its timers and everything below', async (t) => {
  const reported = must(say(unit().instance, 'report.submit', { risks: [] }, on('04-10 09:00')))
  const done = must(say(reported.instance, 'review.record', { findings: [] }, on('04-20 09:00')))
  t.equal(done.instance.state.status, 'done')
  t.strictSame(done.effects, [{ type: 'actOnChildren', act: 'campaign.close', payload: {} }])
  for (const event of ['report.submit', 'review.record']) {
    t.equal(codeOf(say(done.instance, event, {}, on('04-21 09:00'))), 'campaign_over')
  }
  t.equal(codeOf(tell(done.instance, 'check.reminded', null, on('04-21 09:00'))), 'campaign_over')
  for (const name of Object.keys(acts)) {
    t.equal(codeOf(act(done.instance, name, {}, on('04-21 09:00'))), 'campaign_over', name)
  }
})

const region = (event: string) =>
  leaf({
    initial: 'open',
    states: {
      open: leaf({ on: { [event]: 'ended' } }),
      ended: leaf({ type: 'final', tags: 'closed' }),
    },
  })

void t.test('a region that has ended does not end the instance; the last one does', async (t) => {
  const regions = draft()
  const { spec } = regions.kinds['finding']!
  regions.kinds['finding']!.spec = {
    meta: spec.meta,
    context: spec.context,
    type: 'parallel',
    after: { rectified: { actions: notify('reviewer', words) } },
    states: { paper: region('finding.rectify'), visit: region('finding.close') },
    on: { 'finding.return': '.paper' },
  }
  const { child, say, must } = stage(define(regions))
  const opened = must(child('finding', { name: 'x' }, { at: on('05-01 09:00') }))
  const half = must(say(opened.instance, 'finding.rectify', { how: '' }, on('05-02 09:00')))
  t.strictSame(place(half), { paper: 'ended', visit: 'open' })
  t.equal(half.instance.state.status, 'active')
  t.ok('rectified' in waits(half.instance), 'it still waits for the date')
  const whole = must(say(half.instance, 'finding.close', {}, on('05-03 09:00')))
  t.equal(whole.instance.state.status, 'done')
  t.strictSame(waits(whole.instance), {})
})

void t.test('who did what is remembered where four eyes need it, with whom they stood in for', async (t) => {
  const submitted = must(
    say(unit().instance, 'report.submit', { risks: [] }, on('04-10 09:00'), {
      ...actor('zhang'),
      authority: { role: 'reporter', assignment: 'a', onBehalfOf: 'zhao' },
    }),
  )
  t.strictSame(submitted.instance.state.performedBy, { 'report.submit': ['zhang', 'zhao'] })
  const reviewed = must(say(submitted.instance, 'review.record', { findings: [{ name: 'a' }] }, on('04-20 09:00')))
  t.strictSame(reviewed.instance.state.performedBy, { 'report.submit': ['zhang', 'zhao'] })
  const performedBy = { 'report.submit': ['zhang'], 'finding.rectify': ['qian'] }
  const below = must(child('finding', { name: 'a' }, { performedBy }))
  const rectified = must(say(below.instance, 'finding.rectify', { how: '' }, on('05-02 09:00')))
  t.strictSame(rectified.instance.state.performedBy, {
    'report.submit': ['zhang'],
    'finding.rectify': ['qian', 'zhang'],
  })
})

void t.test('the opening is an event too: updates see its input and its instant', async (t) => {
  const opening = draft()
  const { spec, updates } = opening.kinds['finding']!
  spec.context = { opened: null }
  spec.states.open.entry = 'note'
  updates.note = ({ event }: any) => ({
    opened: { type: event.type, at: event.at, by: event.payload.name },
  })
  const { child, must } = stage(define(opening))
  const opened = must(child('finding', { name: 'x' }, { at: on('05-01 09:00') }))
  t.strictSame(opened.instance.state.snapshot['context'], {
    opened: { type: 'open', at: on('05-01 09:00'), by: 'x' },
  })
})

void t.test('code that fails refuses the event; it harms nobody', async (t) => {
  const failing = draft()
  const { guards, updates, spec } = failing.kinds['finding']!
  guards.broken = () => {
    throw new Error('no such luck')
  }
  guards.later = async () => true
  guards.truthy = () => 1
  Object.assign(updates, {
    nothing: () => undefined,
    promise: async () => ({ name: 'y' }),
    date: () => ({ name: new Date(0) }),
    gone: () => ({ name: undefined }),
    writing: ({ context }: any) => {
      context.name = 'written'
      return {}
    },
  })
  const arrows = (arrow: object) => ({
    ...spec.states.open.on,
    'finding.rectify': { target: 'rectified', ...arrow },
  })
  const reason = (arrow: object): string => {
    spec.states.open.on = arrows(arrow)
    const { child, say, must } = stage(define(failing))
    const { instance } = must(child('finding', { name: 'x' }))
    const stepped = say(instance, 'finding.rectify', { how: '' }, on('05-02 09:00'))
    t.equal(codeOf(stepped), 'machine_failed')
    t.equal((instance.state.snapshot['context'] as { name: string }).name, 'x')
    return stepped.ok ? '' : (stepped.refusal.detail?.en ?? '')
  }
  t.match(reason({ guard: 'broken' }), /no such luck/u)
  t.match(reason({ guard: 'later' }), /must return true or false, at once/u)
  t.match(reason({ guard: 'truthy' }), /must return true or false/u)
  t.match(reason({ actions: 'nothing' }), /must return the changed part/u)
  t.match(reason({ actions: 'promise' }), /must return the changed part/u)
  t.match(reason({ actions: 'date' }), /no longer plain JSON at \/name/u)
  t.match(reason({ actions: 'gone' }), /no longer plain JSON at \/name/u)
  t.match(reason({ actions: 'writing' }), /read only/u)
})

void t.test('code that fails at the opening refuses the opening', async (t) => {
  const failing = draft()
  failing.kinds['finding']!.spec.context = ({ input }: any) => ({ name: input.name.trim() })
  const { child } = stage(define(failing))
  t.equal(codeOf(child('finding', { name: ' x ' })), 'ok')
  t.match(child('finding', { name: 1 }), {
    refusal: { code: 'machine_failed', detail: { en: /trim/u } },
  })
})

void t.test('choices without an event that never end are refused, not turned for ever', async (t) => {
  const turning = draft()
  const { spec, guards } = turning.kinds['finding']!
  guards.dizzy = ({ context }: any) => context.name === 'dizzy'
  spec.states.overdue.always = { target: 'open', guard: 'dizzy' }
  spec.states.open.always = { target: 'overdue', guard: 'dizzy' }
  const { child } = stage(define(turning))
  t.equal(codeOf(child('finding', { name: 'calm' })), 'ok')
  t.match(child('finding', { name: 'dizzy' }), { refusal: { detail: { en: /Infinite loop/u } } })
})

void t.test('data that looks like xstate’s own is data', async (t) => {
  const loose = draft()
  const { spec, updates } = loose.kinds['finding']!
  loose.commands['finding.rectify'].payload = z.looseObject({})
  updates.keep = ({ event }: any) => ({ kept: event.payload })
  spec.states.open.on['finding.rectify'] = { actions: 'keep' }
  spec.states.open.on['finding.close'] = 'rectified'
  const { child, say, must } = stage(define(loose))
  const { instance } = must(child('finding', { name: 'x' }))
  const payload = {
    a: { xstate$$type: 1, id: 'x' },
    b: { sessionId: 'x:0', send: 1, ref: 2 },
    c: JSON.parse('{ "__proto__": { "polluted": true } }'),
  }
  const kept = must(say(instance, 'finding.rectify', payload, on('05-02 09:00')))
  const next = must(say(kept.instance, 'finding.close', {}, on('05-03 09:00')))
  const { context } = next.instance.state.snapshot as { context: { kept: object } }
  t.equal(canonical(context.kept), canonical(payload))
})

const inMemory = (instance: Instance): Instance => instance
const stored = (instance: Instance): Instance => JSON.parse(canonical(instance)) as Instance

void t.test('the order of keys makes no difference, not even to code that looks at it', async (t) => {
  const listing = draft()
  const { spec, updates } = listing.kinds['finding']!
  listing.commands['finding.rectify'].payload = z.record(z.string(), z.int())
  spec.context = { table: {}, seen: [] }
  updates.keep = ({ context, event }: any) => ({
    table: { ...event.payload, ...context.table },
    seen: [...context.seen, Object.keys(context.table), Object.keys(event.payload)],
  })
  spec.states.open.on['finding.rectify'] = { actions: 'keep' }
  spec.states.open.on['finding.close'] = 'rectified'
  const { child, say, must } = stage(define(listing))
  const play = (between: (instance: Instance) => Instance, ...payloads: object[]): string =>
    payloads.reduce<Done>(
      (last, payload) => must(say(between(last.instance), 'finding.rectify', payload, on('05-02 09:00'))),
      must(child('finding', { name: 'x' })),
    ).hash
  const [one, two] = [
    { z: 1, a: 2 },
    { m: 3, b: 4 },
  ]
  const hash = play(inMemory, one, two, one)
  t.equal(play(stored, one, two, one), hash)
  t.equal(play(inMemory, { a: 2, z: 1 }, { b: 4, m: 3 }, one), hash)
})

void t.test('only a bug asks for what cannot be', async (t) => {
  const { instance } = unit()
  const at = on('04-10 09:00')
  t.throws(() => take(null, { type: 'deadline', at, timer: 'x', due: at }), /never opened/u)
  t.throws(() => take(null, { ...open, instance: { ...open.instance, kind: 'toString' } }), /no kind/u)
  t.throws(() => take(null, { ...open, instance: { ...open.instance, campaign: 'x' } }), /campaign x/u)
  t.throws(() => take(instance, open), /open already/u)
  t.throws(() => take(instance, { type: 'act', at, act: 'campaign.close', payload: {} }), /asked for/u)
})
const open = {
  type: 'open' as const,
  at: on('04-10 09:00'),
  instance: { campaign: root().instance.id, id: 'x', kind: 'unit', key: 'law', unit: 'law' },
  cause: null,
  input: law,
  adjustments: [],
  performedBy: {},
}
