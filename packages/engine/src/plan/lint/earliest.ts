import type { CompiledKind, Definition } from '../../definition/compiled.ts'
import { instantOf, type Instant } from '../../calendar/index.ts'
import type { CampaignFacts } from '../../campaign/instance.ts'
import { getOwn } from '../../data/getOwn.ts'
import { opensOf, type Arrow, type StateNode } from '../../definition/states.ts'
import { targetOf, under } from '../../definition/target.ts'

/**
 * When each state can be entered at the earliest, keyed `kind.state`: not before the dates that lie on every
 * way to it. What people, children and messages take is counted as no time, so it is a lower bound.
 */
export function earliest(definition: Definition, campaign: CampaignFacts): Map<string, Instant> {
  const found = new Map<string, Instant>()
  let changed = true
  const learn = (kind: CompiledKind, id: string, at: Instant): void => {
    const key = `${kind.name}.${id}`
    const known = found.get(key)
    if (known !== undefined && known <= at) return
    found.set(key, at)
    changed = true
    const state = kind.states.find((one) => one.id === id)
    if (!state) return
    for (const inside of begins(state, kind)) learn(kind, inside, at)
    if (state.parent !== null) learn(kind, state.parent, at)
  }
  const follow = (kind: CompiledKind, state: StateNode, at: Instant): void => {
    const ids = new Set(kind.states.map(({ id }) => id))
    for (const arrow of state.arrows) {
      const { target } = arrow.spec
      const to = target === undefined ? undefined : targetOf(kind.name, target, state, ids)
      if (to !== undefined) learn(kind, to, notBefore(arrow, at, definition, campaign))
    }
    for (const opened of opensOf([state])) {
      const child = getOwn(definition.kinds, opened.kind)
      if (child) learn(child, '', at)
    }
  }
  const root = definition.kinds['campaign']
  if (root) learn(root, '', instantOf(campaign.startsOn, 'start of day', campaign.timezone))
  while (changed) {
    changed = false
    for (const kind of Object.values(definition.kinds)) {
      for (const state of kind.states) {
        const at = found.get(`${kind.name}.${state.id}`)
        if (at !== undefined) follow(kind, state, at)
      }
    }
  }
  return found
}

function begins({ id, spec }: StateNode, { states }: CompiledKind): string[] {
  if (spec.type === 'parallel') return states.filter(({ parent }) => parent === id).map((s) => s.id)
  return spec.initial === undefined ? [] : [under(id, spec.initial)]
}

function notBefore({ on }: Arrow, at: Instant, { commands }: Definition, { dates }: CampaignFacts): Instant {
  const opens = 'event' in on ? getOwn(commands, on.event)?.opens : undefined
  const date = 'after' in on ? on.after : opens
  const due = date === undefined ? undefined : getOwn(dates, date)?.due
  return due !== undefined && due > at ? due : at
}
