import { reminders, type Instant } from './calendar/index.ts'
import { dueFor } from './dates.ts'
import type { Definition } from './define.ts'
import type { Adjustment, CampaignFacts, Timer } from './instance.ts'
import type { Asked } from './machine.ts'

type Timers = { [key: string]: Timer }

/** `xstate.after.<date>.<kind>.<state path>`; a date's name has no dot. */
function dateOf(key: string): string {
  return key.split('.')[2] ?? ''
}

/** What the machine's arming and cancelling leaves waiting: each deadline with the reminders before it. */
export function rearm(
  timers: Timers,
  asked: Asked[],
  definition: Definition,
  campaign: CampaignFacts,
  adjustments: Adjustment[],
  at: Instant,
): Timers {
  const next: Timers = { ...timers }
  for (const { type, params } of asked) {
    if (type === 'xstate.cancel') disarm(next, String(params['sendId']))
    if (type === 'xstate.raise') {
      const key = String(params['id'])
      const date = dateOf(key)
      const { due, on } = dueFor(definition, campaign, adjustments, date, at)
      arm(next, key, { date, due }, on, definition, campaign, at)
    }
  }
  return next
}

function disarm(timers: Timers, key: string): void {
  for (const other of Object.keys(timers)) {
    if (other === key || other.startsWith(`${key} `)) delete timers[other]
  }
}

function arm(
  timers: Timers,
  key: string,
  timer: Timer,
  on: string,
  definition: Definition,
  campaign: CampaignFacts,
  at: Instant,
): void {
  disarm(timers, key)
  timers[key] = timer
  const spec = definition.dates[timer.date]
  if (!spec) return
  for (const { offset, at: due } of reminders(spec, { on }, campaign)) {
    // A reminder whose time has passed when the state is entered reminds nobody of anything.
    if (due > at && due < timer.due) {
      timers[`${key} ${offset}`] = { date: timer.date, due, reminder: offset }
    }
  }
}

/** Puts a date's armed deadlines, and their reminders, on a new day. */
export function moveDate(
  timers: Timers,
  date: string,
  to: { due: Instant; on: string },
  definition: Definition,
  campaign: CampaignFacts,
  at: Instant,
): Timers {
  const next: Timers = { ...timers }
  for (const [key, timer] of Object.entries(timers)) {
    if (timer.date === date && timer.reminder === undefined) {
      arm(next, key, { date, due: to.due }, to.on, definition, campaign, at)
    }
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

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
