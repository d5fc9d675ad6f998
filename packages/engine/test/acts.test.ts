import t from 'tap'
import { acts, dateFor, type Instance, type JsonObject } from '../src/index.ts'
import { define, draft } from './inspection.ts'
import { codeOf, facts, on, place, stage, waits, type Done } from './stage.ts'

const { unit, root, child, say, fire, act, down, must } = stage()
const extend = (dates: { [name: string]: string }, reason = '汛期'): JsonObject => ({
  dates,
  reason,
})
const finding = (at: string, more: object = {}): Done => must(child('finding', { name: 'x' }, { at, ...more }))
const dueIn = ({ state }: Instance, date: string): string | undefined => dateFor(facts, state.adjustments, date)?.on

void t.test('an extension puts the date and its reminders on the new day', async (t) => {
  const after = must(act(unit().instance, 'campaign.extend', extend({ reports: '2026-04-25' }), on('04-10 09:00')))
  t.strictSame(waits(after.instance), {
    'reports -3 workdays': '04-22 09:00',
    'reports -1 day': '04-24 09:00',
    reports: '04-26 00:00',
  })
  t.equal(dueIn(after.instance, 'reports'), '2026-04-25')
  t.strictSame(after.effects, [
    { type: 'actOnChildren', act: 'campaign.extend', payload: extend({ reports: '2026-04-25' }) },
  ])
  t.equal(place(after), 'checking')
})

void t.test('a date keeps its edge of the day when it is extended', async (t) => {
  const { instance } = must(
    act(root().instance, 'campaign.extend', extend({ reviewed: '2026-05-20' }), on('04-10 09:00')),
  )
  t.equal(dateFor(facts, instance.state.adjustments, 'reviewed')?.due, on('05-20 17:30'))
})

void t.test('an extension that is none is refused', async (t) => {
  const { instance } = unit()
  const asked = (dates: { [name: string]: string }, at = on('04-10 09:00')) =>
    codeOf(act(instance, 'campaign.extend', extend(dates), at))
  t.equal(asked({}), 'bad_extension', 'of nothing')
  t.equal(asked({ nothing: '2026-05-01' }), 'unknown_date')
  t.equal(asked({ reports: '2026-04-18' }), 'bad_extension', 'to the same day')
  t.equal(asked({ reports: '2026-04-10' }), 'bad_extension', 'to an earlier day')
  t.equal(asked({ reports: '2026-05-16' }), 'bad_extension', 'past a date that must not precede it')
  t.equal(asked({ reports: '2026-05-16', reviewed: '2026-05-31' }), 'ok', 'unless that is moved with it')
  t.equal(asked({ reports: '2026-02-30' }), 'invalid_payload')
  t.equal(asked({ reports: '2026-04-25' }, on('04-19 00:00')), 'bad_extension', 'when it has passed')
  t.equal(asked({ reports: '2026-04-25' }, on('04-18 23:59:59.999')), 'ok', 'but not a moment before')
  t.equal(
    codeOf(act(instance, 'campaign.extend', { dates: { reports: '2026-04-25' }, reason: '  ' }, on('04-10 09:00'))),
    'invalid_payload',
    'without a reason',
  )
})

void t.test('an extension from above leaves alone who had been given longer', async (t) => {
  const longer = must(act(unit().instance, 'campaign.extend', extend({ reports: '2026-04-30' }), on('04-10 09:00')))
  const after = must(down(longer.instance, 'campaign.extend', extend({ reports: '2026-04-25' }), on('04-11 09:00')))
  t.equal(waits(after.instance)['reports'], '05-01 00:00')
  t.equal(dueIn(after.instance, 'reports'), '2026-04-30')
  const further = must(down(longer.instance, 'campaign.extend', extend({ reports: '2026-05-10' }), on('04-11 09:00')))
  t.equal(waits(further.instance)['reports'], '05-11 00:00')
})

void t.test('an extension holds for children that are opened later', async (t) => {
  const above = must(act(root().instance, 'campaign.extend', extend({ reports: '2026-04-25' }), on('04-02 09:00')))
  const { adjustments } = above.instance.state
  const below = must(child('unit', { id: 'law' }, { at: on('04-05 09:00'), adjustments }))
  t.equal(waits(below.instance)['reports'], '04-26 00:00')
})

void t.test('an instance’s own date, extended, is not forgotten when its state is entered again', async (t) => {
  const opened = finding(on('05-01 09:00'))
  const extended = must(act(opened.instance, 'campaign.extend', extend({ rectified: '2026-05-25' }), on('05-03 09:00')))
  t.strictSame(waits(extended.instance), {
    'rectified -2 days': '05-23 09:00',
    rectified: '05-26 00:00',
  })
  const again = (at: string): { [timer: string]: string } => {
    const done = must(say(extended.instance, 'finding.rectify', { how: '' }, on('05-05 09:00')))
    return waits(must(say(done.instance, 'finding.return', { reason: '' }, at)).instance)
  }
  t.equal(again(on('05-06 09:00'))['rectified'], '05-26 00:00', 'the day that was given holds')
  t.equal(again(on('05-20 09:00'))['rectified'], '05-31 00:00', 'unless ten days from now are more')
})

