import type { DateSpec, Kind, StateSpec, Text } from '@duban/engine'
import { z } from 'zod'

// What all blocks are made with: names, titles, what their guards and updates see, and what they write down.

/** What guards and updates of a block see, whatever else the author's context holds. */
export type Seen<Context> = {
  context: Context
  event: { type: string; payload?: unknown; by?: string; at: string }
}
export type Guards<Context> = { [name: string]: (seen: Seen<Context>) => boolean }
export type Updates<Context> = { [name: string]: (seen: Seen<Context>) => Partial<Context> }
/** What an update returns: the changed part of the context. */
export type Changed = object

/** Who did it, and when; `by` is null where the calendar did. */
export type Done = { by: string | null; at: string }

/** Person and instant of an event. */
export function done({ by, at }: Seen<unknown>['event']): Done {
  return { by: by ?? null, at }
}

/** A command whose payload's type survives into the author's own guards and updates. */
export type BlockCommand<Role extends string, Payload extends z.ZodType> = {
  title: Text
  by: readonly Role[]
  payload: Payload
  notBy?: readonly string[]
  source?: string
}
/** States to spread into an author's own machine. */
export type States<Name extends string> = { [N in Name]: StateSpec }
export type OwnDates<Name extends string> = { [N in Name]: DateSpec }
/** A compound state with a title: what a block gives, and what a kind is made of. */
export type Titled = StateSpec & { meta: { title: Text; source?: string } }

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
  checkName('', name)
  return Object.fromEntries(Object.entries(table).map(([key, value]) => [to(key), value]))
}

/** @throws {RangeError} when a block is not named like a state: its name becomes part of events, dates and URLs */
export function checkName(block: string, name: string): void {
  if (/^[a-z][a-zA-Z0-9]*$/u.test(name)) return
  throw new RangeError(`${block} «${name}»: give this part of the plan a camelCase name, like «selfReport»`.trim())
}

/** @throws {RangeError} when nobody is named who may do what has to be done */
export function somebody<Role extends string>(option: string, roles: readonly Role[]): readonly Role[] {
  if (roles.length > 0) return roles
  throw new RangeError(`${option}: name at least one role, or nobody could go on`)
}

/** @throws {RangeError} unless it reads like `5 days`, `3 workdays`, `1 month` */
export function period(option: string, text: string): string {
  if (/^[1-9]\d{0,2} (?:day|workday|week|month)s?$/u.test(text)) return text
  throw new RangeError(`${option}: write a period like «5 days» or «3 workdays», not «${text}»`)
}

/** A block's part of the context, kept under its name. */
export function part<Part extends object>(name: string) {
  const of = (context: object): Part => (context as { [key: string]: Part })[name] as Part
  const change = (context: object, changes: Partial<Part>): Changed => ({
    [name]: { ...of(context), ...changes },
  })
  return { of, change }
}

/** A text about a thing: `{thing}逾期` with the thing's own title. */
export function about(thing: Text, zh: string, en: string): Text {
  return { zh: zh.replaceAll('{thing}', thing.zh), en: en.replaceAll('{thing}', thing.en) }
}

/** Titles of commands, dates and states: the block's own, and what it is about. */
export function titledWith(title: Text) {
  return (zh: string, en: string): { title: Text } => ({
    title: { zh: `${title.zh}${zh}`, en: `${title.en}: ${en}` },
  })
}

/** Members that are there only when they are given, as exactOptionalPropertyTypes wants them. */
export function given<Key extends string, Value>(key: Key, value: Value | undefined): { [K in Key]?: Value } {
  return (value === undefined ? {} : { [key]: value }) as { [K in Key]?: Value }
}

/** A block's state with a context of its own is a whole kind. */
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
/** Attached files, by what they contain. */
export const evidence = z
  .array(z.string().regex(/^[0-9a-f]{64}$/u))
  .max(50)
  .optional()

/** One of several, each with its title: forms show it, transcripts too. */
export function choice<const Options extends { [name: string]: Text }>(titles: Options) {
  return z.enum(Object.keys(titles) as (keyof Options & string)[]).meta({ titles })
}
