import type { Instant } from '../calendar/index.ts'
import type { Assignment, CampaignFacts, Instance } from '../campaign/instance.ts'
import type { Refusal, Refused } from '../campaign/refusal.ts'
import type { Json } from '../data/json.ts'
import type { Definition } from '../definition/compiled.ts'
import type { PinnedDefinition } from '../definition/pinned.ts'
import { replay, type Mismatch, type StoredTransition } from '../history/replay.ts'
import { transcript, type TranscriptOptions } from '../history/transcript/index.ts'
import type { Asker } from '../permission/act.ts'
import { acceptedCommands } from '../permission/offers.ts'
import type { Stepped } from '../run/step/index.ts'
import { asksToMigrate, decide, start } from '../settle/decide.ts'
import { summaryOf } from '../settle/loaded.ts'
import { migrationTarget, proveMigration } from '../settle/migrate.ts'
import { takeNext } from '../settle/next.ts'
import type { Notice } from '../settle/outbox.ts'
import { nameOf } from '../settle/tallies.ts'
import { emptyWork, type RefusalRecord } from '../settle/unitOfWork.ts'
import { append, copyMemory, emptyMemory, findNext, instanceOf, load, nextDue, type Logged } from './memory.ts'
import { actsFor, askerFor, held, offersTo, whoMay, type Setting, type WorldOffer } from './offers.ts'

export type { Logged } from './memory.ts'
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
  /** Other versions of the definition, to which the campaign may be migrated. */
  versions?: Definition[]
}

export type WorldAnswer = (Stepped & { ok: true }) | Refused

/** One campaign, played in memory. */
export type World = {
  /** What the campaign began on. */
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
 * Plays a campaign in memory with the server's own settlement (`settle/`), over a store in memory in place of
 * PostgreSQL, so that the histories are byte for byte those that a server writes for the same asks at the same
 * instants (`test/worldEqualsServer.test.ts`). Pure: no clock, no chance, no I/O.
 */
export function createWorld(
  definition: Definition,
  { facts, assignments, people, by, at, versions = [] }: WorldPlan,
): { ok: true; world: World } | { ok: false; refusal: Refusal } {
  const memory = emptyMemory()
  memory.versions.set(definition.name, { definition, campaign: facts })
  const setting = { memory, people: new Map(people.map((one) => [one.person, one])), now: at }
  const asker = askerFor(setting, by)
  const work = emptyWork()
  const started = start(definition, facts, { assignments, asker }, at, work)
  if (!started.ok) return started
  append(memory, work)
  settle(setting)
  const byName = new Map([definition, ...versions].map((one) => [one.name, one]))
  return { ok: true, world: worldOf(setting, { definition, campaign: facts }, byName) }
}

const MOST_IDLE = 10

/** Takes everything that is due, a chunk at a time, each in a unit of work of its own. */
function settle({ memory, now }: Setting): void {
  let idle = 0
  for (let next = findNext(memory, now); next; next = findNext(memory, now)) {
    const work = emptyWork()
    idle = takeNext(next, load(memory, next.ids), work) > 0 ? 0 : idle + 1
    if (idle > MOST_IDLE) throw new Error(`a ${next.what} due by ${now} cannot be taken`)
    append(memory, work)
  }
}

type Versions = Map<string, Definition>

function ask(
  setting: Setting,
  versions: Versions,
  person: string,
  id: string,
  command: string,
  payload: Json,
): WorldAnswer {
  const { memory, now } = setting
  const loaded = load(memory, [id]).get(id) ?? instanceOf(memory, id)
  const asker = askerFor(setting, person)
  const asked = { command, payload, asker }
  const proved = asksToMigrate(loaded, asked, now) ? tryMigration(setting, versions, id, payload) : undefined
  const work = emptyWork()
  const grounds = {
    assignments: held(setting, asker),
    isGranted: (assignment: string) => memory.assignments.has(assignment),
    unmigratable: proved,
  }
  const decided = decide(loaded, asked, grounds, now, work)
  append(memory, work)
  settle(setting)
  if (decided.ok === 'unsettled') throw new Error('a world is always settled')
  return decided
}

/** The proof over all instances; when it holds, the campaign knows the new version from now on. */
function tryMigration({ memory, now }: Setting, versions: Versions, root: string, payload: Json): Refused | undefined {
  const { definition, facts: campaign, instance } = instanceOf(memory, root)
  const from: PinnedDefinition = { definition, campaign }
  const target = migrationTarget(from, payload, (name) => versions.get(name))
  if (!target.ok) return target
  const proof = proveMigration(from, target.to, now > instance.at ? now : instance.at)
  for (const one of memory.instances.values()) proof.try(one.instance, one.definition.name)
  const refusal = proof.refusal()
  if (!refusal) memory.versions.set(target.to.definition.name, target.to)
  return refusal
}

function worldOf(setting: Setting, { definition, campaign: facts }: PinnedDefinition, versions: Versions): World {
  const { memory } = setting
  const instance = (id: string): Instance => instanceOf(memory, id).instance
  const historyOf = (id: string): StoredTransition[] =>
    memory.log.flatMap(({ transition, record, hash }) =>
      transition.instance === id ? [{ version: transition.version, record, hash }] : [],
    )
  const named = (name: string): PinnedDefinition | undefined => memory.versions.get(name)
  return {
    definition,
    facts,
    now: () => setting.now,
    goTo: (at) => {
      if (at > setting.now) setting.now = at
      settle(setting)
    },
    nextDue: () => nextDue(memory),
    ask: (person, id, command, payload) => ask(setting, versions, person, id, command, payload),
    root: () => instance(facts.id),
    instance: (id) => memory.instances.get(id)?.instance,
    instances: () => [...memory.instances.values()].map((one) => one.instance),
    children: (id, kind) =>
      instanceOf(memory, id)
        .children.map(instance)
        .filter((one) => kind === undefined || one.kind === kind),
    commands: (id) => acceptedCommands(instanceOf(memory, id)),
    tags: (id) => {
      const one = instanceOf(memory, id)
      return summaryOf(one.definition, one.instance).tags
    },
    whoMay: (id, command) => whoMay(setting, id, command),
    offers: (person) => offersTo(setting, askerFor(setting, person)),
    acts: (person, id) => {
      const { version } = instanceOf(memory, facts.id).definition
      const canMigrate = [...versions.values()].some(({ takesOver }) => takesOver[version] !== undefined)
      return actsFor(setting, id, askerFor(setting, person), canMigrate)
    },
    assignments: () => [...memory.assignments.values()],
    history: historyOf,
    log: () => memory.log,
    notices: () => memory.notices,
    refusals: () => memory.refusals,
    tally: (parent, kind, tag) => memory.tallies.get(nameOf({ campaign: facts.id, parent, kind, tag })) ?? 0,
    transcript: (options) => {
      const transitions = memory.log.map(({ transition }) => transition)
      return transcript(definition, facts, transitions, { versions: named, ...options })
    },
    proves: () =>
      [...memory.instances.keys()].flatMap((id) => {
        const history = historyOf(id)
        const { mismatch, instance: end } = replay(definition, facts, history, undefined, named)
        if (mismatch) return [{ instance: id, mismatch }]
        if (end?.head === instance(id).head) return []
        return [{ instance: id, mismatch: { version: history.length, what: 'step' as const, detail: 'another end' } }]
      }),
    fork: () => worldOf({ ...setting, memory: copyMemory(memory) }, { definition, campaign: facts }, versions),
  }
}
