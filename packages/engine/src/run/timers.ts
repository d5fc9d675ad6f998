import type { Definition } from '../definition/compiled.ts'
import { dueDay, reminders, type Instant } from '../calendar/index.ts'
import { dueFor, shifted, type Due, type Own } from './dates.ts'
import type { Adjustment, CampaignFacts, InstanceState, Timer } from '../campaign/instance.ts'
import type { Asked } from '../definition/machine.ts'
import { getOwn } from '../data/getOwn.ts'

type Timers = { [key: string]: Timer }

/** `xstate.after.<date>.<kind>.<state path>`, for a reminder followed by a space and its offset. */
export function readTimer(key: string): { date: string; kind: string; state: string } {
  const [deadline = ''] = key.split(' ', 1)
  const [, , date = '', ...state] = deadline.split('.')
  return { date, kind: state[0] ?? '', state: state.join('.') }
}

/** The key of the deadline that a state of a kind arms ('' is the machine itself); the inverse of `readTimer`. */
export function timerKey(date: string, kind: string, state: string): string {
  return ['xstate.after', date, kind, ...(state === '' ? [] : [state])].join('.')
}

/** What the machine's arming and cancelling leaves waiting: each deadline with the reminders before it. */
export function rearm(
  timers: Timers,
  asked: Asked[],
  definition: Definition,
  campaign: CampaignFacts,
  adjustments: Adjustment[],
  from: Own,
): Timers {
  const next: Timers = { ...timers }
  for (const { type, params } of asked) {
    const key = params[type === 'xstate.cancel' ? 'sendId' : 'id']
    if (typeof key !== 'string') continue
    if (type === 'xstate.cancel') disarm(next, key)
    if (type === 'xstate.raise') {
      const { date } = readTimer(key)
      const due = dueFor(definition, campaign, adjustments, date, from)
      if (due) arm(next, key, date, due, definition, campaign, from.entered.at)
      else disarm(next, key)
    }
  }
  return next
}

function disarm(timers: Timers, key: string): void {
  for (const other of Object.keys(timers)) {
    if (other === key || other.startsWith(`${key} `)) delete timers[other]
  }
}

/** Arms a deadline in place of what its key had before, and the reminders before it that are still to come. */
export function arm(
  timers: Timers,
  key: string,
  date: string,
  { due, on }: Due,
  definition: Definition,
  campaign: CampaignFacts,
  at: Instant,
): void {
  disarm(timers, key)
  timers[key] = { date, due }
  const spec = getOwn(definition.dates, date)
  if (!spec || !hasSomethingToDo(definition, key)) return
  for (const { offset, at: when } of reminders(spec, { on }, campaign)) {
    // A reminder whose time has passed when the state is entered reminds nobody of anything.
    if (when > at && when < due) timers[`${key} ${offset}`] = { date, due: when, reminder: offset }
  }
}

/** Whether anybody can do something in the states that wait: a reminder to nobody would only fill the history. */
function hasSomethingToDo(definition: Definition, key: string): boolean {
  const { kind, state } = readTimer(key)
  return (getOwn(definition.kinds, kind)?.states ?? []).some(({ id, arrows }) => {
    const path = id === '' ? kind : `${kind}.${id}`
    const near = path === state || path.startsWith(`${state}.`) || state.startsWith(`${path}.`)
    return near && arrows.some(({ on }) => 'event' in on && getOwn(definition.commands, on.event))
  })
}

/** Puts a date's armed deadlines, and their reminders, on a later day. */
export function moveDate(
  timers: Timers,
  date: string,
  to: Due,
  definition: Definition,
  campaign: CampaignFacts,
  at: Instant,
): Timers {
  const next: Timers = { ...timers }
  for (const [key, timer] of Object.entries(timers)) {
    if (timer.date === date && timer.reminder === undefined && timer.due < to.due) {
      arm(next, key, date, to, definition, campaign, at)
    }
  }
  return next
}

/** Moves what was still to come when a suspension began; reminders are counted back from the new days. */
export function shiftTimers(
  timers: Timers,
  shift: Extract<Adjustment, { type: 'shift' }>,
  definition: Definition,
  campaign: CampaignFacts,
): Timers {
  const next: Timers = { ...timers }
  for (const [key, { date, due, reminder }] of Object.entries(timers)) {
    if (reminder !== undefined || due <= shift.from) continue
    const on = dueDay(due, getOwn(definition.dates, date)?.at, campaign.timezone)
    const moved = shifted({ due, on }, shift, campaign.timezone)
    arm(next, key, date, moved, definition, campaign, shift.until)
  }
  return next
}

/**
 * The timers due by an instant, in the order in which they fire: by due instant, reminders before
 * deadlines, then by key.
 */
export function dueTimers(timers: Timers, by: Instant): { key: string; timer: Timer }[] {
  return Object.entries(timers)
    .filter(([, timer]) => timer.due <= by)
    .map(([key, timer]) => ({ key, timer }))
    .toSorted(
      (a, b) =>
        compare(a.timer.due, b.timer.due) ||
        Number(a.timer.reminder === undefined) - Number(b.timer.reminder === undefined) ||
        compare(a.key, b.key),
    )
}

/** The earliest deadline that is armed; reminders are none. */
export function nextDeadline({ timers }: Pick<InstanceState, 'timers'>): Timer | undefined {
  const deadlines = Object.values(timers).filter(({ reminder }) => reminder === undefined)
  return deadlines.toSorted((a, b) => compare(a.due, b.due))[0]
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
