import {
  targetOf,
  type Arrow,
  type CompiledKind,
  type Definition,
  type EngineAction,
  type StateNode,
} from '@duban/engine'
import type { Drawing } from './drawing.ts'
import { element } from './xml.ts'

type Attributes = { [name: string]: string }
type Kind = { definition: Definition; kind: CompiledKind; ids: Set<string> }

/**
 * One machine as W3C SCXML, for tools that read it: commands, messages and counts are events, a date is an
 * event sent with a delay and cancelled on exit, guards are calls of named conditions, the engine's own
 * actions are sends of the type `duban`. Titles are attributes of a namespace of their own.
 */
export function scxml(definition: Definition, { kinds }: Drawing): string {
  const name = kinds.includes('campaign') ? 'campaign' : (kinds[0] ?? '')
  const kind = definition.kinds[name]
  const [top, ...states] = kind?.states ?? []
  if (!kind || !top) throw new RangeError(`${definition.name} has no kind ${name}`)
  const here: Kind = { definition, kind, ids: new Set(kind.states.map(({ id }) => id)) }
  const attributes = {
    xmlns: 'http://www.w3.org/2005/07/scxml',
    'xmlns:duban': 'urn:duban:definition',
    version: '1.0',
    name: `${definition.name}:${name}`,
    ...titled(top),
  }
  // Arrows of the machine's own root need a state to stand in.
  const root = nodeOf({ ...top, id: rootOf(name) }, 'state', top, states, here)
  return `<?xml version="1.0" encoding="UTF-8"?>\n${indented(element('scxml', { ...attributes, initial: rootOf(name) }, [root]))}\n`
}

/** No state is called so: names of states are words. */
function rootOf(kind: string): string {
  return `_${kind}`
}

function nodeOf({ id }: { id: string }, tag: string, state: StateNode, states: StateNode[], here: Kind): string {
  const inside = states.filter(({ parent }) => parent === state.id)
  const { spec } = state
  const initial: Attributes =
    spec.initial === undefined || spec.type === 'parallel'
      ? {}
      : { initial: state.id === '' ? spec.initial : `${state.id}.${spec.initial}` }
  const tags = [spec.tags ?? []].flat()
  return element(
    tag,
    {
      id,
      ...(tag === 'history' ? { type: spec.history ?? 'shallow' } : {}),
      ...initial,
      ...(state.id === '' ? {} : titled(state)),
      ...(tags.length > 0 && { 'duban:tags': tags.join(' ') }),
    },
    [
      ...entryOf(state, here),
      ...exitOf(state, here),
      ...historyOf(state),
      ...state.arrows.map((arrow) => transitionOf(arrow, state, here)),
      ...inside.map((one) => nodeOf(one, tagOf(one), one, states, here)),
    ],
  )
}

function tagOf({ spec }: StateNode): string {
  return spec.type ?? 'state'
}

function titled({ spec }: StateNode): Attributes {
  const { title, source } = spec.meta ?? {}
  return {
    ...(title && { 'duban:zh': title.zh, 'duban:en': title.en }),
    ...(source !== undefined && { 'duban:source': source }),
  }
}

/** Where a history state falls back to. */
function historyOf({ id, spec }: StateNode): string[] {
  if (spec.type !== 'history') return []
  const around = id.split('.').slice(0, -1).join('.')
  const target = spec.target ?? ''
  return [element('transition', { target: around === '' ? target : `${around}.${target}` })]
}

function datesOf({ arrows }: StateNode): string[] {
  return [...new Set(arrows.flatMap(({ on }) => ('after' in on ? [on.after] : [])))]
}

const sendId = (state: string, date: string): string => `date.${date}.${state || 'root'}`

function entryOf(state: StateNode, here: Kind): string[] {
  const sends = datesOf(state).map((date) =>
    element('send', {
      id: sendId(state.id, date),
      event: `date.${date}`,
      delayexpr: `dates.${date}`,
      'duban:due': here.definition.dates[date]?.due ?? '',
    }),
  )
  const actions = [state.spec.entry ?? []].flat().map(actionOf)
  return sends.length + actions.length > 0 ? [element('onentry', {}, [...sends, ...actions])] : []
}

function exitOf(state: StateNode, _here: Kind): string[] {
  const cancels = datesOf(state).map((date) => element('cancel', { sendid: sendId(state.id, date) }))
  const actions = [state.spec.exit ?? []].flat().map(actionOf)
  return cancels.length + actions.length > 0 ? [element('onexit', {}, [...cancels, ...actions])] : []
}

function transitionOf({ on, spec }: Arrow, from: StateNode, { kind, definition, ids }: Kind): string {
  const to = spec.target === undefined ? undefined : targetOf(kind.name, spec.target, from, ids)
  const command = 'event' in on ? definition.commands[on.event] : undefined
  const event: Attributes =
    'event' in on
      ? { event: on.event }
      : 'after' in on
        ? { event: `date.${on.after}` }
        : 'done' in on
          ? { event: `done.state.${from.id || rootOf(kind.name)}` }
          : {}
  return element(
    'transition',
    {
      ...event,
      ...(spec.guard !== undefined && { cond: `${spec.guard}()` }),
      ...(to !== undefined && { target: to || rootOf(kind.name) }),
      ...(command && { 'duban:by': command.by.join(' '), 'duban:zh': command.title.zh }),
    },
    [spec.actions ?? []].flat().map(actionOf),
  )
}

function actionOf(action: string | EngineAction): string {
  if (typeof action === 'string') return element('script', {}, [`${action}()`])
  const params = Object.entries(action.params).map(([name, value]) =>
    element('param', { name, expr: JSON.stringify(value) }),
  )
  return element('send', { type: 'duban', event: action.type }, params)
}

/** Each element on a line of its own, by its depth. Texts, which are calls only, stay in their line. */
function indented(xml: string): string {
  let depth = 0
  return xml
    .replaceAll('><', '>\n<')
    .split('\n')
    .map((line) => {
      if (line.startsWith('</')) depth -= 1
      const shown = '  '.repeat(depth) + line
      if (/^<[^/!?]/u.test(line) && !line.endsWith('/>') && !line.includes('</')) depth += 1
      return shown
    })
    .join('\n')
}