void t.test('an instance’s own date can be extended before it waits, and from its present day only', async (t) => {
  const above = must(act(root().instance, 'campaign.extend', extend({ rectified: '2026-05-25' }), on('04-02 09:00')))
  const { adjustments } = above.instance.state
  const opened = finding(on('05-10 09:00'), { adjustments })
  t.equal(waits(opened.instance)['rectified'], '05-26 00:00')
  const late = finding(on('05-20 09:00'), { adjustments })
  t.equal(waits(late.instance)['rectified'], '05-31 00:00')
  t.equal(
    codeOf(act(late.instance, 'campaign.extend', extend({ rectified: '2026-05-28' }), on('05-21 09:00'))),
    'bad_extension',
    'it would be shortened',
  )
  t.equal(codeOf(act(late.instance, 'campaign.extend', extend({ rectified: '2026-06-10' }), on('05-21 09:00'))), 'ok')
})

void t.test('what counts from an extended date of its own counts from the new day', async (t) => {
  const chained = draft()
  chained.dates.rechecked = { title: { zh: '复核', en: 'Recheck' }, due: 'rectified + 1 week' }
  chained.kinds['finding']!.spec.states.rectified.after = { rechecked: 'open' }
  const { child, say, act, must } = stage(define(chained))
  const opened = must(child('finding', { name: 'x' }, { at: on('05-01 09:00') }))
  const rectified = (instance: Instance) =>
    waits(must(say(instance, 'finding.rectify', { how: '' }, on('05-05 09:00'))).instance)
  t.strictSame(rectified(opened.instance), { rechecked: '05-23 00:00' })
  const extended = must(act(opened.instance, 'campaign.extend', extend({ rectified: '2026-05-25' }), on('05-03 09:00')))
  t.strictSame(rectified(extended.instance), { rechecked: '06-02 00:00' })
})

void t.test('a suspended instance hears nothing but acts', async (t) => {
  const { instance } = must(down(unit().instance, 'campaign.suspend', { reason: '汛期' }, on('04-10 09:00')))
  t.equal(instance.state.status, 'suspended')
  t.equal(codeOf(say(instance, 'report.submit', { risks: [] }, on('04-11 09:00'))), 'campaign_suspended')
  t.equal(codeOf(fire(instance)), 'campaign_suspended')
  t.equal(codeOf(down(instance, 'campaign.suspend', { reason: 'x' }, on('04-11 09:00'))), 'campaign_suspended')
  t.equal(
    codeOf(down(instance, 'campaign.extend', extend({ reports: '2026-04-25' }), on('04-11 09:00'))),
    'campaign_suspended',
  )
  t.equal(codeOf(down(instance, 'campaign.cancel', { reason: 'x' }, on('04-11 09:00'))), 'ok')
  t.equal(codeOf(down(unit().instance, 'campaign.resume', {}, on('04-11 09:00'))), 'not_suspended')
})

const pause = (instance: Instance, from: string, until: string): Instance => {
  const suspended = must(down(instance, 'campaign.suspend', { reason: 'x' }, on(from)))
  return must(down(suspended.instance, 'campaign.resume', {}, on(until))).instance
}

void t.test('what remained moves by the days of the suspension, and reminders are counted anew', async (t) => {
  const instance = pause(unit().instance, '04-10 09:00', '04-20 15:00')
  t.strictSame(waits(instance), {
    'reports -3 workdays': '04-23 09:00',
    'reports -1 day': '04-27 09:00',
    reports: '04-29 00:00',
  })
  t.equal(dueIn(instance, 'reports'), '2026-04-28')
  t.equal(dueIn(instance, 'reviewed'), '2026-05-25')
  t.notOk('suspendedAt' in instance.state)
})

void t.test('reminders are counted from the new day, and one that went out may go out again', async (t) => {
  const reminded = must(fire(unit().instance))
  const instance = pause(reminded.instance, '04-16 09:00', '04-26 09:00')
  t.strictSame(waits(instance), { 'reports -1 day': '04-27 09:00', reports: '04-29 00:00' })
  const longer = pause(reminded.instance, '04-15 10:00', '04-20 08:30')
  t.equal(waits(longer)['reports -3 workdays'], '04-20 09:00')
})

void t.test('a suspension within one day moves no date that is ahead of it', async (t) => {
  const before = unit().instance
  t.strictSame(waits(pause(before, '04-10 09:00', '04-10 18:00')), waits(before))
})

void t.test('no date passes while nobody may act', async (t) => {
  const late = pause(root().instance, '05-15 10:00', '05-15 18:00')
  t.equal(dateFor(facts, late.state.adjustments, 'reviewed')?.due, on('05-16 17:30'))
  const long = pause(root().instance, '05-15 10:00', '05-18 18:00')
  t.equal(dateFor(facts, long.state.adjustments, 'reviewed')?.due, on('05-19 17:30'))
  const early = pause(root().instance, '05-15 10:00', '05-18 12:00')
  t.equal(dateFor(facts, early.state.adjustments, 'reviewed')?.due, on('05-18 17:30'))
  t.equal(dateFor(facts, late.state.adjustments, 'reports')?.due, on('04-19 00:00'), 'what had passed stays')
})

