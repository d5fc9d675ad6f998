import { targetOf, type Definition, type StateNode, type Text } from '@duban/engine'
import { actionLine, arrowLines, type Line, type Words } from './words.ts'

/** A machine as it is drawn: its states as a tree, its arrows between them. */
export type Chart = { kind: string; title: Text; root: Box; arrows: Link[] }

export type Shape = 'leaf' | 'group' | 'parallel' | 'final' | 'history'

/** A state. `notes` are what it does by itself: on entry, on exit, and on events that it does not leave for. */
export type Box = {
  id: string
  title: Text
  shape: Shape
  tags: string[]
  overdue: boolean
  notes: Line[]
  initial?: string
  inside: Box[]
}

/**
 * All arrows from one state to another, each with its lines, in the author's order. From `''`, the machine itself: it
 * is left for that state from wherever it stands.
 */
export type Link = { from: string; to: string; lines: Line[] }

/** The machine of a kind as a chart, told in the words of a locale. */
export function chartOf(definition: Definition, kind: string, words: Words): Chart {
  const compiled = definition.kinds[kind]
  if (!compiled) throw new RangeError(`${definition.name} has no kind ${kind}`)
  const ids = new Set(compiled.states.map(({ id }) => id))
  const [top] = compiled.states
  if (!top) throw new RangeError(`${kind} has no states`)

  const links = new Map<string, Link>()
  const stays = new Map<string, Line[]>()
  for (const state of compiled.states) {
    for (const arrow of state.arrows) {
      const lines = arrowLines(arrow, words)
      const { target } = arrow.spec
      const to = target === undefined ? undefined : entered(targetOf(kind, target, state, ids), top)
      if (to === undefined) stays.set(state.id, [...(stays.get(state.id) ?? []), ...lines])
      else {
        const key = `${state.id} ${to}`
        const link = links.get(key) ?? { from: state.id, to, lines: [] }
        link.lines.push(...lines)
        links.set(key, link)
      }
    }
  }
  return {
    kind,
    title: compiled.title,
    root: boxOf(top, compiled.states, stays, words),
    arrows: [...links.values()],
  }
}

/** To the machine itself is to where it begins; of regions, which all begin, an arrow cannot be drawn. */
function entered(to: string | undefined, top: StateNode): string | undefined {
  return to === '' ? top.spec.initial : to
}

function boxOf(state: StateNode, states: StateNode[], stays: Map<string, Line[]>, words: Words): Box {
  const { id, spec } = state
  const tags = [spec.tags ?? []].flat()
  const inside = states.filter(({ parent }) => parent === id)
  const own = (actions: typeof spec.entry, when: 'entry' | 'exit'): Line[] =>
    [actions ?? []].flat().flatMap((action) => actionLine(action, when, words))
  return {
    id,
    title: spec.meta?.title ?? { zh: '返回原处', en: 'Back to where it was' },
    shape: shapeOf(state, inside),
    tags,
    overdue: tags.includes('overdue') || /overdue|late$/iu.test(id.split('.').at(-1) ?? ''),
    notes: [...own(spec.entry, 'entry'), ...(stays.get(id) ?? []), ...own(spec.exit, 'exit')],
    ...(spec.initial !== undefined && {
      initial: id === '' ? spec.initial : `${id}.${spec.initial}`,
    }),
    inside: inside.map((one) => boxOf(one, states, stays, words)),
  }
}

function shapeOf({ spec }: StateNode, inside: StateNode[]): Shape {
  if (spec.type !== undefined) return spec.type
  return inside.length > 0 ? 'group' : 'leaf'
}
