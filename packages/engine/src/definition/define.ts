import { digest } from '../data/hash.ts'
import type { DateSpec } from '../calendar/index.ts'
import { author } from './author.ts'
import { checkCampaign } from './check/index.ts'
import type { Mistake } from './check/mistake.ts'
import type { CompiledKind, Definition, LooseSpec } from './compiled.ts'
import { declarative } from './document.ts'
import { buildMachine } from './machine.ts'
import type { CampaignSpec, CommandSpec, Kind, MessageSpec, RoleSpec } from './spec.ts'
import { opensOf, statesOf } from './states.ts'

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
