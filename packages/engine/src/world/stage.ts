import type { Definition } from '../definition/compiled.ts'
import TinyQueue from 'tinyqueue'
import type { Asker } from '../permission/act.ts'
import type { Instant } from '../calendar/index.ts'
import type { Effect } from '../campaign/effect.ts'
import type { Cause } from '../campaign/event.ts'
import type { Adjustment, Assignment, CampaignFacts, Instance } from '../campaign/instance.ts'
import type { Json } from '../data/json.ts'
import type { Refusal } from '../campaign/refusal.ts'
import type { Text } from '../data/text.ts'
import type { Recorded } from '../run/transition.ts'
import type { StateSummary } from '../run/summary.ts'

/** A message on its way to one instance. `n` is its number among the effects of the step that sent it. */
export type Letter = { cause: Cause; at: Instant; n: number; name: string; payload: Json }

/** What a parent tells all its children, or those of a kind. */
export type Broadcast = {
  cause: Cause
  at: Instant
  number: number
  kind: string | null
  type: 'message' | 'act'
  name: string
  payload: Json
}

/** Children that are still to be opened, from the one numbered `next`. */
export type Opening = {
  cause: Cause
  at: Instant
  number: number
  effect: Extract<Effect, { type: 'open' }>
  total: number
  next: number
  /** What children take over from their parent at the moment of the opening. */
  inherited: {
    depth: number
    unit: string | null
    unitPath: string[]
    adjustments: Adjustment[]
    performedBy: { [command: string]: string[] }
  }
}

/** An instance, and everything that waits for it. */
export type Node = {
  instance: Instance
  standing: StateSummary
  depth: number
  unitPath: string[]
  /** The number of the last of its parent's broadcasts that it took. */
  heard: number
  /** Deadlines on which the definition failed, put aside. */
  failed: string[]
  inbox: Letter[]
  /** What it told its children, oldest first. */
  told: Broadcast[]
  children: string[]
}

export type Logged = Recorded & { effects: Effect[] }
export type RefusalRecord = {
  instance: string
  /** The version at which the instance stood. */
  version: number
  at: Instant
  person: string | null
  event: string
  refusal: Refusal
}
export type Notice = {
  instance: string
  at: Instant
  to: string[]
  unit: string | null
  text: Text
}
type Due = { at: Instant; depth: number; id: string; timer: string }
type Post = { at: Instant; depth: number; id: string }

/** All that there is of one campaign: what the server keeps in tables. */
export type Stage = {
  definition: Definition
  facts: CampaignFacts
  people: Map<string, Asker>
  now: Instant
  nodes: Map<string, Node>
  /** Granted and not revoked, by id. */
  assignments: Map<string, Assignment>
  openings: TinyQueue<Opening>
  broadcasts: TinyQueue<Broadcast>
  /** Indexes over the inboxes and timers of all nodes; an entry may be out of date. */
  posts: TinyQueue<Post>
  deadlines: TinyQueue<Due>
  /** How many children carry a tag: `<parent> <kind> <tag>`, `*` for all of a kind. */
  tallies: Map<string, number>
  /** The counts that a parent's state waits for, until they are reached. */
  watches: Map<string, Map<string, StateSummary['watches'][number]>>
  /** Tallies that a guard refused in the present batch. */
  unheard: { id: string; event: string }[]
  log: Logged[]
  notices: Notice[]
  refusals: RefusalRecord[]
}

export function emptyStage(
  definition: Definition,
  facts: CampaignFacts,
  people: Map<string, Asker>,
  now: Instant,
): Stage {
  return {
    definition,
    facts,
    people,
    now,
    nodes: new Map(),
    assignments: new Map(),
    openings: new TinyQueue<Opening>([], byNumber),
    broadcasts: new TinyQueue<Broadcast>([], byNumber),
    posts: new TinyQueue<Post>([], fromTheLeaves),
    deadlines: new TinyQueue<Due>([], fromTheLeaves),
    tallies: new Map(),
    watches: new Map(),
    unheard: [],
    log: [],
    notices: [],
    refusals: [],
  }
}

/** The same campaign once more; what happens to one does not happen to the other. */
export function copyStage(stage: Stage): Stage {
  return {
    ...stage,
    nodes: new Map([...stage.nodes].map(([id, node]) => [id, copyNode(node)])),
    assignments: new Map(stage.assignments),
    openings: new TinyQueue(
      stage.openings.data.map((one) => ({ ...one })),
      byNumber,
    ),
    broadcasts: new TinyQueue([...stage.broadcasts.data], byNumber),
    posts: new TinyQueue([...stage.posts.data], fromTheLeaves),
    deadlines: new TinyQueue([...stage.deadlines.data], fromTheLeaves),
    tallies: new Map(stage.tallies),
    watches: new Map([...stage.watches].map(([id, watches]) => [id, new Map(watches)])),
    unheard: [...stage.unheard],
    log: [...stage.log],
    notices: [...stage.notices],
    refusals: [...stage.refusals],
  }
}

function copyNode(node: Node): Node {
  return {
    ...node,
    failed: [...node.failed],
    inbox: [...node.inbox],
    told: [...node.told],
    children: [...node.children],
  }
}

export function nodeOf(stage: Stage, id: string): Node {
  const node = stage.nodes.get(id)
  if (!node) throw new RangeError(`campaign ${stage.facts.id} has no instance ${id}`)
  return node
}

export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function byNumber(
  a: Pick<Broadcast, 'at' | 'number' | 'cause'>,
  b: Pick<Broadcast, 'at' | 'number' | 'cause'>,
): number {
  return compare(a.at, b.at) || a.number - b.number || compare(a.cause.instance, b.cause.instance)
}

function fromTheLeaves(a: Post, b: Post): number {
  return compare(a.at, b.at) || b.depth - a.depth
}
