// Plays a definition in memory, in the words of a test: local times, people by name, states by their Chinese
// titles. The world beneath takes what waits in the same order as a server.
import {
  createWorld,
  derivedId,
  planCampaign,
  stateText,
  type Assignment,
  type CampaignUnit,
  type Definition,
  type Instance,
  type Instant,
  type Json,
  type Locale,
  type Refusal,
  type RefusalCode,
  type World,
} from '@duban/engine'

export type Notice = { to: string[]; unit: string | null; zh: string }
export type PlayedPlan = {
  startsOn: string
  organiser: { unit: string; path: string[] }
  units: CampaignUnit[]
  assignments: Assignment[]
}

/** Starts the campaign, and may do its administrative acts. */
export const organiser = 'organiser'

/** Shanghai wall clock, `'2026-04-18 09:00'`, as an instant. */
export function instant(local: string): string {
  return new Date(`${local.replace(' ', 'T')}:00+08:00`).toISOString()
}

/** An instant as Shanghai wall clock, `'2026-04-18 09:00'`. */
export function local(at: Instant): string {
  return new Date(Date.parse(at) + 8 * 3600_000).toISOString().slice(0, 16).replace('T', ' ')
}

/** A campaign that begins at eight in the morning of its start day. */
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
  const { facts, warnings, assignments } = planned
  const homes = new Map(assignments.map(({ person, home }) => [person, home]))
  const created = createWorld(definition, {
    facts,
    assignments,
    people: [
      ...[...homes].map(([person, home]) => ({ person, home, builtIn: [] })),
      { person: organiser, home: plan.organiser.path, builtIn: ['organiser'] },
    ],
    by: organiser,
    at: instant(`${startsOn} 08:00`),
  })
  if (!created.ok) throw new Error(JSON.stringify(created.refusal))
  return playOf(created.world, warnings)
}

function playOf(world: World, warnings: (ReturnType<typeof planCampaign> & { ok: true })['warnings']) {
  const { definition, facts } = world
  const get = (id: string): Instance => {
    const found = world.instance(id)
    if (!found) throw new Error(`no instance ${id}`)
    return found
  }
  let last: Refusal | undefined
  const ask: (...asked: Parameters<World['ask']>) => RefusalCode | 'ok' = (...asked) => {
    const answer = world.ask(...asked)
    last = answer.ok ? undefined : answer.refusal
    return answer.ok ? 'ok' : answer.refusal.code
  }
  const unitId = (unit: string): string => derivedId(facts.id, 'unit', unit)
  const play = {
    world,
    warnings,
    facts,
    get notices(): Notice[] {
      return world.notices().map(({ to, unit, text }) => ({ to, unit, zh: text.zh }))
    },
    /** What nobody asked for and was refused: messages and acts on their way, children that failed to open. */
    get refused(): { instance: string; event: string; code: RefusalCode }[] {
      return world
        .refusals()
        .filter(({ person }) => person === null)
        .map(({ instance, event, refusal: { code } }) => ({ instance, event, code }))
    },
    root: (): Instance => world.root(),
    unit: (unit: string): Instance => get(unitId(unit)),
    /** Findings of a unit, in the order in which they were opened. */
    findings: (unit: string): Instance[] => world.children(unitId(unit), 'finding'),
    /** Children of an instance, in the order in which they were opened. */
    children: (instance: Instance, kind?: string): Instance[] => world.children(instance.id, kind),
    /** All instances, or those of a kind, oldest first. */
    instances: (kind?: string): Instance[] =>
      world.instances().filter((one) => kind === undefined || one.kind === kind),
    context: (instance: Instance): unknown => get(instance.id).state.snapshot['context'],
    /** The Chinese title of the state in which an instance stands. */
    state: (instance: Instance): string =>
      stateText(definition.kinds[instance.kind], get(instance.id).state.snapshot['value'] ?? null, 'zh'),
    /** Goes on to a moment; everything due until then fires at its own instant, in order. */
    goTo: (to: string): void => world.goTo(instant(to)),
    /** Goes on to when the next deadline or reminder fires, and says when that is; undefined when none does. */
    advanceToNext(): string | undefined {
      const due = world.nextDue()
      if (due !== undefined) world.goTo(due)
      return due && local(due)
    },
    now: (): string => local(world.now()),
    /** A person's command on an instance: `ok`, or the code of the refusal. */
    say: (person: string, command: string, on: Instance, payload: Json): RefusalCode | 'ok' =>
      ask(person, on.id, command, payload),
    /** An administrative act of the organiser, on the root unless another instance is named. */
    act: (act: string, payload: Json, on: Instance = world.root()): RefusalCode | 'ok' =>
      ask(organiser, on.id, act, payload),
    /**
     * Why the last command or act was refused: `rule` names the guard, the date or the role, `issues` lists what is
     * wrong with the payload, each with its path. Undefined when it was done.
     */
    why: (): Refusal | undefined => last,
    /** Gives a person a role, from now on; its id is told for `act('assignment.revoke', …)`. */
    grant(person: string, role: string, more: Partial<Assignment> = {}): { id: string; code: RefusalCode | 'ok' } {
      const id = derivedId(facts.id, role, person, world.now())
      const home = world.assignments().find((one) => one.person === person)?.home ?? []
      const assignment = { id, role, person, home, ...more }
      return { id, code: play.act('assignment.grant', { assignment }) }
    },
    /** What a person may do now: instance and command. */
    offers: (person: string) => world.offers(person),
    /** The whole story as an official reads it. */
    transcript: (locale: Locale = 'zh', nameOf?: (person: string) => string): string =>
      world.transcript({ locale, ...(nameOf && { nameOf }) }),
    /** Whether every history, replayed, gives the instance that stands there. */
    proves: (): boolean => world.proves().length === 0,
  }
  return play
}
export type Play = ReturnType<typeof startPlay>
