import type { Instant } from '../calendar/index.ts'
import type { Effect } from '../campaign/effect.ts'
import type { Cause } from '../campaign/event.ts'
import type { Adjustment, CampaignFacts, Instance } from '../campaign/instance.ts'
import type { Json } from '../data/json.ts'
import type { Definition } from '../definition/compiled.ts'
import type { PinnedDefinition } from '../definition/pinned.ts'
import { summarize, type StateSummary } from '../run/summary.ts'

/** A message on its way to one instance: what a child told, or a count that its state waits for. */
export type Message = {
  campaign: string
  to: string
  cause: Cause
  at: Instant
  /** Its number among the effects of the step that sent it; counts are numbered from EFFECTS_PER_STEP on. */
  n: number
  /** The depth in the tree of the instance that it is for. */
  depth: number
  name: string
  payload: Json
}

/** What an instance tells all its children, or those of a kind: one, however many they are. */
export type Broadcast = {
  campaign: string
  cause: Cause
  at: Instant
  /** Orders the spawns and broadcasts of one instance: `version * EFFECTS_PER_STEP + index of the effect`. */
  number: number
  kind: string | null
  type: 'message' | 'act'
  name: string
  payload: Json
}

/** Children that are still to be opened, from the one numbered `next`. */
export type Spawn = {
  campaign: string
  cause: Cause
  at: Instant
  number: number
  effect: Extract<Effect, { type: 'open' }>
  total: number
  next: number
  inherited: Inherited
}

/** What children take over from their parent at the moment of the step that opens them. */
export type Inherited = {
  depth: number
  unit: string | null
  unitPath: string[]
  adjustments: Adjustment[]
  performedBy: { [command: string]: string[] }
}

/** An instance with what it runs on and everything that waits for it. A store loads it, settlement changes it. */
export type LoadedInstance = {
  definition: Definition
  facts: CampaignFacts
  instance: Instance
  depth: number
  /** Units from the outermost to its own. */
  unitPath: string[]
  /** The number of the last of its parent's broadcasts that it took. */
  cursor: number
  /** Deadlines on which the definition failed, put aside: `<timer> @ <due>`. */
  failed: string[]
  /** In the order in which they are taken; one more than a wake takes shows that there are more. */
  inbox: Message[]
  /** Its parent's broadcasts after the cursor that are for its kind, oldest first. */
  broadcasts: Broadcast[]
  /** The versions into which a migration that waits for it, or is asked of it, takes it; by name. */
  versions: Map<string, PinnedDefinition>
}

/** An instance that has just been opened: nothing waits for it yet. */
export function newlyOpened(
  { definition, campaign: facts }: PinnedDefinition,
  instance: Instance,
  { depth, unitPath, cursor }: Pick<LoadedInstance, 'depth' | 'unitPath' | 'cursor'>,
): LoadedInstance {
  const nothing = { failed: [], inbox: [], broadcasts: [], versions: new Map<string, PinnedDefinition>() }
  return { definition, facts, instance, depth, unitPath, cursor, ...nothing }
}

/** The tags, commands and counts of an instance's present state, by the version that it runs on. */
export function summaryOf(definition: Definition, { kind, state }: Instance): StateSummary {
  const compiled = definition.kinds[kind]
  if (!compiled) throw new Error(`${definition.name} has no kind ${kind}`)
  return summarize(compiled, state)
}

/** Names a deadline that failed with its instant: put on another day, it gets another chance. */
export function failedKey(timer: string, due: Instant): string {
  return `${timer} @ ${due}`
}
