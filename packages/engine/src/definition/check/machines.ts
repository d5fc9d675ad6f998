import { isForUnits } from '../actions.ts'
import type { LooseSpec } from '../compiled.ts'
import type { Mistake } from './mistake.ts'
import { madeFor } from '../author.ts'
import type { Kind } from '../spec.ts'
import type { CampaignFacts } from '../../campaign/instance.ts'
import { notJson, type Json } from '../../data/json.ts'
import { buildMachine, startMachine } from '../machine.ts'
import { getOwn } from '../../data/getOwn.ts'
import { opensOf, statesOf, type Arrow, type StateNode } from '../states.ts'
import { readTally } from '../tally.ts'
import { checkActions } from './actions.ts'
import { checkReach } from './reach.ts'
import { checkStructure } from './structure.ts'

type All = Map<string, StateNode[]>

/** Each machine by itself, then the machines together: what they open, tell and count. */
export function checkMachines(spec: LooseSpec): Mistake[] {
  if (!Object.hasOwn(spec.kinds, 'campaign')) {
    return [{ path: 'machines', reason: 'there must be a machine «campaign», the root' }]
  }
  const all: All = new Map(Object.entries(spec.kinds).map(([name, kind]) => [name, statesOf(name, kind.spec)]))
  return Object.entries(spec.kinds).flatMap(([name, kind]) => {
    const states = all.get(name) ?? []
    const structure = states.flatMap((state) => checkStructure(state, states))
    const mistakes = [
      ...structure,
      ...checkContext(name, kind),
      ...states.flatMap((state) => state.arrows.flatMap((arrow) => checkArrow(arrow, kind, spec, all))),
      ...checkActions(name, states, kind, spec, all),
      // Without a first state nothing is reached, and one mistake would read as many.
      ...(structure.length > 0 ? [] : checkReach(name, states)),
    ]
    // xstate's own objections (a target that is no state) come last, and only once.
    return mistakes.length > 0 ? mistakes : checkBuild(name, kind, spec, all)
  })
}

function checkContext(name: string, { spec: { context } }: Kind): Mistake[] {
  const path = `machines.${name}.context`
  if (context === undefined || typeof context === 'function') return []
  if (typeof context !== 'object' || Array.isArray(context)) {
    return [{ path, reason: 'must be an object, or a function of the input' }]
  }
  const bad = notJson(context)
  return bad === undefined ? [] : [{ path, reason: `must be plain JSON; it is not at ${bad}` }]
}

function checkArrow({ on, spec: arrow, path }: Arrow, kind: Kind, spec: LooseSpec, all: All) {
  const { guard, actions } = arrow
  const updates = [actions ?? []].flat().filter((action) => typeof action === 'string')
  return [
    ...('event' in on ? checkEvent(on.event, path, spec, all) : []),
    ...('after' in on && !Object.hasOwn(spec.dates, on.after)
      ? [{ path, reason: `there is no date «${on.after}»; only named dates can be waited for` }]
      : []),
    ...(guard !== undefined && !Object.hasOwn(kind.guards, guard)
      ? [{ path: `${path}.guard`, reason: `there is no guard «${guard}»` }]
      : []),
    ...(guard === undefined ? [] : checkMadeFor(getOwn(kind.guards, guard), guard, on, path)),
    ...updates.flatMap((update) => checkMadeFor(getOwn(kind.updates, update), update, on, path)),
  ]
}

/** A guard or update made by `on(name, …)` fails on every other event. */
function checkMadeFor(code: unknown, name: string, on: Arrow['on'], path: string): Mistake[] {
  const made = madeFor(code)
  if (made === undefined || ('event' in on && on.event === made)) return []
  return [{ path, reason: `«${name}» was made for «${made}»` }]
}

function checkEvent(event: string, path: string, spec: LooseSpec, all: All): Mistake[] {
  if (Object.hasOwn(spec.commands, event) || Object.hasOwn(spec.messages, event)) return []
  const tally = readTally(event)
  if (!tally) return [{ path, reason: `«${event}» is no command, message or tally of this plan` }]
  const children = all.get(tally.kind)
  if (!children) return [{ path, reason: `there is no kind «${tally.kind}»` }]
  const tags = children.flatMap((child) => [child.spec.tags ?? []].flat())
  return tags.includes(tally.tag)
    ? []
    : [{ path, reason: `no state of «${tally.kind}» carries the tag «${tally.tag}»` }]
}

/** Builds the machine, and starts it where it is known what with. */
function checkBuild(name: string, kind: Kind, spec: LooseSpec, all: All): Mistake[] {
  const path = `machines.${name}`
  try {
    const machine = buildMachine(name, kind, Object.keys(spec.dates))
    // Reading the definition resolves every target.
    void machine.definition
    const input = sampleInput(name, all, spec.dates)
    if (input === undefined) return []
    const { snapshot } = startMachine(machine, { input, at: '2026-01-01T00:00:00.000Z' })
    const bad = notJson(snapshot['context'])
    return bad === undefined ? [] : [{ path: `${path}.context`, reason: `must be plain JSON; it is not at ${bad}` }]
  } catch (error) {
    return [{ path, reason: error instanceof Error ? error.message : String(error) }]
  }
}

/** What the machine will be opened with, where that is known: nothing for the root, a unit for one per unit. */
function sampleInput(name: string, all: All, dates: LooseSpec['dates']): Json | undefined {
  if (name === 'campaign') return sampleFacts(dates)
  const unit = { id: 'unit', title: { zh: '单位', en: 'Unit' }, path: ['unit'] }
  const each = [...all.values()].flatMap(opensOf).filter(({ kind }) => kind === name)
  return each.every((one) => isForUnits(one) && one.with === undefined) ? unit : undefined
}

/** Facts of no campaign, to start a root from: two units, every date on one day. */
function sampleFacts(dates: LooseSpec['dates']): Json {
  const day = { due: '2026-01-01T16:00:00.000Z', on: '2026-01-01', provisional: false }
  const facts: CampaignFacts = {
    id: '00000000-0000-8000-8000-000000000000',
    definition: '',
    fingerprint: '',
    title: '',
    startsOn: '2026-01-01',
    timezone: 'Asia/Shanghai',
    calendar: '',
    organiser: { unit: 'above', path: ['above'] },
    units: ['one', 'two'].map((id) => ({
      id,
      title: { zh: id, en: id },
      path: ['above', id],
    })),
    dates: Object.fromEntries(Object.keys(dates).map((date) => [date, day])),
  }
  return facts
}
