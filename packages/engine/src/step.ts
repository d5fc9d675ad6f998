import type { Data } from './actions.ts'
import { acts, issuesOf, readAct } from './acts.ts'
import type { Definition } from './define.ts'
import type { Effect } from './effect.ts'
import type { ActEvent, CommandEvent, DeadlineEvent, Event, MessageEvent, OpenEvent } from './event.ts'
import { isOver, type CampaignFacts, type Instance, type InstanceState } from './instance.ts'
import { notJson, type Json, type JsonObject } from './json.ts'
import { advance, startMachine, type Asked, type MachineEvent, type Moved } from './machine.ts'
import { noticeText } from './notice.ts'
import { refuse, type Refused } from './refusal.ts'
import { rearm } from './timers.ts'
import { record, type Recorded } from './transition.ts'

export type Stepped =
  | ({ ok: true; instance: Instance; effects: Effect[] } & Recorded)
  | Refused

/**
 * The pure core: what an event makes of an instance. Reads no clock, no randomness, no I/O; time, actor
 * and drawn seeds are in the event, so the same arguments give the same bytes for ever (law 2).
 *
 * `instance` is null for the event that opens it. Permission has been decided before (`authorize`).
 * A refusal leaves the instance as it was.
 */
export function step(
  definition: Definition,
  campaign: CampaignFacts,
  instance: Instance | null,
  event: Event,
): Stepped {
  if (event.type === 'open') return opened(definition, campaign, event)
  if (!instance) throw new Error(`step: ${event.type} on an instance that was never opened`)
  if (instance.state.status === 'suspended' && event.type !== 'act') return refuse('campaign_suspended')
  if (isOver(instance.state.status)) return refuse('campaign_over')
  switch (event.type) {
    case 'command':
      return commanded(definition, campaign, instance, event)
    case 'deadline':
      return timed(definition, campaign, instance, event)
    case 'message':
      return told(definition, campaign, instance, event)
    case 'act':
      return administered(definition, campaign, instance, event)
  }
}

function opened(definition: Definition, campaign: CampaignFacts, event: OpenEvent): Stepped {
  const { kind, unit } = event.instance
  const compiled = definition.kinds[kind]
  if (!compiled) throw new Error(`step: ${definition.name} has no kind ${kind}`)
  const blank: InstanceState = {
    status: 'active',
    snapshot: {},
    timers: {},
    adjustments: event.adjustments,
    doers: event.doers,
  }
  const shell: Instance = {
    ...event.instance,
    parent: event.cause?.instance ?? null,
    version: 0,
    at: event.at,
    head: '',
    state: blank,
  }
  return run(() => {
    const moved = startMachine(compiled.machine, event.input)
    const state = settle(definition, campaign, blank, moved, event)
    const effects = effectsOf(definition, campaign, { ...shell, state }, moved.asked, {
      payload: event.input,
      context: contextOf(moved),
      unit,
    })
    return finish(campaign, null, shell, state, event, effects)
  })
}

function commanded(
  definition: Definition,
  campaign: CampaignFacts,
  instance: Instance,
  event: CommandEvent,
): Stepped {
  const spec = definition.commands[event.command]
  if (!spec) return refuse('unknown_command', { rule: event.command })
  const parsed = spec.payload.safeParse(event.payload)
  if (!parsed.success) {
    return refuse('invalid_payload', { rule: event.command, issues: issuesOf(parsed.error) })
  }
  const payload = (parsed.data ?? null) as Json
  const bad = notJson(payload)
  if (bad !== undefined) {
    return refuse('invalid_payload', {
      rule: event.command,
      issues: [{ path: bad, message: 'contains a character that cannot be kept' }],
    })
  }
  const recorded: CommandEvent = { ...event, payload }
  const { person, authority } = event.actor
  return moveBy(definition, campaign, instance, recorded, {
    type: event.command,
    payload,
    by: person,
    at: event.at,
  }, (state) => ({
    ...state,
    doers: watchedDoers(definition).has(event.command)
      ? { ...state.doers, [event.command]: adding(state.doers[event.command], person, authority.onBehalfOf) }
      : state.doers,
  }))
}

