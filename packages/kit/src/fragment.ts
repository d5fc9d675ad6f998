import type { Kind, StateSpec, Text } from '@duban/engine'
import { z } from 'zod'

/** `{ submit }` under the name `report`: `report.submit`, as commands and messages are called. */
export type Dotted<Name extends string, Table> = {
  [Key in keyof Table & string as `${Name}.${Key}`]: Table[Key]
}
/** `{ held }` under the name `meeting`: `meetingHeld`, as dates, guards and updates are called. */
export type Joined<Name extends string, Table> = {
  [Key in keyof Table & string as `${Name}${Capitalize<Key>}`]: Table[Key]
}

/** @throws {RangeError} when the name is not camelCase: it becomes part of events, dates and URLs */
export function dotted<Name extends string, Table extends object>(name: Name, table: Table): Dotted<Name, Table> {
  return renamed(name, table, (key) => `${name}.${key}`) as Dotted<Name, Table>
}

/** @throws {RangeError} as `dotted` */
export function joined<Name extends string, Table extends object>(name: Name, table: Table): Joined<Name, Table> {
  return renamed(name, table, (key) => `${name}${key.charAt(0).toUpperCase()}${key.slice(1)}`) as Joined<Name, Table>
}

function renamed(name: string, table: object, to: (key: string) => string): object {
  if (!/^[a-z][a-zA-Z0-9]*$/u.test(name)) {
    throw new RangeError(`«${name}»: give this part of the plan a camelCase name, like «meeting»`)
  }
  return Object.fromEntries(Object.entries(table).map(([key, value]) => [to(key), value]))
}

/** What guards and updates of a fragment see, whatever else the author's context holds. */
export type Seen<Context> = {
  context: Context
  event: { type: string; payload?: unknown; by?: string; at: string }
}
/** Who did something and when, for the context. */
export type Done = { by: string; at: string }
export const done = ({ by = '', at }: Seen<object>['event']): Done => ({ by, at })
/** What an update returns: the changed part of the context. */
export type Changed = object

/** A fragment's part of the context, kept under its name. */
export function part<Part extends object>(name: string) {
  const of = (context: object): Part => (context as { [key: string]: Part })[name] as Part
  const change = (context: object, changes: Partial<Part>): Changed => ({
    [name]: { ...of(context), ...changes },
  })
  return { of, change }
}

/** Titles of commands, dates and states: the fragment's own, and what it is about. */
export function titledWith(title: Text) {
  return (zh: string, en: string): { title: Text } => ({
    title: { zh: `${title.zh}${zh}`, en: `${title.en}: ${en}` },
  })
}

/** Members that are there only when they are given, as exactOptionalPropertyTypes wants them. */
export function given<Key extends string, Value>(key: Key, value: Value | undefined): { [K in Key]?: Value } {
  return (value === undefined ? {} : { [key]: value }) as { [K in Key]?: Value }
}

/** @throws {RangeError} unless it reads like `5 days`, `3 workdays`, `1 month` */
export function period(option: string, text: string): string {
  if (/^[1-9]\d{0,2} (?:day|workday|week|month)s?$/u.test(text)) return text
  throw new RangeError(`${option}: write a period like «5 days» or «3 workdays», not «${text}»`)
}

/** @throws {RangeError} when nobody is named */
export function somebody<Role extends string>(option: string, roles: readonly Role[]): readonly Role[] {
  if (roles.length > 0) return roles
  throw new RangeError(`${option}: name at least one role, or nobody could go on`)
}

/** A fragment's state with a context of its own is a whole kind. */
export function kindOf(
  spec: Titled,
  context: object | ((from: { input: unknown }) => object),
  code: { guards: object; updates: object },
): Kind {
  return { spec: { ...spec, context }, ...code } as unknown as Kind
}

export const words = z.string().trim().min(1).max(2000)
export const label = z.string().trim().min(1).max(200)
export const Reason = z.strictObject({ reason: words })

/** A compound state with a title: what a fragment gives, and what a kind is made of. */
export type Titled = StateSpec & { meta: { title: Text; source?: string } }
