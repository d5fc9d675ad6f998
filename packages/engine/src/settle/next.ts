import type { Instant } from '../calendar/index.ts'
import { childrenOf, openEvent } from '../run/children.ts'
import { step } from '../run/step/index.ts'
import { join } from './decide.ts'
import { drain } from './drain.ts'
import { newlyOpened, type Broadcast, type LoadedInstance, type Spawn } from './loaded.ts'
import type { UnitOfWork } from './unitOfWork.ts'

/**
 * How many instances are taken at once. 100 keep the commands of people that come in between as quick as ever; 500
 * doubled their p99 (in a prototype, docs/decisions/016). The number is part of the order.
 */
export const CHUNK = 100

/**
 * What comes first of all that waits in a campaign, and whom it concerns (`ids`). The one order of a campaign:
 *
 * 1. the earlier instant first;
 * 2. within one, what goes down: children to open, then broadcasts, by number, then by the id of who asked;
 * 3. then, from the leaves of the tree to its root, all deadlines of a depth and, after the last of them, the
 *    messages that they sent to the depth above; in the order of the ids, a chunk at a time.
 *
 * It is a property of the campaign, not of when a timer ran or of which server asks (law 3). A store finds it:
 * `world/memory.ts` in its queues, the server by SQL; `test/worldEqualsServer.test.ts` holds them together.
 */
export type Next =
  | { what: 'spawn'; spawns: Spawn[]; ids: string[] }
  | { what: 'broadcast'; at: Instant; broadcasts: Broadcast[]; ids: string[] }
  | { what: 'message' | 'deadline'; at: Instant; ids: string[] }

/** The rank of messages and deadlines within one instant: the highest comes first. */
export function rankOf(what: 'message' | 'deadline', depth: number): number {
  return what === 'message' ? 2 * depth + 1 : 2 * depth
}

/** Takes what comes first; answers how much was taken. */
export function takeNext(next: Next, loaded: Map<string, LoadedInstance>, work: UnitOfWork): number {
  if (next.what === 'spawn') return openChunk(next.spawns, loaded, work)
  const those = next.ids.flatMap((id) => loaded.get(id) ?? [])
  const taken = those.reduce((sum, one) => sum + drain(one, next.at, work), 0)
  if (next.what !== 'broadcast') return taken
  // Somebody who has more to read than one wake takes is not there yet, and will be asked again.
  const delivered = next.broadcasts.filter(({ cause, number }) =>
    those.every(({ instance, cursor }) => instance.parent !== cause.instance || cursor >= number),
  )
  work.delivered.push(...delivered)
  return taken + delivered.length
}

/** The next children, a chunk of them in all; they begin on what their parent runs on. */
function openChunk(spawns: Spawn[], parents: Map<string, LoadedInstance>, work: UnitOfWork): number {
  let opened = 0
  for (const spawn of spawns) {
    const parent = parents.get(spawn.cause.instance)
    if (parent && opened < CHUNK) opened += openSome(spawn, CHUNK - opened, parent, work)
  }
  return opened
}

/**
 * Ids are derived from parent, kind and key, and all children carry the instant of the parent's step, so it does
 * not matter when or by which server a chunk is opened.
 */
function openSome(spawn: Spawn, most: number, parent: LoadedInstance, work: UnitOfWork): number {
  const { campaign, cause, at, effect, number, inherited, next, total } = spawn
  const { definition, facts } = parent
  const { depth, adjustments, performedBy, unit, unitPath } = inherited
  const opener = { id: cause.instance, unit, path: unitPath, number: String(number) }
  const end = Math.min(next + most, total)
  const children = childrenOf(effect, facts, opener, next, end)
  const shared = { campaign, kind: effect.kind, at, cause, adjustments, performedBy }
  for (const child of children) {
    const stepped = step(definition, facts, null, openEvent(shared, child))
    if (!stepped.ok) {
      // The definition fails on this one item; the others shall not wait for it.
      const { instance, version } = cause
      const event = `open ${effect.kind} ${child.key}`
      work.refusals.push({ campaign, instance, version, at, person: null, event, refusal: stepped.refusal })
      const source = { cause, at }
      work.unopened.push({ campaign, parent: instance, depth: depth - 1, kind: effect.kind, definition, source })
      continue
    }
    const place = { depth, unitPath: child.path, cursor: number }
    const loaded = newlyOpened({ definition, campaign: facts }, stepped.instance, place)
    drain(join(loaded, stepped, work), at, work)
  }
  work.spawned.push({ spawn, next: end })
  return children.length
}