void t.test('extensions and suspensions add up in the order in which they came', async (t) => {
  const extended = must(act(unit().instance, 'campaign.extend', extend({ reports: '2026-04-20' }), on('04-05 09:00')))
  const paused = pause(extended.instance, '04-10 09:00', '04-12 09:00')
  t.equal(waits(paused)['reports'], '04-23 00:00')
  const again = must(act(paused, 'campaign.extend', extend({ reports: '2026-04-30' }), on('04-13 09:00')))
  t.equal(waits(again.instance)['reports'], '05-01 00:00')
  const twice = pause(again.instance, '04-14 09:00', '04-15 09:00')
  t.equal(waits(twice)['reports'], '05-02 00:00')
  t.equal(dueIn(twice, 'reports'), '2026-05-01')
})

void t.test('an instance’s own date is moved by a suspension, from its day and edge', async (t) => {
  const instance = pause(finding(on('05-01 09:00')).instance, '05-03 09:00', '05-08 09:00')
  t.strictSame(waits(instance), { 'rectified -2 days': '05-14 09:00', rectified: '05-17 00:00' })
})

void t.test('cancelling and closing end an instance and what is below it', async (t) => {
  const cancelled = must(act(root().instance, 'campaign.cancel', { reason: '撤销' }, on('04-10 09:00')))
  t.equal(cancelled.instance.state.status, 'cancelled')
  t.match(cancelled.effects, [{ type: 'actOnChildren', act: 'campaign.cancel' }])
  const closed = must(down(unit().instance, 'campaign.close', {}, on('04-10 09:00')))
  t.equal(closed.instance.state.status, 'closed')
  t.strictSame(waits(closed.instance), {})
  t.equal(place(closed), 'checking', 'where it stood is kept')
  t.equal(codeOf(down(closed.instance, 'campaign.cancel', { reason: 'x' }, on('04-11 09:00'))), 'campaign_over')
  const paused = must(down(unit().instance, 'campaign.suspend', { reason: 'x' }, on('04-10 09:00')))
  const ended = must(down(paused.instance, 'campaign.close', {}, on('04-11 09:00')))
  t.notOk('suspendedAt' in ended.instance.state)
})

void t.test('nobody asks for what is the engine’s own, nor for the root’s acts elsewhere', async (t) => {
  t.equal(codeOf(act(root().instance, 'campaign.close', {}, on('04-10 09:00'))), 'unknown_command')
  t.equal(codeOf(act(root().instance, 'campaign.explode', {}, on('04-10 09:00'))), 'unknown_command')
  for (const [name, { rootOnly }] of Object.entries(acts)) {
    if (rootOnly) t.equal(codeOf(act(unit().instance, name, {}, on('04-10 09:00'))), 'unknown_command', name)
  }
})

const id = '00000000-0000-8000-8000-000000000009'
const granted = (more: object) =>
  act(
    root().instance,
    'assignment.grant',
    { assignment: { id, role: 'reporter', person: 'zhang', home: ['city'], unit: 'law', ...more } },
    on('04-10 09:00'),
  )

void t.test('a role is granted and revoked on record', async (t) => {
  t.match(must(granted({})).effects, [{ type: 'grant', assignment: { id, person: 'zhang' } }])
  const revoked = must(act(root().instance, 'assignment.revoke', { assignment: id, reason: '调离' }, on('04-11 09:00')))
  t.strictSame(revoked.effects, [{ type: 'revoke', assignment: id }])
})

void t.test('a role is not granted against its scope, its units or the calendar', async (t) => {
  t.equal(codeOf(granted({ role: 'mayor' })), 'unknown_role')
  t.equal(codeOf(granted({ unit: undefined })), 'invalid_payload', 'no JSON')
  t.equal(
    codeOf(
      act(
        root().instance,
        'assignment.grant',
        { assignment: { id, role: 'reporter', person: 'zhang', home: [] } },
        on('04-10 09:00'),
      ),
    ),
    'bad_assignment',
    'for no unit',
  )
  t.equal(codeOf(granted({ role: 'lead' })), 'bad_assignment', 'for one unit only')
  t.equal(codeOf(granted({ unit: 'moon' })), 'unknown_unit')
  t.equal(codeOf(granted({ unit: 'county' })), 'ok', 'a unit above those that take part')
  t.equal(codeOf(granted({ from: on('04-12 09:00'), until: on('04-12 09:00') })), 'bad_assignment')
  t.equal(codeOf(granted({ from: '2026-04-12T09:00:00Z' })), 'invalid_payload', 'another spelling of instants')
  t.equal(codeOf(granted({ id: '7' })), 'invalid_payload')
})
