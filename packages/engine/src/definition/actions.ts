import { z } from 'zod'
import { getOwn } from '../data/getOwn.ts'
import type { Json, JsonObject } from '../data/json.ts'
import type { Text } from '../data/text.ts'

// Each of the engine's own actions: one schema, from which its type is inferred; what authors call to write it; and,
// in run/step/effects.ts and definition/machine.ts, what it does.

export const text = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) })
export const name = z.string().regex(/^[a-z][a-zA-Z0-9]*$/u, 'a name is camelCase: it becomes part of events and URLs')

/**
 * Where data comes from, as a path: `payload.findings`, `context.risks`, `payload`; `by` is the person of the command
 * and `at` the instant of the event. A path, not a function, so that it is part of the fingerprint.
 */
const path = z.custom<`payload${string}` | `context${string}` | 'by' | 'at'>(
  (value) => typeof value === 'string' && /^(?:by|at|(?:payload|context)(?:\.\w+)*)$/u.test(value),
  { error: noPath },
)
export type Path = z.infer<typeof path>

function noPath({ input }: { input?: unknown }): string {
  return `«${String(input)}» is no path; write payload, payload.findings, context.risks, by, at …`
}

/** A path, or a value that is always the same. */
const datum = z.union([path, z.strictObject({ value: z.json() })], { error: noPath })
export type Datum = z.infer<typeof datum>
/** One datum, or an object of them. `{ value: … }` alone is the value. */
const data = z.union([path, z.record(z.string(), datum), z.strictObject({ value: z.json() })], { error: noPath })
export type Data = z.infer<typeof data>

/** A member of the context, `report` or `review.last`. */
const into = z.string().regex(/^[a-z]\w*(?:\.[a-zA-Z]\w*)*$/u, 'names a member of the context: «report», «review.last»')

const openParams = z.strictObject({
  kind: z.string(),
  each: z.union([z.literal(['units', 'unitsBelow']), path], { error: noPath }).optional(),
  from: path.optional(),
  unit: z.string().optional(),
  with: z.record(name, datum).optional(),
})
export type OpenParams = z.infer<typeof openParams>
const tellParams = z.strictObject({
  to: z.union([z.literal('parent'), z.strictObject({ children: z.string() })]),
  message: z.string(),
  data: data.optional(),
})
export type TellParams = z.infer<typeof tellParams>
const notifyParams = z.strictObject({ to: z.array(z.string()).min(1), text })
export type NotifyParams = z.infer<typeof notifyParams>
const keepParams = z.strictObject({ into, data: data.optional() })
export type KeepParams = z.infer<typeof keepParams>

export const noAction =
  'must be the name of an update, or one of open(), tell(), notify(), keep(), append(), count(): inline functions cannot be fingerprinted'
export const engineAction = z.union(
  [
    z.strictObject({ type: z.literal('duban.open'), params: openParams }),
    z.strictObject({ type: z.literal('duban.tell'), params: tellParams }),
    z.strictObject({ type: z.literal('duban.notify'), params: notifyParams }),
    z.strictObject({ type: z.literal('duban.keep'), params: keepParams }),
    z.strictObject({ type: z.literal('duban.append'), params: keepParams }),
    z.strictObject({ type: z.literal('duban.count'), params: z.strictObject({ into }) }),
  ],
  noAction,
)
export type EngineAction = z.infer<typeof engineAction>
type Action<Type extends EngineAction['type']> = Extract<EngineAction, { type: Type }>

/** Whether children are opened for units: each participating one, or those next below. */
export function isForUnits({ each }: OpenParams): boolean {
  return each === 'units' || each === 'unitsBelow'
}

export type OpenOptions = {
  /**
   * `units` (the default): a child for each participating unit. `unitsBelow`: for each participating unit
   * whose nearest participating unit above is the instance's own; on the root, for the topmost. A path: for
   * each item of the list there.
   */
  each?: 'units' | 'unitsBelow' | Path
  /** A path to one item instead of a list: one child. */
  from?: Path
  /** The member of an item that names the child's unit (`unitId()` in the payload); default: the parent's. */
  unit?: string
  /** Members added to the input of each child, which must be an object then. */
  with?: { [name: string]: Datum }
}

/**
 * Opens children of a kind. The unit, or the item, becomes the `input` of the child's machine.
 *
 * @example entry: open('unit')
 * @example actions: open('finding', { each: 'payload.findings' })
 * @example actions: open('item', { from: 'payload', unit: 'owner', with: { filedBy: 'by', stage: { value: 1 } } })
 */
export function open(kind: string, options: OpenOptions = {}): Action<'duban.open'> {
  const { each = 'units', from, ...more } = options
  if (from !== undefined && options.each !== undefined) {
    throw new RangeError(`open ${kind}: give either «each» or «from»`)
  }
  return { type: 'duban.open', params: { kind, ...(from === undefined ? { each } : { from }), ...more } }
}

