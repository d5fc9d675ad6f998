import type { Definition } from '../definition/compiled.ts'
import type { Asker } from '../permission/act.ts'
import type { Instant } from '../calendar/index.ts'
import type { Assignment, CampaignFacts, Instance } from '../campaign/instance.ts'
import type { Json } from '../data/json.ts'
import type { Refusal, Refused } from '../campaign/refusal.ts'
import { replay, type StoredTransition, type Mismatch } from '../history/replay.ts'
import type { Stepped } from '../run/step/index.ts'
import { transcript, type TranscriptOptions } from '../history/transcript/index.ts'
import { append } from './append.ts'
import { actsFor, askerFor, commandsOf, offersTo, whoMay, type WorldOffer } from './offers.ts'
import { addNode, nextDue, settle } from './settle.ts'
import { copyStage, emptyStage, nodeOf, type RefusalRecord, type Logged, type Notice, type Stage } from './stage.ts'
import { take, takeCommand, type Step } from './take.ts'
import { tallyKey } from './tallies.ts'

export type { RefusalRecord, Logged, Notice } from './stage.ts'
export type { WorldOffer } from './offers.ts'

/** A campaign that somebody starts. `facts` come from `planCampaign`. */
export type WorldPlan = {
  facts: CampaignFacts
  assignments: Assignment[]
  /** Who there is: the path of each one's own unit, and built-in roles. Others belong nowhere. */
  people: Asker[]
  /** Who starts it, and when. */
  by: string
  at: Instant
}

export type WorldAnswer = (Stepped & { ok: true }) | Refused

/** One campaign, played in memory. */
export type World = {
  definition: Definition
  facts: CampaignFacts
  now: () => Instant
  /** Goes on to an instant; what is due until then fires at its own, in order. Never goes back. */
  goTo: (at: Instant) => void
  /** When the next deadline or reminder fires anywhere; undefined when nothing is due any more. */
  nextDue: () => Instant | undefined
  /** A person's command, or act of administration. @throws {RangeError} when there is no such instance */
  ask: (person: string, instance: string, command: string, payload: Json) => WorldAnswer
  root: () => Instance
  instance: (id: string) => Instance | undefined
  /** All that were opened, oldest first. */
  instances: () => Instance[]
  children: (id: string, kind?: string) => Instance[]
  /** The commands that the state of an instance names, whoever may do them. */
  commands: (id: string) => string[]
  tags: (id: string) => string[]
  /** Who may do a command on an instance now, guards aside. */
  whoMay: (id: string, command: string) => Asker[]
  /** What a person may do now anywhere, guards aside. */
  offers: (person: string) => WorldOffer[]
  acts: (person: string, id: string) => string[]
  /** In force now or later: granted and not revoked. */
  assignments: () => Assignment[]
  history: (id: string) => StoredTransition[]
  /** All transitions of all instances in the order in which they were recorded. */
  log: () => readonly Logged[]
  notices: () => readonly Notice[]
  refusals: () => readonly RefusalRecord[]
  /** How many children of a kind carry a tag that some state waits for; `*` counts all. */
  tally: (parent: string, kind: string, tag: string) => number
  transcript: (options: TranscriptOptions) => string
  /** Replays every history; what does not match. */
  proves: () => { instance: string; mismatch: Mismatch }[]
  /** The same campaign once more, to be played on another way. */
  fork: () => World
}

/**
 * Plays a campaign in memory with the same `step` and `authorize` as the server, and takes what waits in the
 * same order, so that the histories are byte for byte those that a server writes for the same asks at the
 * same instants (`test/worldEqualsServer.test.ts`). Pure: no clock, no chance, no I/O.
 */
export function createWorld(
  definition: Definition,
  { facts, assignments, people, by, at }: WorldPlan,
): { ok: true; world: World } | { ok: false; refusal: Refusal } {
  const stage = emptyStage(definition, facts, new Map(people.map((one) => [one.person, one])), at)
  const { person, home, builtIn } = askerFor(stage, by)
  const opened = take(stage, null, {
    type: 'open',
    at,
    instance: { campaign: facts.id, id: facts.id, kind: 'campaign', key: '', unit: null },
    cause: null,
    input: null,
    adjustments: [],
    performedBy: {},
    campaign: facts,
    assignments,
    actor: {
      person,
      home,
      authority: { role: builtIn.includes('organiser') ? 'organiser' : 'administrator' },
    },
  })
  if (!opened.ok) return opened
  const steps: Step[] = []
  addNode(stage, opened, { depth: 0, unitPath: [], heard: 0 }, steps)
  append(stage, steps)
  settle(stage, at)
  return { ok: true, world: worldOf(stage) }
}

function worldOf(stage: Stage): World {
  const { definition, facts } = stage
  const instance = (id: string): Instance => nodeOf(stage, id).instance
  const history = (id: string): StoredTransition[] =>
    stage.log
      .filter(({ transition }) => transition.instance === id)
      .map(({ transition: { version }, record, hash }) => ({ version, record, hash }))
  return {
    definition,
    facts,
    now: () => stage.now,
    goTo: (at) => {
      if (at > stage.now) stage.now = at
      settle(stage, stage.now)
    },
    nextDue: () => nextDue(stage),
    ask: (person, id, command, payload) => {
      const steps: Step[] = []
      const answer = takeCommand(stage, nodeOf(stage, id), askerFor(stage, person), command, payload, steps)
      append(stage, steps)
      settle(stage, stage.now)
      return answer
    },
    root: () => instance(facts.id),
    instance: (id) => stage.nodes.get(id)?.instance,
    instances: () => [...stage.nodes.values()].map((node) => node.instance),
    children: (id, kind) =>
      nodeOf(stage, id)
        .children.map(instance)
        .filter((one) => kind === undefined || one.kind === kind),
    commands: (id) => commandsOf(stage, nodeOf(stage, id)),
    tags: (id) => nodeOf(stage, id).standing.tags,
    whoMay: (id, command) => whoMay(stage, id, command),
    offers: (person) => offersTo(stage, askerFor(stage, person)),
    acts: (person, id) => actsFor(stage, id, askerFor(stage, person)),
    assignments: () => [...stage.assignments.values()],
    history,
    log: () => stage.log,
    notices: () => stage.notices,
    refusals: () => stage.refusals,
    tally: (parent, kind, tag) => stage.tallies.get(tallyKey(parent, kind, tag)) ?? 0,
    transcript: (options) =>
      transcript(
        definition,
        facts,
        stage.log.map(({ transition }) => transition),
        options,
      ),
    proves: () =>
      [...Map.groupBy(stage.log, ({ transition }) => transition.instance)].flatMap(([id, its]) => {
        const kept = its.map(({ transition: { version }, record, hash }) => ({
          version,
          record,
          hash,
        }))
        const { mismatch, instance: end } = replay(definition, facts, kept)
        if (mismatch) return [{ instance: id, mismatch }]
        if (end?.head === instance(id).head) return []
        return [
          {
            instance: id,
            mismatch: { version: kept.length, what: 'step' as const, detail: 'another end' },
          },
        ]
      }),
    fork: () => worldOf(copyStage(stage)),
  }
}
