// Plays a definition with the pure engine alone: instances in a map, effects carried out at once, a clock
// that goes where it is told and fires what is due on the way. The server does the same with rows.
import {
  authorize,
  childrenOf,
  derivedId,
  dueTimers,
  needed,
  planCampaign,
  replay,
  standing,
  stateText,
  step,
  type Assignment,
  type CampaignUnit,
  type Definition,
  type Effect,
  type Event,
  type Instance,
  type Json,
  type Kept,
  type RefusalCode,
} from '@duban/engine'

export type Notice = { to: string[]; unit: string | null; zh: string }
export type PlayedPlan = {
  startsOn: string
  organiser: { unit: string; path: string[] }
  units: CampaignUnit[]
  assignments: Assignment[]
}
type Given = { at: string; cause?: { instance: string; version: number; hash: string } }
type Delivery = { to: string; event: (given: Given) => Event }

/** Shanghai wall clock, `'2026-04-18 09:00'`, as an instant. */
export function instant(local: string): string {
  return new Date(`${local.replace(' ', 'T')}:00+08:00`).toISOString()
}

export function startPlay(definition: Definition, { startsOn, ...plan }: PlayedPlan) {
  const planned = planCampaign(definition, {
    ...plan,
    startsOn,
    id: derivedId(definition.name, startsOn),
    title: definition.title.zh,
    timezone: 'Asia/Shanghai',
    calendar: 'CN-2026',
  })
  if (!planned.ok) throw new Error(JSON.stringify(planned.refusal))
  const { facts, warnings } = planned
  const homes = new Map(plan.assignments.map(({ person, home }) => [person, home]))
  const instances = new Map<string, Instance>()
  const histories = new Map<string, Kept[]>()
  const notices: Notice[] = []
  const refused: { instance: string; event: string; code: RefusalCode }[] = []
  const reached = new Map<string, Set<string>>()
  const waiting: Delivery[] = []
  let now = instant(`${startsOn} 08:00`)

  const get = (id: string): Instance => {
    const found = instances.get(id)
    if (!found) throw new Error(`no instance ${id}`)
    return found
  }
  const stateOf = (id: string) => {
    const { kind, state } = get(id)
    const compiled = definition.kinds[kind]
    if (!compiled) throw new Error(`no kind ${kind}`)
    return standing(compiled, state)
  }
  const below = (id: string, kind?: string): Instance[] =>
    [...instances.values()].filter(
      (one) => one.parent === id && (kind === undefined || one.kind === kind),
    )

  const take = (before: Instance | null, event: Event): RefusalCode | 'ok' => {
    const stepped = step(definition, facts, before, event)
    if (!stepped.ok) return stepped.refusal.code
    const { instance, effects, record, hash, transition } = stepped
    instances.set(instance.id, instance)
    const kept = { version: transition.version, record, hash }
    histories.set(instance.id, [...(histories.get(instance.id) ?? []), kept])
    effects.forEach((effect, index) => carryOut(effect, index, instance))
    count(instance.id)
    if (instance.parent !== null) count(instance.parent)
    return 'ok'
  }

  const carryOut = (effect: Effect, index: number, from: Instance): void => {
    const cause = { instance: from.id, version: from.version, hash: from.head }
    const send = (to: string, message: string, payload: Json): void => {
      waiting.push({ to, event: ({ at }) => ({ type: 'message', at, message, payload, cause }) })
    }
    switch (effect.type) {
      case 'open': {
        const path = facts.units.find(({ id }) => id === from.unit)?.path ?? []
        const opener = { id: from.id, unit: from.unit, path, number: `${from.version}.${index}` }
        for (const { id, key, unit, input } of childrenOf(effect, facts, opener)) {
          const { kind } = effect
          const { adjustments, doers } = from.state
          const instance = { campaign: facts.id, id, kind, key, unit }
          take(null, { type: 'open', at: from.at, instance, cause, input, adjustments, doers })
        }
        return
      }
      case 'tellParent':
        if (from.parent !== null) send(from.parent, effect.message, effect.payload)
        return
      case 'tellChildren':
        for (const { id } of below(from.id, effect.kind)) send(id, effect.message, effect.payload)
        return
      case 'actOnChildren':
        for (const { id } of below(from.id)) {
          const { act, payload } = effect
          waiting.push({ to: id, event: ({ at }) => ({ type: 'act', at, act, payload, cause }) })
        }
        return
      case 'notify':
        notices.push({ to: effect.to, unit: effect.unit, zh: effect.text.zh })
        return
      case 'grant':
      case 'revoke':
        throw new Error(`${effect.type} is not played here`)
    }
  }

  /** Tells a parent each tally that it waits for and that has been reached, once. */
  const count = (id: string): void => {
    const { watches } = stateOf(id)
    const known = reached.get(id) ?? new Set()
    const still = new Set(watches.flatMap(({ event }) => (known.has(event) ? [event] : [])))
    reached.set(id, still)
    for (const watch of watches) {
      const children = below(id, watch.kind)
      const total = children.length
      const n = children.filter((child) => stateOf(child.id).tags.includes(watch.tag)).length
      if (n < needed(watch, total) || still.has(watch.event)) continue
      still.add(watch.event)
      const { version, head: hash } = get(id)
      const cause = { instance: id, version, hash }
      waiting.push({
        to: id,
        event: ({ at }) => ({
          type: 'message',
          at,
          message: watch.event,
          payload: { total },
          cause,
        }),
      })
    }
  }

  const settleDown = (): void => {
    for (;;) {
      const delivery = waiting.shift()
      if (delivery) {
        const to = get(delivery.to)
        const event = delivery.event({ at: to.at > now ? to.at : now })
        const code = take(to, event)
        const name = event.type === 'message' ? event.message : event.type
        if (code !== 'ok') refused.push({ instance: to.id, event: name, code })
        continue
      }
      const [due] = dueBy(now)
      if (!due) return
      fire(due)
    }
  }
  const dueBy = (by: string) =>
    [...instances.values()]
      .filter(({ state }) => state.status === 'active')
      .flatMap((one) =>
        dueTimers(one.state.timers, by)
          .slice(0, 1)
          .map((timer) => ({ one, timer })),
      )
      .toSorted((a, b) =>
        a.timer.timer.due < b.timer.timer.due ? -1 : a.timer.timer.due > b.timer.timer.due ? 1 : 0,
      )
  const fire = ({ one, timer: { key, timer } }: ReturnType<typeof dueBy>[number]): void => {
    const at = one.at > timer.due ? one.at : timer.due
    const code = take(one, { type: 'deadline', at, timer: key, due: timer.due })
    if (code !== 'ok') throw new Error(`${key}: ${code}`)
  }

  const play = {
    warnings,
    facts,
    notices,
    refused,
    root: (): Instance => get(facts.id),
    unit: (unit: string): Instance => get(derivedId(facts.id, 'unit', unit)),
    /** Findings of a unit, in the order in which they were opened. */
    findings: (unit: string): Instance[] => below(derivedId(facts.id, 'unit', unit), 'finding'),
    context: (instance: Instance): unknown => get(instance.id).state.snapshot['context'],
    /** The Chinese title of the state in which an instance stands. */
    state: (instance: Instance): string =>
      stateText(
        definition.kinds[instance.kind],
        get(instance.id).state.snapshot['value'] ?? null,
        'zh',
      ),
    /** Goes on to a moment; everything due until then fires at its own instant, in order. */
    goTo(local: string): void {
      const until = instant(local)
      for (let [next] = dueBy(until); next; [next] = dueBy(until)) {
        if (next.timer.timer.due > now) now = next.timer.timer.due
        fire(next)
        settleDown()
      }
      now = until
    },
    /** A person's command on an instance: `ok`, or the code of the refusal. */
    say(person: string, command: string, on: Instance, payload: Json): RefusalCode | 'ok' {
      const instance = get(on.id)
      const home = homes.get(person) ?? []
      const assignments = plan.assignments.filter((one) => one.person === person)
      const at = now
      const allowed = authorize(
        { definition, campaign: facts, assignments, instance },
        { command, at, asker: { person, home, builtIn: [] } },
      )
      if (!allowed.ok) return allowed.refusal.code
      const actor = { person, home, authority: allowed.authority }
      const code = take(instance, { type: 'command', at, command, payload, actor })
      settleDown()
      return code
    },
    /** Whether every history, replayed, gives the instance that stands there. */
    proves: (): boolean =>
      [...histories].every(([id, kept]) => {
        const replayed = replay(definition, facts, kept)
        return replayed.mismatch === null && replayed.instance?.head === get(id).head
      }),
  }

  take(null, {
    type: 'open',
    at: now,
    instance: { campaign: facts.id, id: facts.id, kind: 'campaign', key: '', unit: null },
    cause: null,
    input: null,
    adjustments: [],
    doers: {},
    campaign: facts,
    assignments: plan.assignments,
  })
  settleDown()
  return play
}
export type Play = ReturnType<typeof startPlay>
