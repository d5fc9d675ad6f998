import type { AnyStateMachine } from 'xstate'
import { author } from './author.ts'
import type { DateSpec } from './calendar/index.ts'
import { checkCampaign, type Mistake } from './check/index.ts'
import type { CampaignSpec, CommandSpec, Kind, MessageSpec, RoleSpec, TakesOver } from './definition.ts'
import { declarative } from './document.ts'
import { digest, type Digest } from './hash.ts'
import type { JsonObject } from './json.ts'
import { buildMachine } from './machine.ts'
import { opensOf, statesOf, type StateNode } from './states.ts'
import type { Text } from './text.ts'

/** A kind of instance, ready to run. */
export type CompiledKind = {
  name: string
  title: Text
  machine: AnyStateMachine
  states: StateNode[]
  /** Kinds that its instances may open. */
  opens: string[]
}

/** A checked definition: the author's tables, its machines, and the fingerprint of all that is declarative. */
export type Definition = {
  id: string
  version: number
  /** `id@version`, as campaigns are pinned to it. */
  name: string
  title: Text
  source?: string
  roles: { [name: string]: RoleSpec }
  dates: { [name: string]: DateSpec }
  commands: { [name: string]: CommandSpec }
  messages: { [name: string]: MessageSpec }
  kinds: { [name: string]: CompiledKind }
  takesOver: TakesOver
  /** What the fingerprint covers, as JSON: shown by the API, stored at first use, compared at each start. */
  document: JsonObject
  fingerprint: Digest
}

export class DefinitionError extends Error {
  readonly mistakes: Mistake[]
  constructor(id: string, mistakes: Mistake[]) {
    const lines = mistakes.map(({ path, reason }) => `  ${path}: ${reason}`)
    super(`definition ${id} has ${mistakes.length} mistake(s):\n${lines.join('\n')}`)
    this.name = 'DefinitionError'
    this.mistakes = mistakes
  }
}

/**
 * Checks and compiles what an author wrote.
 *
 * @throws {DefinitionError} naming path and reason of every mistake found, all together.
 */
export function defineCampaign<
  const Roles extends { [name: string]: RoleSpec },
  const Dates extends { [name: string]: DateSpec },
  const Commands extends {
    [name: string]: CommandSpec<keyof Roles & string, keyof Dates & string>
  },
  // oxlint-disable-next-line typescript/no-generated-empty-object-type -- no messages: a table without names
  const Messages extends { [name: string]: MessageSpec } = Record<never, never>,
>(spec: CampaignSpec<Roles, Dates, Commands, Messages>): Definition {
  const kinds = spec.machines(author)
  const loose = { ...spec, messages: spec.messages ?? {}, kinds } as unknown as LooseSpec
  const mistakes = checkCampaign(loose)
  if (mistakes.length > 0) throw new DefinitionError(spec.id, mistakes)
  const document = declarative(loose)
  return {
    id: loose.id,
    version: loose.version,
    name: `${loose.id}@${loose.version}`,
    title: loose.title,
    ...(loose.source !== undefined && { source: loose.source }),
    roles: loose.roles,
    dates: loose.dates,
    commands: loose.commands,
    messages: loose.messages,
    takesOver: loose.takesOver ?? {},
    kinds: Object.fromEntries(Object.entries(loose.kinds).map(([name, kind]) => [name, compile(name, kind, loose)])),
    document,
    fingerprint: digest(document),
  }
}

/** A definition as the checks see it, its literal types forgotten. */
export type LooseSpec = {
  id: string
  version: number
  title: Text
  source?: string
  roles: { [name: string]: RoleSpec }
  dates: { [name: string]: DateSpec }
  commands: { [name: string]: CommandSpec }
  messages: { [name: string]: MessageSpec }
  kinds: { [name: string]: Kind }
  takesOver?: TakesOver
}

function compile(name: string, kind: Kind, spec: LooseSpec): CompiledKind {
  const states = statesOf(name, kind.spec)
  return {
    name,
    title: kind.spec.meta.title,
    machine: buildMachine(name, kind, Object.keys(spec.dates)),
    states,
    opens: [...new Set(opensOf(states).map((opened) => opened.kind))],
  }
}