function adding(known: string[] = [], ...persons: (string | undefined)[]): string[] {
  return [...new Set([...known, ...persons.filter((one) => one !== undefined)])].toSorted()
}

/** The commands that some other is `notBy`: only their doers are remembered. */
function watchedDoers(definition: Definition): Set<string> {
  return new Set(Object.values(definition.commands).flatMap(({ notBy }) => [...(notBy ?? [])]))
}

function timed(
  definition: Definition,
  campaign: CampaignFacts,
  instance: Instance,
  event: DeadlineEvent,
): Stepped {
  const timer = instance.state.timers[event.timer]
  if (!timer) return refuse('wrong_state', { rule: event.timer })
  const { [event.timer]: _, ...timers } = instance.state.timers
  const fired = { ...instance, state: { ...instance.state, timers } }
  if (timer.reminder !== undefined) {
    const effects = remind(definition, campaign, instance, event.timer.split(' ')[0] ?? '')
    return finish(campaign, instance, instance, fired.state, event, effects)
  }
  const moved = moveBy(definition, campaign, fired, event, { type: event.timer, at: event.at })
  // The day came and a guard said that it changes nothing: that too is history, and the timer is spent.
  return !moved.ok && moved.refusal.code === 'guard_refused'
    ? finish(campaign, instance, instance, fired.state, event, [])
    : moved
}

/** Who is reminded: whoever may do something in the state that waits. */
function remind(
  definition: Definition,
  campaign: CampaignFacts,
  instance: Instance,
  key: string,
): Effect[] {
  const timer = instance.state.timers[key]
  const state = key.split('.').slice(3).join('.')
  const compiled = definition.kinds[instance.kind]
  const inside = (id: string): boolean =>
    state === instance.kind || id === '' || `${instance.kind}.${id}` === state ||
    state.startsWith(`${instance.kind}.${id}.`)
  const commands = (compiled?.states ?? [])
    .filter(({ id }) => inside(id))
    .flatMap(({ arrows }) => arrows.flatMap(({ on }) => ('event' in on ? [on.event] : [])))
  const to = [...new Set(commands.flatMap((name) => [...(definition.commands[name]?.by ?? [])]))]
  const title = timer && definition.dates[timer.date]?.title
  if (!title || to.length === 0) return []
  const text = { zh: `提醒:{unit}「${title.zh}」将于{due}到期`, en: `Reminder for {unit}: «${title.en}» is due {due}` }
  return [
    { type: 'notify', to, unit: instance.unit, text: noticeText(text, campaign, instance, timer.due) },
  ]
}

function told(
  definition: Definition,
  campaign: CampaignFacts,
  instance: Instance,
  event: MessageEvent,
): Stepped {
  return moveBy(definition, campaign, instance, event, {
    type: event.message,
    payload: event.payload,
    at: event.at,
  })
}

function administered(
  definition: Definition,
  campaign: CampaignFacts,
  instance: Instance,
  event: ActEvent,
): Stepped {
  const act = acts[event.act]
  if (!act || (event.actor && (!act.asked || (act.rootOnly && instance.parent !== null)))) {
    return refuse('unknown_command', { rule: event.act })
  }
  const read = readAct(event.act, event.payload)
  if (!read.ok) return read
  const applied = act.apply({ definition, campaign, instance, event: { ...event, payload: read.payload } })
  if (!applied.ok) return applied
  const opens = definition.kinds[instance.kind]?.opens ?? []
  const down: Effect[] =
    act.down && opens.length > 0
      ? [{ type: 'actOnChildren', act: event.act, payload: read.payload }]
      : []
  return finish(campaign, instance, instance, applied.state, { ...event, payload: read.payload }, [
    ...applied.effects,
    ...down,
  ])
}

