import type { Instant } from '../calendar/index.ts'
import type { Actor } from '../campaign/event.ts'
import type { Assignment, CampaignFacts } from '../campaign/instance.ts'
import { refuse, type Refused } from '../campaign/refusal.ts'
import type { Json, JsonObject } from '../data/json.ts'
import type { Definition } from '../definition/compiled.ts'
import { isAct } from '../definition/roles.ts'
import { authorize, authorizeAct, type Asker } from '../permission/act.ts'
import { readAct } from '../run/acts.ts'
import { step, type Stepped } from '../run/step/index.ts'
import { apply, drain, hasUnread, keepRefusal, stepOn } from './drain.ts'
import { newlyOpened, type LoadedInstance } from './loaded.ts'
import { later, touch, type UnitOfWork } from './unitOfWork.ts'

/** What a person asks of an instance: a command of the definition, or an administrative act. */
export type Ask = {
  command: string
  payload: unknown
  asker: Asker
  /** Refused as `stale` when the instance has another version by now. */
  ifMatch?: number
}

/** What is read beside the instance, under the same locks. */
export type Grounds = {
  /** The asker's assignments in the campaign that are not revoked. */
  assignments: Assignment[]
  /** Whether an assignment is there to be revoked. */
  isGranted: (assignment: string) => boolean
  /** For `campaign.migrate`: what `proveMigration` says, if it came to that. */
  unmigratable?: Refused | undefined
}

export type Decided = (Stepped & { ok: true }) | Refused | { ok: 'unsettled' }

/**
 * A person's command: whatever is due first, then permission, then the step, then what the step itself made due.
 * `unsettled`: more messages wait than one wake takes, and they come first; ask again.
 */
export function decide(loaded: LoadedInstance, ask: Ask, grounds: Grounds, now: Instant, work: UnitOfWork): Decided {
  const at = later(now, loaded.instance.at)
  drain(loaded, at, work)
  if (hasUnread(loaded, at)) return { ok: 'unsettled' }
  const stepped = permitted(loaded, ask, grounds, at)
  if (!stepped.ok) {
    keepRefusal(loaded, at, ask.asker.person, ask.command, stepped.refusal, work)
    return stepped
  }
  apply(loaded, stepped, work)
  // What the command itself made due (a state whose date has passed) does not wait for the next visitor.
  drain(loaded, at, work)
  return stepped
}

/** Whether a migration is to be proved: asked of an active root by who may, with a payload that makes sense. */
export function asksToMigrate({ definition, facts, instance }: LoadedInstance, ask: Ask, now: Instant): boolean {
  const { command, asker, ifMatch, payload } = ask
  if (command !== 'campaign.migrate' || !readAct(command, payload).ok) return false
  if (instance.parent !== null || instance.state.status !== 'active') return false
  if (ifMatch !== undefined && ifMatch !== instance.version) return false
  const input = { definition, campaign: facts, assignments: [], instance }
  return authorize(input, { command, at: later(now, instance.at), asker }).ok
}

function permitted(loaded: LoadedInstance, ask: Ask, grounds: Grounds, at: Instant): Stepped {
  const { definition, facts, instance } = loaded
  const { asker, command, ifMatch } = ask
  if (ifMatch !== undefined && ifMatch !== instance.version) {
    return refuse('stale', { issues: { version: instance.version } })
  }
  const { assignments, isGranted, unmigratable } = grounds
  const allowed = authorize({ definition, campaign: facts, assignments, instance }, { command, at, asker })
  if (!allowed.ok) return allowed
  const payload = (ask.payload ?? null) as Json
  if (command === 'assignment.revoke') {
    const id = revokedBy(payload)
    if (!isGranted(id)) return refuse('unknown_assignment', { rule: id })
  }
  if (command === 'campaign.migrate' && unmigratable) return unmigratable
  const actor: Actor = { person: asker.person, home: asker.home, authority: allowed.authority }
  return stepOn(
    loaded,
    isAct(command)
      ? { type: 'act', at, act: command, payload: payload as JsonObject, actor }
      : { type: 'command', at, command, payload, actor },
  )
}

/** The id that an `assignment.revoke` names, or '' when it names none. */
export function revokedBy(payload: unknown): string {
  const { assignment } = (payload ?? {}) as { assignment?: unknown }
  return typeof assignment === 'string' ? assignment : ''
}

/** A person who may starts a campaign: the first transition of its root, whose id is the campaign's. */
export function start(
  definition: Definition,
  facts: CampaignFacts,
  { assignments, asker }: { assignments: Assignment[]; asker: Asker },
  at: Instant,
  work: UnitOfWork,
): (Stepped & { ok: true; loaded: LoadedInstance }) | Refused {
  const allowed = authorizeAct(facts, asker)
  if (!allowed.ok) return allowed
  const stepped = step(definition, facts, null, {
    type: 'open',
    at,
    instance: { campaign: facts.id, id: facts.id, kind: 'campaign', key: '', unit: null },
    cause: null,
    input: null,
    adjustments: [],
    performedBy: {},
    campaign: facts,
    assignments,
    actor: { person: asker.person, home: asker.home, authority: allowed.authority },
  })
  if (!stepped.ok) return stepped
  const loaded = join(newlyOpened({ definition, campaign: facts }, stepped.instance, root), stepped, work)
  drain(loaded, at, work)
  return { ...stepped, loaded }
}

const root = { depth: 0, unitPath: [], cursor: 0 }

/** A newly opened instance joins the others with its first step. */
export function join(loaded: LoadedInstance, stepped: Stepped & { ok: true }, work: UnitOfWork): LoadedInstance {
  const { instance, effects, transition, record, hash } = stepped
  touch(work, loaded, null)
  const { definition } = loaded
  const recorded = { transition, record, hash }
  work.steps.push({ loaded, before: null, after: instance, recorded, effects, definition })
  return loaded
}
