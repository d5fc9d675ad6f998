import type { AnyStateMachine } from 'xstate'
import { z } from 'zod'
import type { DateSpec } from './calendar/index.ts'
import { checkCampaign, type Mistake } from './check/index.ts'
import type {
  Author,
  CampaignSpec,
  CommandSpec,
  Kind,
  KindCode,
  KindSpec,
  MessageSpec,
  RoleSpec,
  Seen,
} from './definition.ts'
import { digest, type Digest } from './hash.ts'
import type { Json, JsonObject } from './json.ts'
import { buildMachine } from './machine.ts'
import { statesOf, type StateNode } from './states.ts'
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
  const Commands extends { [name: string]: CommandSpec<keyof Roles & string, keyof Dates & string> },
  const Messages extends { [name: string]: MessageSpec } = Record<never, never>,
>(spec: CampaignSpec<Roles, Dates, Commands, Messages>): Definition {
  const kinds = spec.machines(author as Author<Commands, Messages, keyof Dates & string>)
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
    kinds: Object.fromEntries(
      Object.entries(loose.kinds).map(([name, kind]) => [name, compile(name, kind, loose)]),
    ),
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
}

const author = {
  machine: (code: KindCode<object> = {}) => ({
    createMachine: (spec: KindSpec): Kind => ({
      spec,
      guards: (code.guards ?? {}) as unknown as Kind['guards'],
      updates: (code.updates ?? {}) as unknown as Kind['updates'],
    }),
  }),
  on:
    (name: string, run: (seen: never) => unknown) =>
    ({ context, event }: Seen<unknown>) => {
      if (event.type !== name) throw new Error(`made for ${name}, used on ${event.type}`)
      const { payload, by, at } = event
      return run({ context, payload, by, at } as never)
    },
} as unknown

function compile(name: string, kind: Kind, spec: LooseSpec): CompiledKind {
  const states = statesOf(name, kind.spec)
  const opens = states.flatMap(({ actions }) =>
    actions.flatMap(({ action }) =>
      typeof action === 'object' && action.type === 'duban.open' ? [action.params.kind] : [],
    ),
  )
  return {
    name,
    title: kind.spec.meta.title,
    machine: buildMachine(name, kind, Object.keys(spec.dates)),
    states,
    opens: [...new Set(opens)],
  }
}

/** Payload schemas as JSON Schema (draft 2020-12), of what a client sends. */
export function payloadSchema(schema: z.ZodType): Json {
  return z.toJSONSchema(schema, { io: 'input' }) as unknown as Json
}

function declarative(spec: LooseSpec): JsonObject {
  const withSchema = (one: { payload?: z.ZodType }): object =>
    one.payload ? { ...one, payload: payloadSchema(one.payload) } : one
  const mapped = <T>(table: { [name: string]: T }, map: (one: T) => unknown): object =>
    Object.fromEntries(Object.entries(table).map(([name, one]) => [name, map(one)]))
  const whole = {
    id: spec.id,
    version: spec.version,
    title: spec.title,
    source: spec.source,
    roles: spec.roles,
    dates: spec.dates,
    commands: mapped(spec.commands, withSchema),
    messages: mapped(spec.messages, withSchema),
    // Guards and updates are code: their names are pinned here, their behaviour by replay.
    kinds: mapped(spec.kinds, ({ spec: machine, guards, updates }) => ({
      ...machine,
      guards: Object.keys(guards).toSorted(),
      updates: Object.keys(updates).toSorted(),
      ...(typeof machine.context === 'function' && { context: 'from input' }),
    })),
  }
  return JSON.parse(JSON.stringify(whole)) as JsonObject
}