/** One event through the machine. */
function moveBy(
  definition: Definition,
  campaign: CampaignFacts,
  instance: Instance,
  event: CommandEvent | DeadlineEvent | MessageEvent,
  told: MachineEvent,
  also: (state: InstanceState) => InstanceState = (state) => state,
): Stepped {
  const compiled = definition.kinds[instance.kind]
  if (!compiled) throw new Error(`step: ${definition.name} has no kind ${instance.kind}`)
  return run(() => {
    const moved = advance(compiled.machine, instance.state.snapshot, told)
    if ('refused' in moved) return refuse(moved.refused, { rule: told.type })
    const state = also(settle(definition, campaign, instance.state, moved, event))
    const effects = effectsOf(definition, campaign, { ...instance, state }, moved.asked, {
      payload: (told.payload ?? null) as Json,
      context: contextOf(moved),
      unit: instance.unit,
    })
    return finish(campaign, instance, instance, state, event, effects)
  })
}

// An author's guard or update that throws refuses the event; it cannot take the server down.
function run(stepping: () => Stepped): Stepped {
  try {
    return stepping()
  } catch (error) {
    const message = (error as Error).message
    return refuse('machine_failed', { detail: { zh: message, en: message } })
  }
}

function contextOf(moved: Moved): Json {
  return moved.snapshot['context'] ?? null
}

function settle(
  definition: Definition,
  campaign: CampaignFacts,
  state: InstanceState,
  moved: Moved,
  event: Event,
): InstanceState {
  const bad = notJson(moved.snapshot['context'])
  if (bad !== undefined) throw new TypeError(`the context is no longer plain JSON at ${bad}`)
  const over = moved.snapshot['status'] === 'done'
  return {
    ...state,
    status: over ? 'done' : state.status,
    snapshot: moved.snapshot,
    timers: over
      ? {}
      : rearm(state.timers, moved.asked, definition, campaign, state.adjustments, event.at),
  }
}

type Source = { payload: Json; context: Json; unit: string | null }

function effectsOf(
  definition: Definition,
  campaign: CampaignFacts,
  instance: Instance,
  asked: Asked[],
  source: Source,
): Effect[] {
  const effects = asked.flatMap(({ type, params }): Effect[] => {
    switch (type) {
      case 'duban.open': {
        const { kind, each } = params as { kind: string; each: string }
        if (each === 'units') return [{ type: 'open', kind, items: 'units' }]
        const items = at(source, each)
        if (!Array.isArray(items)) throw new TypeError(`open ${kind}: ${each} is no list`)
        return items.length > 0 ? [{ type: 'open', kind, items }] : []
      }
      case 'duban.tell': {
        const { to, message, data } = params as { to: 'parent' | { children: string }; message: string; data?: Data }
        const payload = dataOf(source, data)
        return to === 'parent'
          ? [{ type: 'tellParent', message, payload }]
          : [{ type: 'tellChildren', kind: to.children, message, payload }]
      }
      case 'duban.notify': {
        const { to, text } = params as { to: string[]; text: { zh: string; en: string } }
        return [{ type: 'notify', to, unit: source.unit, text: noticeText(text, campaign, instance) }]
      }
      default:
        return []
    }
  })
  // A finished root takes everything below it along; nothing goes on being overdue for ever.
  const closes =
    instance.state.status === 'done' && (definition.kinds[instance.kind]?.opens.length ?? 0) > 0
  return closes
    ? [...effects, { type: 'actOnChildren', act: 'campaign.close', payload: {} }]
    : effects
}

function dataOf(source: Source, data: Data | undefined): Json {
  if (data === undefined) return null
  if (typeof data === 'string') return at(source, data)
  return Object.fromEntries(Object.entries(data).map(([name, path]) => [name, at(source, path)]))
}

function at(source: Source, path: string): Json {
  return path.split('.').reduce<Json>((value, key) => {
    const inside = typeof value === 'object' && value !== null ? (value as JsonObject)[key] : null
    return inside ?? null
  }, source as unknown as Json)
}

function finish(
  campaign: CampaignFacts,
  before: Instance | null,
  shell: Instance,
  state: InstanceState,
  event: Event,
  effects: Effect[],
): Stepped {
  const recorded = record(campaign, before, { ...shell, state }, event, effects)
  const instance: Instance = {
    ...shell,
    version: recorded.transition.version,
    at: event.at,
    head: recorded.hash,
    state,
  }
  return { ok: true, instance, effects, ...recorded }
}
