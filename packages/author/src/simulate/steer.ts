import { derivedId, type Json, type World } from '@duban/engine'
import type { Ask } from './run.ts'
import type { Chance } from './chance.ts'

const DAY = 86_400_000
const reason = '汛期道路中断'

/** Now and then the organiser steers: extends a date, suspends, has somebody stand in for another. */
export function steer(world: World, organiser: string, ask: Ask, chance: Chance): void {
  const root = world.root()
  const act = (name: string, payload: Json, instance = root.id): void => void ask(organiser, instance, name, payload)
  const draw = chance.int(0, 99)
  if (root.state.status === 'suspended') return act('campaign.resume', {})
  if (draw < 55) return extend(world, act, chance)
  if (draw < 80) return act('campaign.suspend', { reason })
  if (draw < 95) return standIn(world, act, chance)
  return revoke(world, act, chance)
}

type Act = (name: string, payload: Json, instance?: string) => void

/** A later day for one date, for all or for one instance. It may contradict another date, and is refused then. */
function extend(world: World, act: Act, chance: Chance): void {
  const dates = Object.entries(world.facts.dates).filter(([, { due }]) => due > world.now())
  if (dates.length === 0) return
  const [name, { due }] = chance.pick(dates)
  const on = new Date(Date.parse(due) + chance.int(1, 20) * DAY).toISOString().slice(0, 10)
  const active = world.instances().filter(({ state }) => state.status === 'active')
  const whom = chance.often(0.5) ? world.root() : chance.pick(active)
  act('campaign.extend', { dates: { [name]: on }, reason }, whom.id)
}

/** 代理: somebody acts in the place of another for two weeks. */
function standIn(world: World, act: Act, chance: Chance): void {
  const held = world.assignments().filter(({ onBehalfOf }) => !onBehalfOf)
  if (held.length < 2) return
  const { role, unit, person, home } = chance.pick(held)
  const others = held.filter((one) => one.person !== person)
  if (others.length === 0) return
  const other = chance.pick(others)
  const now = world.now()
  const assignment = {
    id: derivedId(world.facts.id, role, other.person, person, now),
    role,
    person: other.person,
    home: other.home,
    ...(unit !== undefined && { unit }),
    from: now,
    until: new Date(Date.parse(now) + 14 * DAY).toISOString(),
    onBehalfOf: { person, home },
  }
  act('assignment.grant', { assignment })
}

/** Takes a role from somebody, where another holds it too: a campaign without people is no story. */
function revoke(world: World, act: Act, chance: Chance): void {
  const held = world.assignments()
  const spare = held.filter(({ id, role, unit }) =>
    held.some((one) => one.id !== id && one.role === role && one.unit === unit && one.until === undefined),
  )
  if (spare.length > 0) act('assignment.revoke', { assignment: chance.pick(spare).id, reason })
}
