import type { DateSpec, StateSpec, Text } from '@duban/engine'
import type { z } from 'zod'
import type { Seen } from './fragment.ts'

// What the pieces of obligation, report, tasks, ladder and rollUp share beside what all of the kit does.
export { Reason, words } from './fragment.ts'

/** Who did it, and when; `by` is null where the calendar did. */
export type Done = { by: string | null; at: string }

/** A command whose payload's type survives into the author's own guards and updates. */
export type PieceCommand<Role extends string, Payload extends z.ZodType> = {
  title: Text
  by: readonly Role[]
  payload: Payload
  notBy?: readonly string[]
  source?: string
}

export type SeenBy<Context> = Seen<Context>

export type Guards<Context> = { [name: string]: (seen: SeenBy<Context>) => boolean }
export type Updates<Context> = { [name: string]: (seen: SeenBy<Context>) => Partial<Context> }

/** States to spread into an author's own machine. */
export type States<Name extends string> = { [N in Name]: StateSpec }

export type OwnDates<Name extends string> = { [N in Name]: DateSpec }

/** Person and instant of an event. */
export function done({ by, at }: SeenBy<unknown>['event']): Done {
  return { by: by ?? null, at }
}

/** A text about a thing: `{thing}逾期` with the thing's own title. */
export function about(thing: Text, zh: string, en: string): Text {
  return { zh: zh.replaceAll('{thing}', thing.zh), en: en.replaceAll('{thing}', thing.en) }
}

/** @throws {RangeError} when a piece is not named like a state. */
export function checkName(piece: string, name: string): void {
  if (!/^[a-z][a-zA-Z0-9]*$/u.test(name)) {
    throw new RangeError(`${piece} «${name}»: write a camelCase name, like selfReport`)
  }
}

/** @throws {RangeError} when nobody may do what has to be done. */
export function checkRoles(piece: string, option: string, roles: readonly string[]): void {
  if (roles.length === 0) {
    throw new RangeError(`${piece}: ${option}: name at least one role, or leave the option out`)
  }
}
