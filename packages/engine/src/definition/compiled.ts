import type { AnyStateMachine } from 'xstate'
import type { DateSpec } from '../calendar/index.ts'
import type { Digest } from '../data/hash.ts'
import type { JsonObject } from '../data/json.ts'
import type { Text } from '../data/text.ts'
import type { CommandSpec, Kind, MessageSpec, RoleSpec, TakesOver } from './spec.ts'
import type { StateNode } from './states.ts'

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

/** A definition as the checks see it, its literal types forgotten. */
export type LooseSpec = Pick<
  Definition,
  'id' | 'version' | 'title' | 'source' | 'roles' | 'dates' | 'commands' | 'messages'
> & { kinds: { [name: string]: Kind }; takesOver?: TakesOver }
