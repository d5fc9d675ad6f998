import {
  authorize,
  isAct,
  step,
  type Actor,
  type Instance,
  type Instant,
  type Json,
  type JsonObject,
  type Stepped,
} from '@duban/engine'
import { place, type Ground, type Loaded } from './load.ts'
import { refusedStart } from './refusals.ts'
import { revoked, type CommandRequest, type CreateRequest, type Outcome, type ServerRefusal } from './request.ts'
import { advance, isBehind, later, refuseLater, stepOn, takeWaiting } from './waiting.ts'
import type { Work } from './work.ts'

/** A person's command: whatever is due first, then permission, then the step. */
export function takeCommand(request: CommandRequest, ground: Ground, now: Instant, work: Work): Outcome {
  const loaded = ground.instances.get(place(request.campaign, request.instance))
  const { asker, idempotency } = request
  const answered = idempotency && ground.answers.get(place(asker.person, idempotency.key))
  if (answered) {
    return answered.request === idempotency.request
      ? (JSON.parse(answered.answer) as Outcome)
      : refused({ code: 'idempotency_key_reused' })
  }
  if (!loaded) return refused({ code: 'not_found' })
  if (ground.unsettled.has(place(request.campaign, request.instance))) return { ok: 'unsettled' }
  const at = later(now, loaded.instance.at)
  takeWaiting(loaded, at, work)
  // More messages than one wake takes: the rest comes before the command, too.
  if (isBehind(loaded, at)) return { ok: 'unsettled' }
  const outcome = decide(request, loaded, ground, at, work)
  if (!outcome.ok) refuseLater(loaded, at, asker.person, request.command, outcome.refusal, work)
  if (idempotency) {
    work.answers.push({ person: asker.person, idempotency, answer: JSON.stringify(outcome) })
  }
  return outcome
}

function decide(request: CommandRequest, loaded: Loaded, ground: Ground, at: Instant, work: Work): Outcome {
  const { definition, facts, instance } = loaded
  const { asker, command } = request
  if (request.ifMatch !== undefined && request.ifMatch !== instance.version) {
    return refused({ code: 'stale', issues: { version: instance.version } })
  }
  const assignments = ground.assignments.get(place(request.campaign, asker.person)) ?? []
  const allowed = authorize({ definition, campaign: facts, assignments, instance }, { command, at, asker })
  if (!allowed.ok) return allowed
  if (command === 'assignment.revoke' && !ground.revocable.has(revoked(request))) {
    return refused({ code: 'unknown_assignment', rule: revoked(request) })
  }
  const actor: Actor = { person: asker.person, home: asker.home, authority: allowed.authority }
  const payload = (request.payload ?? null) as Json
  const migration = ground.migrations.get(request.campaign)
  if (command === 'campaign.migrate' && migration && !migration.ok) return migration
  const stepped = stepOn(
    loaded,
    isAct(command)
      ? { type: 'act', at, act: command, payload: payload as JsonObject, actor }
      : { type: 'command', at, command, payload, actor },
  )
  if (!stepped.ok) return stepped
  advance(loaded, stepped, work)
  // What the command itself made due (a state whose date has passed) does not wait for the next visitor.
  takeWaiting(loaded, at, work)
  return {
    ok: true,
    instance: loaded.instance,
    transition: stepped.transition,
    hash: stepped.hash,
  }
}

/** The first transition of a campaign's root. */
export function takeCreate(
  request: CreateRequest,
  ground: Ground,
  now: Instant,
  definition: Loaded['definition'],
  work: Work,
): Outcome {
  const { facts, asker, idempotency } = request
  const answered = idempotency && ground.answers.get(place(asker.person, idempotency.key))
  if (answered) {
    return answered.request === idempotency.request
      ? (JSON.parse(answered.answer) as Outcome)
      : refused({ code: 'idempotency_key_reused' })
  }
  const stepped = step(definition, facts, null, {
    type: 'open',
    at: now,
    instance: { campaign: facts.id, id: facts.id, kind: 'campaign', key: '', unit: null },
    cause: null,
    input: null,
    adjustments: [],
    performedBy: {},
    campaign: facts,
    assignments: request.assignments,
    actor: { person: asker.person, home: asker.home, authority: { role: request.role } },
  })
  if (!stepped.ok) {
    work.refusals.push(refusedStart(now, asker.person, stepped.refusal))
    return stepped
  }
  const loaded = newborn(definition, facts, stepped.instance, 0, [], 0n)
  work.steps.push({ ...stepOf(stepped), loaded, definition })
  takeWaiting(loaded, now, work)
  const outcome: Outcome = {
    ok: true,
    instance: loaded.instance,
    transition: stepped.transition,
    hash: stepped.hash,
  }
  if (idempotency) {
    work.answers.push({ person: asker.person, idempotency, answer: JSON.stringify(outcome) })
  }
  return outcome
}

export function newborn(
  definition: Loaded['definition'],
  facts: Loaded['facts'],
  instance: Instance,
  depth: number,
  unitPath: string[],
  heard: bigint,
): Loaded {
  return {
    definition,
    facts,
    instance,
    depth,
    unitPath,
    heard,
    failed: [],
    broadcasts: [],
    messages: [],
    unread: undefined,
    versions: new Map(),
  }
}

export function stepOf({ instance, effects, transition, record, hash }: Stepped & { ok: true }): {
  before: null
  after: Instance
  recorded: { transition: typeof transition; record: string; hash: string }
  effects: typeof effects
} {
  return { before: null, after: instance, recorded: { transition, record, hash }, effects }
}

function refused(refusal: ServerRefusal): Outcome {
  return { ok: false, refusal }
}
