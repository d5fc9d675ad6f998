import type { Definition } from '../definition/compiled.ts'
import type { PinnedDefinition } from '../definition/pinned.ts'
import { z } from 'zod'
import { daysBetween, isOwnDate, type Instant } from '../calendar/index.ts'
import { dateFor, instantOn, type Due } from './dates.ts'
import type { Effect } from '../campaign/effect.ts'
import type { ActEvent } from '../campaign/event.ts'
import { plain } from '../data/hash.ts'
import {
  assignment,
  isOver,
  type Assignment,
  type CampaignFacts,
  type Instance,
  type InstanceState,
} from '../campaign/instance.ts'
import type { Json, JsonObject } from '../data/json.ts'
import { refuse, type Refused } from '../campaign/refusal.ts'
import { takeOver } from './migration/index.ts'
import { following, outOfOrder } from './dateOrder.ts'
import { getOwn } from '../data/getOwn.ts'
import { moveDate, shiftTimers } from './timers.ts'
import { badAssignment } from '../plan/assignment.ts'

type Applied = { ok: true; state: InstanceState; effects: Effect[] } | Refused
type Case = {
  definition: Definition
  campaign: CampaignFacts
  instance: Instance
  event: ActEvent
  /** What the instance ran on, where the event takes it over into another version. */
  from?: PinnedDefinition
}
export type Act = {
  title: { zh: string; en: string }
  payload: z.ZodType
  /** Whether it goes on to everything below the instance. */
  down: boolean
  /** Whether a person may ask for it; `campaign.close` is the engine's own. */
  asked: boolean
  /** Whether it exists on the root only. */
  rootOnly?: boolean
  /** In which of the two it makes sense; in both, where nothing is said. */
  when?: 'active' | 'suspended'
  apply: (given: Case) => Applied
}

const reason = z.string().trim().min(1).max(2000)
const day = z.iso.date()
// The table of assignments has them as UUIDs.
export const assignmentSchema = assignment.extend({ id: z.uuid() })

/** The administrative acts. Every campaign has them; they take the same way as any command. */
export const acts: { readonly [name: string]: Act } = {
  'campaign.extend': {
    title: { zh: '延期', en: 'Extend dates' },
    payload: z.strictObject({ dates: z.record(z.string(), day), reason }),
    down: true,
    asked: true,
    when: 'active',
    apply: extend,
  },
  'campaign.suspend': {
    title: { zh: '中止', en: 'Suspend' },
    payload: z.strictObject({ reason }),
    down: true,
    asked: true,
    rootOnly: true,
    when: 'active',
    apply: suspend,
  },
  'campaign.resume': {
    title: { zh: '恢复', en: 'Resume' },
    payload: z.strictObject({ reason: reason.optional() }),
    down: true,
    asked: true,
    rootOnly: true,
    when: 'suspended',
    apply: resume,
  },
  'campaign.cancel': {
    title: { zh: '取消', en: 'Cancel' },
    payload: z.strictObject({ reason }),
    down: true,
    asked: true,
    rootOnly: true,
    apply: (given) => end(given, 'cancelled'),
  },
  'campaign.migrate': {
    title: { zh: '转用新版本', en: 'Migrate' },
    payload: z.strictObject({ version: z.int().positive(), reason }),
    down: true,
    asked: true,
    rootOnly: true,
    when: 'active',
    apply: migrate,
  },
  'campaign.close': {
    title: { zh: '随活动结束', en: 'Closed with the campaign' },
    payload: z.strictObject({}),
    down: true,
    asked: false,
    apply: (given) => end(given, 'closed'),
  },
  'assignment.grant': {
    title: { zh: '任职', en: 'Grant a role' },
    payload: z.strictObject({ assignment: assignmentSchema }),
    down: false,
    asked: true,
    rootOnly: true,
    apply: grant,
  },
  'assignment.revoke': {
    title: { zh: '撤销任职', en: 'Revoke a role' },
    payload: z.strictObject({ assignment: z.uuid(), reason }),
    down: false,
    asked: true,
    rootOnly: true,
    apply: ({ instance, event }) => {
      const { assignment } = event.payload as { assignment: string }
      return done(instance.state, [{ type: 'revoke', assignment }])
    },
  },
}

function done(state: InstanceState, effects: Effect[] = []): Applied {
  return { ok: true, state, effects }
}

/**
 * New days for dates. A person's must be later than the old ones and than now, and contradict no other date.
 * What counts from an extended date goes with it, if it is still to come.
 * What comes from above has been checked there; here it holds even for a date that this instance does not
 * wait for yet, and leaves alone what had been given longer.
 */
