import type { Json } from '../data/json.ts'
import type { Text } from '../data/text.ts'

/**
 * Where an effect takes its data from, as a path: `payload.findings`, `context.risks`, `payload`; `by` is the
 * person of the command and `at` the instant of the event. A path, not a function, so that it is part of the
 * fingerprint.
 */
export type Path = `payload${string}` | `context${string}` | 'by' | 'at'
/** A path, or a value that is always the same. */
export type Datum = Path | { value: Json }
export type Data = Path | { [name: string]: Datum }

/** For whom children are opened: every unit, those next below, each item of a list, or one item. */
export type OpenParams = {
  kind: string
  unit?: string
  with?: { [name: string]: Datum }
} & ({ each: 'units' | 'unitsBelow' | Path } | { from: Path })
export type TellParams = { to: 'parent' | { children: string }; message: string; data?: Data }
export type NotifyParams = { to: string[]; text: Text }

export type EngineAction =
  | { type: 'duban.open'; params: OpenParams }
  | { type: 'duban.tell'; params: TellParams }
  | { type: 'duban.notify'; params: NotifyParams }

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
 * @example actions: open('item', { from: 'payload', unit: 'owner', with: { filedBy: 'by' } })
 */
export function open(kind: string, options: OpenOptions = {}): EngineAction {
  const { each = 'units', from, ...more } = options
  if (from !== undefined && options.each !== undefined) {
    throw new RangeError(`open ${kind}: give either «each» or «from»`)
  }
  return {
    type: 'duban.open',
    params: { kind, ...(from === undefined ? { each } : { from }), ...more },
  }
}

/**
 * Sends a message to the parent, or to all children of a kind.
 *
 * @example actions: tell('parent', 'unit.reported', { risks: 'payload.risks' })
 * @example actions: tell('parent', 'visit.counted', { what: { value: 'missed' } })
 * @example entry: tell({ children: 'unit' }, 'recheck.began')
 */
export function tell(to: TellParams['to'], message: string, data?: Data): EngineAction {
  return { type: 'duban.tell', params: { to, message, ...(data !== undefined && { data }) } }
}

/**
 * Leaves a notice for all who hold one of the roles for the instance's unit.
 * `{unit}`, `{campaign}` and `{due}` in the text are filled in when it is sent.
 *
 * @example entry: notify(['lead', 'office'], { zh: '{unit}逾期未报', en: '{unit} is overdue' })
 */
export function notify(to: string | string[], text: Text): EngineAction {
  return { type: 'duban.notify', params: { to: [to].flat(), text } }
}
