import type { Instance, RefusalCode, World } from '@duban/engine'
import type { Chance } from './chance.ts'
import type { Fill } from './fill.ts'

export type IllegalAsk = {
  why: string
  person: string
  instance: string
  command: string
  expected: RefusalCode[]
}

const noRole: RefusalCode[] = ['role_required']
const conflict: RefusalCode[] = ['recused', 'four_eyes', 'not_named', 'not_yet_open', 'late']

/** Something that nobody may: by the wrong person, in the wrong state, on the own unit, too early or too late. */
export function drawIllegal(world: World, people: readonly string[], chance: Chance): IllegalAsk | undefined {
  const instance = chance.pick(world.instances())
  switch (chance.pick(['role', 'state', 'conflict', 'act'] as const)) {
    case 'role':
      return wrongRole(world, instance, people, chance)
    case 'state':
      return wrongState(world, instance, chance)
    case 'conflict':
      return inConflict(world, instance, chance)
    case 'act': {
      const person = chance.pick(people)
      const command = chance.pick(['campaign.cancel', 'campaign.suspend'])
      const steers = world.acts(person, instance.id).length > 0
      return steers || instance.parent !== null
        ? undefined
        : { why: 'no organiser', person, instance: instance.id, command, expected: noRole }
    }
  }
}

function wrongRole(world: World, { id }: Instance, people: readonly string[], chance: Chance): IllegalAsk | undefined {
  const commands = world.commands(id)
  if (commands.length === 0) return undefined
  const command = chance.pick(commands)
  const by = world.definition.commands[command]?.by ?? []
  const person = chance.pick(people)
  const holds = world.assignments().some((one) => one.person === person && by.includes(one.role))
  return holds ? undefined : { why: 'holds no such role', person, instance: id, command, expected: noRole }
}

function wrongState(world: World, { id, state }: Instance, chance: Chance): IllegalAsk | undefined {
  const named = world.commands(id)
  const others = Object.keys(world.definition.commands).filter((name) => !named.includes(name))
  const held = world.assignments()
  if (others.length === 0 || held.length === 0) return undefined
  const command = chance.pick(others)
  const by = world.definition.commands[command]?.by ?? []
  const holders = held.filter(({ role }) => by.includes(role))
  if (holders.length === 0) return undefined
  const { person } = chance.pick(holders)
  const over: RefusalCode[] =
    state.status === 'active'
      ? ['wrong_state', 'invalid_payload', 'unknown_unit']
      : ['campaign_over', 'campaign_suspended']
  return {
    why: 'the state does not take it',
    person,
    instance: id,
    command,
    expected: [...over, ...noRole, ...conflict],
  }
}

/** Somebody who has the role, and whom recusal, four eyes, a name or the window keeps from using it here. */
function inConflict(world: World, { id, unit }: Instance, chance: Chance): IllegalAsk | undefined {
  const commands = world.commands(id)
  if (commands.length === 0) return undefined
  const command = chance.pick(commands)
  const by = world.definition.commands[command]?.by ?? []
  const path = world.facts.units.find((one) => one.id === unit)?.path ?? []
  const may = new Set(world.whoMay(id, command).map(({ person }) => person))
  const kept = world
    .assignments()
    .filter(({ role, unit: whose }) => by.includes(role) && (!whose || path.includes(whose)))
    .filter(({ person }) => !may.has(person))
  if (kept.length === 0) return undefined
  const { person } = chance.pick(kept)
  // One who only stands in for another may have done so until yesterday.
  const expected = [...conflict, ...noRole]
  return { why: 'is kept from it', person, instance: id, command, expected }
}

/** Tries it: what is wrong with the answer, or undefined when it was refused and changed nothing. */
export function tryIllegal(
  world: World,
  { why, person, instance, command, expected }: IllegalAsk,
  fill: Fill,
  chance: Chance,
): string | undefined {
  const steps = world.log().length
  const head = world.instance(instance)?.head
  const payload = Object.hasOwn(world.definition.commands, command)
    ? fill({ world, instance, command, by: person, chance, way: 'random' })
    : { reason: '试一试' }
  const answer = world.ask(person, instance, command, payload)
  const what = `${person} asked ${command} of ${instance} (${why})`
  if (answer.ok) return `${what} and was not refused`
  if (world.log().length !== steps || world.instance(instance)?.head !== head) {
    return `${what}, was refused, and something changed`
  }
  return expected.includes(answer.refusal.code)
    ? undefined
    : `${what} and was refused as ${answer.refusal.code}, not as ${expected.join(' or ')}`
}