/**
 * Sends a message to the parent, or to all children of a kind.
 *
 * @example actions: tell('parent', 'unit.reported', { risks: 'payload.risks' })
 * @example actions: tell('parent', 'visit.counted', { what: { value: 'missed' } })
 * @example entry: tell({ children: 'unit' }, 'recheck.began')
 */
export function tell(to: TellParams['to'], message: string, what?: Data): Action<'duban.tell'> {
  return { type: 'duban.tell', params: { to, message, ...(what !== undefined && { data: what }) } }
}

/**
 * Leaves a notice for all who hold one of the roles for the instance's unit.
 * `{unit}`, `{campaign}` and `{due}` in the text are filled in when it is sent.
 *
 * @example entry: notify(['lead', 'office'], { zh: '{unit}逾期未报', en: '{unit} is overdue' })
 */
export function notify(to: string | string[], words: Text): Action<'duban.notify'> {
  return { type: 'duban.notify', params: { to: [to].flat(), text: words } }
}

/**
 * Puts something into the context: without data what was said, by whom and when (`{ ...payload, by, at }`).
 *
 * @example 'report.submit': { target: 'submitted', actions: keep('report') }
 * @example actions: [keep('dueOn', 'payload.finishOn'), keep('late', { value: true })]
 */
export function keep(member: string, what?: Data): Action<'duban.keep'> {
  return { type: 'duban.keep', params: { into: member, ...(what !== undefined && { data: what }) } }
}

/**
 * Adds the same to the end of a list in the context.
 *
 * @example 'report.return': { target: 'draft', actions: append('returns') }
 */
export function append(member: string, what?: Data): Action<'duban.append'> {
  return { type: 'duban.append', params: { into: member, ...(what !== undefined && { data: what }) } }
}

/**
 * One more: adds 1 to a number in the context.
 *
 * @example 'item.settled': { actions: count('settled') }
 */
export function count(member: string): Action<'duban.count'> {
  return { type: 'duban.count', params: { into: member } }
}

/** What data paths start from: the event's payload (of an opening, its input), and the context. */
export type DataSource = { payload: Json; context: Json; by: Json; at: Json }

export function dataOf(source: DataSource, what: Data | undefined): Json {
  if (what === undefined) return null
  if (isDatum(what)) return datumOf(source, what)
  return Object.fromEntries(Object.entries(what).map(([member, one]) => [member, datumOf(source, one)]))
}

/** Paths in some data; what is no path is a value, which is right as it stands. */
export function pathsIn(what: Data | undefined): Path[] {
  const all = what === undefined ? [] : isDatum(what) ? [what] : Object.values(what)
  return all.filter((one) => typeof one === 'string')
}

function isDatum(what: Data): what is Datum {
  return typeof what === 'string' || (Object.keys(what).length === 1 && Object.hasOwn(what, 'value'))
}

function datumOf(source: DataSource, one: Datum): Json {
  return typeof one === 'string' ? valueAt(source, one) : one.value
}

/** What a path leads to; null where there is nothing. */
export function valueAt(source: DataSource, from: Path): Json {
  return from.split('.').reduce<Json>((value, key) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
    return getOwn(value, key) ?? null
  }, source)
}

/** What the context is after `keep`, `append` or `count`: the changed top-level member alone. @throws for what is no list, or no number */
export function kept(
  { type, params }: Extract<EngineAction, { params: { into: string } }>,
  source: DataSource,
): JsonObject {
  const [top = '', ...inner] = params.into.split('.')
  const context = isObject(source.context) ? source.context : {}
  const change = (now: Json | undefined): Json => {
    switch (type) {
      case 'duban.keep':
        return saidIn(source, params.data)
      case 'duban.append':
        if (!Array.isArray(now)) throw new TypeError(`append ${params.into}: the context has no list there`)
        return [...now, saidIn(source, params.data)]
      case 'duban.count':
        if (typeof now !== 'number') throw new TypeError(`count ${params.into}: the context has no number there`)
        return now + 1
    }
  }
  return { [top]: changed(getOwn(context, top), inner, change) }
}

function changed(now: Json | undefined, [next, ...rest]: string[], change: (now: Json | undefined) => Json): Json {
  if (next === undefined) return change(now)
  const inside = isObject(now) ? now : {}
  return { ...inside, [next]: changed(getOwn(inside, next), rest, change) }
}

/** Without data: what was said, by whom and when. */
function saidIn(source: DataSource, what: Data | undefined): Json {
  if (what !== undefined) return dataOf(source, what)
  const said = isObject(source.payload) ? source.payload : {}
  return { ...said, by: source.by, at: source.at }
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
