import type { z } from 'zod'
import type { DateSpec } from '../calendar/index.ts'
import type { EngineAction } from './actions.ts'
import type { JsonObject } from '../data/json.ts'
import type { Text } from '../data/text.ts'

/** Who may hold a role: one for the whole campaign, or one for each unit (and the units below it). */
export type RoleSpec = {
  title: Text
  scope: 'campaign' | 'unit'
  /** `ownUnit`: whoever belongs to a unit may not use this role on it. */
  recused?: 'ownUnit'
}

export type CommandSpec<Role extends string = string, DateName extends string = string> = {
  title: Text
  by: readonly Role[]
  /** Plain JSON only: no transforms, dates or files. Prefer `z.strictObject`, so that misspelt fields are refused. */
  payload: z.ZodType
  /** Refused before this date … */
  opens?: DateName
  /** … and from this date on. */
  until?: DateName
  /** Four eyes: whoever did one of these commands on this instance (or above it, before it was opened) may not. */
  notBy?: readonly string[]
  /**
   * Where the instance's context names the person, or the persons, who alone may: `context.handler`. Nobody
   * may while it names nobody.
   */
  only?: `context.${string}`
  /** The phrase of the plan it comes from. */
  source?: string
}

export type MessageSpec = { title: Text; payload?: z.ZodType }

export type Actions = string | EngineAction | readonly (string | EngineAction)[]
export type TransitionSpec =
  | string
  | { target?: string; guard?: string; actions?: Actions; reenter?: boolean; description?: string }

/** The part of xstate's state configuration that can be persisted and replayed; anything else is refused. */
export type StateSpec<EventName extends string = string, DateName extends string = string> = {
  meta?: { title: Text; source?: string }
  type?: 'final' | 'parallel' | 'history'
  history?: 'shallow' | 'deep'
  target?: string
  initial?: string
  states?: { [name: string]: StateSpec<EventName, DateName> }
  tags?: string | readonly string[]
  entry?: Actions
  exit?: Actions
  on?: { [E in EventName]?: TransitionSpec | readonly TransitionSpec[] }
  after?: { [D in DateName]?: TransitionSpec | readonly TransitionSpec[] }
  always?: TransitionSpec | readonly TransitionSpec[]
  /** When the final state inside is reached; of a parallel state, those of all its regions. */
  onDone?: TransitionSpec | readonly TransitionSpec[]
  description?: string
}

export type KindSpec<
  Context = object,
  Input = unknown,
  EventName extends string = string,
  DateName extends string = string,
> = StateSpec<EventName, DateName> & {
  meta: { title: Text; source?: string }
  context?: Context | ((from: { input: Input }) => Context)
}

/** What a guard or an update sees. `by` is the person of a command; `at` the instant of the event. */
export type Seen<Context> = {
  context: Context
  event: { type: string; payload?: unknown; by?: string; at: string }
}
export type Guard<Context> = (seen: Seen<Context>) => boolean
/** Returns the part of the context that changes. Pure, and plain JSON. */
export type Update<Context> = (seen: Seen<Context>) => Partial<Context>

export type KindCode<Context> = {
  guards?: { [name: string]: Guard<Context> }
  updates?: { [name: string]: Update<Context> }
}

/** A machine as its author wrote it; `defineCampaign` checks and compiles it. */
export type Kind = {
  spec: KindSpec
  guards: { [name: string]: Guard<never> }
  updates: { [name: string]: Update<never> }
}

type PayloadOf<Spec> = Spec extends { payload: infer P extends z.ZodType } ? z.output<P> : undefined

/** A table without names, for a campaign whose instances tell each other nothing. */
export type NoMessages = { [name in never]: MessageSpec }

/** Tallies over children: all, a number, or a share of those of a kind carry a tag. */
export type TallyEvent = `every.${string}.${string}` | `atLeast.${string}.${string}.${string}`

export type Author<
  Commands extends { [name: string]: CommandSpec },
  Messages extends { [name: string]: MessageSpec },
  DateName extends string,
> = {
  /** A machine: named guards and updates first, then the states. */
  machine: <Context extends object = object, Input = undefined>(
    code?: KindCode<Context>,
  ) => {
    createMachine: (
      spec: KindSpec<Context, Input, (keyof Commands & string) | (keyof Messages & string) | TallyEvent, DateName>,
    ) => Kind
  }
  /** Types a guard or an update for one command or message, so that its payload is known. */
  on: <Name extends (keyof Commands & string) | (keyof Messages & string), Context, Result>(
    name: Name,
    run: (seen: {
      context: Context
      payload: PayloadOf<(Commands & Messages)[Name]>
      by: string
      at: string
    }) => Result,
  ) => (seen: Seen<Context>) => Result
}

/**
 * How instances of a kind pass from an earlier version into this one. States are dotted paths; those that are
 * not named keep theirs, and what is named takes along what is inside it. `context` is pure and returns plain
 * JSON; without it the context stays as it is.
 */
export type Takeover = {
  states?: { readonly [old: string]: string }
  // A method, so that authors may write the type of the old context.
  context?(this: void, old: JsonObject): object
}

/** For each earlier version that running campaigns may come from, what changes there; kinds not named pass as they are. */
export type TakesOver = { readonly [version: number]: { readonly [kind: string]: Takeover } }

/** What an author writes. The order of the keys is the order in which an official reads the plan. */
export type CampaignSpec<
  Roles extends { [name: string]: RoleSpec },
  Dates extends { [name: string]: DateSpec },
  Commands extends {
    [name: string]: CommandSpec<keyof Roles & string, keyof Dates & string>
  },
  Messages extends { [name: string]: MessageSpec },
> = {
  /** Lower-case words with hyphens; the first part of `id@version`. */
  id: string
  version: number
  title: Text
  /** The document it was made from. */
  source?: string
  roles: Roles
  dates: Dates
  commands: Commands
  messages?: Messages
  machines: (author: Author<Commands, Messages, keyof Dates & string>) => {
    campaign: Kind
    [kind: string]: Kind
  }
  /** Versions whose running campaigns may be migrated to this one (`campaign.migrate`). */
  takesOver?: TakesOver
}
