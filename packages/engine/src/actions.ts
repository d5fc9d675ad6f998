import type { Text } from './text.ts'

/**
 * Where an effect takes its data from, as a path: `payload.findings`, `context.risks`, `payload`.
 * A path, not a function, so that it is part of the fingerprint.
 */
export type Path = `payload${string}` | `context${string}`
export type Data = Path | { [name: string]: Path }

export type OpenParams = { kind: string; each: 'units' | Path }
export type TellParams = { to: 'parent' | { children: string }; message: string; data?: Data }
export type NotifyParams = { to: string[]; text: Text }

export type EngineAction =
  | { type: 'duban.open'; params: OpenParams }
  | { type: 'duban.tell'; params: TellParams }
  | { type: 'duban.notify'; params: NotifyParams }

/**
 * Opens one child of a kind for each unit of the campaign, or for each item of a list.
 * An item becomes the `input` of its child's machine.
 *
 * @example entry: open('unit')
 * @example actions: open('finding', { each: 'payload.findings' })
 */
export function open(kind: string, options: { each?: 'units' | Path } = {}): EngineAction {
  return { type: 'duban.open', params: { kind, each: options.each ?? 'units' } }
}

/**
 * Sends a message to the parent, or to all children of a kind.
 *
 * @example actions: tell('parent', 'unit.reported', { risks: 'payload.risks' })
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