function extend({ definition, campaign, instance, event }: Case): Applied {
  const { state } = instance
  const days = event.payload['dates'] as { [name: string]: string }
  // Its dates stand still; on resumption they move, and a day given meanwhile would move too.
  if (state.status === 'suspended') return refuse('campaign_suspended')
  if (Object.keys(days).length === 0) return refuse('bad_extension', { rule: 'dates' })
  let next = state
  const move = (date: string, { on, due }: Due): void => {
    next = {
      ...next,
      adjustments: [...next.adjustments, { type: 'extend', date, on, due }],
      timers: moveDate(next.timers, date, { due, on }, definition, campaign, event.at),
    }
  }
  for (const [date, on] of Object.entries(days)) {
    if (!Object.hasOwn(definition.dates, date)) return refuse('unknown_date', { rule: date })
    const due = instantOn(definition, campaign, date, on)
    const old = presentDue(definition, campaign, state, date)
    if (event.actor && (due <= event.at || (old !== undefined && (due <= old || old <= event.at)))) {
      return refuse('bad_extension', { rule: date, issues: { due, was: old ?? null } })
    }
    move(date, { on, due })
  }
  for (const [date, due] of Object.entries(following(definition, campaign, days))) {
    const old = presentDue(definition, campaign, state, date)
    if (old !== undefined && old > event.at && due.due > old) move(date, due)
  }
  const conflicts = event.actor ? outOfOrder(definition, campaign, next.adjustments) : []
  return conflicts.length > 0 ? refuse('bad_extension', { issues: conflicts }) : done(next)
}

/** The latest of the armed ones, else the campaign's. A date that counts from an entry has none before it. */
function presentDue(
  definition: Definition,
  campaign: CampaignFacts,
  { timers, adjustments }: InstanceState,
  date: string,
): Instant | undefined {
  const armed = Object.values(timers)
    .filter((timer) => timer.date === date && timer.reminder === undefined)
    .map(({ due }) => due)
    .toSorted()
    .at(-1)
  if (armed !== undefined || isOwnDate(date, definition.dates)) return armed
  return dateFor(campaign, adjustments, date)?.due
}

function suspend({ instance, event }: Case): Applied {
  if (instance.state.status !== 'active') return refuse('campaign_suspended')
  return done({ ...instance.state, status: 'suspended', suspendedAt: event.at })
}

/** What was still to come when the suspension began moves by the days that it lasted; see `shifted`. */
function resume({ definition, campaign, instance, event }: Case): Applied {
  const { suspendedAt, ...state } = instance.state
  if (state.status !== 'suspended' || suspendedAt === undefined) return refuse('not_suspended')
  const shift = {
    type: 'shift' as const,
    from: suspendedAt,
    until: event.at,
    days: daysBetween(suspendedAt, event.at, campaign.timezone),
  }
  return done({
    ...state,
    status: 'active',
    timers: shiftTimers(state.timers, shift, definition, campaign),
    adjustments: [...state.adjustments, shift],
  })
}

/** The definition and the facts are the new version's already; `from` is what the instance ran on so far. */
function migrate({ definition, campaign, instance, event, from }: Case): Applied {
  if (instance.state.status === 'suspended') return refuse('campaign_suspended')
  if (!from || event.payload['version'] !== definition.version) {
    return refuse('cannot_migrate', { rule: definition.name })
  }
  const taken = takeOver(from, { definition, campaign }, instance, event.at)
  if (!taken.ok) return taken
  // Days that were given by extension stay, so the new version's may contradict them.
  const conflicts = event.actor ? outOfOrder(definition, campaign, taken.state.adjustments) : []
  return conflicts.length > 0 ? refuse('dates_contradict', { issues: conflicts }) : done(taken.state)
}

function end({ instance }: Case, status: 'cancelled' | 'closed'): Applied {
  if (isOver(instance.state.status)) return refuse('campaign_over')
  const { suspendedAt: _, ...state } = instance.state
  return done({ ...state, status, timers: {} })
}

function grant({ definition, campaign, instance, event }: Case): Applied {
  const assignment = event.payload['assignment'] as unknown as Assignment
  const bad = badAssignment(definition, campaign, assignment)
  return bad ? { ok: false, refusal: bad } : done(instance.state, [{ type: 'grant', assignment }])
}

/** Payload as recorded, or the refusal. */
export function readAct(name: string, payload: unknown): { ok: true; payload: JsonObject } | Refused {
  const act = getOwn(acts, name)
  if (!act) return refuse('unknown_command', { rule: name })
  const parsed = act.payload.safeParse(payload)
  return parsed.success
    ? { ok: true, payload: plain(parsed.data as JsonObject) }
    : refuse('invalid_payload', { rule: name, issues: issuesOf(parsed.error) })
}

/** What a person must mend: where in the payload, and what is wrong there. */
export function issuesOf(error: z.ZodError): Json {
  return error.issues.map((issue) => ({ path: `/${issue.path.join('/')}`, message: issue.message }))
}
